// What came back: how far the appeal has come, and letters; and each time, whether one is safe.

import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { question, radios } from "./asking.js";

const STATES = ["received", "opened", "checked", "passed_on", "answered"];

export function repliesPage(kiosk) {
  const { words, replies } = kiosk;
  const states = replies.filter(({ kind, shown }) => kind === "state" && shown === "safe");
  const letters = replies.filter(({ text, shown }) => shown === "in_person" || text?.trim());
  const content = replies.length ? [stateList(kiosk, states), ...letters.map((each) => letter(kiosk, each))] : [make("p", { id: "no-replies" }, words("replies.none"))];
  const spoken = replies.length ? ["replies.silence"] : ["replies.none", "replies.silence"];
  return question(kiosk, { key: "replies", answer: kiosk.next, spoken }, [
    ...content,
    replies.some(({ unreadable }) => unreadable) ? make("p", { class: "note" }, words("replies.unreadable")) : null,
    make("h2", {}, words("replies.silence_title")),
    make("p", { class: "note" }, words("replies.silence")),
  ]);
}

/** The five steps of an appeal, those that were reached marked; the last one's next day stands below. */
function stateList({ words, language }, states) {
  if (states.length === 0) return null;
  const reached = new Set(["received", ...states.map(({ state }) => state)]); // nobody tells the first: whoever tells has opened it
  const next = states.at(-1).next_day;
  return make("section", { class: "part" }, [
    make("h2", {}, words("replies.states")),
    make("ol", { class: "states" }, STATES.map((state) =>
      make("li", { class: reached.has(state) ? "reached" : "" }, [
        words(`reached.${state}`),
        make("small", {}, ` ${words(reached.has(state) ? "replies.done" : "replies.open")}`),
      ]),
    )),
    next ? make("p", { class: "sure" }, words("replies.next", { day: readable(next, language.code) })) : null,
  ]);
}

/** A reply that is not safe to show here is not shown: only that somebody will come. */
function letter({ words }, { text, shown, language }) {
  const isShown = shown === "safe";
  return make("section", { class: "part letter" }, [
    make("h2", {}, words(isShown ? "replies.letter" : "replies.in_person_title")),
    isShown ? make("p", { class: "written", lang: language, dir: "auto" }, text) : make("p", {}, words("replies.in_person")),
  ]);
}

export function safePage(kiosk) {
  const { words } = kiosk;
  const options = ["yes", "no"].map((value) => ({
    value,
    label: words(`safe.${value}`),
    hints: [words(`safe.${value}_hint`)],
    isChosen: kiosk.isSafe === value,
  }));
  const answer = (_form, tell) => {
    if (!kiosk.isSafe) tell(words("way.choose"));
    else if (kiosk.isSafe === "yes") kiosk.next();
    else kiosk.callForHelp();
  };
  return question(kiosk, { key: "safe", answer }, radios("safe", options, (value) => (kiosk.isSafe = value), words("safe.title")));
}
