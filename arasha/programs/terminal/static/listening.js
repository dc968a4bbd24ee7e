// Spoken help: plays the recordings of a page's texts. The words themselves always stand on the page.

import { make } from "/shared/dom.js";
import { pictogram } from "./pictograms.js";

let playing = null; // the one sound at a time

export const isPlaying = () => playing !== null;

/** Returns a button that plays what there is of these texts, or null if nothing was recorded. */
export function listenButton(kiosk, keys) {
  const recorded = keys.filter((key) => kiosk.recorded.has(key));
  if (recorded.length === 0) return null;
  const label = make("span", {}, kiosk.words("button.listen"));
  const say = (isOn) => {
    label.textContent = kiosk.words(isOn ? "button.quiet" : "button.listen");
  };
  const toggle = () => {
    if (playing) return hush();
    play(recorded.map((key) => `/audio/${kiosk.language.code}/${key}.ogg`), say);
  };
  return make("button", { type: "button", class: "button button--listen", onclick: toggle }, [pictogram("sound"), label]);
}

/** Stops whatever is heard: another page, or nobody there any more. */
export function hush() {
  playing?.stop();
}

function play([first, ...rest], say) {
  const sound = new Audio(first);
  const end = () => {
    playing = null;
    say(false);
  };
  sound.addEventListener("ended", () => (rest.length ? play(rest, say) : end()));
  sound.addEventListener("error", end);
  playing = {
    stop() {
      sound.pause();
      sound.removeAttribute("src");
      end();
    },
  };
  say(true);
  sound.play().catch(end);
}
