// The kiosk: one question a page. What is written lives in this page's memory only, until it is
// sealed or wiped. Back and forth lose nothing; after sealing there is only the slip.

import { make } from "/shared/dom.js";
import { addingPage } from "./adding.js";
import { problemPage } from "./asking.js";
import { checkPage } from "./checking.js";
import { bodyPage, codePage, readersPage, wayPage } from "./choosing.js";
import { displayButtons } from "./display.js";
import { sealCover, sealer } from "./filing.js";
import { homePage, languagePage } from "./home.js";
import { hush, isPlaying } from "./listening.js";
import { Refused, ask, send } from "./local.js";
import { confirmPage, mailboxPage, wordsPage } from "./mailboxes.js";
import { finishPage, helperPage, rightPage } from "./reading.js";
import { repliesPage, safePage } from "./replies.js";
import { sendAttachments, slipPage } from "./slip.js";
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
const sealCall = sealer();
const seal = sealer();

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
  hasSomething: () => kiosk.text.trim() !== "" || kiosk.attachments.length > 0,
  begin,
  writeTo,
  attach: (file, body) => kiosk.attachments.push({ ...file, sealedTo: body.set }),
  detach: (isGone) => (kiosk.attachments = kiosk.attachments.filter((file) => !isGone(file))),
  keepWords,
  callForHelp,
  forgetDirectory: () => Object.assign(kiosk, { directory: null, body: null }),
  failed: (error) => render(current(), problemPage(kiosk, codeOf(error), show)),
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
}

async function loadBodies(step) {
  render(step, make("div", { class: "page", role: "status" }, make("h1", {}, words("loading.title"))));
  try {
    kiosk.directory = await ask("/api/bodies");
    chooseDutyLine();
    show();
  } catch (error) {
    render(step, problemPage(kiosk, codeOf(error), () => loadBodies(step)));
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

// Sealing and handing over

/** Seals and hands over. However often it is called, an unchanged appeal is filed once. */
async function submit(tell, { isUnfinished = false } = {}) {
  if (kiosk.isSending) return;
  kiosk.isSending = true;
  try {
    kiosk.slip = READING.has(kiosk.use) ? await coverSlip() : await appealSlip(isUnfinished);
    forget();
    history.replaceState(null, "", "#slip");
    showSlip();
  } catch (error) {
    tell(codeOf(error));
  } finally {
    kiosk.isSending = false;
  }
}

async function coverSlip() {
  kiosk.directory ??= await ask("/api/bodies");
  kiosk.coverPosted ??= await sealCover(kiosk.directory, kiosk.language.code);
  const path = "/api/covers";
  return { ...(await send(path, kiosk.coverPosted)), path, posted: kiosk.coverPosted, attachments: [] };
}

async function appealSlip(isUnfinished) {
  const isCalled = kiosk.isInDanger && kiosk.body !== kiosk.directory.duty;
  const whole = await appeal({ unfinished: isUnfinished ? "1" : "" });
  const call = isCalled ? await callDutyLine(whole) : null;
  const { posted, attachments } = await seal(whole);
  const path = "/api/appeals";
  const slip = { ...(await send(path, posted)), path, posted, attachments: [...attachments], call, isUnheard: isCalled && !call };
  await sendAttachments(slip);
  return slip;
}

/** "Danger now": an appeal of its own to the duty line, handed over before the other one. Nothing that
 * happens to it stops the appeal, which tells of the danger too. In it stands the code of the appeal, so that the
 * duty line finds what belongs together. Returns its leaf, or null if it could not be handed over. */
async function callDutyLine(whole) {
  const code = await seal(whole).then((sealed) => sealed.code, () => ""); // what cannot be sealed stops no call
  const call = async () => {
    const { duty } = kiosk.directory;
    if (!duty) return null;
    const answers = filled({ ...whole.answers, name: namedTo(duty), wish: kiosk.wish.trim(), appeal: code });
    const { posted } = await sealCall({ ...whole, body: duty, mailbox: null, identity: null, attachments: [], answers });
    return (await send("/api/appeals", posted)).leaf;
  };
  try {
    return await call();
  } catch (error) {
    if (codeOf(error) === "program_gone") throw error; // the words are still here, to be sent again
    if (codeOf(error) === "set_unknown") kiosk.directory = await ask("/api/bodies");
    return call().catch(() => null);
  }
}

async function appeal({ unfinished }) {
  const { body, directory, language, text, use, way } = kiosk;
  const answers = filled({
    way,
    name: namedTo(body),
    danger: kiosk.isInDanger ? words("danger.yes") : "",
    wish: use === "danger" ? kiosk.wish.trim() : "",
    visit: use === "visit" ? "1" : "",
    safe: kiosk.isSafe === "no" ? "no" : "",
    adds_to: kiosk.addsTo,
    unfinished,
  });
  const isApart = way === "named" && kiosk.name.trim() && body.names;
  return {
    body,
    place: directory.place.code ?? "",
    today: directory.today,
    language: language.code,
    text: text.trim() ? text : words("voice.only"),
    answers,
    mailbox: await chosenMailbox(),
    // One whose sealing ended after the person had chosen another body stays here.
    attachments: kiosk.attachments.filter(({ sealedTo }) => sealedTo === body.set),
    identity: isApart ? { name: kiosk.name.trim(), contact: kiosk.contact.trim() } : null,
  };
}

/** A name goes into the appeal itself only where the body has no smaller circle for names. */
function namedTo(body) {
  if (kiosk.way !== "named" || body.names) return "";
  return kiosk.name.trim();
}

async function chosenMailbox() {
  if (kiosk.way !== "mailbox" || !kiosk.mailbox) return null;
  const { recipient, tags } = await kiosk.mailbox;
  return { recipient, tags };
}

const filled = (answers) => Object.fromEntries(Object.entries(answers).filter(([, text]) => text));

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

function codeOf(error) {
  if (error instanceof Refused) return error.code;
  return error.code === "too-long" ? "too_long" : "sealing";
}

async function start() {
  try {
    const { languages, asks_danger: asksDanger, rights, help, limits, audio, word_lists: mailboxLists } = await ask("/api/start");
    Object.assign(kiosk, { languages, asksDanger, rights, help, limits, audio, mailboxLists });
  } catch {
    // Without texts there is no language to say it in: try until the program answers.
    main.replaceChildren(make("h1", {}, "…"));
    setTimeout(start, 2000);
    return;
  }
  const isHeld = () => isPlaying() || kiosk.recorder !== null;
  watch({ words, isHere: () => kiosk.language !== null, isHeld, leave: leaveNow });
  addEventListener("popstate", show);
  leaveButton.addEventListener("click", leaveNow);
  history.replaceState(null, "", "/");
  show();
}

start();
