// The kiosk: one question a page. What is written lives in this page's memory only, until it is
// sealed or wiped. Back and forth lose nothing; after sealing there is only the slip.

import { make } from "/shared/dom.js";
import { addingPage } from "./adding.js";
import { problemPage } from "./asking.js";
import { checkPage } from "./checking.js";
import { bodyPage, codePage, readersPage, wayPage } from "./choosing.js";
import { displayButtons } from "./display.js";
import { homePage, languagePage } from "./home.js";
import { hush, isPlaying } from "./listening.js";
import { ask } from "./local.js";
import { confirmPage, mailboxPage, wordsPage } from "./mailboxes.js";
import { finishPage, helperPage, rightPage } from "./reading.js";
import { repliesPage, safePage } from "./replies.js";
import { handOver } from "./sending.js";
import { isHandingOver, slipPage } from "./slip.js";
import { isDone, stepsOf } from "./uses.js";
import { watch, wipe } from "./watch.js";
import { dangerPage, wishPage, writePage } from "./writing.js";

const PAGES = {
  language: languagePage,
  home: homePage,
  code: codePage,
  body: bodyPage,
  readers: readersPage,
  write: writePage,
  adding: addingPage,
  danger: dangerPage,
  wish: wishPage,
  way: wayPage,
  words: wordsPage,
  confirm: confirmPage,
  check: checkPage,
  mailbox: mailboxPage,
  replies: repliesPage,
  safe: safePage,
  right: rightPage,
  helper: helperPage,
  finish: finishPage,
};
const READING = new Set(["replies", "rights", "help"]); // uses that send nothing but a cover
const WITHOUT_BODIES = new Set(["language", "home"]);
const ASK_AGAIN = 3000; // milliseconds

/** What the person in front of the screen chose, wrote and was given: all that a wipe forgets. */
const nothingYet = () => ({
  use: null,
  body: null,
  addsTo: "",
  text: "",
  attachments: [], // sealed already
  recorder: null,
  isInDanger: null,
  wish: "",
  way: "",
  name: "",
  contact: "",
  newWords: null,
  asked: null, // {places, offers} of the words to confirm
  mailbox: null,
  isConfirmed: false,
  typed: Array(8).fill(""),
  replies: null,
  isSafe: null,
  slip: null,
});

const main = document.getElementById("main");
const leaveButton = document.getElementById("leave");

const kiosk = {
  ...nothingYet(),
  languages: [],
  language: null,
  wordsLanguage: null,
  asksDanger: false,
  rights: [],
  help: { phones: [], items: [] },
  limits: { voice_seconds: 180, attachments: 10 },
  mailboxLists: [],
  audio: {},
  recorded: new Set(),
  directory: null, // {place, today, bodies, duty}
  isSending: false,
  get steps() {
    return stepsOf(kiosk);
  },
  words,
  speak,
  speakWords,
  directionOf: (code) => kiosk.languages.find((each) => each.code === code)?.direction ?? "ltr",
  next: () => goTo(kiosk.steps[kiosk.steps.indexOf(current()) + 1]),
  back: () => history.back(),
  hasRoom: () => kiosk.attachments.length + (kiosk.recorder ? 1 : 0) < kiosk.limits.attachments,
  hasSomething: () => kiosk.text.trim() !== "" || kiosk.attachments.length > 0,
  begin,
  writeTo,
  attach: (file, body) => kiosk.attachments.push({ ...file, sealedTo: body.set }),
  detach: (isGone) => (kiosk.attachments = kiosk.attachments.filter((file) => !isGone(file))),
  keepWords,
  callForHelp,
  forgetDirectory: () => Object.assign(kiosk, { directory: null, body: null }),
  failed: (error) => render(current(), problemPage(kiosk, error.code, show)),
  submit,
};

