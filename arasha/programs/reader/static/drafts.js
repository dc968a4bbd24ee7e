// What was typed and not yet sent. It stays in this page's memory, so that a change of language or page loses nothing,
// and when the page locks it stays on this computer sealed to the officer's own key, until they unlock again.

import { sealTo } from "/shared/sealing.js";
import { fromBase64, toBase64 } from "./local.js";
import { openFile } from "./opening.js";

const SEALED = "arasha-drafts"; // in the browser's storage: [{at, sealed}]
const KEPT_MS = 24 * 3600 * 1000;
const kept = new Map();

/** Returns the field, filled with what was typed under `name` before. */
export function remembered(name, field) {
  const attribute = field.type === "checkbox" ? "checked" : "value";
  if (kept.has(name)) field[attribute] = kept.get(name);
  field.addEventListener("input", () => kept.set(name, field[attribute]));
  return field;
}

/** Forgets every draft whose name begins so: it was sent. */
export function forget(beginning) {
  for (const name of [...kept.keys()]) if (name.startsWith(beginning)) kept.delete(name);
}

/** Seals what was typed and forgets it here; returns false if something was typed and nobody could open it again. */
export async function sealDrafts(recipient) {
  const typed = [...kept].filter(([, value]) => value);
  kept.clear();
  if (!typed.length) return true;
  if (!recipient) return false;
  const sealed = toBase64(await sealTo([recipient], new TextEncoder().encode(JSON.stringify(typed))));
  write([...sealedDrafts(), { at: Date.now(), sealed }]);
  return true;
}

/** What lies sealed here, for a day. */
export function sealedDrafts() {
  const found = JSON.parse(localStorage.getItem(SEALED) ?? "[]");
  return found.filter(({ at }) => Date.now() - at < KEPT_MS);
}

/** Takes up what this identity opens, and leaves what lies for another officer; returns whether there was something. */
export async function takeUpDrafts(identity) {
  const left = [];
  for (const each of sealedDrafts()) {
    const opened = await openFile(fromBase64(each.sealed), identity).catch(() => null);
    if (!opened) left.push(each);
    else for (const [name, value] of JSON.parse(new TextDecoder().decode(opened))) kept.set(name, value);
  }
  const isSome = left.length < sealedDrafts().length;
  write(left);
  return isSome;
}

export const discardDrafts = () => write([]);

function write(drafts) {
  if (drafts.length) localStorage.setItem(SEALED, JSON.stringify(drafts));
  else localStorage.removeItem(SEALED);
}
