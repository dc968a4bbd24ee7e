// One letter: sealed once, and posted as the same bytes however often the button is pressed.

import { sealAttachment } from "../../shared/attaching.js";
import { DANGER } from "../../shared/card.js";
import { toHex } from "../../shared/filing.js";
import { IDENTITY_TYPE, packIdentity } from "../../shared/payload.js";
import { buildFiling, sealAppeal } from "../../shared/sealing.js";
import { ask } from "./door.js";

/** Returns {posted, code, envelope (its SHA-256), files} of what somebody wrote to `body`. */
export async function seal({ body, fields, identity, files }) {
  const all = identity ? [await sealAttachment(packIdentity(identity), IDENTITY_TYPE, body.names.recipients), ...files] : files;
  const attachments = all.map(({ sha256, size, media_type: mediaType }) => ({ sha256, size, media_type: mediaType }));
  const topic = fields.answers.danger ? DANGER : "";
  const sealed = await sealAppeal({ fields: { ...fields, attachments }, topic, recipients: body.recipients });
  const digest = await crypto.subtle.digest("SHA-256", sealed.envelope);
  return { posted: buildFiling(body.set, sealed), code: sealed.code, envelope: toHex(new Uint8Array(digest)), files: [...all] };
}

/** Returns a function that seals anew only what has changed. */
export function sealer() {
  let [sealedFor, sealed] = ["", null];
  return (letter) => {
    const { files, ...rest } = letter;
    const asked = JSON.stringify([rest, files.map(({ sha256 }) => sha256)]);
    if (asked !== sealedFor || !sealed) {
      [sealedFor, sealed] = [asked, seal(letter)];
      sealed.catch(() => (sealed = null));
    }
    return sealed;
  };
}

/** Sends the sealed files of a letter that has arrived; those that do not arrive stay in `letter.files`. */
export async function sendFiles(gateway, letter) {
  const headers = { "Arasha-Envelope": letter.envelope };
  for (const file of [...letter.files]) {
    const isThere = await ask(gateway, `/${letter.code}/${file.sha256}`, { method: "POST", headers, body: file.sealed }).then(() => true, () => false);
    if (isThere) letter.files.splice(letter.files.indexOf(file), 1);
  }
}
