// Rights and addresses, one a page as everything here; and the slip at the end, as with everything here.

import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { question, said, submitting } from "./asking.js";

export const rightPage = (kiosk, number) => textPage(kiosk, kiosk.rights[number]);
export const helperPage = (kiosk, number) => textPage(kiosk, kiosk.help.items[number]);

/** A dated text of the pack. What no lawyer or native speaker has confirmed says so. */
function textPage(kiosk, { key, title, text, source, date, is_draft: isDraft }) {
  const { words, language } = kiosk;
  const day = readable(date, language.code);
  return question(kiosk, { key, title: said(kiosk, title), answer: kiosk.next, spoken: [`${key}.text`] }, [
    make("p", { class: "reading" }, said(kiosk, text)),
    source ? make("p", { class: "hint" }, `${words("reading.source")}: ${said(kiosk, source)}`) : null,
    make("p", { class: isDraft ? "note" : "hint" }, words(isDraft ? "reading.draft" : "reading.dated", { day })),
  ]);
}

/** The end of every use that sends nothing: a cover goes out, and the slip is like any other. */
export function finishPage(kiosk) {
  const answer = (form, tell) => submitting(kiosk, form.querySelector("[type=submit]"), tell);
  return question(kiosk, { key: "finish", answer, act: kiosk.words("finish.take"), spoken: ["finish.text"] }, [
    make("p", {}, kiosk.words("finish.text")),
    make("p", { class: "note" }, kiosk.words("slip.proves_not")),
  ]);
}
