// What officers write about an appeal: replies to its writer's mailbox, and notes to one another.
// The same rules as arasha/engines/sealing/correspondence.py; docs/reference/sealing.md tells them.

import { SealingError, isDay, isLanguage, isLine, isWritten, oneOf, plaintextForm } from "./packing.js";

const REPLY_VERSION = "arasha reply v1";
const TAG_BYTES = 16;
const LONGEST_NAME = 200;

const replies = plaintextForm({
  what: "reply",
  version: REPLY_VERSION,
  sizes: [8 * 1024],
  fields: { text: isWritten, shown: oneOf("safe", "in_person"), language: isLanguage },
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

/** Returns the plaintext of {text, shown, language}: exactly 8,192 bytes. */
export const packReply = replies.pack;
export const unpackReply = replies.unpack;

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
  const said = new TextEncoder().encode(`${REPLY_VERSION}\n${number}`);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, said));
  return Array.from(mac.subarray(0, TAG_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
