// The card of a fact: all that the record says, what was before, what was decided.

import { byId, fill, h, link } from "./dom.js";
import { comparison, shown } from "./compare.js";
import { draftsOf } from "./drafts.js";
import { at } from "./fields.js";
import { integer, moment, period, value } from "./format.js";
import { t } from "./i18n.js";
import { CHANGES, STALE, VERDICT, VERDICTS, store } from "./store.js";

let card;

/** The card on show. */
export const shownCard = () => card;

/** Puts a card on show; it was read from `api/fact/N`. */
export function setCard(next) {
  card = next;
  drawCard();
}

/** Draws the card anew. */
export function drawCard() {
  const body = byId("card-body");
  if (!card) return fill(body, h("p", { class: "note" }, t("choose_fact")));
  const fact = card.corrected ?? card.fact;
  const verdict = VERDICTS[card.state & VERDICT];
  fill(
    body,
    head(fact, verdict),
    notes(),
    card.old && comparison(card.old, card.fact, t("changed_heading"), [t("before"), t("now")]),
    card.corrected && comparison({ ...card.fact, rule: "" }, { ...card.corrected, rule: "" }, t("corrected_heading"), [t("read"), t("corrected")]),
    said(),
    what(fact),
    amount(fact),
    when(fact),
    where(card.fact),
  );
}

function head(fact, verdict) {
  return h(
    "div",
    { class: "card-head" },
    h("p", { class: "chips" }, h("span", { class: `chip kind-${fact.kind}` }, t(`kind_${fact.kind}`)), h("span", { class: `chip state is-${verdict}` }, t(`state_${verdict}`))),
    h("p", { class: "quote", lang: "vi" }, h("q", {}, card.fact.source.quote)),
    h("p", { class: "value", lang: "vi" }, value(fact)),
    h("p", { class: "sentence", lang: "vi" }, marked(card.sentence)),
  );
}

/** The sentence with the number marked, where it has it. */
const marked = ([before, quote, after]) => [before, quote !== "" && h("strong", {}, quote), after];

function notes() {
  const change = CHANGES[store.columns.change[card.row]];
  const note = (key) => h("p", { class: "note warn" }, t(key));
  return [
    (card.state & STALE) !== 0 && note("stale_note"),
    change === "removed" && note("removed_note"),
    change === "added" && h("p", { class: "note" }, t("added_note")),
    draftsOf(card).map((name) => note(`draft_${name}`)),
  ];
}

/** What people said and nobody took back. */
function said() {
  if (card.said.length === 0) return null;
  const item = ({ by, at, verdict, comment }) =>
    h(
      "li",
      {},
      h("span", { class: `chip state is-${verdict}` }, verdict === "comment" ? t("comment") : t(`state_${verdict}`)),
      " ",
      h("span", { class: "muted" }, t("said_by", { by, at: moment(at) })),
      comment && h("p", { class: "comment" }, comment),
    );
  return section("group_said", h("ul", { class: "said" }, card.said.map(item)));
}

function section(key, ...children) {
  return h("section", { class: "group" }, h("h3", {}, t(key)), children);
}

/** Names and values; those without a value are left out. */
function list(...pairs) {
  const items = pairs.filter(([, value]) => value).map(([key, value, lang]) => [h("dt", {}, t(`field_${key}`)), h("dd", { lang }, value)]);
  return h("dl", {}, items);
}

const stated = (fact, path) => at(fact, path) !== undefined && h("bdi", {}, shown(fact, path));

/** Words with the canonical name they stand for. */
const label = (of) => of && [h("bdi", {}, of.text), of.id && [" ", h("code", {}, of.id)]];

function what(fact) {
  return section("group_what", list(["metric", label(fact.metric), "vi"], ["entity", label(fact.entity), "vi"], ["theme", stated(fact, "theme")]));
}

function amount(fact) {
  const names = ["value", "value_max", "denominator", "unit", "per", "qualifier", "direction", "is_change", "status"];
  return section("group_value", list(...names.map((name) => [name, stated(fact, name)])));
}

function when(fact) {
  const { time, base } = fact;
  const baseText = base && [h("bdi", {}, base.text), (base.start || base.end) && ` (${period(base.start, base.end)})`];
  return section(
    "group_when",
    list(
      ["time", time ? period(time.start, time.end) : t("none")],
      ["time.role", stated(fact, "time.role")],
      ["time.text", time?.text && h("bdi", {}, time.text), "vi"],
      ["time.source", stated(fact, "time.source")],
      ["base", baseText, "vi"],
    ),
  );
}

function where({ source, rule, id }) {
  const code = (text) => text && h("code", {}, text);
  return section(
    "group_where",
    list(
      ["rule", code((card.corrected ?? card.fact).rule === rule ? rule : `${rule} → review`)],
      ["path", h("bdi", {}, source.path)],
      ["record", code(source.record)],
      ["uri", source.uri && link(source.uri)],
      ["title", source.title && h("bdi", {}, source.title), "vi"],
      ["published", source.published],
      ["place", `${integer(source.line)} : ${integer(source.column)}`],
      ["bytes", code(`${source.bytes[0]}..${source.bytes[1]}`)],
      ["sha256", code(source.sha256)],
      ["id", code(id)],
    ),
  );
}
