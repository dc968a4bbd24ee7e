// Everything once more before it is sealed.

import { make } from "/shared/dom.js";
import { question, said, submitting } from "./asking.js";

export function checkPage(kiosk) {
  const { words, body, attachments } = kiosk;
  const row = (term, text, kind = "") => [make("dt", {}, words(term)), make("dd", { class: kind, dir: "auto" }, text)];
  const answer = (form, tell) => submitting(kiosk, form.querySelector("[type=submit]"), tell);
  const numberOf = (kind) => attachments.filter((each) => each.kind === kind).length;
  const added = ["voice", "paper"].filter(numberOf).map((kind) => `${words(`check.${kind}`)}: ${numberOf(kind)}`).join(", ");
  return question(kiosk, { key: "check", answer, act: words("button.send"), spoken: ["check.explain"] }, [
    make("dl", { class: "summary" }, [
      ...(kiosk.isInDanger && kiosk.use !== "danger" ? dangerRows(kiosk, row) : []),
      ...row("check.to", said(kiosk, body.name)),
      ...(kiosk.addsTo ? row("check.adds_to", kiosk.addsTo.replace(/(.{4})(?=.)/g, "$1 ")) : []),
      ...row("check.name", kiosk.way === "named" ? kiosk.name : words(kiosk.way === "mailbox" ? "way.mailbox" : "name.without")),
      ...(kiosk.text.trim() ? row("check.text", kiosk.text, "written") : []),
      ...(added ? row("check.added", added) : []),
      ...(kiosk.use === "danger" && kiosk.wish.trim() ? row("check.wish", kiosk.wish, "written") : []),
    ]),
    make("p", { class: "note" }, words("check.explain")),
  ]);
}

function dangerRows(kiosk, row) {
  const { words, wish } = kiosk;
  const { duty } = kiosk.directory;
  if (!duty) return row("check.danger", words("danger.unknown"));
  return [...row("check.danger", said(kiosk, duty.name)), ...(wish.trim() ? row("check.wish", wish, "written") : [])];
}
