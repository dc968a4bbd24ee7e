// The form of a letter: nothing that is written leaves it unsealed, and nothing of it is kept anywhere else.

import { readable } from "../../shared/days.js";
import { make } from "../../shared/dom.js";
import { ask, post } from "./door.js";
import { sealer, sendFiles } from "./letter.js";
import { find, inFours, language, named, words } from "./page.js";
import { picturesOf } from "./pictures.js";
import { mailboxOfForm } from "./words.js";

const form = find("letter");
const { gateway, public: publicUrl, files: mostFiles, megabytes } = form.dataset;
const MOST_BYTES = 240 * 1024; // of text; the largest sealed size holds 256 KiB with all fields
const sealLetter = sealer();
const sealCall = sealer();
const pictures = picturesOf({ most: Number(mostFiles), mostBytes: Number(megabytes) * 1024 * 1024 });
const mailbox = mailboxOfForm();
let facts = null;
let isBusy = false;

// What is offered

function showPlaces() {
  const regions = [...new Set(facts.places.map(({ region }) => named(region)))];
  for (const region of regions.sort((one, other) => one.localeCompare(other, language))) {
    const places = facts.places.filter((place) => named(place.region) === region);
    const sorted = places.sort((one, other) => named(one.name).localeCompare(named(other.name), language));
    find("place").append(make("optgroup", { label: region }, sorted.map(({ code, name }) => make("option", { value: code }, named(name)))));
  }
}

const placeOf = () => facts.places.find(({ code }) => code === find("place").value) ?? null;

/** The bodies that neither command the place nor are commanded by whom the law excludes there. */
function freeBodies() {
  const place = placeOf();
  return facts.bodies.filter(({ readers, authorities }) =>
    !place || !(readers.some((each) => place.commanders.includes(each)) || authorities.includes(place.authority)));
}

function showBodies() {
  const before = form.elements.body?.value;
  find("bodies").replaceChildren(...freeBodies().filter(({ danger }) => !danger).map((body) => {
    const id = `body-${body.body}`;
    const hints = [words("readers", { readers: named(body.who) }), named(body.promise), body.valid && facts.fresh ? "" : words("stale")].filter(Boolean);
    const radio = make("input", { class: "govuk-radios__input", type: "radio", name: "body", id, value: body.body, "aria-describedby": `${id}-hint`, onchange: showNameHint });
    radio.checked = body.body === before;
    return make("div", { class: "govuk-radios__item" }, [
      radio,
      make("label", { class: "govuk-label govuk-radios__label", for: id }, named(body.name)),
      make("div", { class: "govuk-hint govuk-radios__hint", id: `${id}-hint` }, hints.join(" ")),
    ]);
  }));
  find("place-unknown").hidden = Boolean(placeOf());
  find("danger").hidden = !dutyLine();
  showNameHint();
}

const dutyLine = () => freeBodies().find(({ danger }) => danger) ?? null;
const chosenBody = () => facts.bodies.find(({ body }) => body === form.elements.body?.value) ?? null;

function showNameHint() {
  find("name-hint").textContent = words(chosenBody()?.names ? "name apart" : "name inside");
}

function showMandate() {
  find("mandate-part").hidden = !find("represents").checked;
}

// What was written

const value = (id) => find(id)?.value.trim() ?? "";
const digits = (text) => text.replace(/[\s-]/g, "");
const isCode = (text) => /^\d{24}$/.test(text) && BigInt(text) % 97n === 1n; // ISO 7064, MOD 97-10
const filled = (answers) => Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer));

/** Returns what is missing, each with the field to go to. */
function missing(box) {
  const body = chosenBody();
  return [
    find("adds-to") && !isCode(digits(value("adds-to"))) && ["bad code", "adds-to"],
    !form.elements.relation.value && ["no relation", "relative"],
    !body && ["no body", find("bodies").querySelector("input")?.id ?? "place"],
    body && !body.unnamed && !value("name") && ["name needed", "name"],
    !value("text") && ["no text", "text"],
    new TextEncoder().encode(JSON.stringify(value("text"))).length > MOST_BYTES && ["too long", "text"],
    box === false && ["words", "word-one"],
  ].filter(Boolean);
}

async function written(box) {
  const body = chosenBody();
  const represents = find("represents").checked;
  const { files, mandate } = await pictures.seal(body, { withMandate: represents });
  const isApart = Boolean(body.names && value("name"));
  const answers = filled({
    way: value("name") ? "named" : box ? "mailbox" : "neither",
    relation: form.elements.relation.value,
    about: value("about"),
    represents: represents && "1",
    mandate,
    name: !isApart && value("name"),
    contact: !isApart && value("contact"),
    danger: isInDanger() && find("danger-yes").labels[0].textContent,
    adds_to: digits(value("adds-to")),
  });
  const fields = { language, written_on: facts.today, text: find("text").value, place: find("place").value, answers, mailbox: box };
  return { body, fields, files, identity: isApart ? { name: value("name"), contact: value("contact") } : null };
}

