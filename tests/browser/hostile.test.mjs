// Text of a page that would act does nothing.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { extract, folder, launch, open, serve } from "./site.mjs";

const TEXT = [
  "Xã <script>window.hit=1</script> trồng 120 ha rừng",
  "",
  'Trong năm 2021, xã "><img src=x onerror="window.hit=2"> trồng thêm 120 ha rừng, tăng 5% so với năm trước.',
  "Bấm javascript:window.hit=3 để xem 45 gian hàng <svg onload=window.hit=4> của chợ huyện trong tháng 3/2021.",
  "Huyện có \u202e0012\u202c hộ, trong đó \u2066300 hộ\u2069 nghèo; {{7*7}} ${window.hit=5} <iframe srcdoc='<script>1</script>'>.",
];

const META = {
  uri: "javascript:window.hit=6",
  title: '<img src=x onerror="window.hit=7"> \u202eTrồng rừng',
  published: "2021-12-30",
};

test("a hostile page is text and nothing else", async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const dir = folder(t);
  fs.mkdirSync(path.join(dir, "pages"));
  fs.writeFileSync(path.join(dir, "pages/a.txt"), `${TEXT.join("\n")}\n`);
  fs.writeFileSync(path.join(dir, "pages/a.meta.json"), JSON.stringify(META));
  const facts = extract(dir, ["pages"], dir);
  const lines = fs.readFileSync(facts, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.ok(lines.length >= 3);
  // Facts may come from elsewhere: every text in them may be hostile.
  lines[0].unit = '"><script>window.hit=8</script>';
  lines[0].metric = { id: "<img src=x onerror=window.hit=9>", text: "\u202e<b>rừng</b>" };
  lines[0].rule = "<svg/onload=window.hit=10>";
  fs.writeFileSync(facts, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  const { url } = await serve(t, [facts, "--decisions", path.join(dir, "d.jsonl")], dir);
  const page = await open(browser, url);
  for (const key of "djjjkkkc") await page.keyboard.press(key);
  await page.locator(".editor textarea").fill('<img src=x onerror="window.hit=11">');
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".said .comment");
  await page.click("#tab-pages");
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("article script, article img, article svg, article iframe, article a, .card img, .card script, .card svg, .card a, #list img, #list svg").count(), 0);
  const text = await page.locator("body").innerText();
  assert.ok(text.includes("<script>window.hit=1</script>"), "it is shown as it stands");
  assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(text), "nothing turns the direction of the text");
  assert.deepEqual(page.complaints, []);
});
