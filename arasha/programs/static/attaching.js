// Seals what goes with an appeal: each file on its own, so that the text need not wait for it.

import { toHex } from "./filing.js";
import { SealingError, matches } from "./packing.js";
import { sealTo } from "./sealing.js";

const hasMediaType = matches(/^[a-z]+\/[a-z0-9.+-]+$/); // as arasha/appeal/v1 wants it

/**
 * Returns {sealed, sha256, size, media_type}: the age file of `bytes` for every one of `recipients`,
 * and what the appeal says of it among its `attachments`. Wipe `bytes` when it is done.
 * Throws SealingError "attachment" or "recipients".
 */
export async function sealAttachment(bytes, mediaType, recipients) {
  if (!bytes.length || !hasMediaType(mediaType)) {
    throw new SealingError("attachment", `${bytes.length} bytes of ${mediaType} are no attachment`);
  }
  const sealed = await sealTo(recipients, bytes);
  const digest = await crypto.subtle.digest("SHA-256", sealed);
  return { sealed, sha256: toHex(new Uint8Array(digest)), size: sealed.length, media_type: mediaType };
}
