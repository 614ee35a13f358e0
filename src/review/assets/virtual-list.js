// A list box of any length: only the rows in sight are in the document.

import { h, fill } from "./dom.js";

// Browsers cut off elements that are taller; a longer list scrolls faster than it is.
const TALLEST = 15_000_000;
const SPARE = 6;

export class VirtualList {
  /**
   * `element` scrolls and has the role `listbox`; `draw(index)` gives the content of a row, `choose(index)` is told
   * which one was chosen.
   */
  constructor(element, { rowHeight, draw, choose }) {
    Object.assign(this, { element, rowHeight, draw, choose, count: 0, current: -1, shown: new Map() });
    this.space = h("div", { class: "list-space", role: "presentation" });
    element.append(this.space);
    element.addEventListener("scroll", () => this.later(), { passive: true });
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("click", (event) => this.click(event));
    new ResizeObserver(() => this.later()).observe(element);
  }

  /** Shows `count` rows, of which `current` is chosen (-1: none). */
  set(count, current) {
    this.count = count;
    this.height = Math.min(count * this.rowHeight, TALLEST);
    this.space.style.height = `${this.height}px`;
    this.clear();
    this.move(current, false);
    this.render();
  }

  clear() {
    this.shown.forEach((row) => row.remove());
    this.shown.clear();
  }

  /** Chooses a row and brings it into sight. */
  move(current, scroll = true) {
    this.current = current;
    if (scroll && current >= 0) this.reveal(current);
    this.render();
  }

  /** Scrolls no further than needed. */
  reveal(index) {
    const { clientHeight } = this.element;
    const top = index * this.rowHeight;
    const from = this.offset();
    if (top < from) this.scrollTo(top);
    else if (top + this.rowHeight > from + clientHeight) this.scrollTo(top + this.rowHeight - clientHeight);
  }

  /** Where the top of the box stands in the whole list. */
  offset() {
    return this.element.scrollTop * this.scale();
  }

  scrollTo(offset) {
    this.element.scrollTop = offset / this.scale();
  }

  scale() {
    const room = this.element.clientHeight;
    return this.height < TALLEST ? 1 : (this.count * this.rowHeight - room) / (this.height - room);
  }

  later() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.render();
    });
  }

  render() {
    const offset = this.offset();
    const shift = this.element.scrollTop - offset;
    const first = Math.max(0, Math.floor(offset / this.rowHeight) - SPARE);
    const last = Math.min(this.count, Math.ceil((offset + this.element.clientHeight) / this.rowHeight) + SPARE);
    for (const [index, row] of this.shown) {
      if (index >= first && index < last) continue;
      row.remove();
      this.shown.delete(index);
    }
    for (let index = first; index < last; index++) this.place(index, shift);
    const active = this.shown.get(this.current);
    if (active) this.element.setAttribute("aria-activedescendant", active.id);
    else this.element.removeAttribute("aria-activedescendant");
  }

  place(index, shift) {
    let row = this.shown.get(index);
    if (!row) {
      row = h("div", { role: "option", class: "row", id: `row-${index}`, "aria-posinset": index + 1, "aria-setsize": this.count });
      row.dataset.index = index;
      fill(row, this.draw(index));
      this.shown.set(index, row);
      const after = this.shown.get(index + 1);
      this.space.insertBefore(row, after ?? null);
    }
    row.style.transform = `translateY(${index * this.rowHeight + shift}px)`;
    row.setAttribute("aria-selected", String(index === this.current));
  }

  click(event) {
    const row = event.target.closest("[data-index]");
    if (row) this.choose(Number(row.dataset.index), true);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.rowHeight) - 1);
    const to = {
      ArrowDown: this.current + 1,
      ArrowUp: this.current - 1,
      PageDown: this.current + page,
      PageUp: this.current - page,
      Home: 0,
      End: this.count - 1,
      Enter: this.current,
    }[event.key];
    if (to === undefined || this.count === 0) return;
    event.preventDefault();
    this.choose(Math.max(0, Math.min(this.count - 1, to)), event.key === "Enter");
  }
}
