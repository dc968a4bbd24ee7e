// Keeps an officer's identity as an age file that only a passkey of this very host opens (PRF).

import { Decrypter, Encrypter, bech32, webauthn } from "./vendor/age-open.js";
import { SealingError } from "./vendor/payload.js";

const IDENTITY = /^AGE-SECRET-KEY-(PQ-)?1[AC-HJ-NP-Z02-9]{58}$/;

/**
 * Makes a passkey for opening and returns its description, which is no secret.
 *
 * `rpId` must be the exact host of the reader: with a parent domain every sibling host could ask
 * the passkey for the same secret.
 */
export async function createOpeningPasskey({ rpId, keyName, type = "passkey" }) {
  checkHost(rpId);
  return told(() => webauthn.createCredential({ rpId, keyName, type }));
}

/** Seals an age identity to a passkey of createOpeningPasskey; returns an age file. */
export async function wrapIdentity(identity, { passkey, rpId }) {
  checkIdentity(identity);
  checkPasskey(passkey, rpId);
  const encrypter = new Encrypter();
  encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity: passkey }));
  return told(() => encrypter.encrypt(identity));
}

/** Returns the identity in an age file of wrapIdentity, after the officer used the passkey. */
export async function unwrapIdentity(wrapped, { passkey, rpId }) {
  checkPasskey(passkey, rpId);
  const decrypter = new Decrypter();
  decrypter.addIdentity(new webauthn.WebAuthnIdentity({ identity: passkey }));
  const identity = await told(() => decrypter.decrypt(wrapped, "text"));
  checkIdentity(identity);
  return identity;
}

/** Throws SealingError "identity" unless the text has the form of an age identity. */
export function checkIdentity(identity) {
  if (!IDENTITY.test(identity)) throw new SealingError("identity", "this is not an age identity");
}

function checkPasskey(passkey, rpId) {
  checkHost(rpId);
  const host = hostOf(passkey);
  if (host !== rpId) throw new SealingError("passkey", `the passkey belongs to ${host}, not to ${rpId}`);
}

function checkHost(rpId) {
  if (rpId !== location.hostname) {
    throw new SealingError("passkey", `the reader runs on ${location.hostname}, not on ${rpId}`);
  }
}

/** Reads the host in a passkey's description: version, credential ID, host, transports (CBOR). */
function hostOf(passkey) {
  try {
    const bytes = bech32.fromWords(bech32.decode(passkey, false).words);
    const [, afterId] = readString(bytes.subarray(1)); // the version takes one byte
    return new TextDecoder().decode(readString(afterId)[0]);
  } catch (cause) {
    throw new SealingError("passkey", `this is no description of a passkey: ${cause.message}`);
  }
}

/** Returns one CBOR byte or text string (RFC 8949, section 3) and what comes after it. */
function readString(bytes) {
  const short = bytes[0] & 0x1f;
  const lengthBytes = short < 24 ? 0 : 1 << (short - 24);
  const length = lengthBytes ? bytes.subarray(1, 1 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0) : short;
  const start = 1 + lengthBytes;
  return [bytes.subarray(start, start + length), bytes.subarray(start + length)];
}

async function told(act) {
  try {
    return await act();
  } catch (cause) {
    throw new SealingError("passkey", cause.message);
  }
}
