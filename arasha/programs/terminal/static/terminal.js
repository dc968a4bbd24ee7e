// The kiosk: one question a page. What is written lives in this page's memory only, until it is
// sealed or wiped. Back and forth lose nothing; after sealing there is only the slip.

import { make } from "./dom.js";
import { sealer } from "./filing.js";
import { Refused, ask, send } from "./local.js";
import { aboutPage, bodyPage, checkPage, languagePage, namePage, problemPage, readersPage, writePage } from "./questions.js";
import { slipPage } from "./slip.js";
import { watch, wipe } from "./watch.js";

const STEPS = ["language", "about", "body", "readers", "write", "name", "check"];
const PAGES = {
  language: languagePage,
  about: aboutPage,
  body: bodyPage,
  readers: readersPage,
  write: writePage,
  name: namePage,
  check: checkPage,
};

const main = document.getElementById("main");
const leave = document.getElementById("leave");
const seal = sealer();

const kiosk = {
  languages: [],
  language: null,
  directory: null, // {place, today, bodies}
  body: null,
  text: "",
  isNamed: null,
  name: "",
  slip: null,
  isSending: false,
  words,
  speak,
  goTo,
  next: () => goTo(STEPS[STEPS.indexOf(current()) + 1]),
  back: () => history.back(),
  loadBodies,
  submit,
};

function words(key, values = {}) {
  const { texts } = kiosk.language ?? kiosk.languages[0];
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function speak(language) {
  kiosk.language = language;
  document.documentElement.lang = language.code;
  document.documentElement.dir = language.direction;
  leave.textContent = words("button.leave");
  leave.title = words("button.leave_hint");
  leave.hidden = false;
}

const current = () => location.hash.slice(1) || "language";

function goTo(step) {
  history.pushState(null, "", `#${step}`);
  show();
}

/** Shows the step in the address, or the last one before it that has been answered. */
function show() {
  if (kiosk.slip) return showSlip();
  const step = STEPS.slice(0, STEPS.indexOf(current()) + 1).findLast(isReachable) ?? "language";
  render(step, PAGES[step](kiosk));
}

function isReachable(step) {
  const needs = {
    about: kiosk.language,
    body: kiosk.language,
    readers: kiosk.body,
    write: kiosk.body,
    name: kiosk.body && kiosk.text.trim(),
    check: kiosk.body && kiosk.text.trim() && (kiosk.isNamed === false || kiosk.name.trim()),
  };
  return step === "language" || Boolean(needs[step]);
}

function render(step, content) {
  main.replaceChildren(content);
  main.dataset.step = step;
  const place = STEPS.indexOf(step);
  document.getElementById("step").textContent = place > 0 ? `${place} / ${STEPS.length - 1}` : "";
  const heading = main.querySelector("h1");
  document.title = `${heading.textContent} – Arasha`;
  heading.tabIndex = -1;
  heading.focus();
  scrollTo(0, 0);
}

async function loadBodies() {
  try {
    kiosk.directory = await ask("/api/bodies");
    show();
  } catch (error) {
    render("body", problemPage(kiosk, codeOf(error), loadBodies));
  }
}

/** Seals and hands over. However often it is called, an unchanged appeal is filed once. */
async function submit(tell) {
  if (kiosk.isSending) return;
  kiosk.isSending = true;
  try {
    const posted = await seal(appeal());
    kiosk.slip = { ...(await send("/api/filings", posted)), posted, body: kiosk.body };
    forgetWords();
    history.replaceState(null, "", "#slip");
    showSlip();
  } catch (error) {
    tell(codeOf(error));
  } finally {
    kiosk.isSending = false;
  }
}

function appeal() {
  const { body, directory, language, text, isNamed, name } = kiosk;
  const place = directory.place.code ?? "";
  return { body, place, today: directory.today, language: language.code, text, name: isNamed ? name.trim() : "" };
}

function forgetWords() {
  Object.assign(kiosk, { text: "", name: "", isNamed: null });
  main.replaceChildren();
}

function showSlip() {
  render("slip", slipPage(kiosk, wipe));
}

function codeOf(error) {
  if (error instanceof Refused) return error.code;
  return error.code === "too-long" ? "too_long" : "sealing";
}

async function start() {
  try {
    kiosk.languages = (await ask("/api/start")).languages;
  } catch {
    // Without texts there is no language to say it in: try until the program answers.
    main.replaceChildren(make("h1", {}, "…"));
    setTimeout(start, 2000);
    return;
  }
  watch(words, () => kiosk.language !== null);
  addEventListener("popstate", show);
  leave.addEventListener("click", wipe);
  history.replaceState(null, "", "/");
  show();
}

start();
