// The reader: keys, one sealed appeal at a time, and a lock. What is open lives in this page only.

import { appealPage, sealedPage } from "./appeal.js";
import { make } from "./dom.js";
import { keysPage } from "./keys.js";
import { Refused, ask, send } from "./local.js";

const IDLE_MS = 15 * 60 * 1000;
const LANGUAGE_KEPT = "arasha-language";
// What the sealing modules say, in the words of this program's texts.
const PROBLEMS = {
  "not-for-this-key": "not_recipient",
  damaged: "damaged",
  envelope: "damaged",
  payload: "version",
  passkey: "passkey",
  identity: "identity",
};

const main = document.getElementById("main");
const told = make("p", { class: "told", id: "told", role: "alert" });
const token = takeToken();

const reader = {
  start: null,
  language: null,
  filed: null, // sealed, from the desk
  opened: null, // in the clear, only here
  words,
  tell: (text) => (told.textContent = text),
  explain: (error) => words(`problem.${codeOf(error)}`),
  show,
  lock,
  forget,
};

function words(key, values = {}) {
  const text = reader.start.texts[key][reader.language];
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function codeOf(error) {
  if (error instanceof Refused) return `problem.${error.code}` in reader.start.texts ? error.code : "program_gone";
  if (error.code === "passkey" && (!window.PublicKeyCredential || /prf/i.test(error.message))) return "no_prf";
  return PROBLEMS[error.code] ?? "damaged";
}

/** Takes the one-time token out of the address, so that it stays in no history. */
function takeToken() {
  const found = location.hash.match(/^#open=([\w-]+)$/)?.[1];
  if (location.hash) history.replaceState(null, "", "/");
  return found;
}

function speak(language) {
  reader.language = language;
  localStorage.setItem(LANGUAGE_KEPT, language);
  document.documentElement.lang = language;
  document.getElementById("head-name").textContent = words("page.title");
  const demo = document.getElementById("demo");
  demo.hidden = reader.start.demo.length === 0;
  demo.textContent = words("page.demo");
  const choices = Object.entries(reader.start.languages).map(([code, name]) =>
    make("button", { type: "button", lang: code, "aria-pressed": String(code === language), onclick: () => change(code) }, name),
  );
  document.getElementById("languages").replaceChildren(...choices);
}

function change(language) {
  speak(language);
  show();
}

function show() {
  const content = page();
  main.replaceChildren(told, content);
  const heading = main.querySelector("h1");
  document.title = `${heading.textContent} – Arasha`;
  heading.tabIndex = -1;
  heading.focus();
}

function page() {
  if (reader.refusal) return refusedPage();
  if (reader.opened) return appealPage(reader);
  if (reader.filed) return sealedPage(reader);
  return location.pathname === "/locked" ? lockedPage() : keysPage(reader);
}

function refusedPage() {
  return make("div", { role: "alert" }, [
    make("h1", {}, words("problem.title")),
    make("p", { class: "lead" }, reader.explain(reader.refusal)),
    make("div", { class: "acts" }, [make("a", { class: "button", href: reader.start.desk }, words("page.desk"))]),
  ]);
}

function lockedPage() {
  return make("div", {}, [
    make("h1", {}, words("appeal.locked_title")),
    make("p", { class: "lead" }, words("appeal.locked")),
    make("div", { class: "acts" }, [
      make("a", { class: "button", href: reader.start.desk }, words("page.desk")),
      make("a", { class: "button button--quiet", href: "/" }, words("page.home")),
    ]),
  ]);
}

function forget() {
  reader.opened = null;
  reader.filed = null;
  main.replaceChildren();
}

/** Leaves a page behind that holds nothing: a new document, so that the old one's memory goes. */
function lock() {
  forget();
  location.replace("/locked");
}

function lockWhenIdle() {
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (reader.opened ? lock() : alive()), IDLE_MS);
  };
  for (const sign of ["pointerdown", "pointermove", "keydown", "wheel"]) addEventListener(sign, alive, { passive: true });
  alive();
  addEventListener("pageshow", (event) => event.persisted && lock());
}

function preferredLanguage() {
  const wanted = [localStorage.getItem(LANGUAGE_KEPT), ...navigator.languages.map((each) => each.slice(0, 2))];
  return wanted.find((each) => each in reader.start.languages) ?? Object.keys(reader.start.languages)[0];
}

async function start() {
  reader.start = await ask("/api/start");
  speak(preferredLanguage());
  lockWhenIdle();
  if (token) {
    main.replaceChildren(make("p", { class: "lead", role: "status" }, words("open.fetching")));
    reader.filed = await send("/api/open", { token }).catch((error) => {
      reader.refusal = error;
      return null;
    });
  }
  show();
}

start();
// A second hand-over while this page is open is a new start: nothing of the first may stay.
addEventListener("hashchange", () => location.reload());
