// The plaintext of an appeal, arasha/appeal/v1, as it lies inside the envelope.
// The same rules as arasha/engines/sealing/payload.py; docs/reference/sealing.md tells them.

import {
  isDay,
  isDigest,
  isLanguage,
  isObject,
  isRecipient,
  isText,
  isTexts,
  isWritten,
  matches,
  orNull,
  plaintextForm,
} from "./packing.js";

export { SealingError, canonicalJson } from "./packing.js";
export const VERSION = "arasha/appeal/v1";
export const BUCKETS = [4, 16, 64, 256].map((kib) => kib * 1024);

const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+$/;

function isMailbox(value) {
  return (
    isObject(value) &&
    Object.keys(value).sort().join() === "recipient,tags" &&
    isRecipient(value.recipient) &&
    isDigest(value.tags) // 32 bytes in hex, as a digest is
  );
}

function isAttachment(value) {
  return (
    isObject(value) &&
    Object.keys(value).sort().join() === "media_type,sha256,size" &&
    isDigest(value.sha256) &&
    Number.isSafeInteger(value.size) &&
    value.size > 0 &&
    matches(MEDIA_TYPE)(value.media_type)
  );
}

const form = plaintextForm({
  what: "payload",
  version: VERSION,
  sizes: BUCKETS,
  fields: {
    salt: isDigest, // 32 bytes in hex, as a digest is
    language: isLanguage,
    written_on: isDay,
    text: isWritten,
    place: isText,
    answers: isTexts,
    mailbox: orNull(isMailbox),
    attachments: (value) => Array.isArray(value) && value.every(isAttachment),
  },
});

/** Returns the padded plaintext of `fields`, which must have all fields but the version. */
export const packPayload = form.pack;

/** Returns the fields of a padded plaintext that is exactly what packPayload writes. */
export const unpackPayload = form.unpack;

const identityForm = plaintextForm({
  what: "identity",
  version: "arasha identity v1",
  sizes: [1024, 4 * 1024],
  fields: { name: isWritten, contact: isText },
});

/** The media type by which an appeal names the file that says who wrote it. */
export const IDENTITY_TYPE = "application/vnd.arasha.identity+json";

/** Returns the plaintext of {name, contact}, padded to 1 or 4 KiB: a file of its own, sealed to fewer people. */
export const packIdentity = identityForm.pack;
export const unpackIdentity = identityForm.unpack;
