// The form of filters.

import { byId, fill, h } from "./dom.js";
import { integer } from "./format.js";
import { t } from "./i18n.js";
import { CHANGES, EMPTY, store } from "./store.js";

const STATES = ["none", "accept", "reject", "correct", "stale", "commented"];
const SUGGESTIONS = 300;

/** Draws the form anew, in the language of the page. */
export function drawFilters() {
  const { index } = store;
  const named = (names, prefix) =>
    names.map((name, number) => [String(number), prefix ? t(prefix + name) : name]).sort((a, b) => a[1].localeCompare(b[1]));
  fill(
    byId("filter-form"),
    select("state", STATES.map((name) => [name, t(`state_${name}`)])),
    index.compared && select("change", ["any", ...CHANGES.slice(1)].map((name) => [name, t(`change_${name}`)])),
    select("kind", named(index.kinds, "kind_")),
    select("status", named(index.statuses, "status_")),
    select("rule", named(index.rules)),
    metric(),
    h("button", { type: "reset", class: "plain wide", id: "filter-clear" }, t("filter_clear")),
  );
  count();
}

function select(name, options) {
  const choice = ([value, label]) => h("option", { value, selected: store.filters[name] === value }, label);
  const field = h("select", { id: `filter-${name}`, name }, choice(["", t("any")]), options.map(choice));
  return h("label", {}, h("span", {}, t(`filter_${name}`)), field);
}

function metric() {
  const names = new Map();
  const add = (name) => name && names.set(name, (names.get(name) ?? 0) + 1);
  store.columns.metric.forEach((number) => add(store.index.metrics[number]));
  store.columns.canonical.forEach((number) => add(store.index.canonical[number]));
  const often = [...names].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, SUGGESTIONS);
  const field = h("input", {
    id: "filter-metric",
    name: "metric",
    list: "metric-names",
    autocomplete: "off",
    placeholder: t("filter_metric_hint"),
    value: store.filters.metric,
  });
  const list = h("datalist", { id: "metric-names" }, often.map(([value]) => h("option", { value })));
  return h("label", {}, h("span", {}, t("filter_metric")), field, list);
}

function count() {
  const on = Object.values(store.filters).filter((value) => value !== "").length;
  fill(byId("filters-on"), on > 0 && t("filters_on", { n: integer(on) }));
}

/** Follows the form. */
export function listenToFilters() {
  const form = byId("filter-form");
  form.addEventListener("input", () => {
    store.filters = { ...EMPTY, ...Object.fromEntries(new FormData(form)) };
    count();
    store.filter();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    store.filters = { ...EMPTY };
    drawFilters();
    store.filter();
    byId("filter-clear").focus();
  });
}
