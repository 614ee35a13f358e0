// What the page knows: all facts in columns, the states of their decisions, what passes the filters, what is chosen.

import { read, readPlain, send } from "./api.js";

/** The bits of a state. */
export const VERDICT = 3;
export const STALE = 4;
export const COMMENTED = 8;
export const VERDICTS = ["none", "accept", "reject", "correct"];
export const CHANGES = ["", "added", "changed", "removed"];
export const REMOVED = CHANGES.indexOf("removed");

export const EMPTY = { kind: "", metric: "", rule: "", status: "", state: "", change: "" };

class Store extends EventTarget {
  filters = { ...EMPTY };
  /** Rows that have the searched words; null where nothing is searched. */
  found = null;
  /** Rows and pages that pass. */
  rows = new Int32Array(0);
  pages = [];
  selected = -1;
  /** Rows that were decided on in this window, the last one last. */
  mine = [];
  sequence = 0;

  async load() {
    const [index, session] = await Promise.all([readPlain("index"), readPlain("session")]);
    Object.assign(this, { index, session, columns: index.columns, sequence: session.sequence });
    this.count = index.columns.kind.length;
    this.states = Uint8Array.from(session.states);
    this.pageOf = new Int32Array(this.count);
    index.pages.forEach((page, number) => this.pageOf.fill(number, page.first, page.first + page.count));
    this.filter();
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Works out again what passes. One pass over all facts. */
  filter() {
    const passes = this.test();
    const rows = new Int32Array(this.count);
    const [all, left] = [new Int32Array(this.index.pages.length), new Int32Array(this.index.pages.length)];
    let [length, done, removed] = [0, 0, 0];
    for (let row = 0; row < this.count; row++) {
      const decided = isDecided(this.states[row]);
      const gone = this.columns.change[row] === REMOVED;
      if (gone) removed++;
      else if (decided) done++;
      if (!passes(row)) continue;
      rows[length++] = row;
      all[this.pageOf[row]]++;
      if (!decided && !gone) left[this.pageOf[row]]++;
    }
    this.rows = rows.subarray(0, length);
    this.pages = [];
    all.forEach((count, page) => count && this.pages.push({ page, count, left: left[page] }));
    this.done = done;
    this.whole = this.count - removed;
    this.tell("filtered");
  }

  /** The filters as a function of a row. */
  test() {
    const { kind, metric, rule, status, state, change } = this.filters;
    const { columns, states, found } = this;
    const tests = [];
    if (kind !== "") tests.push((row) => columns.kind[row] === Number(kind));
    if (rule !== "") tests.push((row) => columns.rule[row] === Number(rule));
    if (status !== "") tests.push((row) => columns.status[row] === Number(status));
    if (change === "any") tests.push((row) => columns.change[row] !== 0);
    else if (change !== "") tests.push((row) => columns.change[row] === CHANGES.indexOf(change));
    if (state !== "") tests.push((row) => hasState(states[row], state));
    if (metric.trim() !== "") tests.push(this.metricTest(metric.trim().toLowerCase()));
    if (found) tests.push((row) => found[row] === 1);
    return (row) => tests.every((passes) => passes(row));
  }

  metricTest(words) {
    const has = (name) => name.toLowerCase().includes(words);
    const [metrics, ids] = [this.index.metrics.map(has), this.index.canonical.map(has)];
    return (row) => metrics[this.columns.metric[row]] || ids[this.columns.canonical[row]];
  }

  async search(text) {
    const asked = (this.asked = text.trim());
    const rows = asked === "" ? null : await send("search", { text: asked });
    if (asked !== this.asked) return;
    this.found = rows && new Uint8Array(this.count);
    rows?.forEach((row) => (this.found[row] = 1));
    this.filter();
  }

  select(row, options = {}) {
    this.selected = row;
    this.tell("selected", options);
  }

  /** The row that many places after the chosen one among those that pass. */
  neighbour(step) {
    const at = lowerBound(this.rows, this.selected);
    const here = this.rows[at] === this.selected;
    const next = step > 0 ? at + step - (here ? 0 : 1) : at + step;
    return this.rows[Math.max(0, Math.min(this.rows.length - 1, next))] ?? -1;
  }

  /** The first row of the page before or after, among those that pass. */
  neighbourPage(step) {
    const here = this.selected < 0 ? -1 : this.pageOf[this.selected];
    const at = this.pages.findIndex(({ page }) => page >= here);
    const from = at < 0 ? this.pages.length : at;
    const next = this.pages[step > 0 && this.pages[from]?.page !== here ? from : from + step];
    return next ? this.firstOf(next.page) : -1;
  }

  /** The first row of a page that passes and is not decided; if all are, the first that passes. */
  firstOf(page) {
    const { first, count } = this.index.pages[page];
    const from = lowerBound(this.rows, first);
    const rows = this.rows.subarray(from, lowerBound(this.rows, first + count));
    return rows.find((row) => !isDecided(this.states[row])) ?? rows[0] ?? -1;
  }

  /** Says something of a fact; gives its card when the server has it on disk. */
  async decide(row, verdict, more = {}) {
    const card = await send("decide", { row, verdict, ...more });
    const mine = this.mine.lastIndexOf(row);
    if (verdict !== "undo") this.mine.push(row);
    else if (mine >= 0) this.mine.splice(mine, 1);
    this.states[row] = card.state;
    return card;
  }

  /** Takes in what was decided elsewhere. */
  async refresh() {
    const { sequence, rows } = await read(`changes/${this.sequence}`);
    this.sequence = sequence;
    const changed = rows.filter(([row, state]) => this.states[row] !== state);
    changed.forEach(([row, state]) => (this.states[row] = state));
    if (changed.length > 0) this.filter();
    if (rows.some(([row]) => row === this.selected)) this.tell("touched");
  }
}

export const isDecided = (state) => (state & VERDICT) !== 0 && (state & STALE) === 0;

function hasState(state, name) {
  if (name === "none") return !isDecided(state);
  if (name === "stale") return (state & STALE) !== 0;
  if (name === "commented") return (state & COMMENTED) !== 0;
  return VERDICTS[state & VERDICT] === name;
}

/** The first place whose value is not below. */
function lowerBound(values, value) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const store = new Store();
