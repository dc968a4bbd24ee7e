// The eight words of a mailbox: shown, confirmed by two of them, and typed again to see the replies.

import { make, privateField } from "/shared/dom.js";
import { WORDS, deriveMailbox, newWords, openReplies, suggest, tagsOf, wordFor } from "/shared/mailbox.js";
import { chosen, explained, question, radios } from "./asking.js";
import { keyboardFor } from "./keyboard.js";
import { send } from "./local.js";

const ASKED = 2; // words that are asked for again
const OFFERED = 5; // words to choose each of them from

export function wordsPage(kiosk) {
  const { words, newWords: drawn } = kiosk;
  if (!drawn) draw(kiosk);
  const list = (drawn ?? Array(WORDS).fill("…")).map((word) => make("li", { class: "word", lang: kiosk.wordsLanguage }, word));
  const answer = (_form, tell) => (kiosk.newWords ? kiosk.next() : tell(words("words.making")));
  return question(kiosk, { key: "words", answer, isWriting: true, spoken: ["words.keep", "words.alone"] }, [
    make("ol", { class: "word-list", dir: kiosk.directionOf(kiosk.wordsLanguage) }, list),
    make("p", { class: "note" }, words("words.keep")),
    make("p", {}, words("words.alone")),
  ]);
}

async function draw(kiosk) {
  const { wordsLanguage } = kiosk;
  try {
    const drawn = await newWords(wordsLanguage);
    const others = [...new Set([...(await newWords(wordsLanguage)), ...(await newWords(wordsLanguage))])];
    const places = [0, 1, 2, 3, 4, 5, 6, 7].sort(() => dice(2) - 0.5).slice(0, ASKED).sort();
    const wrong = others.filter((word) => !drawn.includes(word));
    const offers = places.map((place, turn) => shuffled([drawn[place], ...wrong.slice(turn * 4, turn * 4 + OFFERED - 1)]));
    kiosk.keepWords({ drawn, places, offers, mailbox: deriveMailbox(drawn) });
  } catch (error) {
    kiosk.failed(error);
  }
}

const dice = (sides) => crypto.getRandomValues(new Uint32Array(1))[0] % sides;

function shuffled(list) {
  const left = [...list];
  return list.map(() => left.splice(dice(left.length), 1)[0]);
}

export function confirmPage(kiosk) {
  const { words, asked, newWords: drawn } = kiosk;
  const parts = asked.places.map((place, turn) => {
    const title = words("confirm.word", { number: place + 1 });
    const options = asked.offers[turn].map((word) => ({ value: word, label: word, isChosen: false }));
    return make("fieldset", { class: "part" }, [make("legend", {}, title), radios(`word-${place}`, options, undefined, title)]);
  });
  const answer = (form, tell) => {
    const given = asked.places.map((place) => chosen(form, `word-${place}`));
    if (given.includes(undefined)) return tell(words("confirm.choose"));
    kiosk.isConfirmed = asked.places.every((place, turn) => given[turn] === drawn[place]);
    if (kiosk.isConfirmed) kiosk.next();
    else tell(words("confirm.wrong"));
  };
  return question(kiosk, { key: "confirm", answer, isWriting: true }, make("div", { class: "pair" }, parts));
}

export function mailboxPage(kiosk) {
  const { words } = kiosk;
  const offers = make("div", { class: "offers", role: "status", "aria-label": words("mailbox.offers") });
  const fields = Array.from({ length: WORDS }, (_, place) => wordField(kiosk, place, offers));
  const rows = fields.map((field, place) =>
    make("li", { class: "word-row" }, [make("label", { for: field.id }, words("mailbox.word", { number: place + 1 })), field]),
  );
  let isLooking = false;
  const answer = async (form, tell) => {
    if (isLooking) return;
    isLooking = true;
    const button = form.querySelector("[type=submit]");
    try {
      const typed = await Promise.all(fields.map((field) => wordFor(field.value, kiosk.wordsLanguage)));
      const missing = typed.indexOf(null);
      if (missing >= 0) return tell(words("mailbox.unknown", { number: missing + 1 }), fields[missing]);
      button.textContent = words("mailbox.looking");
      kiosk.replies = await look(typed);
      kiosk.typed.fill("");
      kiosk.next();
    } catch (error) {
      tell(explained(kiosk, error.code));
    } finally {
      button.textContent = words("button.next");
      isLooking = false;
    }
  };
  return question(kiosk, { key: "mailbox", answer }, [
    languageRow(kiosk),
    make("ol", { class: "word-rows", dir: kiosk.directionOf(kiosk.wordsLanguage) }, rows),
    offers,
    keyboardFor(kiosk, fields[0], "", kiosk.wordsLanguage),
  ]);
}

/** Whatever words they are, the same is asked for: sixty-four tags, and as many answers of one size come. */
async function look(typed) {
  const mailbox = await deriveMailbox(typed);
  const { replies } = await send("/api/mailbox", JSON.stringify({ tags: await tagsOf(mailbox.tags) }));
  return openReplies(mailbox, replies.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))));
}

function wordField(kiosk, place, offers) {
  const take = (word) => {
    field.value = kiosk.typed[place] = word;
    offers.replaceChildren();
    const next = document.getElementById(`word-${place + 1}`) ?? field.form.querySelector("[type=submit]");
    next.focus();
  };
  const offer = async () => {
    kiosk.typed[place] = field.value;
    const found = await suggest(field.value, kiosk.wordsLanguage).catch(() => []); // Next tells why
    const isThere = found.length === 1 && found[0] === field.value;
    offers.replaceChildren(...(isThere ? [] : found).map((word) =>
      make("button", { type: "button", class: "offer", onpointerdown: (event) => event.preventDefault(), onclick: () => take(word) }, word),
    ));
  };
  const onkeydown = (event) => {
    const first = offers.querySelector("button");
    if (event.key !== "Enter" || !first) return;
    event.preventDefault();
    take(first.textContent);
  };
  const field = privateField("input", { id: `word-${place}`, type: "text", dir: "auto", maxlength: 30, oninput: offer, onfocus: offer, onkeydown });
  field.value = kiosk.typed[place];
  return field;
}

/** The words may have been given in another language than the one on the screen. */
function languageRow(kiosk) {
  if (kiosk.mailboxLists.length < 2) return null;
  const options = kiosk.languages.filter(({ code }) => kiosk.mailboxLists.includes(code)).map(({ code, name }) => {
    const isOn = code === kiosk.wordsLanguage;
    const attributes = { type: "button", class: "offer", lang: code, "aria-pressed": String(isOn), onclick: () => kiosk.speakWords(code) };
    return make("button", attributes, name);
  });
  return make("div", { class: "offers", role: "group", "aria-label": kiosk.words("mailbox.language") }, [
    make("span", { class: "hint" }, kiosk.words("mailbox.language")),
    ...options,
  ]);
}
