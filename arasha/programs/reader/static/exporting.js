// Taking an appeal out of the reader: a bag of all that belongs to it, sealed again before it is saved.

import { make, privateField } from "/shared/dom.js";
import { sealTo } from "/shared/sealing.js";
import { bagOf } from "./bag.js";
import { endingOf, kindOf, namesIn } from "./kinds.js";
import { openAttachment } from "./parts.js";
import { save } from "./saving.js";

export function exportPanel(reader, appeal) {
  const { words } = reader;
  const field = privateField("textarea", { id: "bag-keys", rows: 3, class: "keys-field" });
  const submit = async (event) => {
    event.preventDefault();
    const button = event.currentTarget.querySelector("button");
    button.disabled = true;
    reader.tell("");
    try {
      const missing = await exportBag(reader, appeal, field.value.split(/\s+/).filter(Boolean));
      reader.tell(missing ? words("bag.saved_without", { missing }) : words("bag.saved"));
    } catch (error) {
      reader.tell(error.code === "recipients" ? words("bag.bad_key") : reader.explain(error));
    }
    button.disabled = false;
  };
  return make("details", { class: "panel", id: "bag" }, [
    make("summary", {}, words("bag.title")),
    make("form", { autocomplete: "off", onsubmit: submit }, [
      make("p", {}, words("bag.lead")),
      make("label", { for: "bag-keys" }, words("bag.keys")),
      make("p", { class: "hint" }, words("bag.keys_hint")),
      field,
      make("button", { type: "submit", class: "button" }, words("bag.make")),
    ]),
  ]);
}

/** Saves the bag and returns how many attachments are not in it, because they have not arrived or are a name sealed to others. */
async function exportBag(reader, appeal, others) {
  const papers = [];
  const here = new Set(appeal.attachments.map(({ sha256 }) => sha256));
  for (const [place, paper] of appeal.fields.attachments.entries()) {
    if (!here.has(paper.sha256)) continue;
    const opened = await openAttachment(reader, appeal, paper).catch((error) => refusedName(error, appeal, paper));
    if (!opened) continue;
    const { bytes } = opened;
    papers.push({ name: `${place + 1}.${endingOf(kindOf(bytes), paper.media_type)}`, bytes });
  }
  const day = new Date().toISOString().slice(0, 10);
  const own = reader.held.map(({ recipient }) => recipient);
  const sealed = await sealTo([...new Set([...own, ...others])], await bagOf(appeal, papers, day));
  save(sealed, `arasha-${appeal.code}.tar.age`);
  return appeal.fields.attachments.length - papers.length;
}

/** A name that is sealed to others is left out, and counted; any other file must be whole. */
function refusedName(error, { fields }, paper) {
  if (error.code === "not-for-this-key" && namesIn(fields).includes(paper)) return null;
  throw error;
}
