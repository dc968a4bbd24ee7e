// One filing: sealed once, posted as the same bytes however often the button is touched.

import { sealAttachment } from "/shared/attaching.js";
import { DANGER } from "/shared/card.js";
import { IDENTITY_TYPE, packIdentity } from "/shared/payload.js";
import { buildFiling, sealAppeal } from "/shared/sealing.js";

// Covers are as long as what people write: most fit 4 KiB, many need 16, and a few the sizes of the longest texts, so
// that no size belongs to appeals alone. Up to which of a thousand draws, and to how many letters.
const COVERS = [
  { draws: 600, letters: 2_800 },
  { draws: 940, letters: 14_000 },
  { draws: 990, letters: 60_000 },
  { draws: 1_000, letters: 250_000 },
];

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

/** How many letters a cover has: drawn anew for each. */
export function coverLetters() {
  const [draw, length] = crypto.getRandomValues(new Uint32Array(2));
  const { letters } = COVERS.find(({ draws }) => draw % 1_000 < draws);
  return 1 + (length % letters);
}

/** Returns the bytes of a cover: an envelope like any other, to a real set, with nothing in it. */
export async function sealCover({ bodies, today, place }, language) {
  const [one] = crypto.getRandomValues(new Uint32Array(1));
  const text = ".".repeat(coverLetters());
  const body = bodies[one % bodies.length];
  const fields = { language, written_on: today, text, place: place.code ?? "", answers: { cover: "1" } };
  return buildFiling(body.set, await sealAppeal({ fields, recipients: body.recipients }));
}
