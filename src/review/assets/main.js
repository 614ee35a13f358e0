// The review page: joins list, article and card.

import { read } from "./api.js";
import { drawArticle, listenToArticle, paintMarks, revealMark, setPage, shownPage, toggleDropped } from "./article.js";
import { drawCard, setCard, shownCard } from "./card.js";
import { byId, fill, h, unseen, visible } from "./dom.js";
import { openComment, openEditor } from "./editor.js";
import { drawFilters, listenToFilters } from "./filters.js";
import { integer } from "./format.js";
import * as i18n from "./i18n.js";
import { listenToKeys, openHelp } from "./keys.js";
import { COMMENTED, STALE, VERDICT, VERDICTS, store } from "./store.js";
import { VirtualList } from "./virtual-list.js";

const { t } = i18n;
const POLL = 2000;

let list;
let tab = "facts";

// --- list

function drawRow(index) {
  return tab === "facts" ? factRow(store.rows[index]) : pageRow(store.pages[index]);
}

function factRow(row) {
  const { columns, index, states } = store;
  const kind = index.kinds[columns.kind[row]];
  const state = states[row];
  const name = (state & STALE) !== 0 ? "stale" : VERDICTS[state & VERDICT];
  const marks = { none: "", accept: "✓", reject: "✕", correct: "✎", stale: "!" };
  return [
    h("span", { class: `swatch kind-${kind}`, title: t(`kind_${kind}`) }, unseen(t(`kind_${kind}`))),
    h("span", { class: "row-text", lang: "vi" }, h("span", { class: "row-main" }, columns.quote[row]), h("span", { class: "row-sub" }, index.metrics[columns.metric[row]] || "…")),
    columns.change[row] > 0 && h("span", { class: "row-change", title: changeName(row) }, "Δ", unseen(changeName(row))),
    (state & COMMENTED) !== 0 && h("span", { class: "row-comment", title: t("state_commented") }, "❝", unseen(t("state_commented"))),
    h("span", { class: `row-state is-${name}`, title: t(`state_${name}`) }, marks[name], unseen(t(`state_${name}`))),
  ];
}

const changeName = (row) => t(`change_${["", "added", "changed", "removed"][store.columns.change[row]]}`);

function pageRow({ page, count, left }) {
  const { path, record, title } = store.index.pages[page];
  const name = record ? `${path} · ${record}` : path;
  return [
    h("span", { class: `row-state ${left === 0 ? "is-accept" : "is-none"}`, "aria-hidden": "true" }, left === 0 ? "✓" : ""),
    h("span", { class: "row-text", lang: "vi" }, h("span", { class: "row-main" }, title ?? name), h("span", { class: "row-sub" }, name)),
    h("span", { class: "row-count", "aria-hidden": "true" }, `${integer(count - left)}/${integer(count)}`),
    unseen(t("page_count", { n: integer(count), left: integer(left) })),
  ];
}

function currentIndex() {
  if (store.selected < 0) return -1;
  if (tab === "pages") return store.pages.findIndex(({ page }) => page === store.pageOf[store.selected]);
  return store.rows.indexOf(store.selected);
}

function drawList() {
  const [count, all] = tab === "facts" ? [store.rows.length, store.count] : [store.pages.length, store.index.pages.length];
  const key = tab === "facts" ? "list_count" : "list_count_pages";
  fill(byId("list-count"), count > 0 ? t(key, { n: integer(count), all: integer(all) }) : t("nothing_found"));
  byId("list").setAttribute("aria-label", t(tab));
  list.set(count, currentIndex());
}

function choose(index, byHand) {
  const row = tab === "facts" ? store.rows[index] : store.firstOf(store.pages[index].page);
  store.select(row);
  if (byHand) showPane("article");
}

function setTab(name) {
  tab = name;
  for (const each of ["pages", "facts"]) byId(`tab-${each}`).setAttribute("aria-pressed", String(each === tab));
  drawList();
  list.move(currentIndex());
}

// --- what is chosen

async function show({ from } = {}) {
  const row = store.selected;
  history.replaceState(null, "", row < 0 ? "#" : `#${row}`);
  list.move(currentIndex());
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

function drawProgress() {
  const { done, whole } = store;
  const bar = byId("progress");
  const text = t("progress_text", { done: integer(done), all: integer(whole) });
  bar.setAttribute("aria-valuemax", whole);
  bar.setAttribute("aria-valuenow", done);
  bar.setAttribute("aria-valuetext", text);
  bar.firstElementChild.style.width = `${whole > 0 ? (100 * done) / whole : 0}%`;
  fill(byId("progress-text"), `${integer(done)} / ${integer(whole)}`, h("span", { class: "wide-only" }, ` ${t("progress_words")}`));
}

function drawActions() {
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
  return store.selected >= 0 && store.columns.change[store.selected] !== 3;
}

// --- decisions

function say(text) {
  fill(byId("live"), visible(text));
}

async function decide(verdict, more, row = store.selected) {
  if (row < 0 || (verdict !== "undo" && !may(verdict))) return;
  const next = verdict === "accept" || verdict === "reject" || verdict === "correct" ? store.neighbour(1) : row;
  const card = await store.decide(row, verdict, more);
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
  await show({ from: verdict === "undo" ? "list" : "decision" });
}

/** What cannot be saved is said where all can see it. */
const guarded = (act) => async (...values) => {
  try {
    await act(...values);
  } catch (error) {
    notice(t("not_saved", { error: error.message }));
  }
};

let last = Promise.resolve();
let showing = last;

/** One action after the other: who types fast decides on the next fact, not on the same one twice. */
const inTurn = (act) => () => (last = last.then(guarded(act)));

const ACTIONS = [
  ["accept", "a", inTurn(() => decide("accept"))],
  ["reject", "r", inTurn(() => decide("reject"))],
  ["correct", "e", inTurn(edit)],
  ["comment", "c", inTurn(comment)],
  ["undo", "u", inTurn(undo)],
];

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
  const close = () => {
    drawCard();
    byId("do-correct").focus();
  };
  openEditor(card.corrected ?? card.fact, (fields, comment) => decide("correct", { fields: allFields(card, fields), comment }), close);
  byId("card").scrollTop = 0;
}

