// The list of facts or pages.

import { byId, fill, h, unseen } from "./dom.js";
import { integer } from "./format.js";
import { t } from "./i18n.js";
import { CHANGES, COMMENTED, STALE, VERDICT, VERDICTS, store } from "./store.js";
import { VirtualList } from "./virtual-list.js";

let list;
let tab = "facts";

/** Makes the list; `chosen` is called where a person chose an entry. */
export function startList(chosen) {
  const choose = (index, byHand) => {
    store.select(tab === "facts" ? store.rows[index] : store.firstOf(store.pages[index].page));
    if (byHand) chosen();
  };
  list = new VirtualList(byId("list"), { rowHeight: 52, draw: drawRow, choose });
}

/** Draws the list anew. */
export function drawList() {
  const [count, all] = tab === "facts" ? [store.rows.length, store.count] : [store.pages.length, store.index.pages.length];
  const key = tab === "facts" ? "list_count" : "list_count_pages";
  fill(byId("list-count"), count > 0 ? t(key, { n: integer(count), all: integer(all) }) : t("nothing_found"));
  byId("list").setAttribute("aria-label", t(tab));
  list.set(count, currentIndex());
}

/** Shows the pages or the facts. */
export function setTab(name) {
  tab = name;
  for (const each of ["pages", "facts"]) byId(`tab-${each}`).setAttribute("aria-pressed", String(each === tab));
  drawList();
  moveList();
}

/** Moves to the chosen fact. */
export function moveList() {
  list.move(currentIndex());
}

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

const changeName = (row) => t(`change_${CHANGES[store.columns.change[row]]}`);

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
