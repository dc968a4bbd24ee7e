// Clears the screen: at once when asked, and when nobody has touched it for a while.

import { make } from "/shared/dom.js";
import { tellLeft } from "./local.js";

const IDLE_S = 180;
const WARNING_S = 30;
const MORE_S = 600; // for whoever asked for more time
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "input", "wheel"];

/** Leaves no trace of the page: the next person, or Back, meets the first question. */
export function wipe() {
  for (const field of document.querySelectorAll("input, textarea")) field.value = "";
  document.body.replaceChildren();
  tellLeft();
  location.replace("/");
}

/**
 * Starts to watch. `words` gives the texts of the language in use; time runs while somebody `isHere` and nothing
 * `isHeld` (a voice is heard or recorded); `leave` is called when it is over.
 */
export function watch({ words, isHere, isHeld, leave }) {
  let left = IDLE_S;
  let granted = IDLE_S;
  const dialog = document.getElementById("idle");

  const alive = () => {
    if (!dialog.open) left = granted;
  };
  const stay = (seconds) => () => {
    left = granted = seconds;
    dialog.close();
  };
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, alive, { passive: true });
  dialog.addEventListener("cancel", stay(IDLE_S));

  setInterval(() => {
    if (!isHere() || isHeld()) left = Math.max(left, granted);
    else left -= 1;
    if (left <= 0) leave();
    else if (left <= WARNING_S) warn(dialog, { words, left, leave, stay });
  }, 1000);
}

function warn(dialog, { words, left, leave, stay }) {
  const text = words("idle.text", { seconds: left });
  if (dialog.open) {
    dialog.querySelector("p").textContent = text;
    return;
  }
  dialog.replaceChildren(
    make("h2", { id: "idle-title" }, words("idle.title")),
    make("p", { role: "timer" }, text),
    make("div", { class: "row" }, [
      make("button", { type: "button", class: "button", autofocus: true, onclick: stay(IDLE_S) }, words("button.stay")),
      make("button", { type: "button", id: "more-time", class: "button button--quiet", onclick: stay(MORE_S) }, words("button.more_time")),
      make("button", { type: "button", class: "button button--quiet", onclick: leave }, words("button.leave")),
    ]),
  );
  dialog.showModal();
}

// A page that the browser kept whole for Back would still hold what was written.
addEventListener("pageshow", (event) => event.persisted && wipe());
