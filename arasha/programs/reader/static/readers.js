// Adding readers to an appeal that was sealed before: those who joined the own body, or those of a body that is to receive it.

import { make } from "/shared/dom.js";
import { form } from "./acts.js";
import { fact } from "./facts.js";
import { listField } from "./fields.js";
import { namesIn } from "./kinds.js";
import { headersOfAll } from "./parts.js";

const OWN = ""; // the readers of the newest list of the officer's own body

export function readersPanel(reader, appeal) {
  const { words } = reader;
  if (!appeal.recipients.length) return appeal.readers && make("p", { class: "alarm", role: "alert", id: "strangers" }, words("readers.strangers"));
  const body = make("div", {}, words("recording.fetching"));
  const fill = async () => {
    const asked = await reader.desk.get(`appeals/${appeal.appeal}/receivers`).catch((error) => error);
    const refused = asked instanceof Error ? make("p", { class: "warn" }, words("readers.unasked", { why: reader.explain(asked) })) : null;
    body.replaceChildren(...[refused, readersForm(reader, appeal, asked.receivers ?? [])].filter(Boolean));
  };
  const panel = make("details", { class: "panel", id: "readers" }, [make("summary", {}, words("readers.title")), body]);
  panel.addEventListener("toggle", () => panel.open && fill(), { once: true });
  return panel;
}

function readersForm(reader, appeal, receivers) {
  const { words } = reader;
  const own = { ...appeal, set: OWN };
  const offered = [own, ...receivers.filter(({ against }) => !against)];
  const names = offered.map(({ set, name, added }) => [set, set === OWN ? words("readers.own") : words(added ? "readers.other_added" : "readers.other", { name, set })]);
  const list = listField({ id: `readers-${appeal.appeal}`, label: words("readers.whose"), options: names });
  const compared = make("input", { id: "compared", type: "checkbox" });
  const shown = make("ul", { class: "fingerprints" });
  const chosen = () => offered.find(({ set }) => set === list.field.value) ?? own;
  const show = async () => {
    compared.checked = false;
    const all = await named(reader, chosen());
    shown.replaceChildren(...all.map((each) => make("li", {}, each)));
  };
  const act = async () => {
    const body = chosen();
    if (!body.readers && !compared.checked) return words("readers.compare_first");
    const { headers, missing } = await headersOfAll(reader, appeal, body.recipients);
    const isOwn = body.set === OWN;
    await reader.desk.post(`appeals/${appeal.appeal}/${isOwn ? "headers" : "receivers"}`, { set: isOwn ? await setOf(reader, appeal) : body.set, headers });
    await reader.show();
    if (missing) return words("readers.added_without", { missing });
    return isOwn ? words("readers.added") : words("readers.added_for", { name: body.name });
  };
  list.field.addEventListener("input", show);
  show();
  const check = make("p", { class: "check" }, [compared, make("label", { for: "compared" }, words("readers.compared"))]);
  const known = make("p", { class: "sure" }, words("readers.known"));
  return make("div", {}, [
    form(reader, { lead: "readers.lead", button: "readers.add" }, [list.box, shown, nameStays(reader, appeal), appeal.readers ? known : check], act),
    standingAgainst(reader, receivers.filter(({ against }) => against)),
  ]);
}

function nameStays({ words }, { fields }) {
  return namesIn(fields).length ? make("p", { class: "hint" }, words("readers.name_stays")) : null;
}

function standingAgainst({ words }, refused) {
  if (!refused.length) return null;
  return make("section", { id: "against" }, [make("h2", {}, words("readers.against")), make("dl", { class: "facts" }, refused.flatMap(({ name, against }) => fact(name, against)))]);
}

/** With a pinned root the names are those that the body signed; without one only digits can be compared. */
function named(reader, { recipients, readers }) {
  const members = new Map(readers?.members.map((each) => [each.recipient, each]));
  return Promise.all(recipients.map(async (each) => [members.has(each) && spoken(reader, members.get(each)), await fingerprint(each)].filter(Boolean).join(" · ")));
}

/** A label with a part for each language, "… / … / …", in the one in use; of the office key also where it lies. */
function spoken({ words, start, language }, { label, role }) {
  const codes = Object.keys(start.languages);
  const parts = label.split(" / ");
  const said = parts.length === codes.length ? parts[codes.indexOf(language)] : label;
  return role === "office" ? words("readers.office", { label: said }) : said;
}

async function setOf(reader, { set, recipients, readers }) {
  if (readers) return readers.set;
  const { sets } = await reader.desk.get("entry");
  return sets.find((each) => each.recipients.join() === recipients.join())?.id ?? set;
}

/** The same twenty digits as on an officer's card. */
export async function fingerprint(recipient) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(recipient)));
  const digits = Array.from(digest.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.match(/.{4}/g).join(" ");
}
