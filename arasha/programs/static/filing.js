// What an envelope commits to: the digest of the record, the leaf of the log, the filing code.
// The terminal computes them before it sends; the reader computes them again and trusts no server.

import { SealingError, canonicalJson } from "./packing.js";

const DIGITS = 10n ** 22n;
const MAC_LINE = /^--- [A-Za-z0-9+/]{43}$/;
const VERSION_LINE = "age-encryption.org/v1";

/** Returns the leaf, its RFC 6962 hash and the filing code of an envelope with this salt (hex). */
export async function fileUnder(envelope, salt) {
  const digest = await recordDigest(envelope);
  const commitment = await sha256(fromHex(salt), digest);
  const leaf = `arasha/v1\nevent\n${toHex(commitment)}`;
  const leafHash = await sha256(new Uint8Array([0]), utf8(leaf));
  return { leaf, leafHash, code: await filingCode(leafHash) };
}

/** Returns the header, up to and with its MAC line, and the encrypted payload after it. */
export function splitEnvelope(envelope) {
  let [start, line] = nextLine(envelope, 0);
  if (line !== VERSION_LINE) throw new SealingError("envelope", "the envelope is not an age v1 file");
  do {
    [start, line] = nextLine(envelope, start);
  } while (!line.startsWith("---"));
  if (!MAC_LINE.test(line)) throw new SealingError("envelope", "the envelope's header has no MAC");
  return { header: envelope.subarray(0, start), payload: envelope.subarray(start) };
}

function nextLine(envelope, start) {
  const end = envelope.indexOf(0x0a, start);
  if (end < 0) throw new SealingError("envelope", "the envelope ends inside its header");
  return [end + 1, String.fromCharCode(...envelope.subarray(start, Math.min(end, start + 2048)))];
}

/** Returns the digest that the leaf commits to: header and payload are hashed apart. */
export async function recordDigest(envelope) {
  const { header, payload } = splitEnvelope(envelope);
  return digestOfHashes(await sha256(header), await sha256(payload));
}

/** Returns the record digest from the SHA-256 of the first header and that of the payload. */
export async function digestOfHashes(headerHash, payloadHash) {
  return sha256(utf8("arasha appeal v1\n"), headerHash, payloadHash);
}

/** Returns the text that is posted for a sealed appeal; `setId` names the recipient set. */
export function buildFiling(setId, { leaf, envelope, card }) {
  return canonicalJson({ v: 2, set: setId, leaf, envelope: toBase64(envelope), card: toBase64(card) });
}

/** 22 digits of the leaf hash and 2 check digits (ISO 7064, MOD 97-10). */
export async function filingCode(leafHash) {
  const number = BigInt(`0x${toHex(await sha256(utf8("arasha code v1\n"), leafHash))}`) % DIGITS;
  const checkDigits = 98n - ((number * 100n) % 97n);
  return `${number}`.padStart(22, "0") + `${checkDigits}`.padStart(2, "0");
}

export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16));
}

export function toBase64(bytes) {
  // Piece by piece: an envelope is longer than the list of arguments a call may have.
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}

function utf8(text) {
  return new TextEncoder().encode(text);
}

async function sha256(...parts) {
  const joined = await new Blob(parts).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
}
