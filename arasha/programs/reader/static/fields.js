// A field with its label and its hint, whose content no browser keeps.

import { make, privateField } from "/shared/dom.js";
import { remembered } from "./drafts.js";

/** Returns {box, field}: `label` and `hint` are words, `attributes` those of the field. */
export function textField({ id, label, hint, tag = "input", ...attributes }) {
  const field = remembered(id, privateField(tag, { id, ...(tag === "input" ? { type: "text" } : {}), ...attributes }));
  return boxed(field, { id, label, hint });
}

/** Returns {box, field} of a list; `options` are [[value, words], …]. */
export function listField({ id, label, hint, options, chosen = "" }) {
  const field = make("select", { id }, options.map(([value, words]) => make("option", { value }, words)));
  field.value = chosen;
  return boxed(remembered(id, field), { id, label, hint });
}

/** Returns {box, field} for files. The browser's own words on it are in the browser's language: not shown. */
export function fileField({ id, label, hint, choose, multiple = false, accept = null }) {
  const field = make("input", { id, type: "file", multiple, accept, class: "unseen", "aria-describedby": hint ? `${id}-hint` : null });
  const chosen = make("ul", { class: "sent", role: "status" });
  field.addEventListener("change", () => chosen.replaceChildren(...[...field.files].map(({ name }) => make("li", {}, name))));
  const box = make("div", { class: "field" }, [
    make("p", { class: "label" }, label),
    hint ? make("p", { class: "hint", id: `${id}-hint` }, hint) : null,
    field,
    make("label", { for: id, class: "button button--quiet" }, choose),
    chosen,
  ]);
  return { box, field };
}

function boxed(field, { id, label, hint }) {
  if (hint) field.setAttribute("aria-describedby", `${id}-hint`);
  const box = make("div", { class: "field" }, [
    make("label", { for: id }, label),
    hint ? make("p", { class: "hint", id: `${id}-hint` }, hint) : null,
    field,
  ]);
  return { box, field };
}

/** The calendar day on this machine. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
