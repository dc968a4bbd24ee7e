// One sealed appeal: which key opens it, and then its words.

import { readable } from "./days.js";
import { make } from "./dom.js";
import { demoSelect, unlock } from "./keys.js";
import { fromBase64 } from "./local.js";
import { openAppeal } from "./opening.js";

const ID_OF_NAME = "name"; // the answer in which the terminal seals the writer's name

export function sealedPage(reader) {
  const { words, start, filed } = reader;
  const acts = start.keys.map((key) =>
    make("button", { type: "button", class: "button", onclick: opens(reader, () => unlock(key, start)) }, words("open.passkey", { name: key.name })),
  );
  return make("div", {}, [
    make("h1", {}, words("open.title")),
    make("p", { class: "lead" }, words("open.lead")),
    make("dl", { class: "facts" }, fact(words("open.code"), inFours(filed.code))),
    acts.length || start.demo.length ? null : make("p", { class: "warn" }, words("open.no_key")),
    make("div", { class: "acts" }, acts),
    start.demo.length ? demoPanel(reader) : null,
    make("p", {}, make("a", { href: filed.back }, words("page.desk"))),
  ]);
}

function demoPanel(reader) {
  const { words, start } = reader;
  const select = demoSelect(reader);
  const open = opens(reader, async () => start.demo[select.value].identity);
  return make("div", { class: "panel" }, [
    make("label", { for: "demo-key" }, words("keys.choose")),
    select,
    make("button", { type: "button", class: "button", onclick: open }, words("open.demo")),
  ]);
}

/** Returns what a button does: get an identity, open, and forget the identity again. */
function opens(reader, identityOf) {
  return async (event) => {
    const button = event.currentTarget;
    const label = button.textContent;
    button.disabled = true;
    button.textContent = reader.words("open.opening");
    reader.tell("");
    try {
      reader.opened = await openAppeal(fromBase64(reader.filed.envelope), await identityOf());
      reader.show();
    } catch (error) {
      reader.tell(reader.explain(error));
      button.disabled = false;
      button.textContent = label;
    }
  };
}

export function appealPage(reader) {
  const { words, filed, opened, lock } = reader;
  const { fields, leaf, code } = opened;
  const isSame = leaf === filed.leaf && code === filed.code;
  const { [ID_OF_NAME]: name, ...answers } = fields.answers;
  return make("article", {}, [
    make("h1", {}, words("appeal.title")),
    make("p", { class: isSame ? "sure" : "alarm", role: isSame ? null : "alert", id: "verdict" }, words(isSame ? "appeal.same" : "appeal.differs")),
    make("dl", { class: "facts" }, [
      ...fact(words("appeal.code"), inFours(code)),
      ...fact(words("appeal.name"), name || words("appeal.no_name")),
      ...fact(words("appeal.place"), fields.place || words("appeal.no_place")),
      ...fact(words("appeal.written_on"), readable(fields.written_on, reader.language)),
      ...fact(words("appeal.language"), languageName(fields.language, reader.language)),
    ]),
    make("h2", {}, words("appeal.text")),
    make("div", { class: "written", lang: fields.language, dir: "auto", id: "written" }, fields.text),
    Object.keys(answers).length ? answersList(reader, answers) : null,
    make("div", { class: "acts" }, [
      make("button", { type: "button", class: "button", id: "lock", onclick: lock }, words("appeal.lock")),
      make("a", { class: "button button--quiet", href: filed.back, onclick: () => reader.forget() }, words("page.desk")),
    ]),
    make("p", { class: "hint" }, words("appeal.lock_hint")),
  ]);
}

function answersList({ words }, answers) {
  const facts = Object.entries(answers).flatMap(([question, answer]) => fact(question, answer));
  return make("section", {}, [make("h2", {}, words("appeal.answers")), make("dl", { class: "facts" }, facts)]);
}

const fact = (term, text) => [make("dt", {}, term), make("dd", { dir: "auto" }, text)];
const inFours = (code) => code.match(/.{1,4}/g).join(" ");


function languageName(code, language) {
  return new Intl.DisplayNames([language], { type: "language" }).of(code);
}
