// What the writer said beside their words, shown at the top: more may come, a visit, which appeal this one goes on with.

import { make } from "/shared/dom.js";
import { busy } from "./acts.js";
import { inFours } from "./facts.js";

const MARKS = ["cover", "unfinished", "adds_to", "visit"];
const TOLD_ELSEWHERE = [...MARKS, "safe", "way"];

/** The answers that are told in words of their own are not listed among the others. */
export const otherAnswers = (answers) => Object.fromEntries(Object.entries(answers).filter(([key]) => !TOLD_ELSEWHERE.includes(key)));

export function marksOf(reader, { fields: { answers }, back }) {
  const { words } = reader;
  if (!MARKS.some((mark) => answers[mark])) return null;
  return make("section", { class: "panel", id: "marks" }, [
    answers.cover ? cover(reader, back) : null,
    answers.unfinished ? make("p", { class: "warn" }, words("marks.unfinished")) : null,
    answers.adds_to ? earlier(reader, answers.adds_to) : null,
    answers.visit ? make("p", { class: "warn" }, words("marks.visit")) : null,
  ]);
}

/** Its mark could not be opened, so it was kept like an appeal. */
function cover({ words }, back) {
  return make("div", { class: "warn" }, [
    make("h2", {}, words("marks.cover_title")),
    make("p", {}, words("marks.cover")),
    make("a", { class: "button button--quiet", href: back }, words("page.desk")),
  ]);
}

/** The writer copied the code from a slip: it may be mistyped, or of an appeal to somebody else. */
function earlier(reader, code) {
  const digits = code.replace(/\s/g, "");
  const act = async () => reader.go("appeal", (await reader.desk.get(`codes/${digits}`)).appeal);
  return make("div", {}, [
    make("p", {}, reader.words("marks.adds_to", { code: inFours(digits) })),
    make("div", { class: "acts" }, [make("button", { type: "button", class: "button button--quiet", onclick: busy(reader, "page.wait", act) }, reader.words("marks.open_earlier"))]),
  ]);
}
