// Clears the screen: at once when asked, and when nobody has touched it for a while.

import { make } from "/shared/dom.js";

const IDLE_S = 180;
const WARNING_S = 30;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "input", "wheel"];

/** Leaves no trace of the page: the next person, or Back, meets the first question. */
export function wipe() {
  for (const field of document.querySelectorAll("input, textarea")) field.value = "";
  document.body.replaceChildren();
  location.replace("/");
}

/** Starts to watch; `words` gives the texts of the language in use, once somebody `isHere`. */
export function watch(words, isHere) {
  let left = IDLE_S;
  const dialog = document.getElementById("idle");
  const isWarning = () => dialog.open;

  const alive = () => {
    if (!isWarning()) left = IDLE_S;
  };
  const stay = () => {
    left = IDLE_S;
    dialog.close();
  };
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, alive, { passive: true });
  dialog.addEventListener("cancel", stay);

  setInterval(() => {
    left = isHere() ? left - 1 : IDLE_S;
    if (left <= 0) wipe();
    else if (left <= WARNING_S) warn(dialog, words, left, stay);
  }, 1000);
}

function warn(dialog, words, left, stay) {
  const text = words("idle.text", { seconds: left });
  if (dialog.open) {
    dialog.querySelector("p").textContent = text;
    return;
  }
  dialog.replaceChildren(
    make("h2", { id: "idle-title" }, words("idle.title")),
    make("p", { role: "timer" }, text),
    make("div", { class: "acts" }, [
      make("button", { type: "button", class: "button", autofocus: true, onclick: stay }, words("button.stay")),
      make("button", { type: "button", class: "button button--quiet", onclick: wipe }, words("button.leave")),
    ]),
  );
  dialog.showModal();
}

// A page that the browser kept whole for Back would still hold what was written.
addEventListener("pageshow", (event) => event.persisted && wipe());
