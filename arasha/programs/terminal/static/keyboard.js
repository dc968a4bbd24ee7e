// A keyboard on the screen. A finger touches the keys; Tab enters them once, and arrows move between them.

import { make } from "/shared/dom.js";
import { DIGITS, LAYOUTS, LETTERS, SIGNS } from "./layouts.js";
import { pictogram } from "./pictograms.js";

const FIELDS = "textarea, input[type=text]";
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
let touched = null; // the field that had the focus last

addEventListener("focusin", ({ target }) => {
  if (target.matches(FIELDS)) touched = target;
});

/**
 * Returns a keyboard that writes into `first`, or into whichever field of its form had the focus last. `kind` is
 * "digits" for numbers only, or "folded" for a keyboard that opens once its field is touched.
 */
export function keyboardFor(kiosk, first, kind = "", language = kiosk.language.code) {
  const state = { language: language in LAYOUTS ? language : "en", isShifted: false, layer: kind === "digits" ? kind : "letters" };
  const keys = make("div", { class: `keys keys--${state.layer}`, hidden: kind === "folded", role: "group", "aria-label": kiosk.words("keys.title") });
  const field = () => (touched?.isConnected && touched.form === keys.closest("form") ? touched : first);
  const draw = () => keys.replaceChildren(...rowsOf(kiosk, state, field, draw));
  keys.addEventListener("keydown", (event) => move(keys, event));
  keys.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the field keeps the focus, and its place
    if (!field().matches(":focus")) field().focus({ preventScroll: true });
  });
  draw();
  first.addEventListener("focus", () => show(true));
  const toggle = make("button", { type: "button", class: "keys__toggle", "aria-expanded": String(!keys.hidden), onclick: () => show(keys.hidden) }, [
    pictogram("keys"),
    make("span", {}, kiosk.words("keys.title")),
  ]);

  function show(isOpen) {
    keys.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  }
  return make("div", { class: "keyboard" }, [toggle, keys]);
}

function rowsOf(kiosk, state, field, draw) {
  const change = (changes) => () => {
    Object.assign(state, changes);
    draw();
  };
  const write = (text) => () => {
    type(field(), text);
    if (state.isShifted) change({ isShifted: false })();
  };
  const { words } = kiosk;
  const shown = (letter) => (state.isShifted ? letter.toUpperCase() : letter);
  const plain = (letter) => key(shown(letter), write(shown(letter)));
  const erase = key("⌫", () => eraseIn(field()), words("keys.erase"), "key--wide");
  const other = state.layer === "letters" ? "123" : LETTERS[state.language];
  const hasCapitals = state.layer === "letters" && state.language !== "ar";
  const rows = lettersOf(state).map((row) => row.split(" ").map(plain));
  if (state.layer === "digits") rows.at(-1).push(erase);
  else rows.push([
    hasCapitals && key("⇧", change({ isShifted: !state.isShifted }), words("keys.shift"), "key--wide"),
    key(other, change({ layer: state.layer === "letters" ? "signs" : "letters" }), `${other} – ${words("keys.signs")}`, "key--wide"),
    ...languageKey(kiosk, state, change),
    key(" ", write(" "), words("keys.space"), "key--space"),
    key(".", write(".")),
    key(",", write(",")),
    field().tagName === "TEXTAREA" && key("⏎", write("\n"), words("keys.line"), "key--wide"),
    erase,
  ].filter(Boolean));
  rows[0][0].tabIndex = 0;
  const direction = state.layer === "letters" && state.language === "ar" ? "rtl" : "ltr";
  return rows.map((row) => make("div", { class: "keys__row", dir: direction }, row));
}

function lettersOf({ layer, language }) {
  return { letters: LAYOUTS[language], signs: SIGNS, digits: DIGITS }[layer];
}

function languageKey(kiosk, { language, layer }, change) {
  const codes = Object.keys(LAYOUTS).filter((code) => kiosk.languages.some((each) => each.code === code));
  const next = codes[(codes.indexOf(language) + 1) % codes.length];
  if (layer !== "letters" || codes.length < 2) return [];
  const { name } = kiosk.languages.find(({ code }) => code === next);
  return [key(next, change({ language: next }), `${next} – ${kiosk.words("keys.language")}: ${name}`, "key--wide")];
}

function key(label, onclick, spoken = null, kind = "") {
  return make("button", { type: "button", class: `key ${kind}`, tabindex: -1, "aria-label": spoken, onclick }, label);
}

function type(field, text) {
  const { selectionStart: start, selectionEnd: end, value, maxLength } = field;
  if (maxLength >= 0 && value.length + text.length - (end - start) > maxLength) return;
  change(field, text, start, end);
}

function eraseIn(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const letter = [...value.slice(0, start)].at(-1) ?? "";
  change(field, "", start === end ? start - letter.length : start, end);
}

function change(field, text, start, end) {
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function move(keys, event) {
  const step = ARROWS[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...keys.children].map((row) => [...row.children]);
  const down = rows.findIndex((row) => row.includes(event.target));
  const across = rows[down].indexOf(event.target);
  const row = rows[Math.min(rows.length - 1, Math.max(0, down + step[0]))];
  const next = row[Math.min(row.length - 1, Math.max(0, across + step[1]))];
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
