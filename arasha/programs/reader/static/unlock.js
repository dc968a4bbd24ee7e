// One unlock: which passkey, one touch, and the identity is in this page's memory until it locks.

import { make } from "/shared/dom.js";
import { busy } from "./acts.js";
import { runChecks } from "./checks.js";
import { takeUpDrafts } from "./drafts.js";
import { fromBase64 } from "./local.js";
import { hideKey, identityToRecipient, unwrapIdentity } from "./opening.js";

export function unlockPage(reader) {
  const { words, start } = reader;
  const then = async (identity) => {
    const held = { recipient: await identityToRecipient(identity), identity: await hideKey(identity) };
    reader.hold(held);
    const isTakenUp = await takeUpDrafts(held.identity);
    reader.show();
    runChecks(reader, held);
    return isTakenUp ? words("open.taken_up") : "";
  };
  const acts = unlockActs(reader, start.keys, then);
  return make("div", {}, [
    make("h1", {}, words("open.title")),
    make("p", { class: "lead" }, words("open.lead")),
    acts.length || start.demo.length ? null : make("p", { class: "warn" }, words("open.no_key")),
    make("div", { class: "acts acts--down" }, acts),
    start.demo.length ? demoPanel(reader, then) : null,
    make("p", {}, [make("a", { href: "#recover" }, words("recover.menu")), " · ", make("a", { href: "#lost" }, words("lost.menu"))]),
    make("p", {}, make("a", { href: reader.session?.back ?? start.desk }, words("page.desk"))),
  ]);
}

/** Returns a button for each passkey of each identity; it calls `then` with the identity. */
export function unlockActs(reader, keys, then) {
  const { words, start } = reader;
  return keys.flatMap((key) =>
    key.passkeys.map((lock) => {
      const act = async () => then(await unwrapIdentity(fromBase64(lock.wrapped), { passkey: lock.passkey, rpId: start.host }));
      const name = words("open.passkey", { name: key.name, label: lock.label });
      return make("button", { type: "button", class: "button", onclick: busy(reader, "open.opening", act) }, name);
    }),
  );
}

function demoPanel(reader, then) {
  const { words, start } = reader;
  const select = demoSelect(reader);
  const act = () => then(start.demo[select.value].identity);
  return make("div", { class: "panel" }, [
    make("label", { for: "demo-key" }, words("keys.choose")),
    select,
    make("button", { type: "button", class: "button", onclick: busy(reader, "open.opening", act) }, words("open.demo")),
  ]);
}

/** Returns a list of the demo's officers; its value is the place in `start.demo`. */
export function demoSelect({ start }) {
  return make("select", { id: "demo-key" }, start.demo.map(({ name, email }, place) => make("option", { value: place }, `${name} · ${email}`)));
}
