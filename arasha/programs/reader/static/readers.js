// Adding the readers of the newest list to an appeal that was sealed before they joined.

import { make } from "/shared/dom.js";
import { form } from "./acts.js";
import { headersOfAll } from "./parts.js";

export function readersPanel(reader, appeal) {
  const { words } = reader;
  if (!appeal.recipients.length) return appeal.readers && make("p", { class: "alarm", role: "alert", id: "strangers" }, words("readers.strangers"));
  const compared = make("input", { id: "compared", type: "checkbox" });
  const shown = make("ul", { class: "fingerprints" });
  named(appeal).then((all) => shown.append(...all.map((each) => make("li", {}, each))));
  const act = async () => {
    if (!appeal.readers && !compared.checked) return words("readers.compare_first");
    const { headers, missing } = await headersOfAll(reader, appeal);
    await reader.desk.post(`appeals/${appeal.appeal}/headers`, { set: await setOf(reader, appeal), headers });
    await reader.show();
    return missing ? words("readers.added_without", { missing }) : words("readers.added");
  };
  const check = make("p", { class: "check" }, [compared, make("label", { for: "compared" }, words("readers.compared"))]);
  const known = make("p", { class: "sure" }, words("readers.known"));
  return make("details", { class: "panel", id: "readers" }, [
    make("summary", {}, words("readers.title")),
    form(reader, { lead: "readers.lead", button: "readers.add" }, [shown, appeal.readers ? known : check], act),
  ]);
}

/** With a pinned root the names are those that the body signed; without one only digits can be compared. */
function named({ recipients, readers }) {
  const labels = new Map(readers?.members.map(({ recipient, label }) => [recipient, label]));
  return Promise.all(recipients.map(async (each) => [labels.get(each), await fingerprint(each)].filter(Boolean).join(" · ")));
}

async function setOf(reader, { set, recipients, readers }) {
  if (readers) return readers.set;
  const { sets } = await reader.desk.get("entry");
  return sets.find((each) => each.recipients.join() === recipients.join())?.id ?? set;
}

/** The same twenty digits as on an officer's card. */
export async function fingerprint(recipient) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(recipient)));
  const digits = Array.from(digest.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.match(/.{4}/g).join(" ");
}
