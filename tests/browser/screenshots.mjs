// Takes the pictures of docs/review-page.md: `node screenshots.mjs DIR`, with SOLIEU naming the program.

import path from "node:path";
import { launch, open, root, seeds, serve, decided } from "./site.mjs";
import fs from "node:fs";
import os from "node:os";

const out = process.argv[2] ?? path.join(root, "docs/review-page");
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "review-"));
const closing = [];
const { facts, old } = seeds();
const { url } = await serve({ after: (end) => closing.push(end) }, [facts, "--baseline", old, "--decisions", path.join(dir, "d.jsonl")]);
const browser = await launch();
fs.mkdirSync(out, { recursive: true });

async function keys(page, keys) {
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForSelector("#card:not([aria-busy])", { state: "attached" });
  await page.waitForTimeout(250);
}

async function take(name, options, act) {
  const page = await open(browser, url, options);
  await act(page);
  await page.screenshot({ path: path.join(out, `${name}.png`) });
  await page.context().close();
}

const wide = { viewport: { width: 1360, height: 820 } };
const phone = { viewport: { width: 390, height: 780 } };

await take("wide-light", { ...wide, locale: "vi-VN" }, async (page) => {
  await keys(page, "ar");
  await decided(page, 2);
  await keys(page, "jjaajja");
  await decided(page, 5);
  await page.locator('#list [role="option"]').nth(2).click();
  await keys(page, "");
});
await take("wide-dark", { ...wide, colorScheme: "dark" }, async (page) => {
  await page.click("#tab-pages");
  await page.locator('#list [role="option"]').nth(3).click();
  await keys(page, "d");
  await page.locator("p.dropped").first().evaluate((line) => line.scrollIntoView({ block: "center" }));
});
await take("correct", wide, async (page) => {
  await keys(page, "JJjj");
  await keys(page, "e");
});
await take("medium-light", { viewport: { width: 900, height: 900 } }, async (page) => {
  await page.click("#filters summary");
  await page.selectOption("#filter-change", "any");
  await page.locator('#list [role="option"]').nth(0).click();
  await keys(page, "");
});
await take("phone-light", { ...phone, locale: "vi-VN" }, async (page) => keys(page, "J"));
await take("phone-dark", { ...phone, colorScheme: "dark" }, async (page) => {
  await keys(page, "jj");
  await page.locator('#list [role="option"]').nth(4).click();
  await keys(page, "");
});

await browser.close();
closing.forEach((end) => end());
fs.rmSync(dir, { recursive: true });
