// What is addressed to the officer, danger first and late ones next, with the titles that only this page can read.

import { DANGER } from "/shared/card.js";
import { readable } from "/shared/days.js";
import { make, privateField } from "/shared/dom.js";
import { openCards } from "./cards.js";
import { inFours } from "./facts.js";
import { namesOf } from "./names.js";

const STATES = ["open", "all"];
const WAITING = new Set(["received", "opened", "checked"]);

/** The argument is which appeals: "open" or "all". */
export async function inboxPage(reader, state = "open") {
  const { words } = reader;
  const inbox = { cards: [], next: null };
  const names = await namesOf(reader);
  const list = make("ol", { class: "inbox", id: "inbox" });
  const count = make("p", { class: "hint", role: "status", id: "count" });
  const search = privateField("input", { id: "search", type: "search", oninput: () => draw() });
  const more = make("button", { type: "button", class: "button button--quiet", onclick: () => load().catch((error) => reader.tell(reader.explain(error))) }, words("inbox.more"));

  async function fetchPage(after) {
    const page = await reader.desk.get("cards", { state, after });
    const opened = await openCards(page.cards, reader.held.map(({ identity }) => identity));
    const cards = opened.map((card) => ({ ...card, isInDanger: card.topic === DANGER, place: names.place(card.place), topic: card.topic === DANGER ? "" : names.topic(card.topic) }));
    return { cards, next: page.next };
  }

  function add(cards) {
    const found = new Map([...inbox.cards, ...cards].map((card) => [card.appeal, card]));
    inbox.cards = [...found.values()].sort(byUrgency);
    draw();
  }

  async function load() {
    const { cards, next } = await fetchPage(inbox.next);
    inbox.next = next;
    more.hidden = !next;
    add(cards);
  }

  /** Danger does not wait for its page: whoever cried today stands behind all who wait longer. */
  async function lookForDanger() {
    for (let next = state === "open" ? inbox.next : null; next; ) {
      const page = await fetchPage(next);
      if (!list.isConnected) return;
      add(page.cards.filter(({ isInDanger }) => isInDanger));
      ({ next } = page);
    }
  }

  function draw() {
    const found = inbox.cards.filter((card) => matches(card, search.value));
    list.replaceChildren(...found.map((card) => row(reader, card)));
    count.textContent = found.length ? words("inbox.count", { found: found.length, all: inbox.cards.length }) : words("inbox.none");
  }

  await load();
  lookForDanger().catch((error) => reader.tell(reader.explain(error)));
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

/** Danger that waits comes first, then what has waited beyond its day, then what must be answered soonest. */
function byUrgency(one, other) {
  const isUrgent = ({ isInDanger, state }) => isInDanger && WAITING.has(state);
  return isUrgent(other) - isUrgent(one) || other.late - one.late || (one.answer_by ?? "9999").localeCompare(other.answer_by ?? "9999") || one.code.localeCompare(other.code);
}

/** Every word must be found in what the officer sees of it; codes also without their spaces. */
function matches({ title, topic, place, code }, sought) {
  const text = `${title} ${topic} ${place} ${code} ${inFours(code)}`.toLowerCase();
  return sought.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function row(reader, card) {
  const { words } = reader;
  const { appeal, code, title, topic, place, refused, evil, state, late, answer_by, isInDanger } = card;
  const name = refused ? words(`inbox.${REFUSED[refused] ?? "damaged"}`) : title || words("inbox.untitled");
  return make("li", { class: late || isInDanger ? "late" : null }, [
    isInDanger ? make("p", { class: "danger" }, words("danger.mark")) : null,
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
