// The chosen fact: shown with its page, and decided on.

import { read } from "./api.js";
import { paintMarks, revealMark, setPage, shownPage } from "./article.js";
import { drawCard, setCard, shownCard } from "./card.js";
import { byId, fill, h, visible } from "./dom.js";
import { draft } from "./drafts.js";
import { openComment, openEditor } from "./editor.js";
import { t } from "./i18n.js";
import { moveList } from "./list.js";
import { REMOVED, VERDICT, VERDICTS, store } from "./store.js";

let last = Promise.resolve();
let showing = last;

/** What cannot be saved is said where all can see it. */
export const guarded = (act) => async (...values) => {
  try {
    await act(...values);
  } catch (error) {
    notice(t("not_saved", { error: error.message }));
  }
};

/** One action after the other: who types fast decides on the next fact, not on the same one twice. */
function turn(act) {
  const done = last.then(act);
  last = done.catch(() => {});
  return done;
}

/** The same for what a key or button does; what fails is said to all. */
export const inTurn = (act) => () => turn(guarded(act));

/** What can be done with a fact: name, key, act. */
export const ACTIONS = [
  ["accept", "a", inTurn(() => decide("accept"))],
  ["reject", "r", inTurn(() => decide("reject"))],
  ["correct", "e", inTurn(edit)],
  ["comment", "c", inTurn(comment)],
  ["undo", "u", inTurn(undo)],
];

/** Says something to all. */
export function notice(text) {
  byId("notice").hidden = !text;
  fill(byId("notice"), text);
}

/** Shows what was chosen just now. */
export const follow = (detail) => (showing = guarded(show)(detail));

async function show({ from } = {}) {
  const row = store.selected;
  history.replaceState(null, "", row < 0 ? "#" : `#${row}`);
  moveList();
  drawActions();
  if (row < 0) return;
  const page = store.pageOf[row];
  byId("card").setAttribute("aria-busy", "true");
  const [card, view] = await Promise.all([read(`fact/${row}`), page === shownPage() ? undefined : read(`page/${page}`)]);
  if (row !== store.selected) return;
  if (view) setPage(page, view);
  setCard(card);
  byId("card").removeAttribute("aria-busy");
  byId("card").scrollTop = 0;
  paintMarks();
  if (from !== "article" && from !== "decision") revealMark();
  drawActions();
}

/** Draws the buttons anew. */
export function drawActions() {
  const verdict = store.selected < 0 ? "" : VERDICTS[store.states[store.selected] & VERDICT];
  const tools = byId("actions");
  if (tools.childElementCount === 0) {
    fill(tools, ACTIONS.map(([name, key, act]) => h("button", { type: "button", id: `do-${name}`, class: `act act-${name}`, "aria-keyshortcuts": key, onclick: act })));
  }
  for (const [name, key] of ACTIONS) {
    const button = byId(`do-${name}`);
    fill(button, h("span", {}, t(name)), h("kbd", { "aria-hidden": "true" }, key));
    button.setAttribute("aria-disabled", String(!may(name)));
    if (name === "accept" || name === "reject") button.setAttribute("aria-pressed", String(verdict === name));
  }
}

function may(name) {
  if (name === "undo") return store.mine.length > 0 || shownCard()?.undo === true;
  return store.selected >= 0 && store.columns.change[store.selected] !== REMOVED;
}

/** The chosen fact was decided on elsewhere; a form that is open stays. */
export async function retouch() {
  const row = store.selected;
  const card = await read(`fact/${row}`);
  if (row !== store.selected || byId("card-body").querySelector("form")) return;
  setCard(card);
  drawActions();
}

function say(text) {
  fill(byId("live"), visible(text));
}

async function decide(verdict, more, row = store.selected) {
  if (row < 0 || (verdict !== "undo" && !may(verdict))) return;
  const next = verdict === "accept" || verdict === "reject" || verdict === "correct" ? store.neighbour(1) : row;
  const card = await store.decide(row, verdict, more);
  draft(verdict, card).drop();
  const saved = t(`saved_${verdict}`, { quote: store.columns.quote[row] });
  notice("");
  store.filter();
  if (next >= 0 && next !== row) {
    say(saved);
    return store.select(next);
  }
  say(verdict === "undo" || verdict === "comment" ? saved : `${saved} ${t("end_of_list")}`);
  store.selected = row;
  setCard(card);
  await follow({ from: verdict === "undo" ? "list" : "decision" });
}

async function undo() {
  const card = await chosenCard();
  const row = store.mine.at(-1) ?? (card?.undo ? store.selected : -1);
  if (row < 0) return say(t("nothing_to_undo"));
  await decide("undo", {}, row);
}

/** The card of the chosen fact, whether it is on show already or not. */
async function chosenCard() {
  await showing;
  return store.selected < 0 ? undefined : shownCard();
}

async function edit() {
  const card = await chosenCard();
  if (!card || !may("correct")) return;
  const save = (fields, comment) => turn(() => decide("correct", { fields: allFields(card, fields), comment }));
  openEditor(card.corrected ?? card.fact, draft("correct", card), save, () => cancel("correct", card));
  byId("card").scrollTop = 0;
}

/** Back from a form to the card; nothing of it is kept. */
function cancel(name, card) {
  draft(name, card).drop();
  drawCard();
  byId(`do-${name}`).focus();
}

/** A second correction adds to the first. */
function allFields(card, fields) {
  const before = card.said.findLast(({ verdict }) => verdict !== "comment");
  return card.corrected && before?.verdict === "correct" ? { ...before.fields, ...fields } : fields;
}

async function comment() {
  const card = await chosenCard();
  if (!card || !may("comment")) return;
  const save = (text) =>
    turn(async () => {
      await decide("comment", { comment: text });
      byId("do-comment").focus();
    });
  openComment(draft("comment", card), save, () => cancel("comment", card));
  byId("card").scrollTop = 0;
}
