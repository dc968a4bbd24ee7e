// One appeal: opened here, compared with what was filed, and then its panels.

import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { dangerOf } from "./danger.js";
import { CODE_OF_THE_OTHER, ID_OF_NAME, fact, inFours } from "./facts.js";
import { namesIn } from "./kinds.js";
import { fromBase64 } from "./local.js";
import { marksOf, otherAnswers } from "./marks.js";
import { namesOf } from "./names.js";
import { openAppeal } from "./opening.js";
import { PANELS } from "./pages.js";

export async function appealPage(reader, key) {
  const handed = await reader.desk.get(`appeals/${key}`);
  const envelope = fromBase64(handed.envelope);
  const opened = await openAppeal(envelope, reader.held.map(({ identity }) => identity), handed.headers.map(fromBase64));
  const names = await namesOf(reader);
  const appeal = { ...handed, ...opened, names, envelope, isSame: opened.leaf === handed.leaf && opened.code === handed.code };
  return make("article", {}, [
    make("h1", {}, reader.words("appeal.title")),
    dangerOf(reader, appeal),
    verdict(reader, appeal),
    appeal.evil.length ? make("p", { class: "alarm", role: "alert", id: "evil" }, reader.words("appeal.evil")) : null,
    marksOf(reader, appeal),
    PANELS.map((panel) => panel(reader, appeal)),
  ]);
}

function verdict({ words }, { isSame }) {
  return make("p", { class: isSame ? "sure" : "alarm", role: isSame ? null : "alert", id: "verdict" }, words(isSame ? "appeal.same" : "appeal.differs"));
}

export function writtenPanel(reader, { fields, code, names }) {
  const { words } = reader;
  const { [ID_OF_NAME]: name, ...answers } = otherAnswers(fields.answers);
  const unnamed = words(namesIn(fields).length ? "writer.below" : "appeal.no_name");
  return make("section", {}, [
    make("dl", { class: "facts" }, [
      ...fact(words("appeal.code"), inFours(code)),
      ...fact(words("appeal.name"), name || unnamed),
      ...(fields.answers.way ? fact(words("way.asked"), wayOf(reader, fields.answers.way)) : []),
      ...fact(words("appeal.place"), names.place(fields.place) || words("appeal.no_place")),
      ...fact(words("appeal.written_on"), readable(fields.written_on, reader.language)),
      ...fact(words("appeal.language"), languageName(reader, fields.language)),
    ]),
    make("h2", {}, words("appeal.text")),
    make("div", { class: "written", lang: fields.language, dir: "auto", id: "written" }, fields.text),
    Object.keys(answers).length ? answersList(reader, answers) : null,
  ]);
}

export function leavingPanel({ words }, { back }) {
  return make("section", {}, [
    make("div", { class: "acts" }, [
      make("a", { class: "button button--quiet", href: "#inbox" }, words("inbox.title")),
      make("a", { class: "button button--quiet", href: back }, words("page.desk")),
    ]),
    make("p", { class: "hint" }, words("appeal.lock_hint")),
  ]);
}

function answersList({ words, start }, answers) {
  const asked = (key) => (`answer.${key}` in start.texts ? words(`answer.${key}`) : key);
  const told = (key, answer) => (`told.${key}_${answer}` in start.texts ? words(`told.${key}_${answer}`) : answer);
  const facts = Object.entries(answers).flatMap(([key, answer]) => fact(asked(key), key === CODE_OF_THE_OTHER ? inFours(answer) : told(key, answer)));
  return make("section", {}, [make("h2", {}, words("appeal.answers")), make("dl", { class: "facts" }, facts)]);
}

function wayOf({ words, start }, way) {
  return `way.${way}` in start.texts ? words(`way.${way}`) : way;
}

function languageName({ words, start, language }, code) {
  if (`language.${code}` in start.texts) return words(`language.${code}`);
  return new Intl.DisplayNames([language], { type: "language" }).of(code);
}
