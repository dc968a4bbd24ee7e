// Whom one writes to, who will be able to read it, and which appeal it belongs to.

import { make, privateField } from "/shared/dom.js";
import { chosen, question, radios, said } from "./asking.js";
import { pictogram } from "./pictograms.js";
import { keyboardFor } from "./keyboard.js";

const CODE = /^\d{24}$/;

/** The code of an appeal that was filed before: 24 digits, the last two of which find a slip of the pen. */
export function codePage(kiosk) {
  const { words } = kiosk;
  const field = privateField("input", {
    id: "code-field",
    class: "digits",
    type: "text",
    inputmode: "numeric",
    dir: "ltr",
    maxlength: 40,
    oninput: () => (kiosk.addsTo = isCode(digits(field.value)) ? digits(field.value) : ""),
  });
  field.value = kiosk.addsTo.replace(/(.{4})(?=.)/g, "$1 ");
  const answer = (_form, tell) => {
    if (kiosk.addsTo) kiosk.next();
    else tell(words("code.wrong"), field);
  };
  return question(kiosk, { key: "code", answer }, [
    make("label", { for: "code-field" }, words("slip.code")),
    field,
    keyboardFor(kiosk, field, "digits"),
  ]);
}

const digits = (text) => text.replace(/[\s-]/g, "");
const isCode = (text) => CODE.test(text) && BigInt(text) % 97n === 1n; // ISO 7064, MOD 97-10

export function bodyPage(kiosk) {
  const { words, directory, use } = kiosk;
  const options = directory.bodies.map((body) => ({
    value: body.set,
    label: said(kiosk, body.name),
    hints: [
      use === "visit" && said(kiosk, body.promise),
      body.readers && words("body.readers", { readers: said(kiosk, body.readers) }),
      body.stale && words("body.stale"),
    ],
    isChosen: kiosk.body?.set === body.set,
  }));
  const answer = (form, tell) => {
    const body = directory.bodies.find(({ set }) => set === chosen(form, "body"));
    if (!body) return tell(words("body.choose"));
    kiosk.writeTo(body);
    kiosk.next();
  };
  return question(kiosk, { key: use === "visit" ? "visit" : "body", answer }, radios("body", options, undefined, words("body.title")));
}

export function readersPage(kiosk) {
  const { words, body } = kiosk;
  const members = body.members.map(({ role, label }) =>
    make("li", { class: `member member--${role}` }, words(`readers.${role}`, { label: said(kiosk, label) })),
  );
  const spoken = ["readers.never", "readers.look"];
  return question(kiosk, { key: "readers", answer: kiosk.next, spoken }, [
    make("h2", {}, said(kiosk, body.name)),
    make("ul", { class: "members" }, members),
    make("p", { class: "sure" }, words("readers.never")),
    make("p", { class: "note" }, words("readers.look")),
  ]);
}

/** Three ways to write, and what each of them can and cannot start. */
export function wayPage(kiosk) {
  const { words, body } = kiosk;
  const fields = {};
  const field = (name, label) => {
    fields[name] = privateField("input", { id: name, type: "text", dir: "auto", oninput: () => (kiosk[name] = fields[name].value) });
    fields[name].value = kiosk[name];
    return [make("label", { for: name }, words(label)), fields[name]];
  };
  const named = make("div", { class: "inset", hidden: kiosk.way !== "named" }, [
    ...field("name", "way.name"),
    ...(body.names ? field("contact", "way.contact") : []),
    keyboardFor(kiosk, fields.name, "folded"),
  ]);
  const choose = (way) => {
    kiosk.way = way;
    named.hidden = way !== "named";
  };
  const list = radios("way", waysFor(kiosk), choose, words("way.title"));
  list.children[0].after(named);
  const answer = (_form, tell) => {
    if (!kiosk.way) tell(words("way.choose"));
    else if (kiosk.way !== "named" && !body.unnamed) tell(words("name.needed", { body: said(kiosk, body.name) }));
    else if (kiosk.way === "named" && !kiosk.name.trim()) tell(words("way.empty"), fields.name);
    else kiosk.next();
  };
  const lead = body.promise ? `${said(kiosk, body.name)}: ${said(kiosk, body.promise)}` : "";
  return question(kiosk, { key: "way", lead, answer, isWriting: true, spoken: ["way.named_hint", "way.mailbox_hint", "way.neither_hint"] }, list);
}

function waysFor({ use, way, words, body, isInDanger, directory, mailboxLists }) {
  const hasMailbox = use !== "danger" && use !== "add" && mailboxLists.length > 0;
  const onDuty = isInDanger && directory.duty && use !== "danger";
  const hints = {
    named: [words("way.named_hint"), words(body.names ? "way.sealed_apart" : "name.seen"), onDuty && words("name.seen_on_duty")],
    mailbox: [words("way.mailbox_hint"), words("name.without_hint")],
    neither: [words(use === "add" ? "way.neither_adding" : "way.neither_hint"), words("name.without_hint")],
  };
  if (use === "danger") Object.assign(hints, { named: [words("name.seen")], neither: [] });
  return ["named", ...(hasMailbox ? ["mailbox"] : []), "neither"].map((value) => ({
    value,
    label: words(value === "neither" && !hasMailbox ? "name.without" : `way.${value}`),
    hints: hints[value],
    isChosen: way === value,
    picture: pictogram(value),
  }));
}
