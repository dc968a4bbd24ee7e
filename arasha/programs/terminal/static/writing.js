// What happened, in one's own words; and whether there is danger now.

import { make, privateField } from "/shared/dom.js";
import { question, radios, said } from "./asking.js";
import { keyboardFor } from "./keyboard.js";

const MOST_BYTES = 240 * 1024; // of text; the largest sealed size holds 256 KiB with all fields
const MOST_OF_WISH = 2000; // letters: beside the longest text it still fits

export function writePage(kiosk) {
  const { words, use } = kiosk;
  const mayLeaveEmpty = kiosk.steps.includes("adding");
  const field = privateField("textarea", {
    id: "text",
    rows: 6,
    dir: "auto",
    "aria-describedby": "lead",
    oninput: () => (kiosk.text = field.value),
  });
  field.value = kiosk.text;
  const answer = (_form, tell) => {
    if (!mayLeaveEmpty && !kiosk.hasSomething()) tell(words("write.empty"), field);
    else if (new TextEncoder().encode(JSON.stringify(kiosk.text)).length > MOST_BYTES) tell(words("problem.too_long"), field);
    else kiosk.next();
  };
  const lead = { visit: words("visit.write"), add: words("code.write") }[use];
  return question(kiosk, { key: "write", lead, answer, isWriting: true }, [
    make("label", { for: "text" }, words("write.label")),
    field,
    keyboardFor(kiosk, field),
    mayLeaveEmpty ? make("p", { class: "hint" }, words("write.or_speak")) : null,
  ]);
}

export function dangerPage(kiosk) {
  const { words } = kiosk;
  const { duty } = kiosk.directory;
  const inset = make("div", { class: "inset", hidden: !(kiosk.isInDanger && duty) }, wishField(kiosk, "folded"));
  const choose = (value) => {
    kiosk.isInDanger = value === "yes";
    inset.hidden = !(kiosk.isInDanger && duty);
  };
  const reached = duty
    ? [words("danger.yes_hint"), duty.readers && words("body.readers", { readers: said(kiosk, duty.readers) }), duty.stale && words("body.stale")]
    : [words("danger.unknown")];
  const options = [
    { value: "yes", label: words("danger.yes"), hints: reached, isChosen: kiosk.isInDanger === true },
    { value: "no", label: words("danger.no"), hints: [words("danger.no_hint")], isChosen: kiosk.isInDanger === false },
  ];
  const list = radios("danger", options, choose, words("danger.title"));
  list.children[0].after(inset);
  const answer = (_form, tell) => {
    if (kiosk.isInDanger === null) tell(words("way.choose"));
    else kiosk.next();
  };
  return question(kiosk, { key: "danger", answer, isWriting: true, spoken: ["danger.limits"] }, [
    list,
    make("p", { class: "note" }, words("danger.limits")),
  ]);
}

/** For a call straight to the duty line: what they should do, and what not. */
export function wishPage(kiosk) {
  const { words } = kiosk;
  const title = words("danger.wish");
  return question(kiosk, { key: "danger.wish", title, answer: kiosk.next, isWriting: true, spoken: ["danger.limits"] }, [
    wishField(kiosk),
    make("p", { class: "note" }, words("danger.limits")),
  ]);
}

function wishField(kiosk, keys = "") {
  const field = privateField("textarea", {
    id: "wish",
    rows: 3,
    dir: "auto",
    maxlength: MOST_OF_WISH,
    oninput: () => (kiosk.wish = field.value),
  });
  field.value = kiosk.wish;
  const label = make("label", { for: "wish" }, kiosk.words(keys ? "danger.wish" : "write.label"));
  return [label, field, keyboardFor(kiosk, field, keys)];
}
