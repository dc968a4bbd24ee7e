// The slip: what a person takes away. It proves the filing and opens nothing.

import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { ask, send } from "./local.js";
import { explained, said } from "./questions.js";

const PATIENCE_S = 6; // before "sending" becomes "not sent yet"
const LOOK_EVERY_MS = 2000;

export function slipPage(kiosk, wipe) {
  const { words, slip } = kiosk;
  const state = make("p", { class: "state", id: "state", role: "status" });
  const again = make("button", { type: "button", class: "button", hidden: true, onclick: () => sendAgain(slip, again) }, words("button.again"));
  follow(kiosk, state, again);
  return make("div", { class: "page slip" }, [
    make("h1", {}, words("slip.title")),
    state,
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
    slip.body.promise ? make("p", { class: "screen-only" }, said(kiosk, slip.body.promise)) : null,
    make("p", {}, words("slip.promise", { day: readable(slip.by, kiosk.language.code) })),
    make("pre", { class: "promise print-only", dir: "ltr" }, slip.promise),
    make("p", { class: "note screen-only" }, words("slip.once")),
    make("div", { class: "acts screen-only" }, [
      again,
      make("button", { type: "button", class: "button button--quiet", onclick: () => print() }, words("button.print")),
      make("button", { type: "button", class: "button button--quiet", onclick: wipe }, words("button.done")),
    ]),
  ]);
}

async function follow(kiosk, state, again) {
  const { slip } = kiosk;
  const began = Date.now();
  while (slip.status?.state !== "proved") {
    slip.status = await ask(`/api/filings/${slip.leaf}`).catch((error) => ({ state: "kept", problem: error.code }));
    if (!state.isConnected && Date.now() > began + 1000) return;
    show(kiosk, state, again, Date.now() - began < PATIENCE_S * 1000);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  show(kiosk, state, again, false);
}

function show(kiosk, element, again, isFresh) {
  const { state, problem } = kiosk.slip.status;
  const isWaiting = state === "kept" || state === "held";
  const text = told(kiosk, state, problem, isFresh);
  if (element.textContent !== text) element.textContent = text;
  element.className = `state state--${state}`;
  again.hidden = !isWaiting || (isFresh && !problem);
}

function told(kiosk, state, problem, isFresh) {
  if (state === "kept" && problem) return explained(kiosk, problem);
  if (state === "kept" && isFresh) return kiosk.words("slip.sending");
  return kiosk.words(`slip.${state}`);
}

async function sendAgain(slip, button) {
  button.disabled = true;
  await send("/api/filings", slip.posted).catch(() => {});
  button.disabled = false;
}
