// The slip: what a person takes away. It proves that something was filed and opens nothing, and it is the same
// after every use: whoever finds it learns nothing from it.

import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { ask, send } from "./local.js";
import { explained } from "./asking.js";

const PATIENCE_S = 6; // before "sending" becomes "not sent yet"
const LOOK_AT_FIRST_MS = 400; // while somebody waits for it, on this machine alone
const LOOK_LATER_MS = 2000;
const MOST_HANDING_OVER_MS = 600_000;
const PASSING = new Set(["program_gone", "no_room", "cut_off"]); // what else is refused would be refused again

export function slipPage(kiosk, wipe) {
  const { words, slip } = kiosk;
  const state = make("p", { class: "state", id: "state", role: "status" });
  const again = make("button", { type: "button", class: "button", hidden: true, onclick: () => sendAgain(slip, again) }, words("button.again"));
  const promise = make("p", { id: "promise" });
  const call = slip.call ? make("p", { class: "note screen-only", id: "call", role: "status" }) : null;
  const files = make("p", { class: "note screen-only", id: "files", role: "status", hidden: true });
  const page = { state, again, promise, call, files };
  const done = () => (isHandingOver(slip) && !slip.isTold ? tellOfFiles(kiosk, page) : wipe());
  follow(kiosk, page);
  return make("div", { class: "page slip" }, [
    make("h1", {}, words("slip.title")),
    state,
    call,
    make("p", { class: "note screen-only" }, words(kiosk.canPrint ? "slip.once" : "slip.once_written")),
    make("div", { class: "slip__code" }, [
      make("div", {}, [
        make("h2", {}, words("slip.code")),
        make("p", { class: "code", id: "code", dir: "ltr" }, slip.code.split(" ").map((four) => make("span", {}, four))),
        make("p", {}, [words("slip.proves"), " ", words("slip.proves_not"), " ", words("slip.code_hint")]),
        make("h2", {}, words("slip.where")),
        make("p", { class: "address", dir: "ltr" }, slip.address),
      ]),
      make("img", { class: "qr", src: `/qr/${slip.leaf}`, alt: words("slip.qr"), width: 220, height: 220 }),
    ]),
    slip.isUnheard ? make("p", { class: "note screen-only" }, words("danger.unknown")) : null,
    promise,
    make("pre", { class: "promise print-only", dir: "ltr" }, slip.promise),
    files,
    make("div", { class: "acts screen-only" }, [
      again,
      kiosk.canPrint ? make("button", { type: "button", class: "button button--quiet", onclick: () => print() }, words("button.print")) : null,
      make("button", { type: "button", class: "button button--quiet", onclick: done }, words("button.done")),
    ]),
  ]);
}

async function follow(kiosk, page) {
  const { slip } = kiosk;
  const began = Date.now();
  showPromise(kiosk, page.promise);
  const isFresh = () => Date.now() - began < PATIENCE_S * 1000;
  while (!isSettled(slip)) {
    slip.status = await statusOf(slip.leaf);
    if (slip.call) slip.callStatus = await statusOf(slip.call);
    show(kiosk, page, isFresh());
    await sendAttachments(slip);
    if (!page.state.isConnected && Date.now() > began + 1000) return;
    show(kiosk, page, isFresh());
    await new Promise((resolve) => setTimeout(resolve, isFresh() ? LOOK_AT_FIRST_MS : LOOK_LATER_MS));
  }
  show(kiosk, page, false);
}

function isSettled({ status, call, callStatus, attachments }) {
  const areHere = Object.values(status?.attachments ?? {}).every((state) => state !== "kept");
  return status?.state === "proved" && (!call || hasArrived(callStatus)) && attachments.length === 0 && areHere;
}

const statusOf = (leaf) => ask(`/api/filings/${leaf}`).catch((error) => ({ state: "kept", problem: error.code }));
const hasArrived = (status) => status?.state === "acknowledged" || status?.state === "proved";

function show(kiosk, { state: element, again, promise, call, files }, isFresh) {
  const { state, problem } = kiosk.slip.status;
  const isWaiting = state === "kept" || state === "held";
  say(element, told(kiosk, state, problem, isFresh));
  element.className = `state state--${state}`;
  again.hidden = !isWaiting || (isFresh && !problem);
  showPromise(kiosk, promise);
  if (call) say(call, toldOfCall(kiosk, isFresh));
  say(files, toldOfFiles(kiosk));
  files.hidden = files.textContent === "";
}

/** A line is written only when it changes: a screen reader would say it again each time. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** What must still come, or what is in the log and must stay there. */
function showPromise({ slip, words, language }, element) {
  const key = slip.status?.state === "proved" ? "slip.stays" : "slip.promise";
  say(element, words(key, { day: readable(slip.by, language.code) }));
}

function told(kiosk, state, problem, isFresh) {
  if (state === "kept" && problem) return explained(kiosk, problem);
  if (state === "kept" && isFresh) return kiosk.words("slip.sending");
  return kiosk.words(`slip.${state}`);
}

/** How far the call for help has come, and no further than this terminal knows: never that somebody read it. */
function toldOfCall({ slip, words }, isFresh) {
  const { problem } = slip.callStatus;
  if (hasArrived(slip.callStatus)) return words("danger.arrived");
  if (problem && problem !== "program_gone") return words("danger.unknown");
  return words(isFresh ? "danger.sending" : "danger.waiting");
}

async function sendAgain(slip, button) {
  button.disabled = true;
  await send(slip.path, slip.posted).catch(() => {});
  button.disabled = false;
}

// The files of an appeal, which lies there already

/** Whether a file is still in this page alone. Nobody is wiped away meanwhile, but not for ever. */
export const isHandingOver = (slip) => Boolean(slip?.attachments.length) && Date.now() < slip.began + MOST_HANDING_OVER_MS;

/** Hands over the sealed files; what fails in passing is tried again with the next look. */
async function sendAttachments(slip) {
  for (const file of slip.attachments) {
    const problem = await send(`/api/attachments/${slip.leaf}/${file.sha256}`, file.sealed).then(() => null, ({ code }) => code);
    if (PASSING.has(problem)) return;
    if (problem) slip.refused.push(file.sha256);
    slip.attachments = slip.attachments.filter((each) => each !== file);
  }
}

/** Whoever touches Done is told once what would be lost. */
function tellOfFiles(kiosk, { files }) {
  kiosk.slip.isTold = true;
  say(files, toldOfFiles(kiosk));
  files.hidden = false;
}

function toldOfFiles({ slip, words }) {
  if (slip.attachments.length) return words(slip.isTold ? "slip.wait" : "slip.attachments");
  const refused = Object.entries(slip.status?.attachments ?? {}).filter(([, state]) => state === "refused");
  const number = new Set([...slip.refused, ...refused.map(([file]) => file)]).size;
  return number ? words("slip.files_refused", { number }) : "";
}
