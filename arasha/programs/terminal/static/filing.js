// One filing: sealed once, posted as the same bytes however often the button is touched.

import { sealAttachment } from "/shared/attaching.js";
import { DANGER } from "/shared/card.js";
import { IDENTITY_TYPE, packIdentity } from "/shared/payload.js";
import { buildFiling, sealAppeal } from "/shared/sealing.js";

const COVER_LETTERS = 6000; // covers are as long as what people write: most fit 4 KiB, some need 16

/** Returns a function that seals an appeal into {posted, code, attachments}; unchanged, it gives the very same bytes again. */
export function sealer() {
  let sealedFor = null;
  let sealed = null;
  return (appeal) => {
    const { attachments, ...rest } = appeal;
    const asked = JSON.stringify([rest, attachments.map(({ sha256 }) => sha256)]);
    if (asked !== sealedFor) {
      sealedFor = asked;
      sealed = sealFiling(appeal).catch((error) => {
        sealedFor = null;
        throw error;
      });
    }
    return sealed;
  };
}

async function sealFiling({ body, place, today, language, text, answers, mailbox, attachments, identity }) {
  const files = identity ? [await sealIdentity(identity, body.names), ...attachments] : attachments;
  const named = files.map(({ sha256, size, media_type: mediaType }) => ({ sha256, size, media_type: mediaType }));
  const fields = { language, written_on: today, text, place, answers, mailbox, attachments: named };
  const sealed = await sealAppeal({ fields, topic: answers.danger ? DANGER : "", recipients: body.recipients });
  return { posted: buildFiling(body.set, sealed), code: sealed.code, attachments: files };
}

/** The name lies apart from the appeal, sealed to fewer people. */
function sealIdentity({ name, contact }, { recipients }) {
  return sealAttachment(packIdentity({ name, contact }), IDENTITY_TYPE, recipients);
}

/** Returns the bytes of a cover: an envelope like any other, to a real set, with nothing in it. */
export async function sealCover({ bodies, today, place }, language) {
  const [one, many] = crypto.getRandomValues(new Uint32Array(2));
  const text = ".".repeat(1 + (many % COVER_LETTERS));
  const body = bodies[one % bodies.length];
  const fields = { language, written_on: today, text, place: place.code ?? "", answers: { cover: "1" } };
  return buildFiling(body.set, await sealAppeal({ fields, recipients: body.recipients }));
}
