// Forms in the card: correct fields, write a comment.

import { byId, fill, h } from "./dom.js";
import { DECIMALS, FIELDS, GROUPS, at } from "./fields.js";
import { t } from "./i18n.js";

const KINDS = ["percentage", "percentage_point", "count", "money", "rank", "share", "rate", "multiple", "index", "quantity"];
const CHOICES = {
  kind: ["kind_", KINDS],
  qualifier: ["qualifier_", ["", "about", "nearly", "over", "under", "at_least", "at_most"]],
  direction: ["direction_", ["", "increase", "decrease"]],
  status: ["status_", ["actual", "target", "estimate"]],
  "time.role": ["role_", ["", "during", "as_of", "by", "since"]],
  "time.source": ["from_", ["", "sentence", "context", "document"]],
};

/** Opens the form to correct `fact`, as far as it was filled in before. `save` is given the changed fields and a comment, and may throw. */
export function openEditor(fact, draft, save, cancel) {
  const error = h("p", { class: "error", role: "alert", id: "edit-error" });
  const group = ([name, paths]) => h("fieldset", {}, h("legend", {}, t(name)), paths.map((path) => field(fact, path)));
  const form = h(
    "form",
    { class: "editor", novalidate: true, "aria-describedby": "edit-hint edit-error" },
    h("h3", {}, t("edit_heading")),
    h("p", { id: "edit-hint", class: "muted" }, t("edit_hint")),
    error,
    Object.entries(GROUPS).map(group),
    h("label", { class: "wide" }, h("span", {}, t("correction_comment")), h("textarea", { name: "comment", rows: 2 })),
    buttons(cancel),
  );
  submitWith(form, error, draft, cancel, async (data) => {
    const fields = changed(fact, data);
    if (Object.keys(fields).length === 0) throw new Error(t("nothing_changed"));
    await save(fields, data.get("comment"));
  });
  fill(byId("card-body"), form);
  form.elements.value.focus();
}

/** Opens the form for a comment. */
export function openComment(draft, save, cancel) {
  const error = h("p", { class: "error", role: "alert" });
  const text = h("textarea", { name: "comment", rows: 4, required: true });
  const form = h("form", { class: "editor" }, h("label", { class: "wide" }, h("span", {}, t("comment_label")), text), error, buttons(cancel));
  submitWith(form, error, draft, cancel, (data) => save(data.get("comment")));
  byId("card-body").prepend(form);
  text.focus();
}

function buttons(cancel) {
  return h(
    "div",
    { class: "editor-buttons" },
    h("button", { type: "submit", class: "primary" }, t("save")),
    h("button", { type: "button", onclick: cancel }, t("cancel")),
  );
}

function submitWith(form, error, draft, cancel, submit) {
  draft.restore(form);
  form.addEventListener("input", () => draft.keep(form));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await submit(new FormData(form));
    } catch (problem) {
      fill(error, t("not_saved", { error: problem.message }));
      error.scrollIntoView({ block: "nearest" });
    }
  });
  form.addEventListener("keydown", (event) => {
    // Keys that an input method takes, as for Vietnamese, are not the form's.
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      cancel();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

function field(fact, path) {
  const value = at(fact, path);
  if (path === "is_change") {
    return h("label", { class: "check" }, h("input", { type: "checkbox", name: path, checked: value === true }), h("span", {}, t(`field_${path}`)));
  }
  return h("label", {}, h("span", {}, t(`field_${path}`)), control(path, value));
}

function control(path, value) {
  if (path in CHOICES) {
    const [prefix, names] = CHOICES[path];
    const option = (name) => h("option", { value: name, selected: name === (value ?? "") }, name ? t(prefix + name) : t("none"));
    return h("select", { name: path }, names.map(option));
  }
  const isDay = /\.(start|end)$/.test(path);
  return h("input", { name: path, type: isDay ? "date" : "text", inputmode: DECIMALS.includes(path) ? "decimal" : undefined, value: value ?? "", autocomplete: "off", lang: isDay ? undefined : "vi" });
}

/** The keys of the record that the form says otherwise, whole; null where nothing is left of one. */
function changed(fact, data) {
  const fields = {};
  const keys = new Set(FIELDS.map((path) => path.split(".")[0]));
  for (const key of keys) {
    const paths = FIELDS.filter((path) => path.split(".")[0] === key);
    if (paths.every((path) => entered(data, path) === String(at(fact, path) ?? ""))) continue;
    fields[key] = paths[0] === key ? single(data, key) : whole(data, paths);
  }
  return fields;
}

function entered(data, path) {
  if (path === "is_change") return data.has(path) ? "true" : "";
  return data.get(path).trim();
}

function single(data, key) {
  if (key === "is_change") return data.has(key);
  const text = entered(data, key);
  return text === "" ? null : DECIMALS.includes(key) ? number(text) : text;
}

/** `1.234,5` as Vietnamese writes it, or `1234.5`. */
function number(text) {
  const plain = text.replace(/\s/g, "");
  return plain.includes(",") ? plain.replaceAll(".", "").replace(",", ".") : plain;
}

function whole(data, paths) {
  const parts = paths.map((path) => [path.split(".")[1], entered(data, path)]).filter(([, text]) => text !== "");
  return parts.length > 0 ? Object.fromEntries(parts) : null;
}
