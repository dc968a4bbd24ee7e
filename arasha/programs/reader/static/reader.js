// A page, in PAGES of pages.js: name → {draw(reader, argument) → element or promise of one, menu: text key or none, needs: "session", "unlocked" or none}; #name/argument shows it.
// A panel, in PANELS there: (reader, appeal) → element or null; appeal = the desk's answer of GET appeals/<key> + {fields, isSame, fileKey, envelope, answers}.
// What a page gets as `reader` is below; reader.desk speaks with the desk, reader.held are the unlocked identities ({recipient, name, identity for addIdentity}).

import { make } from "/shared/dom.js";
import { sayAgain } from "./checks.js";
import { discardDrafts, sealDrafts, sealedDrafts } from "./drafts.js";
import { lockWhenIdle } from "./idle.js";
import { Refused, ask, desk, send, speakIn } from "./local.js";
import { ERRANDS, PAGES } from "./pages.js";
import { tellStates } from "./telling.js";
import { unlockPage } from "./unlock.js";

const LANGUAGE_KEPT = "arasha-language"; // as it was chosen
const LANGUAGE_SPOKEN = "arasha-spoken"; // as it is in this window, also when it is locked
const LOOK_MS = 5000;
// What the sealing modules say, in the words of this program's texts.
const PROBLEMS = {
  "not-for-this-key": "not_recipient",
  "false-seal": "false_seal",
  damaged: "damaged",
  envelope: "damaged",
  payload: "version",
  passkey: "passkey",
  same_passkey: "same_passkey",
  passphrase: "passphrase",
  identity: "identity",
  recipients: "recipients",
  "too-long": "too_long",
};

const others = new BroadcastChannel("arasha-reader"); // other windows of this reader
const main = document.getElementById("main");
const told = make("p", { class: "told", id: "told", role: "alert" });
const token = takeToken();
let shown = 0; // which drawing is the newest: a slow one may not replace it

const reader = {
  start: null,
  language: null,
  session: null, // {errand, officer, back}; its token stays with the program
  held: [], // in the clear, only here
  due: new Map(), // by recipient: the day of the next check that the key is alive
  making: null, // {key, identity}: an identity that gets its locks, only while #key shows it
  desk,
  words,
  tell: (text) => (told.textContent = text),
  explain,
  go,
  show,
  lock,
  hold,
  isUnlocked: () => reader.session !== null && reader.held.length > 0,
};

