// Numbers, days and moments as people write them.

import { language, t } from "./i18n.js";

/** A decimal in digits, grouped as the language does, no digit lost. */
export function decimal(text) {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text));
  if (!found) return String(text);
  const [group, point] = language() === "vi" ? [".", ","] : [",", "."];
  const whole = found[2].replace(/\B(?=(\d{3})+$)/g, group);
  return (found[1] ? "−" : "") + whole + (found[3] ? point + found[3] : "");
}

/** A whole number. */
export const integer = (number) => decimal(String(number));

/** A day given as ISO 8601. */
export function day(text) {
  const [year, month, date] = text.split("-");
  return language() === "vi" ? `${date}/${month}/${year}` : text;
}

/** First and last day, in short where they are a day, a month or a year. */
export function period(start, end) {
  if (!start && !end) return t("none");
  if (!start || !end) return `${start ? day(start) : "…"} – ${end ? day(end) : "…"}`;
  if (start === end) return day(start);
  const [a, b] = [start, end].map((text) => text.split("-").map(Number));
  const lastDay = (y, m) => new Date(Date.UTC(y, m, 0)).getUTCDate();
  const wholeMonths = a[2] === 1 && b[2] === lastDay(b[0], b[1]);
  if (wholeMonths && a[0] === b[0]) {
    const [year, from, to] = [a[0], a[1], b[1]];
    if (from === 1 && to === 12) return String(year);
    if (from === to) return language() === "vi" ? `${from}/${year}` : `${year}-${String(from).padStart(2, "0")}`;
  }
  return `${day(start)} – ${day(end)}`;
}

/** A moment given as RFC 3339. */
export function moment(text) {
  return new Date(text).toLocaleString(language(), { dateStyle: "short", timeStyle: "short" });
}

/** The value of a fact with its range, denominator and unit. */
export function value(fact) {
  let text = decimal(fact.value);
  if (fact.value_max !== undefined) text += ` – ${decimal(fact.value_max)}`;
  if (fact.denominator !== undefined) text += ` / ${decimal(fact.denominator)}`;
  if (fact.unit) text += fact.unit === "%" ? "%" : ` ${fact.unit}`;
  return fact.per ? `${text} / ${fact.per}` : text;
}
