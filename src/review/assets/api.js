// Talking to the server. Addresses are relative, so they begin with the token of this page.

import { DECIMALS } from "./fields.js";

// Decimals keep their digits: a number of a record may have more of them than a double has.
const exact = (key, value, context) =>
  typeof value === "number" && DECIMALS.includes(key) ? (context?.source ?? String(value)) : value;

async function answer(response) {
  const text = await response.text();
  if (response.ok) return JSON.parse(text, exact);
  let message = text;
  try {
    message = JSON.parse(text).error;
  } catch {
    // A status in words.
  }
  throw new Error(message);
}

/** Asks for data. */
export const read = async (path) => answer(await fetch(`api/${path}`));

/** Sends data. */
export const send = async (path, body) =>
  answer(
    await fetch(`api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

/** Asks for data with many numbers, none of which is a decimal. */
export async function readPlain(path) {
  const response = await fetch(`api/${path}`);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
