// Title cards: opened in this page, and shown only beside the envelope they were made for.

import { unpackCard } from "/shared/card.js";
import { digestOfHashes, toHex } from "/shared/filing.js";
import { SealingError } from "/shared/payload.js";
import { fromBase64 } from "./local.js";
import { openPart } from "./opening.js";

const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Returns the desk's cards, each with {title, topic, place, evil} or with `refused`: why not. */
export const openCards = (cards, identities) => Promise.all(cards.map((card) => openOrSay(card, identities)));

async function openOrSay(card, identities) {
  try {
    return { ...card, refused: null, ...(await openCard(card, identities)) };
  } catch (error) {
    return { ...card, refused: error.code ?? "damaged", evil: [], title: "", topic: "", place: "" };
  }
}

/**
 * Returns {title, language, topic, place} of a card, and `evil`: which added headers are false. Throws SealingError: "no-card", "not-for-this-key",
 * "false-seal", "damaged", "payload", or "swapped" if it is not the card of the envelope with these hashes.
 */
export async function openCard({ card, headers = [], header_hash, payload_hash }, identities) {
  if (!card) throw new SealingError("no-card", "it was filed without a card");
  const { bytes, evil } = await openPart(fromBase64(card), identities, headers.map(fromBase64));
  const { digest, ...fields } = unpackCard(bytes);
  const expected = await digestOfHashes(fromHex(header_hash), fromHex(payload_hash));
  if (digest !== toHex(expected)) throw new SealingError("swapped", "the card belongs to another envelope");
  return { ...fields, evil };
}
