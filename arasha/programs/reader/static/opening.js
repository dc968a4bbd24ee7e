// Opens appeals on an officer's own machine, and trusts no server about what was filed.

import { Decrypter, generateHybridIdentity, generateIdentity, identityToRecipient } from "./vendor/age-open.js";
import { fileUnder } from "./vendor/filing.js";
import { SealingError, unpackPayload } from "./vendor/payload.js";
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

/**
 * Opens an envelope with an age identity and returns {fields, leaf, leafHash, code}.
 *
 * Leaf and code are computed here from what was opened: compare them with what the server says.
 * Throws SealingError: "identity", "envelope", "not-for-this-key", "damaged" or "payload".
 */
export async function openAppeal(envelope, identity) {
  const fields = unpackPayload(await decrypt(envelope, identity));
  return { fields, ...(await fileUnder(envelope, fields.salt)) };
}

async function decrypt(envelope, identity) {
  const decrypter = holding(identity);
  try {
    return await decrypter.decrypt(envelope);
  } catch (cause) {
    throw new SealingError(cause.message === FOR_OTHERS ? "not-for-this-key" : "damaged", cause.message);
  }
}

function holding(identity) {
  checkIdentity(identity);
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
  } catch (cause) {
    throw new SealingError("identity", cause.message);
  }
  return decrypter;
}
