// Making the recovery passphrase: shown once, written down, typed again in part, and only then kept.

import { make, privateField } from "/shared/dom.js";
import { form } from "./acts.js";
import { send, toBase64 } from "./local.js";
import { drawPassphrase, read, sealRecovery } from "./recovery.js";

const ASKED = 2; // of six groups

export function passphrasePanel(reader, key, identity) {
  const { words } = reader;
  const panel = make("section", { class: "panel passphrase" });
  const begin = make("button", { type: "button", class: "button", onclick: () => panel.replaceChildren(...shown(reader, key, identity, panel)) }, words("recover.draw"));
  panel.append(make("h2", {}, words("recover.make_title")), make("p", {}, words(key.recovery ? "recover.again_lead" : "recover.make_lead")), begin);
  return panel;
}

function shown(reader, key, identity, panel) {
  const { words } = reader;
  const groups = drawPassphrase();
  const confirm = () => panel.replaceChildren(...confirmed(reader, key, identity, groups));
  return [
    make("h2", {}, words("recover.shown_title", { name: key.name })),
    make("p", { class: "groups", id: "passphrase", translate: "no" }, groups.map((group) => make("span", {}, group))),
    make("p", {}, words("recover.shown_lead")),
    make("div", { class: "acts screen-only" }, [
      make("button", { type: "button", class: "button button--quiet", onclick: () => window.print() }, words("recover.print")),
      make("button", { type: "button", class: "button", onclick: confirm }, words("recover.written")),
    ]),
  ];
}

function confirmed(reader, key, identity, groups) {
  const { words } = reader;
  const places = someOf(groups.length);
  const fields = places.map((place) => privateField("input", { id: `group-${place}`, type: "text", class: "group" }));
  const act = async () => {
    if (fields.some((field, number) => read(field.value) !== groups[places[number]])) return words("recover.differs");
    const wrapped = toBase64(await sealRecovery(identity, groups));
    const kept = await send(`/api/keys/${key.key}/recovery`, { wrapped });
    reader.start.keys = reader.start.keys.map((each) => (each.key === kept.key ? kept : each));
    await reader.show();
    return words(kept.ready ? "recover.kept_ready" : "recover.kept");
  };
  const asked = fields.map((field, number) => [make("label", { for: field.id }, words("recover.group", { number: places[number] + 1 })), field]);
  return [form(reader, { title: "recover.confirm_title", lead: "recover.confirm_lead", button: "recover.confirm", wait: "recover.sealing" }, asked, act)];
}

/** Returns which groups are asked: two different places, in order, drawn anew each time. */
function someOf(count) {
  const order = Array.from({ length: count }, (_, place) => place).sort(() => crypto.getRandomValues(new Int8Array(1))[0]);
  return order.slice(0, ASKED).sort();
}
