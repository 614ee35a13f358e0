// Two records field by field.

import { h } from "./dom.js";
import { DECIMALS, FIELDS, at } from "./fields.js";
import { day, decimal } from "./format.js";
import { t } from "./i18n.js";

const WORDS = {
  kind: "kind_", qualifier: "qualifier_", direction: "direction_", status: "status_", "time.role": "role_", "time.source": "from_",
};

/** A field for people to read. */
export function shown(record, path) {
  const value = at(record, path);
  if (value === undefined) return t("none");
  if (path in WORDS) return t(WORDS[path] + value);
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (DECIMALS.includes(path)) return decimal(value);
  if (/\.(start|end)$/.test(path)) return day(value);
  return String(value);
}

/** The fields in which two records differ. */
function differing(a, b) {
  const same = (path) => String(at(a, path)) === String(at(b, path));
  const paths = [...FIELDS, "rule", "source.quote", "source.sentence"];
  return paths.filter((path) => !same(path));
}

// Longer texts, in pairs of words, are not compared word by word.
const MOST_PAIRS = 1e6;

/** Two texts in words; those that the other does not have are marked, by the longest common subsequence. */
function edited(was, is) {
  const [x, y] = [was, is].map((text) => text.match(/\S+\s*/g) ?? []);
  if (x.length * y.length > MOST_PAIRS) return [was, is];
  const same = (i, j) => x[i].trimEnd() === y[j].trimEnd();
  const common = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = y.length - 1; j >= 0; j--) common[i][j] = same(i, j) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  }
  const texts = [[], []];
  let [i, j] = [0, 0];
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && same(i, j)) {
      texts[0].push(x[i++]);
      texts[1].push(y[j++]);
    } else if (j === y.length || (i < x.length && common[i + 1][j] >= common[i][j + 1])) texts[0].push(h("b", {}, x[i++]));
    else texts[1].push(h("b", {}, y[j++]));
  }
  return texts;
}

/** Old and new side by side: the fields that differ. */
export function comparison(old, now, heading, [oldName, newName]) {
  const rows = differing(old, now).map((path) => {
    const name = t(`field_${path.replace("source.", "")}`);
    const texts = [old, now].map((record) => shown(record, path));
    const [was, is] = path === "source.sentence" ? edited(...texts) : texts;
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      h("td", { class: "was" }, h("del", {}, h("bdi", {}, was))),
      h("td", { class: "is" }, h("ins", {}, h("bdi", {}, is))),
    );
  });
  const head = h("tr", {}, [t("compare_field"), oldName, newName].map((name) => h("th", { scope: "col" }, name)));
  return h("div", { class: "compare" }, h("table", {}, h("caption", {}, heading), h("thead", {}, head), h("tbody", {}, rows)));
}
