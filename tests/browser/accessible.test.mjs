// axe-core finds no violations, and everything can be done without a mouse.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { decided, decisions, folder, launch, open, quote, seeds, serve } from "./site.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

async function start(t, options) {
  const dir = folder(t);
  const file = path.join(dir, "decisions.jsonl");
  const { facts, old } = seeds();
  const { url } = await serve(t, [facts, "--baseline", old, "--decisions", file]);
  const page = await open(browser, url, options);
  t.after(() => page.context().close());
  return { page, file };
}

async function check(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  const found = violations.map(({ id, help, nodes }) => `${where}: ${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`);
  assert.deepEqual(found, []);
}

const WINDOWS = {
  "light and wide": {},
  "dark and wide": { colorScheme: "dark" },
  "light on a phone": { viewport: { width: 390, height: 844 }, locale: "vi-VN" },
  "dark on a phone": { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
};

for (const [name, options] of Object.entries(WINDOWS)) {
  test(`no violations, ${name}`, async (t) => {
    const { page } = await start(t, options);
    await check(page, "list");
    await page.keyboard.press("a");
    await decided(page, 1);
    await page.keyboard.press("r");
    await decided(page, 2);
    await page.locator('#list [role="option"]').nth(2).click();
    await page.waitForSelector(".compare");
    await page.keyboard.press("d");
    await check(page, "article and card");
    await page.keyboard.press("c");
    await page.locator(".editor textarea").fill("ghi chú");
    await check(page, "comment");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".said");
    await page.keyboard.press("e");
    await page.waitForSelector(".editor fieldset");
    await check(page, "editor");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.waitForSelector("#help[open]");
    await check(page, "help");
  });
}

test("no page is wider than a phone, nor at 400 % of its size", async (t) => {
  for (const width of [320, 390, 768]) {
    const { page } = await start(t, { viewport: { width, height: 640 } });
    await page.locator('#list [role="option"]').nth(1).click();
    await page.keyboard.press("e");
    await page.waitForSelector(".editor fieldset");
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${width}: ${over} too wide`);
  }
});

/** Tabs until the element with this id, or one that matches, has the focus. */
async function tabTo(page, selector) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate((selector) => document.activeElement.matches(selector), selector);
    if (!there) continue;
    const style = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(style, "none", `the focus shows on ${selector}`);
    return;
  }
  assert.fail(`no way to ${selector} by Tab`);
}

test("all of it by keyboard alone, without single-letter keys", async (t) => {
  const { page, file } = await start(t);
  await tabTo(page, "#help-open");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#help[open]");
  await page.locator("#help input").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await tabTo(page, "#tab-pages");
  await page.keyboard.press("Space");
  await tabTo(page, "#filter-state");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "#list");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.querySelector(".path")?.textContent.includes("03-"));
  assert.ok(await page.locator("#list").getAttribute("aria-activedescendant"));
  await tabTo(page, "#toggle-dropped");
  await page.keyboard.press("Enter");
  await tabTo(page, "mark.fact");
  const before = await quote(page);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((before) => document.querySelector(".quote").innerText !== before, before);
  await tabTo(page, "#do-accept");
  await page.keyboard.press("Enter");
  await decided(page, 1);
  await tabTo(page, "#do-correct");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".editor fieldset");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("77");
  await tabTo(page, '.editor [type="submit"]');
  await page.keyboard.press("Enter");
  await decided(page, 2);
  await tabTo(page, "#do-undo");
  await page.keyboard.press("Enter");
  await decided(page, 1);
  assert.deepEqual(decisions(file).map(({ verdict }) => verdict), ["accept", "correct", "undo"]);
});
