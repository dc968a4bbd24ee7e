// Seals an appeal on the device, before anything leaves it, and computes what its slip will say.

import { Encrypter } from "./vendor/age-seal.js";
import { packCard, titleOf } from "./card.js";
import { buildFiling, fileUnder, recordDigest, toHex } from "./filing.js";
import { SealingError, packPayload } from "./payload.js";

export { SealingError, buildFiling };

const SALT_BYTES = 32;
const X25519 = /^age1[ac-hj-np-z02-9]{58}$/;
const HYBRID = /^age1pq1[ac-hj-np-z02-9]{1952}$/;

/**
 * Seals an appeal and its title card to every one of `recipients`; returns {envelope, card, leaf,
 * leafHash, code}.
 *
 * `fields` are those of arasha/appeal/v1 without version and salt (docs/reference/sealing.md);
 * `topic` is a key of the pack, or empty; `recipients` are the keys of a recipient set in its order;
 * `random` fills a Uint8Array. Only the salt comes from `random`: age draws its own keys. Throws
 * SealingError.
 */
export async function sealAppeal({ fields, topic = "", recipients, random = (bytes) => crypto.getRandomValues(bytes) }) {
  const salt = toHex(random(new Uint8Array(SALT_BYTES)));
  const whole = { place: "", answers: {}, mailbox: null, attachments: [], ...fields, salt };
  const envelope = await sealTo(recipients, packPayload(whole));
  const card = await sealTo(recipients, await cardOf(whole, topic, envelope));
  return { envelope, card, ...(await fileUnder(envelope, salt)) };
}

/** Returns an age file of `plaintext` for every one of `recipients`. Throws SealingError "recipients". */
export async function sealTo(recipients, plaintext) {
  checkRecipients(recipients);
  const encrypter = new Encrypter();
  for (const recipient of recipients) addRecipient(encrypter, recipient);
  return encrypter.encrypt(plaintext);
}

async function cardOf({ text, language, place }, topic, envelope) {
  const digest = toHex(await recordDigest(envelope));
  return packCard({ digest, title: titleOf(text), language, topic, place });
}

function checkRecipients(recipients) {
  if (new Set(recipients).size !== recipients.length || recipients.length === 0) {
    throw new SealingError("recipients", "what is sealed has at least one recipient, and each once");
  }
  const ofOneKind = [X25519, HYBRID].some((kind) => recipients.every((recipient) => kind.test(recipient)));
  if (!ofOneKind) {
    // age would mix them silently, and the weaker kind would undo the stronger.
    throw new SealingError("recipients", "recipients must all be X25519 or all post-quantum keys");
  }
}

function addRecipient(encrypter, recipient) {
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new SealingError("recipients", `${recipient.slice(0, 70)} is not a recipient: ${cause.message}`);
  }
}