/** A second correction adds to the first. */
function allFields(card, fields) {
  const before = card.said.findLast(({ verdict }) => verdict !== "comment");
  return card.corrected && before?.verdict === "correct" ? { ...before.fields, ...fields } : fields;
}

async function comment() {
  if (!(await chosenCard()) || !may("comment")) return;
  const close = () => {
    drawCard();
    byId("do-comment").focus();
  };
  openComment(async (text) => {
    await decide("comment", { comment: text });
    byId("do-comment").focus();
  }, close);
  byId("card").scrollTop = 0;
}

// --- frame

function notice(text) {
  byId("notice").hidden = !text;
  fill(byId("notice"), text);
}

function showPane(name) {
  document.body.dataset.pane = name;
  byId("to-list").setAttribute("aria-expanded", String(name === "list"));
}

const THEMES = ["auto", "light", "dark"];
const theme = () => localStorage.getItem("theme") ?? "auto";

function drawTheme() {
  const name = theme();
  document.documentElement.dataset.theme = name;
  const button = byId("theme");
  button.firstElementChild.textContent = { auto: "◐", light: "☀", dark: "☾" }[name];
  button.setAttribute("aria-label", t(`theme_${name}`));
  button.title = t(`theme_${name}`);
}

function drawLanguage() {
  fill(byId("language"), h("span", { class: "wide-only" }, t("to_other_language")), h("span", { class: "narrow-only" }, t("other_language")));
  byId("language").lang = i18n.language() === "vi" ? "en" : "vi";
}

function drawAll() {
  drawTheme();
  drawLanguage();
  drawFilters();
  drawList();
  drawProgress();
  drawActions();
  drawArticle();
  drawCard();
}

function startNotice() {
  const { doubles, problems } = store.session;
  const parts = [
    doubles > 0 && t("doubles", { n: integer(doubles) }),
    problems.length > 0 && t("bad_lines", { n: integer(problems.length), first: problems[0] }),
  ].filter(Boolean);
  notice(parts.join(" "));
}

async function poll() {
  if (document.hidden) return;
  try {
    await store.refresh();
    if (poll.failed) notice("");
    poll.failed = false;
  } catch {
    poll.failed = true;
    notice(t("gone"));
  }
}

function listen() {
  byId("tab-pages").addEventListener("click", () => setTab("pages"));
  byId("tab-facts").addEventListener("click", () => setTab("facts"));
  byId("to-list").addEventListener("click", () => showPane(document.body.dataset.pane === "list" ? "article" : "list"));
  byId("help-open").addEventListener("click", openHelp);
  byId("theme").addEventListener("click", () => {
    localStorage.setItem("theme", THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
    drawTheme();
  });
  byId("language").addEventListener("click", () => {
    const other = i18n.language() === "vi" ? "en" : "vi";
    localStorage.setItem("language", other);
    i18n.setLanguage(other);
    drawAll();
  });
  let waiting;
  byId("search").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(guarded(() => store.search(event.target.value)), 150);
  });
  byId("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (store.rows.length > 0) store.select(store.rows[0]);
    byId("list").focus();
  });
  const go = (row) => inTurn(() => row() >= 0 && store.select(row()));
  listenToKeys({
    j: go(() => store.neighbour(1)),
    k: go(() => store.neighbour(-1)),
    J: go(() => store.neighbourPage(1)),
    K: go(() => store.neighbourPage(-1)),
    ...Object.fromEntries(ACTIONS.map(([, key, act]) => [key, act])),
    "/": () => byId("search").select(),
    d: toggleDropped,
    "?": openHelp,
  });
  listenToFilters();
  listenToArticle();
  store.addEventListener("filtered", () => {
    drawList();
    drawProgress();
    paintMarks();
  });
  store.addEventListener("selected", (event) => (showing = guarded(show)(event.detail)));
  store.addEventListener("touched", () => guarded(retouch)());
  document.addEventListener("visibilitychange", poll);
  setInterval(poll, POLL);
}

/** The chosen fact was decided on elsewhere; a form that is open stays. */
async function retouch() {
  const row = store.selected;
  const card = await read(`fact/${row}`);
  if (row !== store.selected || byId("card-body").querySelector("form")) return;
  setCard(card);
  drawActions();
}

async function start() {
  await i18n.load();
  list = new VirtualList(byId("list"), { rowHeight: 52, draw: drawRow, choose });
  byId("filters").open = matchMedia("(min-width: 60rem)").matches;
  await store.load();
  drawAll();
  startNotice();
  listen();
  const wanted = Number(location.hash.slice(1) || -1);
  const row = wanted >= 0 && wanted < store.count ? wanted : (store.rows[0] ?? -1);
  if (row >= 0) store.select(row);
  document.body.dataset.ready = "true";
}

start().catch((error) => notice(error.message));
