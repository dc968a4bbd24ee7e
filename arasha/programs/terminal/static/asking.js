// What every page that asks is made of: a heading, its answer, and Back and Next always at the same place.

import { make } from "/shared/dom.js";
import { listenButton } from "./listening.js";

/**
 * Returns a page that asks one thing. `key` names its words (`<key>.title`, `<key>.lead`); `answer(form, tell)` is
 * called when it is answered; `spoken` are further keys that the Listen button plays; `isWriting` offers to send what
 * there is.
 */
export function question(kiosk, { key, title, lead, answer, act, spoken = [], isWriting = false }, content) {
  const { words } = kiosk;
  const problem = make("p", { class: "problem", id: "problem", role: "alert" });
  const tell = (text, field) => {
    problem.textContent = text;
    field?.setAttribute("aria-invalid", "true");
    field?.focus();
    problem.scrollIntoView({ block: "nearest" });
  };
  const calm = () => {
    problem.textContent = "";
  };
  const submit = (event) => {
    event.preventDefault();
    calm();
    answer(event.currentTarget, tell);
  };
  const leading = lead ?? (`${key}.lead` in kiosk.language.texts ? words(`${key}.lead`) : "");
  return make("form", { class: "page", autocomplete: "off", novalidate: true, onsubmit: submit, oninput: calm }, [
    make("div", { class: "page__head" }, [
      make("h1", {}, title ?? words(`${key}.title`)),
      listenButton(kiosk, [`${key}.title`, `${key}.lead`, ...spoken]),
    ]),
    leading ? make("p", { class: "lead", id: "lead" }, leading) : null,
    content,
    problem,
    make("div", { class: "acts" }, [
      make("button", { type: "button", class: "button button--quiet", onclick: kiosk.back }, words("button.back")),
      isWriting ? partialButton(kiosk, tell) : null,
      make("button", { type: "submit", class: "button" }, act ?? words("button.next")),
    ]),
  ]);
}

function partialButton(kiosk, tell) {
  const sendNow = (event) => {
    if (!kiosk.hasSomething()) tell(kiosk.words("write.empty"));
    else submitting(kiosk, event.currentTarget, tell, { isUnfinished: true });
  };
  const attributes = { type: "button", id: "partial", class: "button button--quiet", onclick: sendNow };
  return make("button", attributes, kiosk.words("button.partial"));
}

/** Seals and hands over; the button says so meanwhile, and a refusal leaves everything where it stands. */
export function submitting(kiosk, button, tell, how) {
  const { words } = kiosk;
  const said = button.textContent;
  const form = button.form;
  button.textContent = words("check.sealing");
  form.setAttribute("aria-busy", "true");
  kiosk.submit((code) => {
    button.textContent = said;
    form.removeAttribute("aria-busy");
    tell(explained(kiosk, code));
    if (code === "set_unknown") kiosk.forgetDirectory();
  }, how);
}

/** Answers to choose from, each {value, label, hints, isChosen, picture}. */
export function radios(name, options, onchoose = () => {}, label = "") {
  const cards = options.map(({ value, label: words, hints = [], isChosen, picture }) =>
    make("label", { class: "card" }, [
      make("input", { type: "radio", name, value, autocomplete: "off", checked: isChosen, onchange: () => onchoose(value) }),
      picture ?? null,
      make("span", { class: "card__words" }, [
        make("strong", {}, words),
        ...hints.filter(Boolean).map((hint) => make("span", { class: "card__hint" }, hint)),
      ]),
    ]),
  );
  return make("div", { class: "choices", role: "radiogroup", "aria-label": label || null }, cards);
}

export const chosen = (form, name) => form.querySelector(`input[name=${name}]:checked`)?.value;

export function problemPage(kiosk, code, retry) {
  const { words } = kiosk;
  return make("div", { class: "page", role: "alert" }, [
    make("h1", {}, words(code === "no_bodies" ? "loading.title" : "problem.title")),
    make("p", { class: "lead" }, explained(kiosk, code)),
    make("div", { class: "acts" }, [
      make("button", { type: "button", class: "button button--quiet", onclick: kiosk.back }, words("button.back")),
      make("button", { type: "button", class: "button", onclick: retry }, words("button.retry")),
    ]),
  ]);
}

/** Words for the code of a refusal or of what went wrong here; one without words of its own is still a sentence. */
export function explained({ language, words }, code) {
  const key = `problem.${String(code).replaceAll("-", "_")}`;
  return words(key in language.texts ? key : "problem.sealing");
}

/** The words of a text {language: words} in the language in use, else in the first one. */
export function said({ language }, text) {
  return text[language.code] ?? Object.values(text)[0];
}
