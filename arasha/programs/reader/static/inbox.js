// What is addressed to the officer, late ones first, with the titles that only this page can read.

import { readable } from "/shared/days.js";
import { make, privateField } from "/shared/dom.js";
import { openCards } from "./cards.js";
import { inFours } from "./facts.js";
import { namesOf } from "./names.js";

const STATES = ["open", "all"];

/** The argument is which appeals: "open" or "all". */
export async function inboxPage(reader, state = "open") {
  const { words } = reader;
  const inbox = { cards: [], next: null };
  const names = await namesOf(reader);
  const list = make("ol", { class: "inbox", id: "inbox" });
  const count = make("p", { class: "hint", role: "status", id: "count" });
  const search = privateField("input", { id: "search", type: "search", oninput: () => draw() });
  const more = make("button", { type: "button", class: "button button--quiet", onclick: () => load().catch((error) => reader.tell(reader.explain(error))) }, words("inbox.more"));

  async function load() {
    const page = await reader.desk.get("cards", { state, after: inbox.next });
    const opened = await openCards(page.cards, reader.held.map(({ identity }) => identity));
    const named = opened.map((card) => ({ ...card, place: names.place(card.place), topic: names.topic(card.topic) }));
    inbox.cards = [...inbox.cards, ...named].sort(byLateness);
    inbox.next = page.next;
    more.hidden = !page.next;
    draw();
  }

  function draw() {
    const found = inbox.cards.filter((card) => matches(card, search.value));
    list.replaceChildren(...found.map((card) => row(reader, card)));
    count.textContent = found.length ? words("inbox.count", { found: found.length, all: inbox.cards.length }) : words("inbox.none");
  }

  await load();
  return make("div", {}, [
    make("h1", {}, words("inbox.title")),
    make("nav", { class: "acts", "aria-label": words("inbox.which") }, STATES.map((each) =>
      make("a", { class: "button button--quiet", href: `#inbox/${each}`, "aria-current": each === state ? "true" : null }, words(`inbox.${each}`)),
    )),
    make("label", { for: "search" }, words("inbox.search")),
    search,
    count,
    list,
    more,
  ]);
}

/** What has waited beyond its day comes first, then what must be answered soonest. */
function byLateness(one, other) {
  return other.late - one.late || (one.answer_by ?? "9999").localeCompare(other.answer_by ?? "9999") || one.code.localeCompare(other.code);
}

/** Every word must be found in what the officer sees of it; codes also without their spaces. */
function matches({ title, topic, place, code }, sought) {
  const text = `${title} ${topic} ${place} ${code} ${inFours(code)}`.toLowerCase();
  return sought.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function row(reader, card) {
  const { words } = reader;
  const { appeal, code, title, topic, place, refused, evil, state, late, answer_by } = card;
  const name = refused ? words(`inbox.${REFUSED[refused] ?? "damaged"}`) : title || words("inbox.untitled");
  return make("li", { class: late ? "late" : null }, [
    make("a", { href: `#appeal/${appeal}`, dir: "auto" }, name),
    make("p", {}, [
      late ? make("strong", { class: "tag tag--bad" }, words("inbox.late")) : null,
      make("span", { class: "tag" }, stateName(reader, state)),
      answer_by ? make("span", {}, words("inbox.answer_by", { day: readable(answer_by, reader.language) })) : null,
    ]),
    evil.length ? make("p", { class: "alarm" }, words("inbox.evil")) : null,
    make("p", { class: "hint" }, [inFours(code), place, topic].filter(Boolean).join(" · ")),
  ]);
}

const REFUSED = { "no-card": "no_card", "not-for-this-key": "not_for_you", "false-seal": "false_seal", swapped: "swapped" };

/** A state that this reader has no word for is shown as the desk calls it. */
export function stateName(reader, state) {
  return `state.${state}` in reader.start.texts ? reader.words(`state.${state}`) : state;
}
