// Getting an identity back with its passphrase, and what to do when that is gone as well.

import { make, privateField } from "/shared/dom.js";
import { form } from "./acts.js";
import { fileField } from "./fields.js";
import { lockAway } from "./keys.js";
import { fromBase64, send, toBase64 } from "./local.js";
import { identityToRecipient } from "./opening.js";
import { isWhole, openRecovery } from "./recovery.js";

const ELSEWHERE = "file";

export function recoverPage(reader) {
  const { words, start } = reader;
  const known = start.keys.filter(({ recovery }) => recovery);
  const options = known.map((key) => make("option", { value: key.key }, key.name));
  const which = make("select", { id: "which", onchange: () => toggle() }, [...options, make("option", { value: ELSEWHERE }, words("recover.from_file"))]);
  const { box, field: file } = fileField({ id: "recovery-file", label: words("recover.file"), choose: words("closed.choose"), accept: ".age" });
  const name = privateField("input", { id: "key-name", type: "text", maxlength: 200 });
  const fromFile = make("div", {}, [box, make("label", { for: "key-name" }, words("keys.name")), name]);
  const typed = privateField("input", { id: "typed", type: "text", class: "passphrase-field" });
  const toggle = () => (fromFile.hidden = which.value !== ELSEWHERE);
  toggle();

  const act = async () => {
    if (!isWhole(typed.value)) return words("recover.not_whole");
    if (which.value !== ELSEWHERE) return recoverHere(reader, known.find(({ key }) => key === which.value), typed.value);
    if (!file.files.length) return words("recover.no_file");
    if (!name.value.trim()) return words("keys.name_empty");
    return recoverFrom(reader, new Uint8Array(await file.files[0].arrayBuffer()), typed.value, name.value.trim());
  };
  const fields = [make("label", { for: "which" }, words("recover.which")), which, fromFile, make("label", { for: "typed" }, words("recover.passphrase")), typed];
  return make("div", {}, [
    make("h1", {}, words("recover.title")),
    make("p", { class: "lead" }, words("recover.lead")),
    form(reader, { button: "recover.open", wait: "recover.opening" }, fields, act),
    make("p", {}, make("a", { href: "#lost" }, words("lost.title"))),
  ]);
}

async function recoverHere(reader, key, typed) {
  const identity = await openRecovery(fromBase64(key.recovery), typed);
  reader.making = { key: key.key, identity };
  reader.go("key", key.key);
}

/** On another computer the first thing is a passkey there: without one nothing may be kept. */
async function recoverFrom(reader, file, typed, name) {
  const identity = await openRecovery(file, typed);
  const recipient = await identityToRecipient(identity);
  const known = reader.start.keys.find((each) => each.recipient === recipient);
  const key = known ?? (await lockAway(reader, identity, { name, label: reader.words("keys.label_first") }));
  const kept = await send(`/api/keys/${key.key}/recovery`, { wrapped: toBase64(file) });
  reader.start.keys = reader.start.keys.map((each) => (each.key === kept.key ? kept : each));
  reader.making = { key: key.key, identity };
  reader.go("key", key.key);
}

export function lostPage({ words }) {
  const steps = (which, count) => make("ol", {}, Array.from({ length: count }, (_, place) => make("li", {}, words(`lost.${which}_${place + 1}`))));
  return make("div", {}, [
    make("h1", {}, words("lost.title")),
    make("p", { class: "lead" }, words("lost.lead")),
    make("h2", {}, words("lost.mine_title")),
    steps("mine", 4),
    make("p", {}, make("a", { class: "button", href: "#recover" }, words("recover.menu"))),
    make("h2", {}, words("lost.all_title")),
    steps("all", 4),
    make("p", {}, make("a", { href: "#keys" }, words("page.home"))),
  ]);
}
