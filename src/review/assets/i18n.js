// The words of the page in the chosen language. They stand in strings.json.

import { visible } from "./dom.js";

let strings = {};
let current = "en";

/** Loads all words and chooses the language: the one chosen before, else the browser's. */
export async function load() {
  strings = await (await fetch("strings.json")).json();
  const browser = navigator.language.startsWith("vi") ? "vi" : "en";
  setLanguage(localStorage.getItem("language") ?? browser);
}

/** `vi` or `en`. */
export const language = () => current;

/** Changes the language of everything that is marked in the document. */
export function setLanguage(name) {
  current = name in strings ? name : "en";
  document.documentElement.lang = current;
  document.title = `${t("title")} · Solieu`;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(element.dataset.tLabel));
    if (element.matches("button")) element.title = t(element.dataset.tLabel);
  }
  for (const element of document.querySelectorAll("[data-t-placeholder]")) {
    element.placeholder = t(element.dataset.tPlaceholder);
  }
}

/** The words for a key, with values in the place of {names}. */
export function t(key, values) {
  const words = strings[current]?.[key] ?? key;
  return values ? words.replace(/\{(\w+)\}/g, (_, name) => visible(values[name] ?? "")) : words;
}
