// Replies under eight words: right or wrong, as many buckets are asked for, one after the other.

import { readable } from "../../shared/days.js";
import { make, privateField } from "../../shared/dom.js";
import { WORDS, deriveMailbox, openReplies, tagsOf, wordFor } from "../../shared/mailbox.js";
import { find, language, words } from "./page.js";

const A_LOOK = 16; // numbers of replies; each bucket has 320 KiB
const PREFIX = 4; // hexadecimal digits that the server learns of a tag
const TAG_BYTES = 16;
const PLACE_BYTES = 10 * 1024; // docs/reference/sealing.md
const REPLY_BYTES = 8392; // a reply as an age file
let seen = 0;
let found = [];
let mailbox = null;

function showFields() {
  find("fields").replaceChildren(...Array.from({ length: WORDS }, (_, place) => {
    const id = `word-${place}`;
    const field = privateField("input", { id, class: "govuk-input", type: "text", dir: "auto", maxlength: 30 });
    return make("li", {}, [make("label", { class: "govuk-label", for: id }, words("word", { number: place + 1 })), field]);
  }));
}

async function typed() {
  const list = find("words-language").value;
  const all = await Promise.all(Array.from({ length: WORDS }, (_, place) => wordFor(find(`word-${place}`).value, list)));
  const missing = all.indexOf(null);
  if (missing >= 0) throw Object.assign(new Error("word"), { code: "unknown word", number: missing + 1 });
  return all;
}

/** The sealed reply with this tag, or bytes of its size that open with no words. */
async function fetchReply(tag) {
  const answer = await fetch(`/mailbox/${tag.slice(0, PREFIX)}`, { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new TypeError(`${answer.status}`);
  const bucket = new Uint8Array(await answer.arrayBuffer());
  for (let start = 0; start < bucket.length; start += PLACE_BYTES) {
    const own = bucket.subarray(start, start + TAG_BYTES);
    if (Array.from(own, (byte) => byte.toString(16).padStart(2, "0")).join("") !== tag) continue;
    const size = bucket[start + TAG_BYTES] * 256 + bucket[start + TAG_BYTES + 1];
    if (size) return bucket.slice(start + TAG_BYTES + 2, start + TAG_BYTES + 2 + size);
  }
  return crypto.getRandomValues(new Uint8Array(REPLY_BYTES));
}

async function look() {
  find("progress").textContent = words("looking");
  const tags = (await tagsOf(mailbox.tags, seen + A_LOOK)).slice(seen);
  const sealed = [];
  for (const tag of tags) sealed.push(await fetchReply(tag)); // all of them: the number must say nothing
  found = [...found, ...(await openReplies(mailbox, sealed))];
  seen += A_LOOK;
  find("further").hidden = false;
  show();
}

function show() {
  const parts = found.length ? found.map(part) : [make("p", { class: "govuk-body" }, words("none"))];
  find("replies").replaceChildren(...parts);
  find("replies").focus();
}

function part({ unreadable, kind, state, text, shown, language: spoken, next_day: next }) {
  if (unreadable) return make("p", { class: "govuk-body" }, words("unreadable"));
  if (shown !== "safe") return make("p", { class: "govuk-inset-text" }, words("in person"));
  return make("div", { class: "govuk-inset-text" }, [
    make("h2", { class: "govuk-heading-m" }, words(kind === "state" ? `state ${state}` : "letter")),
    text ? make("p", { class: "govuk-body a-written", lang: spoken, dir: "auto" }, text) : null,
    next ? make("p", { class: "govuk-body" }, words("next", { day: readable(next, language) })) : null,
  ]);
}

async function during(act) {
  const buttons = [find("look-button"), find("further")];
  find("trouble").hidden = true;
  for (const button of buttons) button.disabled = true;
  try {
    await act();
  } catch (error) {
    find("trouble").textContent = words(error.code === "unknown word" ? error.code : "no line", error);
    find("trouble").hidden = false;
  } finally {
    find("progress").textContent = "";
    for (const button of buttons) button.disabled = false;
  }
}

find("look").addEventListener("submit", (event) => {
  event.preventDefault();
  during(async () => {
    const eight = await typed();
    [seen, found] = [0, []];
    find("progress").textContent = words("looking");
    mailbox = await deriveMailbox(eight);
    await look();
  });
});
find("further").addEventListener("click", () => during(look));
showFields();
find("waiting").remove();
find("look").hidden = false;
