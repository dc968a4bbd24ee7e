// What officers write about an appeal: replies to its writer's mailbox, and notes to one another.
// The same rules as arasha/engines/sealing/correspondence.py; docs/reference/sealing.md tells them.

import { SealingError, isDay, isLanguage, isLine, isText, isWritten, oneOf, plaintextForm } from "./packing.js";

const FIRST_REPLY_VERSION = "arasha reply v1"; // also in the tags of later versions: a tag tells nobody what lies under it
const REPLY_SIZES = [8 * 1024];
const TAG_BYTES = 16;
const LONGEST_NAME = 200;
export const STATES = ["received", "opened", "checked", "passed_on", "answered"];

const isShown = oneOf("safe", "in_person");
const replies = plaintextForm({
  what: "reply",
  version: "arasha reply v2",
  sizes: REPLY_SIZES,
  fields: {
    kind: oneOf("text", "state"),
    state: oneOf("", ...STATES),
    text: isText,
    shown: isShown,
    language: isLanguage,
    next_day: (value) => value === "" || isDay(value),
  },
});
const firstReplies = plaintextForm({
  what: "reply",
  version: FIRST_REPLY_VERSION,
  sizes: REPLY_SIZES,
  fields: { text: isWritten, shown: isShown, language: isLanguage },
});

const notes = plaintextForm({
  what: "note",
  version: "arasha note v1",
  sizes: [1024, 4 * 1024, 16 * 1024],
  fields: {
    kind: oneOf("note", "risk", "accused", "request", "forward"),
    text: isWritten,
    by: isLine(LONGEST_NAME),
    on: isDay,
  },
});

/**
 * Returns the plaintext of {kind: "text" or "state", state, text, shown, language, next_day}: exactly 8,192 bytes.
 *
 * A text says something and no state; a state may do without words. `next_day` is empty where no rule says when there will be more.
 */
export const packReply = (fields) => replies.pack(agreeing(fields));

/** Returns the fields of a plaintext that packReply wrote. The first version, which knew only texts, is still read. */
export function unpackReply(plaintext) {
  if (isOfFirstVersion(plaintext)) return { kind: "text", state: "", next_day: "", ...firstReplies.unpack(plaintext) };
  return agreeing(replies.unpack(plaintext));
}

function agreeing(fields) {
  const isState = fields.kind === "state";
  if (isState === Boolean(fields.state) && (isState || isWritten(fields.text))) return fields;
  throw new SealingError("payload", "the reply's state, text and kind do not belong together");
}

/** By its end: canonical JSON is sorted by name, and the version is last. */
function isOfFirstVersion(plaintext) {
  const end = plaintext.findLastIndex((byte) => byte !== 0) + 1;
  const said = `"v":"${FIRST_REPLY_VERSION}"}`;
  return new TextDecoder().decode(plaintext.subarray(Math.max(0, end - said.length), end)) === said;
}

/** Returns the plaintext of {kind, text, by, on}, padded to 1, 4 or 16 KiB. */
export const packNote = notes.pack;
export const unpackNote = notes.unpack;

/**
 * Returns in hex the 16 bytes under which reply `number` (from 0) lies; `tags` is the mailbox's, in
 * hex. Only the writer and whoever opened the appeal can compute it.
 */
export async function replyTag(tags, number) {
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new SealingError("reply", `replies are numbered from 0, got ${number}`);
  }
  const secret = Uint8Array.from(tags.match(/../g), (pair) => Number.parseInt(pair, 16));
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const said = new TextEncoder().encode(`${FIRST_REPLY_VERSION}\n${number}`);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, said));
  return Array.from(mac.subarray(0, TAG_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
