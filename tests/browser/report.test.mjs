// The report in one file: it can be searched, it has no violations, and hostile text does nothing in it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { extract, folder, launch, root } from "./site.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const program = process.env.SOLIEU ?? path.join(root, "target/debug/solieu");

const HOSTILE = [
  "<script>window.hit=1</script>",
  '"><img src=x onerror="window.hit=2">',
  "javascript:window.hit=3",
  "</style></script><svg onload=window.hit=4>",
  "\u202eabc\u2066 def",
];

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** A report of the sample pages, each hostile text in every field of a fact, open in a window of its own. */
async function report(t, options) {
  const dir = folder(t);
  const facts = extract(dir, ["seeds"]);
  const lines = fs.readFileSync(facts, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  HOSTILE.forEach((text, i) => {
    const fact = lines[i];
    fact.unit = fact.rule = text;
    fact.metric = fact.entity = { id: text, text };
    fact.source = { ...fact.source, path: text, uri: text, title: text, sentence: `${text} ${fact.source.quote}` };
  });
  fs.writeFileSync(facts, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  const file = path.join(dir, "report.html");
  execFileSync(program, ["report", facts, "-o", file, "--title", HOSTILE[0]], { cwd: root });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => request.url().startsWith("file:") || complaints.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, complaints, count: lines.length };
}

const WINDOWS = {
  "light and wide": {},
  "dark and wide": { colorScheme: "dark" },
  "light on a phone": { viewport: { width: 360, height: 800 } },
  "dark on a phone": { viewport: { width: 360, height: 800 }, colorScheme: "dark" },
};

for (const [name, options] of Object.entries(WINDOWS)) {
  test(`no violations, ${name}`, async (t) => {
    const { page, complaints } = await report(t, options);
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wider <= 0, "nothing is wider than the window");
    assert.deepEqual(complaints, []);
    await page.evaluate(axe);
    const run = (values) => window.axe.run(document, { runOnly: { type: "tag", values } });
    const { violations } = await page.evaluate(run, RULES);
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  });
}

test("hostile text is text and nothing else", async (t) => {
  const { page, complaints } = await report(t);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator('img, iframe, object, svg[onload], a[href^="javascript"], body script:not(:last-child)').count(), 0);
  const text = await page.locator("body").innerText();
  assert.ok(text.includes(HOSTILE[0]), "it is shown as it stands");
  assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(text), "nothing turns the direction of the text");
  assert.deepEqual(complaints, []);
});

test("facts are found without typing marks, and lead to their articles", async (t) => {
  const { page, count } = await report(t);
  const shown = () => page.locator("#list > li:visible").count();
  assert.equal(await shown(), count);
  await page.fill("#query", "kinh te so");
  await page.waitForFunction((all) => !document.getElementById("count").textContent.startsWith(`${all} of`), count);
  const found = await shown();
  assert.ok(found > 0 && found < count);
  await page.selectOption('select[data-field="kind"]', "percentage");
  assert.ok((await shown()) <= found);
  await page.locator("#list > li:visible .place a").first().click();
  await page.waitForSelector("details.page[open]:target");
  await page.locator("details.page[open] .text a").first().click();
  await page.waitForSelector("#list > li:target:visible");
});
