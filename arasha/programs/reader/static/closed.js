// When a whole office has lost its keys: headers out to the office key's machine, new headers back in.

import { make } from "/shared/dom.js";
import { form } from "./acts.js";
import { fileField } from "./fields.js";
import { fromBase64 } from "./local.js";
import { fileKeyIn } from "./opening.js";
import { save } from "./saving.js";

export function closedPage(reader) {
  const { words } = reader;
  const file = fileField({ id: "added-headers", label: words("closed.file"), choose: words("closed.choose") });
  return make("div", {}, [
    make("h1", {}, words("closed.title")),
    make("p", { class: "lead" }, words("closed.lead")),
    form(reader, { title: "closed.out", lead: "closed.out_lead", button: "closed.save" }, [], () => saveHeaders(reader)),
    form(reader, { title: "closed.in", lead: "closed.in_lead", button: "closed.add" }, [file.box], () => addHeaders(reader, file.field.files[0])),
  ]);
}

/** Headers hold no words, so their file is saved as it is. */
async function saveHeaders(reader) {
  const [{ recipient }] = reader.held;
  const headers = [];
  let after = null;
  do {
    const page = await reader.desk.get("headers", { recipient, closed: 1, after });
    headers.push(...page.headers);
    after = page.next;
  } while (after);
  if (!headers.length) return reader.words("closed.none");
  save(new TextEncoder().encode(JSON.stringify({ headers })), "headers.json");
  return reader.words("closed.saved", { count: new Set(headers.map(({ appeal }) => appeal)).size });
}

async function addHeaders(reader, file) {
  if (!file) return reader.words("closed.no_file");
  const made = await readHeaders(file);
  if (!made) return reader.words("closed.bad_file");
  const identities = reader.held.map(({ identity }) => identity);
  let added = 0;
  for (const [appeal, headers] of Map.groupBy(made.headers, (each) => each.appeal)) {
    // A header that this officer's own key does not open was made for other cards than theirs.
    const opened = await Promise.all(headers.map(({ header }) => fileKeyIn(fromBase64(header), identities).catch(() => null)));
    if (!opened.every(Boolean)) return reader.words("closed.not_mine", { added, count: made.headers.length });
    await reader.desk.post(`appeals/${appeal}/headers`, { set: made.set, headers: headers.map(({ part, header }) => ({ part, header })) });
    added += headers.length;
  }
  return reader.words("closed.added", { added });
}

async function readHeaders(file) {
  const content = await file.text().then(JSON.parse).catch(() => null);
  const isText = (value) => typeof value === "string";
  const isWhole = content?.v === 1 && isText(content.set) && Array.isArray(content.headers);
  return isWhole && content.headers.every(({ appeal, part, header }) => /^[\w-]+$/.test(appeal) && /^\w+$/.test(part) && /^[\w+/=]+$/.test(header)) ? content : null;
}
