// Open, filter, decide by keyboard and mouse, correct, undo, reload and find it again, two tabs at once.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { decided, decisions, folder, launch, open, quote, ready, seeds, serve } from "./site.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

async function start(t, more = []) {
  const dir = folder(t);
  const file = path.join(dir, "decisions.jsonl");
  const { facts, old, count } = seeds();
  const { url } = await serve(t, [facts, "--baseline", old, "--decisions", file, ...more]);
  const page = await open(browser, url);
  t.after(() => page.context().close());
  return { page, url, file, count };
}

const options = (page) => page.locator('#list [role="option"]');
const listed = async (page) => Number((await page.locator("#list-count").innerText()).split(" ")[0]);

test("decide by keyboard, correct, comment, undo, and find all again", async (t) => {
  const { page, file, count } = await start(t);
  assert.equal(await page.locator("#progress").getAttribute("aria-valuemax"), String(count));
  const first = await quote(page);
  await page.keyboard.press("a");
  await decided(page, 1);
  assert.notEqual(await quote(page), first, "the next fact is on show");
  await page.keyboard.press("r");
  await decided(page, 2);
  await page.keyboard.press("u");
  await decided(page, 1);
  await page.keyboard.press("j");
  await page.keyboard.press("k");

  await page.keyboard.press("e");
  await page.locator('.editor [name="unit"]').fill("lần đo");
  await page.locator('.editor [name="value"]').fill("1.234,50");
  await page.locator('.editor [name="time.start"]').fill("2020-01-01");
  await page.locator('.editor [name="time.end"]').fill("2020-12-31");
  await page.locator('.editor [name="time.role"]').selectOption("during");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".editor .error:not(:empty)");
  assert.match(await page.locator(".editor .error").innerText(), /Not saved.*source/, "a time needs where it is from");
  await page.locator('.editor [name="time.source"]').selectOption("document");
  await page.locator('.editor [name="comment"]').fill("đọc lầm");
  await page.keyboard.press("Control+Enter");
  await decided(page, 2);

  await page.keyboard.press("c");
  await page.locator(".editor textarea").fill("xem lại sau");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".said .comment");

  const said = decisions(file);
  assert.deepEqual(said.map(({ verdict }) => verdict), ["accept", "reject", "undo", "correct", "comment"]);
  assert.equal(said[3].fields.value, "1234.50");
  assert.equal(said[3].fields.unit, "lần đo");
  assert.deepEqual(said[3].fields.time, { start: "2020-01-01", end: "2020-12-31", role: "during", source: "document" });
  assert.ok(said.every(({ by, of }) => by === "An" && /^[0-9a-f]{32}$/.test(of)));

  await page.keyboard.press("k");
  const here = await quote(page);
  await page.reload();
  await ready(page);
  await decided(page, 2);
  assert.equal(await quote(page), here, "the same fact is on show");
  assert.match(await page.locator("#card-body").innerText(), /1,234\.50|lần đo/);
  assert.match(await page.locator("#card-body .said").innerText(), /đọc lầm/);
  assert.deepEqual(page.complaints.filter((line) => !line.includes("422")), []);
});

test("who types fast decides on one fact after the other", async (t) => {
  const { page, file } = await start(t);
  for (const key of "arararaa") await page.keyboard.press(key);
  await decided(page, 8);
  assert.equal(new Set(decisions(file).map(({ fact }) => fact)).size, 8);
  for (const key of "uuu") await page.keyboard.press(key);
  await decided(page, 5);
});

test("undo takes back one thing after the other, of the same fact, too", async (t) => {
  const { page, file } = await start(t);
  await page.keyboard.press("a");
  await page.keyboard.press("a");
  await decided(page, 2);
  await page.keyboard.press("k");
  await page.keyboard.press("c");
  await page.fill("form.editor textarea", "xem lại");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".said .comment");
  for (const key of "uu") await page.keyboard.press(key);
  await decided(page, 1);
  const [first, second, ...others] = decisions(file).map(({ fact }) => fact);
  assert.notEqual(first, second);
  assert.deepEqual(others, [second, second, second], "the comment, then what was decided before it");
});

test("the number is marked, and no other that it is a part of", async (t) => {
  const dir = folder(t);
  const facts = path.join(dir, "facts.jsonl");
  const sentence = "Từ 1.12 đến nay có 12 trạm.";
  const source = { path: "a.txt", sha256: "00", bytes: [26, 28], line: 1, column: 20, quote: "12", sentence };
  fs.writeFileSync(facts, JSON.stringify({ id: "f1", kind: "count", value: 12, unit: "trạm", status: "actual", source, rule: "count" }));
  const { url } = await serve(t, [facts, "--decisions", path.join(dir, "d.jsonl")]);
  const page = await open(browser, url);
  t.after(() => page.context().close());
  const marked = await page.locator("#card-body .sentence").innerHTML();
  assert.equal(marked, "Từ 1.12 đến nay có <strong>12</strong> trạm.");
});

test("a form that is opened while a decision is still being shown stays open", async (t) => {
  const { page } = await start(t);
  await page.keyboard.press("c");
  await page.fill("form.editor textarea", "xem lại");
  let release;
  const released = new Promise((done) => (release = done));
  await page.route(/\/fact\/\d+$/, async (route) => {
    await released;
    return route.continue();
  });
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".said");
  await page.keyboard.press("e");
  const shown = page.waitForResponse(/\/fact\/\d+$/);
  release();
  await shown;
  await page.waitForSelector("form.editor fieldset");
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  assert.ok(await page.evaluate(() => document.activeElement.matches('form.editor [name="value"]')), "it keeps the focus");
});

