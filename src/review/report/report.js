"use strict";
// Narrows the list of facts, and opens the article that a link leads to. Without it, everything can still be read.
(() => {
  const filters = document.getElementById("filters");
  const query = document.getElementById("query");
  const selects = [...filters.querySelectorAll("select")];
  const items = [...document.querySelectorAll("#list > li")];
  const texts = new Map();
  // Typing without marks finds letters with them.
  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\u0111/g, "d");
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, fold(item.textContent));
    return texts.get(item);
  };
  const narrow = () => {
    const words = fold(query.value).split(/\s+/).filter(Boolean);
    const wanted = selects.filter((select) => select.value);
    let shown = 0;
    for (const item of items) {
      const hit =
        wanted.every((select) => item.dataset[select.dataset.field] === select.value) &&
        words.every((word) => textOf(item).includes(word));
      item.hidden = !hit;
      shown += hit;
    }
    document.getElementById("count").textContent = `${shown} of ${items.length} facts`;
    document.getElementById("none").hidden = shown > 0;
  };
  let waiting;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(narrow, 150);
  });
  selects.forEach((select) => select.addEventListener("change", narrow));
  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.hidden) {
      query.value = "";
      selects.forEach((select) => (select.value = ""));
      narrow();
    }
    const page = target.closest("details.page");
    if (page) page.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  filters.hidden = false;
  narrow();
  follow();
})();
