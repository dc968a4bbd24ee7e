// An appeal that came on paper, by telephone, by e-mail or in person: typed in here, and sealed before
// it leaves this page, exactly as a terminal seals.

import { make } from "/shared/dom.js";
import { toHex } from "/shared/filing.js";
import { buildFiling, sealAppeal, sealTo } from "/shared/sealing.js";
import { form } from "./acts.js";
import { forget } from "./drafts.js";
import { entrySlip } from "./entry-slip.js";
import { fileField, listField, textField } from "./fields.js";
import { toBase64 } from "./local.js";
import { fingerprint } from "./readers.js";

const MOST_SCAN_BYTES = 10 * 1024 * 1024;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+$/;

export async function enterPage(reader) {
  const { words } = reader;
  const entry = await reader.desk.get("entry");
  if (!entry.sets.length) return make("div", {}, [make("h1", {}, words("enter.title")), make("p", { class: "warn" }, words("enter.no_set"))]);
  const page = make("div", {}, [make("h1", {}, words("enter.title")), make("p", { class: "lead" }, words("enter.lead"))]);
  const given = fieldsOf(reader, entry);
  const boxes = Object.values(given).map(({ box }) => box);
  let sealed = null; // the same words are sealed once: pressed twice, or again after a refusal, they are one appeal
  const act = async () => {
    const appeal = readFields(reader, given, entry);
    const asked = JSON.stringify(appeal, (key, value) => (value instanceof File ? [value.name, value.size, value.lastModified] : value));
    if (sealed?.asked !== asked) sealed = { asked, ...(await seal(appeal)) };
    const answer = await reader.desk.post("entered", entered(appeal, sealed));
    forget("enter-");
    page.replaceWith(entrySlip(reader, { ...sealed, ...answer, code: sealed.code, language: appeal.language, publicUrl: entry.public }));
    return null;
  };
  page.append(form(reader, { button: "enter.seal", wait: "enter.sealing" }, boxes, () => act().catch(unready)));
  return page;
}

class Unready extends Error {}

function unready(error) {
  if (error instanceof Unready) return error.message;
  throw error;
}

function fieldsOf({ words, start, language }, { sets, channels, places, today }) {
  const date = (name, value) => textField({ id: `enter-${name}`, type: "date", value, label: words(`enter.${name}`), hint: words(`enter.${name}_hint`) });
  return {
    set: readersField(words, sets),
    channel: listField({ id: "enter-channel", label: words("enter.channel"), options: [["", "–"], ...channels.map((each) => [each, words(`enter.by_${each}`)])] }),
    received: date("received", today),
    written: date("written", ""),
    place: listField({ id: "enter-place", label: words("enter.place"), options: [["", words("enter.no_place")], ...places.map(({ code, name }) => [code, name])] }),
    name: textField({ id: "enter-name", label: words("enter.name"), hint: words("enter.name_hint") }),
    language: listField({ id: "enter-language", label: words("enter.language"), hint: words("enter.language_hint"), options: Object.entries(start.languages), chosen: language }),
    text: textField({ id: "enter-text", tag: "textarea", rows: 10, label: words("enter.text"), hint: words("enter.text_hint") }),
    scans: fileField({ id: "enter-scans", multiple: true, label: words("enter.scans"), hint: words("enter.scans_hint"), choose: words("enter.choose_scans") }),
  };
}

/** The keys came by way of the server: they stand here to be compared with the printed cards. */
function readersField(words, sets) {
  const list = listField({ id: "enter-set", label: words("enter.set"), options: sets.map(({ id, name }) => [id, `${name} (${id})`]), chosen: sets[0].id });
  const keys = make("ul", { class: "fingerprints" });
  const show = async () => {
    const { recipients } = sets.find(({ id }) => id === list.field.value);
    keys.replaceChildren(...(await Promise.all(recipients.map(fingerprint))).map((each) => make("li", {}, each)));
  };
  list.field.addEventListener("input", show);
  show();
  list.box.append(make("details", { class: "keys" }, [make("summary", {}, words("enter.keys")), make("p", { class: "hint" }, words("enter.keys_hint")), keys]));
  return list;
}

function readFields({ words }, given, { sets, today }) {
  const value = (name) => given[name].field.value.trim();
  const scans = [...given.scans.field.files];
  if (!value("channel")) throw new Unready(words("enter.choose_channel"));
  if (!value("received") || value("received") > today) throw new Unready(words("enter.bad_day"));
  if (value("written") > value("received")) throw new Unready(words("enter.written_after"));
  if (!value("text")) throw new Unready(words("enter.empty"));
  const tooLarge = scans.find(({ size }) => size > MOST_SCAN_BYTES || size === 0);
  if (tooLarge) throw new Unready(words("enter.too_large", { name: tooLarge.name }));
  return {
    set: sets.find(({ id }) => id === value("set")),
    channel: value("channel"),
    received: value("received"),
    written: value("written") || value("received"),
    place: value("place"),
    name: value("name"),
    language: value("language"),
    text: value("text"),
    scans,
  };
}

async function seal({ set, written, place, name, language, text, scans }) {
  const papers = [];
  for (const scan of scans) papers.push(await sealScan(set.recipients, scan));
  const attachments = papers.map(({ sha256, bytes, type }) => ({ sha256, size: bytes.length, media_type: type }));
  const fields = { language, written_on: written, text, place, answers: name ? { name } : {}, attachments };
  const filed = await sealAppeal({ fields, recipients: set.recipients });
  return { papers, code: filed.code, leafHash: filed.leafHash, filing: buildFiling(set.id, filed) };
}

async function sealScan(recipients, scan) {
  const bytes = await sealTo(recipients, new Uint8Array(await scan.arrayBuffer()));
  const sha256 = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  return { sha256, bytes, type: MEDIA_TYPE.test(scan.type) ? scan.type : "application/octet-stream" };
}

function entered({ channel, received }, { filing, papers }) {
  const posted = toBase64(new TextEncoder().encode(filing));
  return { filing: posted, channel, received_on: received, attachments: papers.map(({ sha256 }) => sha256) };
}
