// Who wrote: a file of its own, sealed to fewer people than the appeal.

import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { unpackIdentity } from "/shared/payload.js";
import { busy } from "./acts.js";
import { fact } from "./facts.js";
import { namesIn } from "./kinds.js";
import { openAttachment } from "./parts.js";

export function writerPanel(reader, appeal) {
  const names = namesIn(appeal.fields);
  if (!names.length) return null;
  const { words } = reader;
  return make("section", { class: "panel", id: "writer" }, [
    make("h2", {}, words("writer.title")),
    make("p", { class: "hint" }, words("writer.hint")),
    names.map((paper) => one(reader, appeal, paper)),
  ]);
}

function one(reader, appeal, paper) {
  const { words } = reader;
  const isHere = appeal.attachments.some(({ sha256 }) => sha256 === paper.sha256);
  if (!isHere) return make("p", { class: "warn" }, words("writer.on_its_way", { day: readable(appeal.fields.written_on, reader.language) }));
  const shown = make("div", { role: "status" });
  const act = async () => {
    shown.replaceChildren(await opened(reader, appeal, paper));
    button.remove();
  };
  const button = make("button", { type: "button", class: "button", onclick: busy(reader, "papers.opening", act) }, words("writer.open"));
  return make("div", {}, [button, shown]);
}

async function opened(reader, appeal, paper) {
  const { words } = reader;
  const found = await openAttachment(reader, appeal, paper).catch((error) => {
    if (error.code === "not-for-this-key") return null;
    throw error;
  });
  if (!found) return make("p", { class: "warn", id: "not-told" }, words("writer.fewer", { people: peopleOf(reader, appeal).join("; ") || words("writer.unknown") }));
  const { name, contact } = unpackIdentity(found.bytes);
  return make("dl", { class: "facts" }, [
    ...fact(words("appeal.name"), name),
    ...fact(words("writer.contact"), contact || words("writer.no_contact")),
  ]);
}

/** A label has a part for each language, "… / … / …". */
function peopleOf({ start, language }, { told }) {
  const codes = Object.keys(start.languages);
  return told.map((label) => {
    const parts = label.split(" / ");
    return parts.length === codes.length ? parts[codes.indexOf(language)] : label;
  });
}
