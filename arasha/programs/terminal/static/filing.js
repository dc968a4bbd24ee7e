// One filing: sealed once, posted as the same bytes however often the button is touched.

import { buildFiling, sealAppeal } from "/shared/sealing.js";

/** Returns a function that seals an appeal; unchanged, it gives the very same bytes again. */
export function sealer() {
  let sealedFor = null;
  let posted = null;
  return (appeal) => {
    const asked = JSON.stringify(appeal);
    if (asked !== sealedFor) {
      sealedFor = asked;
      posted = post(appeal).catch((error) => {
        sealedFor = null;
        throw error;
      });
    }
    return posted;
  };
}

async function post({ body, place, today, language, text, answers }) {
  const fields = { language, written_on: today, text, place, answers };
  return buildFiling(body.set, await sealAppeal({ fields, recipients: body.recipients }));
}
