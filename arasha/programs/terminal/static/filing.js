// One filing: sealed once, posted as the same bytes however often the button is touched.

import { sealAppeal } from "./sealing.js";
import { canonicalJson } from "./vendor/payload.js";

/** Returns a function that seals `appeal`; unchanged, it gives the very same bytes again. */
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

async function post({ body, place, today, language, text, name }) {
  const fields = { language, written_on: today, text, place, answers: name ? { name } : {} };
  const { envelope, leaf } = await sealAppeal({ fields, recipients: body.recipients });
  return canonicalJson({ v: 1, set: body.set, leaf, envelope: toBase64(envelope) });
}

function toBase64(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}