function words(key, values = {}) {
  const text = reader.start.texts[key][reader.language];
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Returns what happened and what to do next. An ended session locks, whoever meets it. */
function explain(error) {
  if (error instanceof Refused && error.code === "session_over" && reader.session) lock("over");
  const known = codeOf(error);
  return `problem.${known}` in reader.start.texts ? words(`problem.${known}`) : `${error.happened} ${error.next}`;
}

function codeOf(error) {
  if (error instanceof Refused) return `problem.${error.code}` in reader.start.texts || error.happened ? error.code : "program_gone";
  if (error.code === "passkey" && (!window.PublicKeyCredential || /prf/i.test(error.message))) return "no_prf";
  return PROBLEMS[error.code] ?? "damaged";
}

/** Takes the one-time token out of the address, so that it stays in no history. */
function takeToken() {
  const found = location.hash.match(/^#errand=([\w-]+)$/)?.[1];
  if (found) history.replaceState(null, "", "/");
  return found;
}

function speak(language) {
  reader.language = language;
  sessionStorage.setItem(LANGUAGE_SPOKEN, language);
  speakIn(language);
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
  localStorage.setItem(LANGUAGE_KEPT, language);
  speak(language);
  reader.tell(""); // what was told is over, and was told in the other language
  sayAgain();
  show();
}

function go(name, argument) {
  location.hash = argument ? `${name}/${argument}` : name;
}

async function show() {
  const drawing = ++shown;
  drawMenu();
  main.setAttribute("aria-busy", "true");
  const content = await page().catch(refusedPage);
  if (drawing !== shown) return;
  main.replaceChildren(told, content);
  main.removeAttribute("aria-busy");
  const heading = main.querySelector("h1");
  document.title = `${heading.textContent} – Arasha`;
  heading.tabIndex = -1;
  heading.focus();
  tellStates(reader);
}

async function page() {
  if (location.pathname === "/locked") return lockedPage();
  const [name, argument] = decodeURIComponent(location.hash.slice(1)).split("/");
  const { draw, needs } = PAGES[name] ?? PAGES.keys;
  if (name !== "key") reader.making = null;
  if (needs && !reader.session) return noSessionPage();
  return needs === "unlocked" && !reader.isUnlocked() ? unlockPage(reader) : draw(reader, argument);
}

function drawMenu() {
  const isOpen = reader.session && location.pathname !== "/locked";
  const links = Object.entries(PAGES).filter(([, { menu }]) => menu && isOpen);
  document.getElementById("menu").replaceChildren(
    ...links.map(([name, { menu }]) => make("a", { href: `#${name}`, "aria-current": location.hash.slice(1).split("/")[0] === name ? "page" : null }, words(menu))),
    ...(reader.isUnlocked() ? [make("button", { type: "button", id: "lock", onclick: () => lock() }, words("page.lock"))] : []),
  );
}

function refusedPage(error) {
  return make("div", { role: "alert" }, [
    make("h1", {}, words("problem.title")),
    make("p", { class: "lead" }, explain(error)),
    make("div", { class: "acts" }, [make("a", { class: "button", href: reader.session?.back ?? reader.start.desk }, words("page.desk"))]),
  ]);
}

function lockedPage() {
  const why = new URLSearchParams(location.search);
  return make("div", {}, [
    make("h1", {}, words("appeal.locked_title")),
    make("p", { class: "lead" }, words(why.has("over") ? "appeal.over" : "appeal.locked")),
    why.has("lost") ? make("p", { class: "alarm" }, words("appeal.draft_lost")) : null,
    sealedDrafts().length ? keptPanel() : null,
    make("div", { class: "acts" }, [
      make("a", { class: "button", href: reader.start.desk }, words("page.desk")),
      make("a", { class: "button button--quiet", href: "/" }, words("page.home")),
    ]),
  ]);
}

function keptPanel() {
  const discard = () => {
    discardDrafts();
    show();
  };
  return make("div", { class: "panel", id: "drafts" }, [
    make("p", {}, words("appeal.draft_kept")),
    make("button", { type: "button", class: "button button--quiet", onclick: discard }, words("appeal.draft_discard")),
  ]);
}

function noSessionPage() {
  return make("div", {}, [
    make("h1", {}, words("page.title")),
    make("p", { class: "lead" }, words("page.how")),
    make("div", { class: "acts" }, [make("a", { class: "button", href: reader.start.desk }, words("page.desk"))]),
  ]);
}

/** Takes an identity that was just unlocked into memory, once. */
function hold(unlocked) {
  reader.held = [...reader.held.filter(({ recipient }) => recipient !== unlocked.recipient), unlocked];
}

/** Leaves a page behind that holds nothing: a new document, so that the old one's memory goes. */
async function lock(why = "", isTold = false) {
  if (!isTold) others.postMessage("lock");
  const ownKey = reader.held[0]?.recipient ?? reader.start.keys[0]?.recipient;
  reader.held = [];
  reader.making = null;
  reader.session = null; // a call still under way will hear that the session is over: no news, and no reason
  shown += 1; // nothing that is still being drawn may come
  main.replaceChildren();
  const isKept = await sealDrafts(ownKey).catch(() => false);
  await send("/api/end", {}).catch(() => null);
  const query = [why, isKept ? "" : "lost"].filter(Boolean).join("&");
  location.replace(query ? `/locked?${query}` : "/locked");
}

/** Any call keeps the desk's session; this one is small. Only a session that is over matters. */
function stayKnown() {
  if (!reader.session) return;
  const recipient = reader.held[0]?.recipient ?? "";
  desk.get("liveness", { recipient }).catch((error) => error.code === "session_over" && explain(error));
}

/** Signing out at the desk locks here too. Looking keeps no session, and a desk that does not answer ends none. */
async function lookAtSession() {
  if (!reader.session) return;
  await desk.get("session").catch((error) => error.code === "session_over" && explain(error));
}

function preferredLanguage() {
  const wanted = [localStorage.getItem(LANGUAGE_KEPT), reader.session?.officer.language, sessionStorage.getItem(LANGUAGE_SPOKEN), ...navigator.languages.map((each) => each.slice(0, 2))];
  return wanted.find((each) => each in reader.start.languages) ?? Object.keys(reader.start.languages)[0];
}

async function begin(given) {
  main.replaceChildren(make("p", { class: "lead", role: "status" }, words("open.fetching")));
  reader.session = await send("/api/errand", { token: given });
  speak(preferredLanguage());
  history.replaceState(null, "", `/#${ERRANDS[reader.session.errand.kind](reader.session.errand)}`);
}

async function start() {
  reader.start = await ask("/api/start");
  reader.session = reader.start.session;
  speak(preferredLanguage());
  lockWhenIdle(() => reader.session !== null || reader.making !== null, lock, stayKnown);
  if (token) {
    const refusal = await begin(token).then(() => null, (error) => error);
    if (refusal) return main.replaceChildren(told, refusedPage(refusal));
  }
  show();
}

start();
setInterval(lookAtSession, LOOK_MS);
document.addEventListener("visibilitychange", lookAtSession);
others.onmessage = () => location.pathname !== "/locked" && lock("", true);
// A second errand while this page is open is a new start: nothing of the first may stay.
addEventListener("hashchange", () => {
  reader.tell("");
  return location.hash.startsWith("#errand=") ? location.reload() : show();
});
