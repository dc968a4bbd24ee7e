// One unlock: which key, one touch, and the identity is in this page's memory until it locks.

import { make } from "./dom.js";
import { fromBase64 } from "./local.js";
import { hideKey, identityToRecipient, unwrapIdentity } from "./opening.js";

export function unlockPage(reader) {
  const { words, start } = reader;
  const acts = start.keys.map((key) =>
    make("button", { type: "button", class: "button", onclick: unlocks(reader, () => unlock(key, start)) }, words("open.passkey", { name: key.name })),
  );
  return make("div", {}, [
    make("h1", {}, words("open.title")),
    make("p", { class: "lead" }, words("open.lead")),
    acts.length || start.demo.length ? null : make("p", { class: "warn" }, words("open.no_key")),
    make("div", { class: "acts" }, acts),
    start.demo.length ? demoPanel(reader) : null,
    make("p", {}, make("a", { href: reader.session.back }, words("page.desk"))),
  ]);
}

/** Returns the identity behind a locked key, after the officer used the passkey. */
export const unlock = (key, { host }) => unwrapIdentity(fromBase64(key.wrapped), { passkey: key.passkey, rpId: host });

function demoPanel(reader) {
  const { words, start } = reader;
  const select = demoSelect(reader);
  const open = unlocks(reader, async () => start.demo[select.value].identity);
  return make("div", { class: "panel" }, [
    make("label", { for: "demo-key" }, words("keys.choose")),
    select,
    make("button", { type: "button", class: "button", onclick: open }, words("open.demo")),
  ]);
}

/** Returns a list of the demo's officers; its value is the place in `start.demo`. */
export function demoSelect({ start }) {
  return make("select", { id: "demo-key" }, start.demo.map(({ name, email }, place) => make("option", { value: place }, `${name} · ${email}`)));
}

function unlocks(reader, identityOf) {
  return async (event) => {
    const button = event.currentTarget;
    const label = button.textContent;
    button.disabled = true;
    button.textContent = reader.words("open.opening");
    reader.tell("");
    try {
      const identity = await identityOf();
      const recipient = await identityToRecipient(identity);
      reader.hold({ recipient, identity: await hideKey(identity) });
      reader.show();
    } catch (error) {
      reader.tell(reader.explain(error));
      button.disabled = false;
      button.textContent = label;
    }
  };
}
