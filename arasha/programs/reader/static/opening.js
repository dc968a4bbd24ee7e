// Opens appeals on an officer's own machine, and trusts no server about what was filed.

import { fileUnder, splitEnvelope } from "/shared/filing.js";
import { SealingError, unpackPayload } from "/shared/payload.js";
import { Decrypter, bech32, generateHybridIdentity, generateIdentity, identityToRecipient } from "./vendor/age-open.js";
import { checkIdentity, createOpeningPasskey, unwrapIdentity, wrapIdentity } from "./passkeys.js";

export {
  SealingError,
  createOpeningPasskey,
  generateHybridIdentity,
  generateIdentity,
  identityToRecipient,
  unwrapIdentity,
  wrapIdentity,
};

const FOR_OTHERS = "no identity matched any of the file's recipients";
const FOREIGN_KEY = "invalid header HMAC";
const NO_KEY = new Uint8Array(16); // what a broken header holds: it opens nothing
// PKCS #8 around an X25519 key (RFC 8410, section 7): the only form in which WebCrypto takes one.
const PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20];

/**
 * Opens an envelope and returns {fields, leaf, leafHash, code, fileKey, evil}.
 *
 * `identities` is one or several; `headers` are those that were added later, oldest first. The first
 * header is tried first. `evil` lists the places in `headers` of those that open with one of the
 * identities and hold another file key than the first header, whose MAC the leaf commits to: whoever
 * wrote one of them wanted the appeal to be lost. Leaf and code are computed here from what was
 * opened: compare them with what the server says.
 * Throws SealingError: "identity", "not-for-this-key", "false-seal", "damaged" or "payload".
 */
export async function openAppeal(envelope, identities, headers = []) {
  const { bytes, fileKey, evil } = await openPart(envelope, identities, headers);
  const fields = unpackPayload(bytes);
  return { fields, ...(await fileUnder(envelope, fields.salt)), fileKey, evil };
}

/** Returns {bytes, fileKey, evil} of any part of an appeal (text, card, attachment), as `openAppeal` opens a text. */
export async function openPart(file, identities, headers = []) {
  const header = headerOf(file);
  const added = headers.map((each) => fileKeyIn(each, identities).catch(() => NO_KEY));
  const fileKeys = await Promise.all([fileKeyIn(header, identities), ...added]);
  const opens = await Promise.all(fileKeys.map((fileKey) => isKeyOf(header, fileKey)));
  const evil = headers.map((_, place) => place).filter((place) => fileKeys[place + 1] && !opens[place + 1]);
  const fileKey = fileKeys[opens.indexOf(true)];
  if (!fileKey) throw new SealingError(evil.length ? "false-seal" : "not-for-this-key", FOR_OTHERS);
  return { bytes: await openWith(file, fileKey), fileKey, evil };
}

/** Returns the file key in a header for the first identity that fits, or null if none does. */
export async function fileKeyIn(header, identities) {
  const decrypter = holding(identities);
  try {
    return await decrypter.decryptHeader(header);
  } catch (cause) {
    if (cause.message === FOR_OTHERS) return null;
    throw new SealingError("damaged", cause.message);
  }
}

/** Returns the plaintext of an age file. Throws SealingError "not-for-this-key" or "damaged". */
export async function openFile(file, identities) {
  const decrypter = holding(identities);
  try {
    return await decrypter.decrypt(file);
  } catch (cause) {
    throw new SealingError(cause.message === FOR_OTHERS ? "not-for-this-key" : "damaged", cause.message);
  }
}

/**
 * Returns the identity in the form that the page keeps: a key that no script can read out again.
 *
 * A post-quantum identity stays text: WebCrypto has no key of its kind.
 */
export async function hideKey(identity) {
  checkIdentity(identity);
  if (identity.startsWith("AGE-SECRET-KEY-PQ-")) return identity;
  const scalar = bech32.decodeToBytes(identity).bytes;
  return crypto.subtle.importKey("pkcs8", new Uint8Array([...PKCS8, ...scalar]), { name: "X25519" }, false, ["deriveBits"]);
}

function headerOf(envelope) {
  try {
    return splitEnvelope(envelope).header;
  } catch (cause) {
    throw new SealingError("damaged", cause.message);
  }
}

/** Says whether the file key makes the MAC of this header. */
async function isKeyOf(header, fileKey) {
  if (!fileKey) return false;
  try {
    await knowing(fileKey).decryptHeader(header);
    return true;
  } catch (cause) {
    if (cause.message === FOREIGN_KEY) return false;
    throw new SealingError("damaged", cause.message);
  }
}

async function openWith(envelope, fileKey) {
  try {
    return await knowing(fileKey).decrypt(envelope);
  } catch (cause) {
    throw new SealingError("damaged", cause.message);
  }
}

function knowing(fileKey) {
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => fileKey });
  return decrypter;
}

function holding(identities) {
  const decrypter = new Decrypter();
  for (const identity of [identities].flat()) {
    if (typeof identity === "string") checkIdentity(identity);
    try {
      decrypter.addIdentity(identity);
    } catch (cause) {
      throw new SealingError("identity", cause.message);
    }
  }
  return decrypter;
}