const isInDanger = () => !find("danger").hidden && form.elements.danger.value === "yes";

// Sending

const progress = (text) => (find("progress").textContent = text);
const steps = { solving: () => progress(words("solving")), sending: () => progress(words("sending")) };

/** The call goes first and alone; whatever happens to it, the letter goes too. Returns true, false, or null: not asked. */
async function callDutyLine(letter, code) {
  if (!isInDanger()) return null;
  const answers = { ...letter.fields.answers, appeal: code };
  for (const name of ["mandate", letter.identity ? "" : "name", letter.identity ? "" : "contact"]) delete answers[name];
  const call = { body: dutyLine(), fields: { ...letter.fields, answers, mailbox: null }, files: [], identity: null };
  return sealCall(call).then(({ posted }) => post(gateway, posted, steps)).then(() => true, () => false);
}

async function send() {
  const box = await mailbox();
  const found = missing(box);
  if (found.length) return complain(found);
  progress(words("sealing"));
  const letter = await written(box);
  const sealed = await sealLetter(letter);
  const call = await callDutyLine(letter, sealed.code);
  const { ack } = await post(gateway, sealed.posted, steps);
  showSlip({ ...sealed, ack, call, body: letter.body });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isBusy) return;
  isBusy = find("send").disabled = true;
  find("errors").hidden = true;
  try {
    await send();
  } catch (error) {
    // The list may have changed while somebody wrote: it is fetched, and what was written stands.
    if (error.code === "unknown_set") await fetchFacts().then(showBodies, () => {});
    complain([[error.code ?? "else", "send"]]);
  } finally {
    progress("");
    isBusy = find("send").disabled = false;
  }
});

function complain(found) {
  const lines = found.map(([key, id]) => {
    const go = (event) => (event.preventDefault(), find(id).focus());
    return make("li", {}, make("a", { href: `#${id}`, onclick: go }, words(key)));
  });
  find("errors").querySelector("ul").replaceChildren(...lines);
  find("errors").hidden = false;
  find("errors").focus();
}

// The slip

function showSlip(letter) {
  const [, , received] = letter.ack.split("\n");
  find("writing").remove();
  find("slip").hidden = false;
  find("code").textContent = inFours(letter.code);
  find("day").textContent = words("received", { day: readable(received.replace("received ", ""), language) });
  const address = `${publicUrl}/c/${letter.code}`;
  find("check-link").href = `/c/${letter.code}`;
  find("check-address").textContent = address;
  find("note").textContent = letter.ack;
  find("call-state").hidden = letter.call === null;
  find("call-state").textContent = letter.call === null ? "" : words(letter.call ? "call there" : "call lost");
  find("save").addEventListener("click", () => save(letter, address));
  find("print").addEventListener("click", () => print());
  find("files-again").addEventListener("click", () => bringFiles(letter));
  find("slip").focus();
  if (letter.files.length) bringFiles(letter);
}

async function bringFiles(letter) {
  find("files-again").hidden = true;
  find("attached").textContent = words("sending");
  await sendFiles(gateway, letter);
  const number = letter.files.length;
  find("attached").textContent = number ? words("files left", { number }) : words("files there");
  find("files-again").hidden = number === 0;
}

function save(letter, address) {
  const lines = [
    words("slip head"),
    words("slip code", { code: inFours(letter.code) }),
    words("slip address", { address }),
    `body ${letter.body.body}`,
    "",
    words("slip note"),
    letter.ack,
  ];
  const url = URL.createObjectURL(new Blob([lines.join("\n")], { type: "text/plain" }));
  make("a", { href: url, download: `arasha-${letter.code}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function readSlip({ target }) {
  const text = await target.files[0]?.text();
  if (!text) return;
  const code = text.match(/\d{4}(?: \d{4}){5}/)?.[0] ?? "";
  if (!isCode(digits(code))) return complain([["bad slip", "adds-to"]]);
  find("adds-to").value = code;
  const body = find(`body-${text.match(/^body ([a-z0-9._-]+)$/m)?.[1]}`);
  if (body) body.checked = true;
  showNameHint();
}

// The beginning

async function fetchFacts() {
  facts = await ask(gateway, "/facts");
  if (!facts.bodies.some(({ danger }) => !danger)) throw Object.assign(new Error("nobody"), { code: "no bodies" });
}

async function begin() {
  try {
    await fetchFacts();
    showPlaces();
    showBodies();
    form.hidden = false;
  } catch {
    complain([["no bodies", "errors"]]);
  } finally {
    find("waiting").hidden = true;
  }
}

find("place").addEventListener("change", showBodies);
find("represents").addEventListener("change", showMandate);
find("lawyer").addEventListener("change", () => {
  find("represents").checked = true;
  showMandate();
});
find("slip-file")?.addEventListener("change", readSlip);
begin();
