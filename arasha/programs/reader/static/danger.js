// What stands on top of an appeal whose writer is in danger now: what to do first.

import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { CODE_OF_THE_OTHER, inFours } from "./facts.js";

/** `call` is since when a call to the duty line waits; the appeal to the chosen body has none. */
export function dangerOf(reader, { fields: { answers }, call, code }) {
  const { words, language } = reader;
  const isUnsafe = answers.safe === "no";
  if (!call && !answers.danger && !isUnsafe) return null;
  const steps = call ? ofTheCall(reader, answers) : ["danger.urgency", "danger.line", "danger.quiet"].map((key) => words(key, { code: inFours(code) }));
  return make("section", { class: "alarm", id: "danger", role: "alert" }, [
    make("h2", {}, words("danger.title")),
    call ? make("p", {}, words("danger.since", { day: readable(call.on, language), at: call.at })) : null,
    isUnsafe ? make("p", {}, make("strong", {}, words("danger.unsafe"))) : null,
    make("p", {}, words("danger.first")),
    make("ol", {}, steps.map((step) => make("li", {}, step))),
  ]);
}

function ofTheCall({ words }, { wish, [CODE_OF_THE_OTHER]: other }) {
  return [
    words(wish ? "danger.wish" : "danger.no_wish"),
    words("danger.help"),
    words("danger.note"),
    other ? words("danger.other", { code: inFours(other) }) : words("danger.other_unknown"),
  ];
}
