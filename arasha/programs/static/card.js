// The title card, arasha card v1: what an inbox shows of an appeal, sealed apart from its text.
// The same rules as arasha/engines/sealing/card.py; docs/reference/sealing.md tells them.

import { isDigest, isLanguage, isLine, plaintextForm } from "./packing.js";

export const CARD_BYTES = 1024;
export const DANGER = "danger"; // the topic of whoever said that they are in danger now
const LONGEST_TITLE = 120;
const LONGEST_KEY = 40; // what the pack and the register allow for a key; so every card fits its size

// Spaces and control characters alike, named one by one: two languages must cut the same words.
const GAP = /[\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200b\u2028-\u202f\u205f\u3000\ufeff]+/g;

/** Returns the first words of a text on one line of at most 120 characters. */
export function titleOf(text) {
  const line = [...text.replace(GAP, " ").replace(/^ | $/g, "")];
  if (line.length <= LONGEST_TITLE) return line.join("");
  const end = line.slice(0, LONGEST_TITLE).lastIndexOf(" ");
  return `${line.slice(0, end > 0 ? end : LONGEST_TITLE - 1).join("")}…`;
}

const form = plaintextForm({
  what: "card",
  version: "arasha card v1",
  sizes: [CARD_BYTES],
  fields: {
    digest: isDigest,
    title: isLine(LONGEST_TITLE),
    language: isLanguage,
    topic: isLine(LONGEST_KEY),
    place: isLine(LONGEST_KEY),
  },
});

/** Returns the plaintext of {digest (hex), title, language, topic, place}: exactly 1,024 bytes. */
export const packCard = form.pack;

/** Returns the fields of a card; compare `digest` with that of the envelope before you show it. */
export const unpackCard = form.unpack;
