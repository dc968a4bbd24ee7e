// One identity: what it still needs before it may be enrolled, its card, and its passkeys.

import { make, privateField } from "/shared/dom.js";
import { busy, form } from "./acts.js";
import { lockAway } from "./keys.js";
import { fromBase64, send } from "./local.js";
import { passphrasePanel } from "./passphrase.js";
import { unlockActs } from "./unlock.js";

const PASSKEYS_NEEDED = 2;

export function keyPage(reader, which) {
  const { words, start } = reader;
  const key = start.keys.find((each) => each.key === which);
  if (!key) return make("div", {}, [make("h1", {}, words("keys.title")), make("p", {}, make("a", { href: "#keys" }, words("page.home")))]);
  const identity = reader.making?.key === key.key ? reader.making.identity : null;
  return make("div", {}, [
    make("h1", {}, key.name),
    make("p", { class: key.ready ? "sure" : "warn", id: "ready" }, words(key.ready ? "keys.ready" : "keys.unready")),
    key.ready ? null : steps(reader, key),
    key.ready ? card(reader, key) : null,
    identity ? nextStep(reader, key, identity) : unlockFirst(reader, key),
    passkeys(reader, key),
    key.recovery ? recoveryFile(reader, key) : null,
    make("p", { class: "screen-only" }, make("a", { href: "#keys" }, words("page.home"))),
  ]);
}

function steps({ words }, key) {
  const done = [key.passkeys.length > 0, key.passkeys.length >= PASSKEYS_NEEDED, Boolean(key.recovery)];
  const names = ["keys.step_first", "keys.step_second", "keys.step_recovery"];
  return make("ol", { class: "steps" }, names.map((name, place) =>
    make("li", { class: done[place] ? "done" : null }, `${words(name)} – ${words(done[place] ? "keys.done" : "keys.to_do")}`),
  ));
}

/** The first thing that is missing; of a whole key, what may be renewed. */
function nextStep(reader, key, identity) {
  if (key.passkeys.length < PASSKEYS_NEEDED) return addPasskey(reader, key, identity);
  if (!key.recovery) return passphrasePanel(reader, key, identity);
  return [addPasskey(reader, key, identity), passphrasePanel(reader, key, identity)];
}

function unlockFirst(reader, key) {
  const { words } = reader;
  const then = async (identity) => {
    reader.making = { key: key.key, identity };
    reader.show();
  };
  return make("section", { class: "panel screen-only" }, [
    make("h2", {}, words(key.ready ? "keys.change" : "keys.go_on")),
    make("p", {}, words("keys.change_lead")),
    make("div", { class: "acts acts--down" }, unlockActs(reader, [key], then)),
    make("p", {}, make("a", { href: "#recover" }, words("recover.menu"))),
  ]);
}

function addPasskey(reader, key, identity) {
  const { words } = reader;
  const label = privateField("input", { id: "key-label", type: "text", maxlength: 200, value: words("keys.label_second") });
  const act = async () => {
    await lockAway(reader, identity, { name: key.name, label: label.value.trim() || words("keys.label_second"), key });
    await reader.show();
    return words("keys.added");
  };
  const fields = [make("label", { for: "key-label" }, words("keys.label")), label];
  return form(reader, { title: "keys.add_title", lead: "keys.add_lead", button: "keys.add", wait: "keys.touch" }, fields, act);
}

function card({ words }, key) {
  const print = (event) => {
    const chosen = event.currentTarget.closest(".card");
    chosen.classList.add("card--print");
    window.print();
    chosen.classList.remove("card--print");
  };
  return make("section", { class: "card" }, [
    make("h2", {}, words("keys.card")),
    make("p", { class: "card__name" }, key.name),
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

function passkeys(reader, key) {
  const { words } = reader;
  return make("section", { class: "screen-only" }, [
    make("h2", {}, words("keys.passkeys")),
    make("ul", { class: "rows" }, key.passkeys.map((lock) => make("li", {}, [make("span", {}, lock.label), removal(reader, key, lock)]))),
  ]);
}

/** Two presses: a passkey that only seems lost can still be there after the first. */
function removal(reader, key, lock) {
  const { words } = reader;
  const act = async () => {
    const kept = await send(`/api/keys/${key.key}/passkeys/${lock.key}/remove`, {});
    reader.start.keys = reader.start.keys.map((each) => (each.key === kept.key ? kept : each));
    await reader.show();
    return words("keys.removed");
  };
  return make("details", {}, [
    make("summary", {}, words("keys.lost_this")),
    make("p", {}, words("keys.remove_lead")),
    make("button", { type: "button", class: "button button--quiet", onclick: busy(reader, "page.wait", act) }, words("keys.remove", { label: lock.label })),
  ]);
}

function recoveryFile({ words }, key) {
  const save = () => {
    const file = new Blob([fromBase64(key.recovery)], { type: "application/octet-stream" });
    const link = make("a", { href: URL.createObjectURL(file), download: `arasha-recovery-${key.key}.age` });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return make("section", { class: "panel screen-only" }, [
    make("h2", {}, words("recover.file_title")),
    make("p", {}, words("recover.file_lead")),
    make("button", { type: "button", class: "button button--quiet", onclick: save }, words("recover.save")),
  ]);
}
