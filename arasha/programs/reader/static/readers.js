// Adding the readers of the newest list to an appeal that was sealed before they joined.

import { form } from "./acts.js";
import { make } from "./dom.js";
import { toBase64 } from "./local.js";
import { addedHeader } from "./rewrap.js";

export function readersPanel(reader, appeal) {
  const { words } = reader;
  if (!appeal.recipients?.length) return null;
  const compared = make("input", { id: "compared", type: "checkbox" });
  const shown = make("ul", { class: "fingerprints" });
  Promise.all(appeal.recipients.map(fingerprint)).then((all) => shown.append(...all.map((each) => make("li", {}, each))));
  const act = async () => {
    if (!compared.checked) return words("readers.compare_first");
    const header = toBase64(await addedHeader(appeal.fileKey, appeal.recipients));
    await reader.desk.post(`appeals/${appeal.appeal}/headers`, { header, set: appeal.newest_set ?? appeal.set });
    await reader.show();
    return words("readers.added");
  };
  const fields = [shown, make("p", { class: "check" }, [compared, make("label", { for: "compared" }, words("readers.compared"))])];
  return make("details", { class: "panel", id: "readers" }, [
    make("summary", {}, words("readers.title")),
    form(reader, { lead: "readers.lead", button: "readers.add" }, fields, act),
  ]);
}

/** The same twenty digits as on an officer's card. */
export async function fingerprint(recipient) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(recipient)));
  const digits = Array.from(digest.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.match(/.{4}/g).join(" ");
}