test("decide by mouse, in list and article", async (t) => {
  const { page, file } = await start(t);
  await page.click("#tab-pages");
  await options(page).nth(2).click();
  await page.waitForFunction(() => document.querySelector(".path").textContent.includes("03-"));
  const mark = page.locator("mark.fact").nth(3);
  await mark.click();
  await page.waitForSelector('mark.fact[aria-pressed="true"]');
  await page.click("#do-accept");
  await decided(page, 1);
  await mark.click();
  await page.waitForSelector("#card-body .state.is-accept");
  await page.click("#do-reject");
  await decided(page, 1);
  await page.click("#do-undo");
  await page.waitForSelector("#card-body .state.is-accept");
  await page.click("#do-undo");
  await decided(page, 0);
  assert.equal(decisions(file).length, 4);
});

test("filters and search", async (t) => {
  const { page, count } = await start(t);
  const all = await listed(page);
  await page.selectOption("#filter-kind", { label: "percentage" });
  const percentages = await listed(page);
  assert.ok(percentages > 0 && percentages < all);
  await page.selectOption("#filter-kind", "");
  await page.selectOption("#filter-change", "any");
  assert.equal(await listed(page), 3, "one new fact, two changed");
  await options(page).first().click();
  await page.waitForSelector(".compare .was");
  assert.match(await page.locator(".compare").innerText(), /target[\s\S]*actual/);
  await page.click("#filter-clear");
  await page.selectOption("#filter-status", { label: "target" });
  assert.ok((await listed(page)) < all);
  await page.click("#filter-clear");
  await page.selectOption("#filter-rule", { label: "percentage" });
  assert.ok((await listed(page)) < all);
  await page.click("#filter-clear");
  await page.fill("#filter-metric", "hạng");
  assert.ok((await listed(page)) < all);
  await page.click("#filter-clear");
  await page.selectOption("#filter-state", "none");
  await page.locator("#list").focus();
  await page.keyboard.press("a");
  await page.keyboard.press("a");
  await decided(page, 2);
  assert.equal(await listed(page), count - 2, "what is decided leaves the list");
  await page.click("#filter-clear");
  await page.keyboard.press("/");
  await page.keyboard.type("chinh phu dien tu", { delay: 5 });
  await page.waitForFunction((all) => Number(document.querySelector("#list-count").textContent.split(" ")[0]) < all, all);
  assert.ok((await listed(page)) > 0, "marks need not be typed");
});

test("dropped parts are shown on request", async (t) => {
  const { page } = await start(t);
  assert.equal(await page.locator("p.dropped").count(), 0);
  await page.keyboard.press("d");
  assert.ok((await page.locator("p.dropped").count()) > 0);
  await page.click("#toggle-dropped");
  assert.equal(await page.locator("p.dropped").count(), 0);
  await page.locator(".gap").first().click();
  assert.ok((await page.locator("p.dropped").count()) > 0);
});

test("a correction that was begun is not lost", async (t) => {
  const { page, file } = await start(t);
  const here = await quote(page);
  await page.keyboard.press("e");
  await page.fill('form.editor [name="unit"]', "chiếc");
  await options(page).nth(4).click();
  await page.waitForFunction((here) => document.querySelector("#card-body .quote")?.textContent !== here, here);
  assert.equal(await page.locator("#card-body .note.warn").count(), 0, "another fact has no draft");
  await page.reload();
  await ready(page);
  await options(page).first().click();
  await page.waitForSelector("#card-body .note.warn");
  await page.keyboard.press("e");
  assert.equal(await page.locator('form.editor [name="unit"]').inputValue(), "chiếc");
  await page.click('form.editor button[type="submit"]');
  await decided(page, 1);
  assert.equal(decisions(file)[0].fields.unit, "chiếc");
  await options(page).first().click();
  await page.waitForSelector("#card-body .state.is-correct");
  assert.equal(await page.locator("#card-body .note.warn").count(), 0, "what is saved is no draft any more");

  await page.keyboard.press("c");
  await page.fill("form.editor textarea", "để sau");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#card-body .note.warn").count(), 0, "what is cancelled is not kept");
});

test("two tabs at once", async (t) => {
  const { page, url, file } = await start(t);
  const other = await open(browser, url);
  t.after(() => other.context().close());
  await other.keyboard.press("j");
  await page.keyboard.press("a");
  await decided(page, 1);
  await decided(other, 1);
  await other.keyboard.press("r");
  await decided(other, 2);
  await decided(page, 2);
  await Promise.all([..."aaaa"].flatMap(() => [page.keyboard.press("a"), other.keyboard.press("r")]));
  for (let i = 0; i < 300 && decisions(file).length < 10; i++) await page.waitForTimeout(100);
  const said = decisions(file);
  assert.equal(said.length, 10);
  assert.equal(new Set(said.map(({ at }) => at)).size, 10, "each at a moment of its own");
});

test("both languages, all colours", async (t) => {
  const { page } = await start(t);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.click("#language");
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");
  assert.equal(await page.locator("#do-accept span").innerText(), "Nhận");
  await page.reload();
  await ready(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "vi", "the choice is kept");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.click("#theme");
  assert.equal(await ground(), light);
  await page.click("#theme");
  assert.notEqual(await ground(), light);
});

test("a server that is gone is noticed", async (t) => {
  const dir = folder(t);
  const { facts } = seeds();
  const { url, child } = await serve(t, [facts, "--decisions", path.join(dir, "d.jsonl")]);
  const page = await open(browser, url);
  t.after(() => page.context().close());
  child.kill("SIGKILL");
  await page.keyboard.press("a");
  await page.waitForSelector("#notice:not([hidden])");
  assert.equal(await page.locator("#progress").getAttribute("aria-valuenow"), "0", "nothing is shown as saved that is not");
});
