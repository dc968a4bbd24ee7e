// The slip: what a person takes away. It proves that something was filed and opens nothing, and it is the same
// after every use: whoever finds it learns nothing from it.

import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { ask, send } from "./local.js";
import { explained } from "./asking.js";

const PATIENCE_S = 6; // before "sending" becomes "not sent yet"
const LOOK_EVERY_MS = 2000;

export function slipPage(kiosk, wipe) {
  const { words, slip } = kiosk;
  const state = make("p", { class: "state", id: "state", role: "status" });
  const again = make("button", { type: "button", class: "button", hidden: true, onclick: () => sendAgain(slip, again) }, words("button.again"));
  const promise = make("p", { id: "promise" });
  const call = slip.call ? make("p", { class: "note screen-only", id: "call", role: "status" }) : null;
  follow(kiosk, { state, again, promise, call });
  return make("div", { class: "page slip" }, [
    make("h1", {}, words("slip.title")),
    state,
    call,
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
    slip.attachments.length ? make("p", { class: "note screen-only", role: "status" }, words("slip.attachments")) : null,
    make("p", { class: "note screen-only" }, words("slip.once")),
    make("div", { class: "acts screen-only" }, [
      again,
      make("button", { type: "button", class: "button button--quiet", onclick: () => print() }, words("button.print")),
      make("button", { type: "button", class: "button button--quiet", onclick: wipe }, words("button.done")),
    ]),
  ]);
}

async function follow(kiosk, page) {
  const { slip } = kiosk;
  const began = Date.now();
  showPromise(kiosk, page.promise);
  while (slip.status?.state !== "proved" || (slip.call && !hasArrived(slip.callStatus)) || slip.attachments.length) {
    slip.status = await statusOf(slip.leaf);
    if (slip.call) slip.callStatus = await statusOf(slip.call);
    await sendAttachments(slip);
    if (!page.state.isConnected && Date.now() > began + 1000) return;
    show(kiosk, page, Date.now() - began < PATIENCE_S * 1000);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  show(kiosk, page, false);
}

const statusOf = (leaf) => ask(`/api/filings/${leaf}`).catch((error) => ({ state: "kept", problem: error.code }));
const hasArrived = (status) => status?.state === "acknowledged" || status?.state === "proved";

function show(kiosk, { state: element, again, promise, call }, isFresh) {
  const { state, problem } = kiosk.slip.status;
  const isWaiting = state === "kept" || state === "held";
  say(element, told(kiosk, state, problem, isFresh));
  element.className = `state state--${state}`;
  again.hidden = !isWaiting || (isFresh && !problem);
  showPromise(kiosk, promise);
  if (call) say(call, toldOfCall(kiosk, isFresh));
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

/** Hands over the sealed files of an appeal, which lies there already; what fails is tried again with the next look. */
export async function sendAttachments(slip) {
  for (const file of [...slip.attachments]) {
    const isKept = await send(`/api/attachments/${slip.leaf}/${file.sha256}`, file.sealed).then(() => true, () => false);
    if (!isKept) return;
    slip.attachments.splice(slip.attachments.indexOf(file), 1);
  }
}
