// The article as found, with its facts marked and its dropped parts folded away.

import { byId, fill, h, link, unseen } from "./dom.js";
import { day, integer } from "./format.js";
import { t } from "./i18n.js";
import { VERDICT, VERDICTS, isDecided, store } from "./store.js";

const state = { page: -1, view: undefined, dropped: false };

/** Whether dropped parts are shown. */
export const droppedShown = () => state.dropped;

/** Shows or hides all dropped parts. */
export function toggleDropped() {
  state.dropped = !state.dropped;
  drawArticle();
}

/** Puts a page on show; it was read from `api/page/N`. */
export function setPage(page, view) {
  Object.assign(state, { page, view });
  drawArticle();
  byId("article").scrollTop = 0;
}

export const shownPage = () => state.page;

/** Draws the page anew: after a change of language, or of what is shown. */
export function drawArticle() {
  const { view } = state;
  if (!view) return fill(byId("article-body"), h("p", { class: "note", lang: document.documentElement.lang }, t(store.count ? "choose_fact" : "no_facts")));
  fill(byId("article-tools"), tools(view));
  const titled = view.blocks.some((block) => block.keep && block.role === "title");
  fill(
    byId("article-body"),
    !titled && view.title && h("h3", { class: "title" }, view.title),
    about(view),
    view.found ? blocks(view.blocks) : missing(),
    view.found && view.unplaced.length > 0 && unplaced(view.unplaced),
  );
  paintMarks();
}

function tools(view) {
  const count = view.blocks.filter((block) => !block.keep).length + view.blocks.filter((block) => block.pieces.some((piece) => piece.c)).length;
  return [
    h("span", { class: "path" }, h("bdi", {}, view.record ? `${view.path} · ${view.record}` : view.path)),
    count > 0 &&
      h(
        "button",
        { type: "button", class: "plain", id: "toggle-dropped", "aria-pressed": String(state.dropped), "aria-keyshortcuts": "d", onclick: toggleDropped },
        `${t(state.dropped ? "hide_dropped" : "show_dropped")} (${integer(count)})`,
      ),
  ];
}

function about(view) {
  const parts = [view.published && day(view.published), view.author, view.uri && link(view.uri)].filter(Boolean);
  return parts.length > 0 && h("p", { class: "about" }, parts.map((part, i) => [i > 0 && " · ", part]));
}

/** Lines in order; a run of dropped ones is one button until it is asked for. */
function blocks(all) {
  const nodes = [];
  for (let i = 0; i < all.length; ) {
    if (all[i].keep) {
      nodes.push(block(all[i++]));
      continue;
    }
    const from = i;
    while (i < all.length && !all[i].keep) i++;
    nodes.push(gap(all.slice(from, i)));
  }
  return nodes;
}

function gap(lines) {
  // A fact in a dropped line is shown whatever is dropped.
  const hasFacts = lines.some((line) => line.pieces.some((piece) => piece.f));
  if (state.dropped || hasFacts) return lines.map(block);
  const open = () => button.replaceWith(...lines.map(block));
  const button = h("button", { type: "button", class: "gap", onclick: open, lang: document.documentElement.lang }, t("gap", { n: integer(lines.length) }));
  return button;
}

function block({ keep, role, rule, line, pieces }) {
  const tag = keep && role === "title" ? "h3" : "p";
  const why = keep ? undefined : t("dropped_by", { rule });
  return h(
    tag,
    { class: keep ? role : `dropped ${role}`, "data-line": line, title: why },
    why && h("span", { class: "dropped-rule", lang: document.documentElement.lang }, rule),
    pieces.map(piece),
  );
}

function piece({ t: text, f: rows, c: cut }) {
  if (rows) return mark(text, rows);
  if (!cut) return text;
  if (!state.dropped) return h("span", { class: "cut-here", title: t("dropped_by", { rule: cut }) }, unseen(" […] "));
  return h("span", { class: "dropped spam", title: t("dropped_by", { rule: cut }) }, text);
}

/** The words of a fact. Of facts that overlap, the shortest is chosen first, the next by choosing again. */
function mark(text, rows) {
  const choose = () => {
    const at = rows.indexOf(store.selected);
    store.select(rows[(at + 1) % rows.length], { from: "article" });
  };
  return h(
    "mark",
    {
      class: `fact kind-${kindOf(rows[0])}`,
      role: "button",
      tabindex: "-1",
      "data-rows": rows.join(" "),
      onclick: choose,
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      },
    },
    text,
  );
}

const kindOf = (row) => store.index.kinds[store.columns.kind[row]];

function missing() {
  const { first, count } = store.index.pages[state.page];
  const rows = Array.from({ length: count }, (_, i) => first + i);
  return [h("p", { class: "note warn", lang: document.documentElement.lang }, t("page_missing")), unplaced(rows, true)];
}

/** Facts that have no place in the page. */
function unplaced(rows, quiet) {
  return h(
    "div",
    { class: "unplaced" },
    !quiet && h("p", { class: "note warn", lang: document.documentElement.lang }, t("unplaced_note")),
    h("ul", {}, rows.map((row) => h("li", {}, mark(store.columns.quote[row], [row])))),
  );
}

/** Shows on every mark which fact is chosen and what was decided. */
export function paintMarks() {
  const marks = [...byId("article-body").querySelectorAll("mark.fact")];
  for (const element of marks) {
    const rows = element.dataset.rows.split(" ").map(Number);
    const current = rows.includes(store.selected);
    const row = current ? store.selected : rows[0];
    const verdict = isDecided(store.states[row]) ? VERDICTS[store.states[row] & VERDICT] : "none";
    element.className = `fact kind-${kindOf(row)} is-${verdict}${store.columns.change[row] ? " is-changed" : ""}`;
    element.setAttribute("aria-pressed", String(current));
    element.tabIndex = current ? 0 : -1;
    const label = { kind: t(`kind_${kindOf(row)}`), quote: element.textContent, state: t(`state_${verdict}`) };
    element.setAttribute("aria-label", t("mark_label", label));
  }
  if (marks.length > 0 && !marks.some((element) => element.tabIndex === 0)) marks[0].tabIndex = 0;
}

/** Brings the chosen fact into sight. */
export function revealMark() {
  const element = byId("article-body").querySelector('mark[aria-pressed="true"]');
  element?.scrollIntoView({ block: "center", behavior: "instant" });
}

/** Left and right go from mark to mark. */
export function listenToArticle() {
  byId("article-body").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const marks = [...byId("article-body").querySelectorAll("mark.fact")];
    const at = marks.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = marks[at + step];
    if (next) {
      next.click();
      next.focus();
    }
  });
}
