// An officer's keys: made in this page, locked with a passkey before they touch the disk.

import { make, privateField } from "./dom.js";
import { send, toBase64 } from "./local.js";
import { createOpeningPasskey, generateIdentity, identityToRecipient, wrapIdentity } from "./opening.js";
import { demoSelect } from "./unlock.js";

/** Makes a passkey, locks `identity` with it and keeps the locked file; returns its card. */
export async function lockAway(identity, { name, host }) {
  const passkey = await createOpeningPasskey({ rpId: host, keyName: name });
  const locked = await wrapIdentity(identity, { passkey, rpId: host });
  const recipient = await identityToRecipient(identity);
  return send("/api/keys", { name, recipient, passkey, wrapped: toBase64(locked) });
}

export function keysPage(reader) {
  const { words, start } = reader;
  return make("div", {}, [
    make("h1", {}, words("page.title")),
    make("p", { class: "lead" }, words("page.lead")),
    make("p", {}, [words("page.how"), " ", make("a", { href: start.desk }, words("page.desk"))]),
    make("h2", {}, words("keys.title")),
    start.keys.length ? make("div", { class: "cards" }, start.keys.map((key) => card(reader, key))) : make("p", {}, words("keys.none")),
    newKey(reader),
    start.demo.length ? demoKeys(reader) : null,
  ]);
}

function card(reader, key) {
  const { words } = reader;
  const print = (event) => {
    const chosen = event.currentTarget.closest(".card");
    chosen.classList.add("card--print");
    window.print();
    chosen.classList.remove("card--print");
  };
  return make("section", { class: "card" }, [
    make("h3", {}, key.name),
    make("p", { class: "card__kind" }, words("keys.card")),
    make("dl", {}, [
      make("dt", {}, words("keys.fingerprint")),
      make("dd", { class: "fingerprint" }, key.fingerprint),
      make("dt", {}, words("keys.recipient")),
      make("dd", { class: "recipient" }, key.recipient),
    ]),
    make("p", { class: "hint" }, words("keys.card_hint")),
    make("button", { type: "button", class: "button button--quiet screen-only", onclick: print }, words("keys.print")),
  ]);
}

function newKey(reader) {
  const { words } = reader;
  const field = privateField("input", { id: "key-name", type: "text" });
  const act = async () => {
    const name = field.value.trim();
    if (!name) return words("keys.name_empty");
    const identity = await generateIdentity();
    return keep(reader, await lockAway(identity, { name, host: reader.start.host }));
  };
  return form(reader, "keys.make_title", "keys.make_lead", [make("label", { for: "key-name" }, words("keys.name")), field], "keys.make", act);
}

function demoKeys(reader) {
  const { words, start } = reader;
  const select = demoSelect(reader);
  const act = async () => {
    const { identity, name } = start.demo[select.value];
    return keep(reader, await lockAway(identity, { name, host: start.host }));
  };
  return form(reader, "keys.demo_title", "page.demo", [make("label", { for: "demo-key" }, words("keys.choose")), select], "keys.demo_wrap", act);
}

function keep(reader, key) {
  reader.start.keys.push(key);
  reader.show();
  return reader.words("keys.made");
}

function form(reader, title, lead, fields, button, act) {
  const submit = async (event) => {
    event.preventDefault();
    const pressed = event.currentTarget.querySelector("button");
    pressed.disabled = true;
    reader.tell("");
    reader.tell(await act().catch((error) => reader.explain(error)));
    pressed.disabled = false;
  };
  return make("form", { class: "panel screen-only", autocomplete: "off", onsubmit: submit }, [
    make("h2", {}, reader.words(title)),
    make("p", {}, reader.words(lead)),
    fields,
    make("button", { type: "submit", class: "button" }, reader.words(button)),
  ]);
}
