// Eight words become a mailbox here, in a thread of its own: the page stays alive, and the memory
// that held the words' key ends with the thread. docs/reference/mailbox.md tells the derivation.

import { bech32, identityToRecipient, scrypt } from "./vendor/age-mailbox.js";

const VERSION = "arasha mailbox v1";
const COST = { N: 2 ** 16, r: 8, p: 1, dkLen: 32 };
const utf8 = (text) => new TextEncoder().encode(text);

self.onmessage = async ({ data: words }) => {
  self.postMessage(await mailboxOf(words));
};

async function mailboxOf(words) {
  const said = utf8(words.join(" ").normalize("NFKD").toLowerCase());
  const stretched = scrypt(said, utf8(VERSION), COST);
  const [scalar, tags] = await Promise.all([part(stretched, "identity"), part(stretched, "tags")]);
  const identity = bech32.encodeFromBytes("AGE-SECRET-KEY-", scalar).toUpperCase();
  const mailbox = { recipient: await identityToRecipient(identity), tags: inHex(tags), identity };
  for (const secret of [said, stretched, scalar, tags]) secret.fill(0);
  return mailbox;
}

/** HKDF-SHA256 (RFC 5869) with no salt: scrypt has salted already. */
async function part(stretched, info) {
  const key = await crypto.subtle.importKey("raw", stretched, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

function inHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
