// Single-letter keys, and the help that lists them.

import { byId, fill, h } from "./dom.js";
import { t } from "./i18n.js";
import { store } from "./store.js";

const LIST = [
  ["j / k", "help_next"],
  ["J / K", "help_page"],
  ["a", "help_accept"],
  ["r", "help_reject"],
  ["e", "help_edit"],
  ["c", "help_comment"],
  ["u", "help_undo"],
  ["/", "help_search"],
  ["d", "help_dropped"],
  ["?", "help_help"],
  ["Esc", "help_escape"],
];

const isOn = () => localStorage.getItem("shortcuts") !== "off";

/** Calls `actions[key]` for keys that are not meant for a field. */
export function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && event.target.matches("input, textarea, select")) event.target.blur();
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog, form.editor");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

/** Opens the help. */
export function openHelp() {
  const dialog = byId("help");
  const onOff = h("input", { type: "checkbox", checked: isOn(), onchange: (event) => localStorage.setItem("shortcuts", event.target.checked ? "on" : "off") });
  fill(
    dialog,
    h("h2", { id: "help-heading" }, t("help_heading")),
    h("dl", { class: "keys" }, LIST.map(([keys, key]) => [h("dt", {}, keys.split(" / ").map((k, i) => [i > 0 && " / ", h("kbd", {}, k)])), h("dd", {}, t(key))])),
    h("label", { class: "check" }, onOff, h("span", {}, t("shortcuts_on"))),
    h("h3", {}, t("legend")),
    h("p", { class: "chips" }, [...store.index.kinds].sort().map((kind) => h("span", { class: `chip kind-${kind}` }, t(`kind_${kind}`)))),
    h("form", { method: "dialog" }, h("button", { class: "primary" }, t("close"))),
  );
  dialog.showModal();
}
