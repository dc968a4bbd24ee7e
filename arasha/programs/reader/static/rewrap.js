// Adds readers to a payload that is sealed already: a second header for the same file key.
// It takes nothing back: the first header stays, and whoever it was made for can still open.

import { SealingError } from "/shared/payload.js";
import { HybridRecipient, X25519Recipient, encodeHeader, encodeHeaderNoMAC } from "./vendor/age-open.js";

/** Returns an age v1 header, with its MAC, that gives `fileKey` to each of the recipients. */
export async function addedHeader(fileKey, recipients) {
  const stanzas = [];
  for (const recipient of recipients) stanzas.push(...(await recipientOf(recipient, recipients).wrapFileKey(fileKey)));
  return encodeHeader(stanzas, await macOf(fileKey, encodeHeaderNoMAC(stanzas)));
}

/** Post-quantum and classic keys in one header would protect no better than the weaker of them. */
function recipientOf(recipient, all) {
  const isHybrid = recipient.startsWith("age1pq1");
  if (all.some((each) => each.startsWith("age1pq1") !== isHybrid)) {
    throw new SealingError("recipients", "post-quantum and classic recipients do not mix");
  }
  return isHybrid ? new HybridRecipient(recipient) : new X25519Recipient(recipient);
}

/** age v1, header MAC: HMAC-SHA-256 under HKDF-SHA-256 of the file key, no salt, info "header". */
async function macOf(fileKey, headerWithoutMac) {
  const derived = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode("header") };
  const drawn = await crypto.subtle.importKey("raw", fileKey, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(derived, drawn, { name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, headerWithoutMac));
}
