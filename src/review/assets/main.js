// The review page: joins list, article and card.

import { drawArticle, listenToArticle, paintMarks, toggleDropped } from "./article.js";
import { drawCard } from "./card.js";
import { ACTIONS, drawActions, follow, guarded, inTurn, notice, retouch } from "./chosen.js";
import { byId, fill, h } from "./dom.js";
import { drawFilters, listenToFilters } from "./filters.js";
import { integer } from "./format.js";
import * as i18n from "./i18n.js";
import { listenToKeys, openHelp } from "./keys.js";
import { drawList, setTab, startList } from "./list.js";
import { store } from "./store.js";

const { t } = i18n;
const POLL = 2000;

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
  store.addEventListener("selected", (event) => follow(event.detail));
  store.addEventListener("touched", () => guarded(retouch)());
  document.addEventListener("visibilitychange", poll);
  setInterval(poll, POLL);
}

async function start() {
  await i18n.load();
  startList(() => showPane("article"));
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
