// A review server of its own for each test, and a browser.

import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = process.env.SOLIEU_ROOT ?? fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.SOLIEU ?? path.join(root, "target/debug/solieu");
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags.split(" ") });

/** A folder that is gone when the test is over. */
export function folder(test) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "review-"));
  test.after(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The facts of these files or folders, as a file in `dir`. */
export function extract(dir, pages, cwd = root) {
  const file = path.join(dir, "facts.jsonl");
  execFileSync(program, ["extract", ...pages, "-o", file], { cwd, stdio: "ignore" });
  return file;
}

let sample;

/** The facts of the sample pages, with an earlier run that differs in some. Read once a file of tests. */
export function seeds() {
  if (sample) return sample;
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "review-"));
  process.on("exit", () => fs.rmSync(dir, { recursive: true, force: true }));
  const facts = extract(dir, ["seeds"]);
  const lines = fs.readFileSync(facts, "utf8").trimEnd().split("\n");
  const count = lines.length;
  lines[2] = lines[2].replace('"status":"actual"', '"status":"target"');
  lines[4] = lines[4].replace(/"kind":"[a-z_]*"/, '"kind":"index"');
  lines.splice(8, 1);
  const old = path.join(dir, "old.jsonl");
  fs.writeFileSync(old, `${lines.join("\n")}\n`);
  return (sample = { facts, old, count });
}

/** Starts the server; it ends with the test. */
export async function serve(test, args, cwd = root) {
  const child = spawn(program, ["review", "--no-open", "--by", "An", ...args], { cwd, stdio: ["ignore", "pipe", "ignore"] });
  test.after(() => child.kill("SIGKILL"));
  const url = await new Promise((resolve, reject) => {
    child.stdout.once("data", (line) => resolve(String(line).trim()));
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url, child };
}

/** Opens the page in a window of its own. What it complains of, and what it asks of others, is noted. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US", ...options });
  // Machines that run tests may be busy with others.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  page.complaints = [];
  if (process.env.ASSETS) await page.route(/\.(js|css|json)$/, (route) => fromDisk(route, process.env.ASSETS));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(error.message));
  page.on("dialog", (dialog) => page.complaints.push(dialog.message()) && dialog.dismiss());
  page.on("request", (request) => request.url().startsWith(new URL(url).origin) || page.complaints.push(request.url()));
  await ready(page, url);
  return page;
}

/** The file of the page as it lies in the folder, to work on it without building. */
function fromDisk(route, assets) {
  const file = path.join(assets, path.basename(new URL(route.request().url()).pathname));
  const types = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
  return route.fulfill({ path: file, contentType: types[path.extname(file)] });
}

/** Goes to the address and waits until there is something to read. */
export async function ready(page, url) {
  if (url) await page.goto(url);
  await page.waitForSelector("body[data-ready]");
  await page.waitForSelector("#card-body .quote, #card-body .note", { state: "attached" });
}

/** What the card shows as quoted, when it shows the fact that is chosen in the list. */
export async function quote(page) {
  await page.waitForSelector("#card:not([aria-busy])");
  return page.locator("#card-body .quote").innerText();
}

/** Waits until this many facts are decided on. */
export const decided = (page, count) => page.waitForSelector(`#progress[aria-valuenow="${count}"]`);

/** The lines of a decisions file. */
export const decisions = (file) =>
  fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];
