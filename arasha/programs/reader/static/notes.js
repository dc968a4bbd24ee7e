// What officers note for one another, under the seal of everybody who may read the appeal now.

import { packNote, unpackNote } from "/shared/correspondence.js";
import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { sealTo } from "/shared/sealing.js";
import { form } from "./acts.js";
import { forget } from "./drafts.js";
import { listField, textField, today } from "./fields.js";
import { fromBase64, toBase64 } from "./local.js";
import { openFile } from "./opening.js";

const WRITTEN_HERE = ["note", "risk"];

export function notesPanel(reader, appeal) {
  const { words } = reader;
  const list = make("div", { class: "notes" });
  const id = `note-${appeal.appeal}`;
  const kind = listField({ id: `${id}-kind`, label: words("notes.kind"), options: WRITTEN_HERE.map((each) => [each, words(`notes.kind_${each}`)]), chosen: "note" });
  const text = textField({ id: `${id}-text`, tag: "textarea", label: words("notes.text"), hint: words("notes.hint") });
  const act = async () => {
    if (!text.field.value.trim()) return words("notes.empty");
    const note = { kind: kind.field.value, text: text.field.value.trim(), by: reader.session.officer.name, on: today() };
    const sealed = toBase64(await sealTo(appeal.recipients, packNote(note)));
    await reader.desk.post(`appeals/${appeal.appeal}/notes`, { sealed, kind: note.kind });
    list.append(shown(reader, note));
    text.field.value = "";
    forget(id);
    return words("notes.kept");
  };
  showAll(reader, appeal, list);
  return make("section", { id: "notes" }, [
    make("h2", {}, words("notes.title")),
    list,
    appeal.recipients.length ? form(reader, { button: "notes.add" }, [kind.box, text.box], act) : make("p", { class: "alarm" }, words("notes.strangers")),
  ]);
}

async function showAll(reader, appeal, list) {
  for (const { on, by, sealed } of appeal.notes) list.append(await opened(reader, { on, by, sealed }));
}

async function opened(reader, { on, by, sealed }) {
  try {
    const note = unpackNote(await openFile(fromBase64(sealed), reader.held.map(({ identity }) => identity)));
    return shown(reader, note);
  } catch {
    return make("p", { class: "warn" }, reader.words("notes.closed", { day: readable(on, reader.language), by }));
  }
}

function shown(reader, { kind, text, by, on }) {
  return make("article", { class: `note note--${kind}` }, [
    make("p", { class: "note__head" }, `${reader.words(`notes.kind_${kind}`)} · ${readable(on, reader.language)} · ${by}`),
    make("p", { class: "note__text", dir: "auto" }, text),
  ]);
}
