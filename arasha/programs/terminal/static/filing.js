// One filing: sealed once, posted as the same bytes however often the button is touched.

import { DANGER } from "/shared/card.js";
import { buildFiling, sealAppeal } from "/shared/sealing.js";

/** Returns a function that seals an appeal into {posted, code}; unchanged, it gives the very same bytes again. */
export function sealer() {
  let sealedFor = null;
  let sealed = null;
  return (appeal) => {
    const asked = JSON.stringify(appeal);
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

async function sealFiling({ body, place, today, language, text, answers }) {
  const fields = { language, written_on: today, text, place, answers };
  const sealed = await sealAppeal({ fields, topic: answers.danger ? DANGER : "", recipients: body.recipients });
  return { posted: buildFiling(body.set, sealed), code: sealed.code };
}
