// Keeps an officer's identity as an age file that only a passkey of this very host opens (PRF).

import { SealingError } from "/shared/payload.js";
import { Decrypter, Encrypter, bech32, webauthn } from "./vendor/age-open.js";

const IDENTITY = /^AGE-SECRET-KEY-(PQ-)?1[AC-HJ-NP-Z02-9]{58}$/;
const PREFIX = "AGE-PLUGIN-FIDO2PRF-";
const ALGORITHMS = [-8, -7, -257]; // what authenticators offer; the public key is never used
const USER_VERIFIED = 0x04; // WebAuthn, section 6.1: the flags stand at byte 32

/**
 * Makes a passkey for opening and returns its description, which is no secret.
 *
 * `rpId` must be the exact host of the reader: with a parent domain every sibling host could ask
 * the passkey for the same secret. `others` describes the passkeys of the same identity: an
 * authenticator that holds one of them refuses, since two passkeys shall not be lost as one.
 */
export async function createOpeningPasskey({ rpId, keyName, others = [] }) {
  checkHost(rpId);
  const made = await told(() => navigator.credentials.create({ publicKey: wanted(rpId, keyName, others) }));
  if (!made.getClientExtensionResults().prf?.enabled) throw new SealingError("passkey", "PRF extension not available on this authenticator");
  const data = new Uint8Array(made.response.getAuthenticatorData());
  if (!(data[32] & USER_VERIFIED)) throw new SealingError("passkey", "the authenticator verified nobody");
  return describe(rpId, new Uint8Array(made.rawId), made.response.getTransports());
}

function wanted(rpId, keyName, others) {
  return {
    rp: { id: rpId, name: rpId },
    user: { id: crypto.getRandomValues(new Uint8Array(8)), name: keyName, displayName: keyName },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    excludeCredentials: others.map((each) => ({ type: "public-key", id: parsed(each).id })),
    extensions: { prf: {} },
    challenge: crypto.getRandomValues(new Uint8Array(16)), // nobody attests anything here
  };
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
  const { host } = parsed(passkey);
  if (host !== rpId) throw new SealingError("passkey", `the passkey belongs to ${host}, not to ${rpId}`);
}

function checkHost(rpId) {
  if (rpId !== location.hostname) {
    throw new SealingError("passkey", `the reader runs on ${location.hostname}, not on ${rpId}`);
  }
}

/** Writes a passkey's description as age-plugin-fido2prf does: version, ID, host, transports (CBOR). */
function describe(rpId, id, transports) {
  const host = new TextEncoder().encode(rpId);
  const words = transports.map((each) => new TextEncoder().encode(each));
  const listed = words.flatMap((each) => [...cborHead(3, each.length), ...each]);
  const content = [1, ...cborHead(2, id.length), ...id, ...cborHead(3, host.length), ...host, ...cborHead(4, words.length), ...listed];
  return bech32.encode(PREFIX, bech32.toWords(Uint8Array.from(content)), false).toUpperCase();
}

/** Returns the first bytes of a CBOR item (RFC 8949, section 3) of less than 64 KiB. */
function cborHead(major, length) {
  if (length < 24) return [(major << 5) | length];
  return length < 256 ? [(major << 5) | 24, length] : [(major << 5) | 25, length >> 8, length & 255];
}

/** Returns {id, host} of a passkey's description. */
function parsed(passkey) {
  try {
    const bytes = bech32.fromWords(bech32.decode(passkey, false).words);
    const [id, afterId] = readString(bytes.subarray(1)); // the version takes one byte
    return { id, host: new TextDecoder().decode(readString(afterId)[0]) };
  } catch (cause) {
    throw new SealingError("passkey", `this is no description of a passkey: ${cause.message}`);
  }
}

/** Returns one CBOR byte or text string and what comes after it. */
function readString(bytes) {
  const short = bytes[0] & 0x1f;
  const lengthBytes = short < 24 ? 0 : 1 << (short - 24);
  const length = lengthBytes ? bytes.subarray(1, 1 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0) : short;
  const start = 1 + lengthBytes;
  return [bytes.slice(start, start + length), bytes.subarray(start + length)];
}

async function told(act) {
  try {
    return await act();
  } catch (cause) {
    throw new SealingError(cause.name === "InvalidStateError" ? "same_passkey" : "passkey", cause.message);
  }
}
