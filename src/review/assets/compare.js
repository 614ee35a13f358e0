// Two records field by field.

import { h } from "./dom.js";
import { day, decimal, period } from "./format.js";
import { t } from "./i18n.js";

/** The fields that say something, in the order of the record. */
export const FIELDS = [
  "kind", "value", "value_max", "denominator", "unit", "per", "qualifier", "direction", "is_change", "status",
  "time.start", "time.end", "time.role", "time.text", "time.source", "base.text", "base.start", "base.end",
  "metric.text", "metric.id", "entity.text", "entity.id", "theme",
];

const WORDS = {
  kind: "kind_", qualifier: "qualifier_", direction: "direction_", status: "status_", "time.role": "role_", "time.source": "from_",
};

/** The value at a path such as `time.start`. */
export const at = (record, path) => path.split(".").reduce((value, key) => value?.[key], record);

/** A field for people to read. */
export function shown(record, path) {
  const value = at(record, path);
  if (value === undefined) return t("none");
  if (path in WORDS) return t(WORDS[path] + value);
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (["value", "value_max", "denominator"].includes(path)) return decimal(value);
  if (/\.(start|end)$/.test(path)) return day(value);
  return String(value);
}

/** The fields in which two records differ. */
export function differing(a, b) {
  const same = (path) => String(at(a, path)) === String(at(b, path));
  const paths = [...FIELDS, "rule", "source.quote", "source.sentence"];
  return paths.filter((path) => !same(path));
}

/** Old and new side by side: the fields that differ. */
export function comparison(old, now, heading, [oldName, newName]) {
  const rows = differing(old, now).map((path) => {
    const name = t(`field_${path.replace("source.", "")}`);
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      h("td", { class: "was" }, h("del", {}, h("bdi", {}, shown(old, path)))),
      h("td", { class: "is" }, h("ins", {}, h("bdi", {}, shown(now, path)))),
    );
  });
  const head = h("tr", {}, [t("compare_field"), oldName, newName].map((name) => h("th", { scope: "col" }, name)));
  return h("div", { class: "compare" }, h("table", {}, h("caption", {}, heading), h("thead", {}, head), h("tbody", {}, rows)));
}

export { period };
