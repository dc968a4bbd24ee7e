// The kiosk: one question a page. What is written lives in this page's memory only, until it is
// sealed or wiped. Back and forth lose nothing; after sealing there is only the slip.

import { make } from "/shared/dom.js";
import { sealer } from "./filing.js";
import { Refused, ask, send } from "./local.js";
import { aboutPage, bodyPage, checkPage, dangerPage, languagePage, namePage, problemPage, readersPage, writePage } from "./questions.js";
import { slipPage } from "./slip.js";
import { watch, wipe } from "./watch.js";

const STEPS = ["language", "about", "body", "readers", "write", "danger", "name", "check"];
const PAGES = {
  language: languagePage,
  about: aboutPage,
  body: bodyPage,
  readers: readersPage,
  write: writePage,
  danger: dangerPage,
  name: namePage,
  check: checkPage,
};

const main = document.getElementById("main");
const leave = document.getElementById("leave");
const sealCall = sealer();
const seal = sealer();

const kiosk = {
  languages: [],
  language: null,
  steps: STEPS,
  directory: null, // {place, today, bodies, duty}
  body: null,
  text: "",
  isInDanger: null,
  wish: "",
  isNamed: null,
  name: "",
  slip: null,
  isSending: false,
  words,
  speak,
  goTo,
  next: () => goTo(kiosk.steps[kiosk.steps.indexOf(current()) + 1]),
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
  const { steps } = kiosk;
  const step = steps.slice(0, steps.indexOf(current()) + 1).findLast(isReachable) ?? "language";
  render(step, PAGES[step](kiosk));
}

function isReachable(step) {
  const hasWords = kiosk.body && kiosk.directory && kiosk.text.trim();
  const hasSaid = kiosk.isInDanger !== null || !kiosk.steps.includes("danger");
  const needs = {
    about: kiosk.language,
    body: kiosk.language,
    readers: kiosk.body,
    write: kiosk.body,
    danger: hasWords,
    name: hasWords && hasSaid,
    check: hasWords && hasSaid && (kiosk.isNamed === false || kiosk.name.trim()),
  };
  return step === "language" || Boolean(needs[step]);
}

function render(step, content) {
  main.replaceChildren(content);
  main.dataset.step = step;
  const place = kiosk.steps.indexOf(step);
  document.getElementById("step").textContent = place > 0 ? `${place} / ${kiosk.steps.length - 1}` : "";
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
    const call = kiosk.isInDanger ? await callForHelp() : null;
    const isUnheard = kiosk.isInDanger && !call;
    const { posted } = await seal(appeal());
    kiosk.slip = { ...(await send("/api/filings", posted)), posted, body: kiosk.body, call, isUnheard };
    forgetWords();
    history.replaceState(null, "", "#slip");
    showSlip();
  } catch (error) {
    tell(codeOf(error));
  } finally {
    kiosk.isSending = false;
  }
}

/** "Danger now": an appeal of its own to the duty line, handed over before the other one. Nothing that
 * happens to it stops the appeal, which tells of the danger too. In it stands the code of the appeal, so that the
 * duty line finds what belongs together. Returns its leaf, or null if it could not be handed over. */
async function callForHelp() {
  const code = await seal(appeal()).then((sealed) => sealed.code, () => ""); // what cannot be sealed stops no call
  const call = async () => {
    const { duty } = kiosk.directory;
    if (!duty) return null;
    const { posted } = await sealCall({ ...appeal(), body: duty, answers: answers({ wish: kiosk.wish.trim(), appeal: code }) });
    return (await send("/api/filings", posted)).leaf;
  };
  try {
    return await call();
  } catch (error) {
    if (codeOf(error) === "program_gone") throw error; // the words are still here, to be sent again
    if (codeOf(error) === "set_unknown") kiosk.directory = await ask("/api/bodies");
    return call().catch(() => null);
  }
}

function appeal() {
  const { body, directory, language, text } = kiosk;
  const place = directory.place.code ?? "";
  return { body, place, today: directory.today, language: language.code, text, answers: answers() };
}

function answers(more = {}) {
  const given = {
    name: kiosk.isNamed ? kiosk.name.trim() : "",
    danger: kiosk.isInDanger ? words("danger.yes") : "",
    ...more,
  };
  return Object.fromEntries(Object.entries(given).filter(([, text]) => text));
}

function forgetWords() {
  Object.assign(kiosk, { text: "", isInDanger: null, wish: "", name: "", isNamed: null });
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
    const { languages, asks_danger: asksDanger } = await ask("/api/start");
    kiosk.languages = languages;
    kiosk.steps = STEPS.filter((step) => step !== "danger" || asksDanger);
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