function words(key, values = {}) {
  const { texts } = kiosk.language ?? kiosk.languages[0];
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function speak(language) {
  kiosk.language = language;
  kiosk.wordsLanguage = kiosk.mailboxLists.includes(language.code) ? language.code : kiosk.mailboxLists[0];
  kiosk.recorded = new Set(kiosk.audio[language.code]);
  document.documentElement.lang = language.code;
  document.documentElement.dir = language.direction;
  document.getElementById("display").replaceChildren(...displayButtons(words));
  leaveButton.textContent = words("button.leave");
  leaveButton.title = words("button.leave_hint");
  leaveButton.hidden = false;
}

function speakWords(code) {
  kiosk.wordsLanguage = code;
  show();
}

// Going from page to page

const current = () => location.hash.slice(1) || "language";

function goTo(step) {
  history.pushState(null, "", `#${step}`);
  show();
}

/** Shows the step in the address, or the last one before it that may be shown. */
function show() {
  if (kiosk.slip) return showSlip();
  const { steps } = kiosk;
  const open = steps.findIndex((step) => !isDone(kiosk, step));
  const step = steps[Math.min(Math.max(steps.indexOf(current()), 0), open < 0 ? steps.length - 1 : open)];
  if (!kiosk.directory && !WITHOUT_BODIES.has(step) && !READING.has(kiosk.use)) return loadBodies(step);
  if (step !== current()) history.replaceState(null, "", `#${step}`); // Next goes on from what is shown
  const [name, number] = step.split("-");
  render(step, PAGES[name](kiosk, Number(number)));
}

function render(step, content) {
  hush();
  kiosk.recorder?.cancel();
  kiosk.recorder = null;
  main.replaceChildren(content);
  main.dataset.step = step;
  const { steps } = kiosk;
  const place = steps.indexOf(step) - 1;
  document.getElementById("step").textContent = place > 0 && !kiosk.slip ? `${place} / ${steps.length - 2}` : "";
  const heading = main.querySelector("h1");
  document.title = `${heading.textContent} – Arasha`;
  heading.tabIndex = -1;
  heading.focus();
  scrollTo(0, 0);
  return content;
}

async function loadBodies(step) {
  render(step, make("div", { class: "page", role: "status" }, make("h1", {}, words("loading.title"))));
  try {
    kiosk.directory = await ask("/api/bodies");
    chooseDutyLine();
    show();
  } catch (error) {
    const page = render(step, problemPage(kiosk, error.code, () => loadBodies(step)));
    if (error.code === "no_bodies") setTimeout(goOnFrom, ASK_AGAIN, page);
  }
}

/** A terminal that was just started reads what came down: the page goes on as soon as that is done. */
async function goOnFrom(page) {
  if (!page.isConnected) return;
  try {
    kiosk.directory = await ask("/api/bodies");
    chooseDutyLine();
    if (page.isConnected) show();
  } catch {
    setTimeout(goOnFrom, ASK_AGAIN, page);
  }
}

// What the pages change

/** Begins a use; what was written for another one stays. */
function begin(use) {
  if (use !== kiosk.use) Object.assign(kiosk, { body: null, addsTo: "", isInDanger: use === "danger" ? true : null, way: "", isSafe: null, replies: null });
  kiosk.use = use;
  chooseDutyLine();
  // Every use asks for the same; what only reads can do without an answer until its end.
  if (READING.has(use) && !kiosk.directory) ask("/api/bodies").then((directory) => (kiosk.directory = directory), () => {});
}

function chooseDutyLine() {
  if (kiosk.use === "danger" && kiosk.directory?.duty) writeTo(kiosk.directory.duty);
}

/** What was sealed to another body's readers does not go to this one, also if it was chosen in another use. */
function writeTo(body) {
  kiosk.body = body;
  kiosk.detach(({ sealedTo }) => sealedTo !== body.set);
}

function keepWords({ drawn, places, offers, mailbox }) {
  mailbox.catch(() => {}); // told when it is needed
  Object.assign(kiosk, { newWords: drawn, asked: { places, offers }, mailbox, isConfirmed: false });
  if (current() === "words") show();
}

/** "I am not safe": a call to the duty line begins, with what the person will write now. */
function callForHelp() {
  begin("danger");
  kiosk.isSafe = "no";
  goTo(kiosk.steps[2]);
}

// The end of a use

/** Seals and hands over, once at a time; then there is only the slip. */
async function submit(tell, { isUnfinished = false } = {}) {
  if (kiosk.isSending) return;
  kiosk.isSending = true;
  try {
    kiosk.slip = await handOver(kiosk, { isCover: READING.has(kiosk.use), isUnfinished });
    forget();
    history.replaceState(null, "", "#slip");
    showSlip();
  } catch (error) {
    tell(error.code);
  } finally {
    kiosk.isSending = false;
  }
}

function forget() {
  const { slip } = kiosk;
  Object.assign(kiosk, nothingYet(), { slip, coverPosted: null });
  main.replaceChildren();
}

/** Wipes memory, page, fields and address at once, and then tells the program. */
function leaveNow() {
  hush();
  kiosk.recorder?.cancel();
  forget();
  kiosk.slip = null;
  wipe();
}

function showSlip() {
  render("slip", slipPage(kiosk, leaveNow));
}

async function start() {
  try {
    const { languages, asks_danger: asksDanger, rights, help, limits, audio, word_lists: mailboxLists, can_print: canPrint } = await ask("/api/start");
    Object.assign(kiosk, { languages, asksDanger, rights, help, limits, audio, mailboxLists, canPrint });
  } catch {
    // Without texts there is no language to say it in: try until the program answers.
    main.replaceChildren(make("h1", {}, "…"));
    setTimeout(start, 2000);
    return;
  }
  const isHeld = () => isPlaying() || kiosk.recorder !== null || isHandingOver(kiosk.slip);
  watch({ words, isHere: () => kiosk.language !== null, isHeld, leave: leaveNow });
  addEventListener("popstate", show);
  leaveButton.addEventListener("click", leaveNow);
  history.replaceState(null, "", "/");
  show();
}

start();
