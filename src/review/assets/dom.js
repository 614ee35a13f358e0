// Making elements. All text goes in as text: nothing here parses markup.

// Characters that turn the direction of what follows; shown as a mark, so that they turn nothing.
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that may be shown: without characters that reorder their surroundings. */
export function visible(text) {
  return String(text).replace(BIDI, "\u2426");
}

/** An element with properties (`class`, `on…`, `data-…`, `aria-…`, others) and children (elements, text, nothing). */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : visible(value));
  }
  fill(element, ...children);
  return element;
}

/** Puts children into an element in place of what it had. */
export function fill(element, ...children) {
  const nodes = children
    .flat(3)
    .filter((child) => child !== undefined && child !== null && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(visible(child))));
  element.replaceChildren(...nodes);
}

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/** Text for screen readers alone. */
export const unseen = (text) => h("span", { class: "hidden" }, text);

/** A link to a page on the web; plain text for any other kind of address. */
export function link(address, label) {
  if (!/^https?:\/\//i.test(address)) return h("bdi", {}, label ?? address);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label ?? address);
}
