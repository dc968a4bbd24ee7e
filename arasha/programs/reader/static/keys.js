// All identities on this computer, and a new one.

import { readable } from "/shared/days.js";
import { make, privateField } from "/shared/dom.js";
import { form } from "./acts.js";
import { send, toBase64 } from "./local.js";
import { createOpeningPasskey, generateIdentity, identityToRecipient, wrapIdentity } from "./opening.js";
import { demoSelect } from "./unlock.js";

/** Makes a passkey, locks `identity` with it and keeps the locked file; returns the kept identity. */
export async function lockAway(reader, identity, { name, label, key = null }) {
  const { host, keys } = reader.start;
  const others = key ? key.passkeys.map(({ passkey }) => passkey) : [];
  const passkey = await createOpeningPasskey({ rpId: host, keyName: `${name} · ${label}`, others });
  const wrapped = toBase64(await wrapIdentity(identity, { passkey, rpId: host }));
  const path = key ? `/api/keys/${key.key}/passkeys` : "/api/keys";
  const kept = await send(path, { name, recipient: await identityToRecipient(identity), label, passkey, wrapped });
  reader.start.keys = [...keys.filter((each) => each.key !== kept.key), kept];
  return kept;
}

export function keysPage(reader) {
  const { words, start, session } = reader;
  return make("div", {}, [
    make("h1", {}, words("keys.title")),
    make("p", { class: "lead" }, words("page.lead")),
    session ? null : make("p", {}, [words("page.how"), " ", make("a", { href: start.desk }, words("page.desk"))]),
    start.keys.length ? make("ul", { class: "cards" }, start.keys.map((key) => row(reader, key))) : make("p", {}, words("keys.none")),
    newKey(reader),
    start.demo.length ? demoKeys(reader) : null,
    make("h2", {}, words("lost.menu")),
    make("ul", {}, [
      make("li", {}, make("a", { href: "#recover" }, words("recover.menu"))),
      make("li", {}, make("a", { href: "#lost" }, words("lost.title"))),
    ]),
  ]);
}

function row(reader, key) {
  const { words } = reader;
  const due = reader.due.get(key.recipient);
  return make("li", { class: "card" }, [
    make("h2", {}, make("a", { href: `#key/${key.key}` }, key.name)),
    make("p", { class: key.ready ? "sure" : "warn" }, words(key.ready ? "keys.ready" : "keys.unready")),
    due ? make("p", { class: "hint next-check" }, words("keys.next_check", { day: readable(due, reader.language) })) : null,
  ]);
}

function newKey(reader) {
  const { words } = reader;
  const name = privateField("input", { id: "key-name", type: "text", maxlength: 200 });
  const label = privateField("input", { id: "key-label", type: "text", maxlength: 200, value: words("keys.label_first") });
  const act = async () => {
    if (!name.value.trim()) return words("keys.name_empty");
    return beginKey(reader, await generateIdentity(), name.value.trim(), label.value.trim() || words("keys.label_first"));
  };
  const fields = [make("label", { for: "key-name" }, words("keys.name")), name, make("label", { for: "key-label" }, words("keys.label")), label];
  return form(reader, { title: "keys.make_title", lead: "keys.make_lead", button: "keys.make", wait: "keys.touch" }, fields, act);
}

async function beginKey(reader, identity, name, label) {
  const key = await lockAway(reader, identity, { name, label });
  reader.making = { key: key.key, identity };
  reader.go("key", key.key);
}

function demoKeys(reader) {
  const { words, start } = reader;
  const select = demoSelect(reader);
  const act = () => {
    const { identity, name } = start.demo[select.value];
    return beginKey(reader, identity, name, words("keys.label_first"));
  };
  const fields = [make("label", { for: "demo-key" }, words("keys.choose")), select];
  return form(reader, { title: "keys.demo_title", lead: "page.demo", button: "keys.demo_wrap", wait: "keys.touch" }, fields, act);
}
