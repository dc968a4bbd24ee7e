// After an unlock, in the background: is this key alive, and does it open all that it should?

import { make } from "/shared/dom.js";
import { fromBase64 } from "./local.js";
import { inFours } from "./facts.js";
import { fileKeyIn, openFile } from "./opening.js";

const EARLY_DAYS = 10; // answered before it is due, so that a holiday does not make a key look dead
const AT_ONCE = 20; // headers between two pauses, in which the page answers the officer
const said = new Map(); // what stays on the page when another is drawn: each element with how to say it

/** Tries the key against everything addressed to it and tells the result on the page and at the desk. */
export async function runChecks(reader, held) {
  const region = document.getElementById("checks");
  try {
    if (await proveAlive(reader, held)) await tryHeaders(reader, held, region);
    else region.append(make("p", { class: "warn" }, spoken(reader, "checks.not_listed")));
  } catch (error) {
    const why = () => ({ why: reader.explain(error) });
    region.append(make("p", { class: "warn" }, spoken(reader, "checks.stopped", why)));
  }
}

/** Says the results again, in the language that was just chosen. */
export function sayAgain() {
  for (const [element, say] of said) element.textContent = say();
}

/** Opens the desk's sealed number, which nobody else can, if a check is due soon; false for a key in no list. */
async function proveAlive(reader, { recipient, identity }) {
  const asked = await reader.desk.get("liveness", { recipient }).catch((error) => error);
  if (asked.code === "not_found") return false;
  if (asked.code === "unfit_recipient") return true; // the server seals to no post-quantum key
  if (asked instanceof Error) throw asked;
  const soon = new Date(Date.now() + EARLY_DAYS * 24 * 3600 * 1000).toISOString().slice(0, 10);
  reader.due.set(recipient, asked.due_on);
  if (asked.due_on > soon) return true;
  const nonce = new TextDecoder().decode(await openFile(fromBase64(asked.sealed), identity));
  const { live_until: until } = await reader.desk.post("liveness", { recipient, nonce });
  reader.due.set(recipient, until);
  return true;
}

async function tryHeaders(reader, held, region) {
  const progress = make("p", { class: "hint" });
  const failed = new Map();
  let tried = 0;
  let after = null;
  do {
    const page = await reader.desk.get("headers", { recipient: held.recipient, after });
    const tellProgress = (more) => (progress.textContent = reader.words("checks.trying", { tried: tried + more }));
    const { opened, unopened } = await tryPage(page.headers, held, tellProgress);
    if (page.headers.length) await reader.desk.post("coverage", { recipient: held.recipient, opened, failed: [...unopened.keys()] });
    for (const [appeal, code] of unopened) failed.set(appeal, code);
    tried += page.headers.length;
    after = page.next;
    if (tried) region.append(progress);
  } while (after);
  progress.remove();
  if (failed.size) region.append(alarm(reader, failed));
  else if (tried) tellOnce(region, make("p", { class: "sure" }, spoken(reader, "checks.all_open", () => ({ tried }))));
}

/** An appeal counts as open if any of its headers opens with this key. */
async function tryPage(headers, { identity }, tellProgress) {
  const opened = new Set();
  const unopened = new Map();
  for (const [place, { appeal, code, header }] of headers.entries()) {
    const fileKey = await fileKeyIn(fromBase64(header), identity).catch(() => null);
    if (fileKey) opened.add(appeal);
    else unopened.set(appeal, code);
    if (place % AT_ONCE === AT_ONCE - 1) {
      tellProgress(place + 1);
      await new Promise((resume) => setTimeout(resume));
    }
  }
  for (const appeal of opened) unopened.delete(appeal);
  return { opened: [...opened], unopened };
}

function alarm(reader, failed) {
  return make("div", { class: "alarm", role: "alert", id: "uncovered" }, [
    make("p", {}, spoken(reader, "checks.alarm", () => ({ count: failed.size }))),
    make("ul", {}, [...failed.values()].map((code) => make("li", {}, inFours(code)))),
  ]);
}

/** Good news goes with the next page; an alarm stays until the page locks. */
function tellOnce(region, news) {
  region.append(news);
  addEventListener("hashchange", () => news.remove(), { once: true });
}

function spoken(reader, key, values = () => ({})) {
  const say = () => reader.words(key, values());
  const element = make("span", {}, say());
  said.set(element, say);
  return element;
}
