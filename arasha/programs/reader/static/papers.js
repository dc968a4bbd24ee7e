// Attachments: each fetched sealed, compared with what the appeal says of it, opened and drawn here.

import { make } from "/shared/dom.js";
import { cleanCopy } from "./clean.js";
import { endingOf, isPicture, kindOf, papersIn } from "./kinds.js";
import { openPdf } from "./papers-pdf.js";
import { openAttachment } from "./parts.js";
import { drawPicture } from "./pictures.js";
import { askToSave, save } from "./saving.js";
import { voicePlayer } from "./voice.js";

const TOLD = {
  "other-paper": "papers.other_paper",
  "locked-paper": "papers.locked_paper",
  "too-many-pages": "papers.too_many_pages",
  unreadable: "papers.unreadable",
};
const WARNINGS = { pdf: "papers.warn_paper", voice: "papers.warn_voice", other: "papers.warn_other" };

export function attachmentsPanel(reader, appeal) {
  const papers = papersIn(appeal.fields);
  if (!papers.length) return null;
  return make("section", { id: "attachments" }, [
    make("h2", {}, reader.words("papers.title")),
    papers.map((paper, place) => attachment(reader, appeal, paper, place + 1)),
  ]);
}

function attachment(reader, appeal, paper, number) {
  const { words } = reader;
  const isHere = appeal.attachments.some(({ sha256 }) => sha256 === paper.sha256);
  const shown = make("div", { class: "paper__shown", role: "status" });
  const open = make("button", { type: "button", class: "button", onclick: () => show(reader, appeal, { paper, number, shown, open }) }, words("papers.open"));
  return make("section", { class: "panel paper" }, [
    make("h3", {}, words("papers.heading", { number, kib: kibOf(paper.size, reader.language) })),
    make("p", { class: "hint" }, words("papers.claims", { type: paper.media_type })),
    isHere ? open : make("p", { class: "warn" }, words("papers.on_its_way")),
    shown,
  ]);
}

async function show(reader, appeal, { paper, number, shown, open }) {
  const { words } = reader;
  open.disabled = true;
  shown.replaceChildren(words("papers.opening"));
  try {
    const { bytes, evil } = await openAttachment(reader, appeal, paper);
    const kind = kindOf(bytes);
    const name = `${appeal.code}-${number}`;
    const drawn = await draw(reader, bytes, kind).catch((error) => unshown(reader, error));
    const alarm = evil.length ? [make("p", { class: "alarm", role: "alert" }, words("papers.evil"))] : [];
    shown.replaceChildren(...alarm, drawn, acts(reader, { bytes, kind, name, type: paper.media_type }));
    open.remove();
  } catch (error) {
    shown.replaceChildren(make("p", { class: "alarm" }, told(reader, error)));
    open.disabled = false;
  }
}

async function draw(reader, bytes, kind) {
  if (isPicture(kind)) return named(await drawPicture(bytes), reader.words("papers.picture"));
  if (kind === "pdf") return pdfPages(reader, await openPdf(bytes));
  if (kind === "voice") return voicePlayer(reader, bytes);
  return make("p", { class: "warn" }, reader.words("papers.not_shown"));
}

function unshown(reader, error) {
  return make("p", { class: "warn" }, told(reader, error));
}

const told = (reader, error) => (TOLD[error.code] ? reader.words(TOLD[error.code]) : reader.explain(error));

function acts(reader, { bytes, kind, name, type }) {
  const { words } = reader;
  const canBeClean = isPicture(kind) || kind === "pdf";
  const warning = WARNINGS[kind] ?? "papers.warn_picture";
  const askWhole = () => askToSave(reader, { warning, bytes, name: `${name}.${endingOf(kind, type)}` });
  const clean = (event) => saveClean(reader, event.currentTarget, { bytes, kind, name });
  return make("div", {}, [
    canBeClean ? make("p", { class: "hint" }, words("papers.clean_hint")) : null,
    make("div", { class: "acts" }, [
      canBeClean ? make("button", { type: "button", class: "button button--quiet", onclick: clean }, words("papers.clean")) : null,
      make("button", { type: "button", class: "button button--quiet", onclick: askWhole }, words("papers.save")),
    ]),
  ]);
}

async function saveClean(reader, button, { bytes, kind, name }) {
  button.disabled = true;
  try {
    const copy = await cleanCopy(bytes, kind);
    save(copy.bytes, `${name}-clean.${copy.ending}`);
  } catch (error) {
    reader.tell(told(reader, error));
  }
  button.disabled = false;
}

/** Shows one page at a time: the words of a page stand below it for those who cannot see it. */
async function pdfPages(reader, paper) {
  const { words } = reader;
  const sheet = make("div");
  const count = make("span", { role: "status" });
  const said = make("div", { class: "written paper__words", dir: "auto" });
  const [back, next] = [-1, 1].map((step) =>
    make("button", { type: "button", class: "button button--quiet", onclick: () => turn(number + step) }, words(step < 0 ? "papers.page_back" : "papers.page_next")),
  );
  let number = 1;
  async function turn(to) {
    number = to;
    const where = words("papers.page", { number, pages: paper.pages });
    sheet.replaceChildren(named(await paper.draw(number, 1.5), where));
    count.textContent = where;
    said.textContent = (await paper.words(number)) || words("papers.no_words");
    back.disabled = number === 1;
    next.disabled = number === paper.pages;
  }
  await turn(1);
  const pages = paper.pages > 1 ? make("div", { class: "acts" }, [back, count, next]) : null;
  return make("div", {}, [pages, sheet, make("details", {}, [make("summary", {}, words("papers.words")), said])]);
}

function named(canvas, name) {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", name);
  return canvas;
}

const kibOf = (bytes, language) => new Intl.NumberFormat(language).format(Math.ceil(bytes / 1024));
