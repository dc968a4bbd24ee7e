// Draws PDF pages with pdf.js: no eval, no WebAssembly, no script of the file, no link, no request.

import { make } from "/shared/dom.js";
import { SealingError } from "/shared/payload.js";
import { GlobalWorkerOptions, PasswordException, getDocument } from "./vendor/pdf.js";

GlobalWorkerOptions.workerSrc = "/static/vendor/pdf.worker.js";

const CSS_PX_PER_POINT = 96 / 72;
const MOST_PIXELS = 64 * 1024 * 1024; // of one page or one picture in it: more is a bomb, not a paper
const SAFE = {
  enableXfa: false,
  useWasm: false,
  wasmUrl: "/static/vendor/", // where its decoders for scans lie, as plain scripts
  useWorkerFetch: true, // of these decoders; the file itself has no address
  maxImageSize: MOST_PIXELS,
  canvasMaxAreaInBytes: MOST_PIXELS * 4,
  verbosity: 0,
};

/**
 * Opens a PDF and returns {pages, draw(number, scale), words(number), close()}.
 *
 * Throws SealingError "locked-paper" if it wants a password, "unreadable" if it is broken.
 */
export async function openPdf(bytes) {
  const task = getDocument({ ...SAFE, data: bytes.slice() });
  const paper = await task.promise.catch((cause) => {
    task.destroy();
    throw new SealingError(cause instanceof PasswordException ? "locked-paper" : "unreadable", cause.message);
  });
  return {
    pages: paper.numPages,
    draw: (number, scale) => readable(draw(paper, number, scale)),
    words: (number) => readable(words(paper, number)),
    close: () => task.destroy(),
  };
}

/** Returns page `number` on a canvas; scale 1 is the paper's own size on a screen. */
async function draw(paper, number, scale) {
  const page = await paper.getPage(number);
  const whole = page.getViewport({ scale: scale * CSS_PX_PER_POINT });
  const shrunk = Math.min(1, Math.sqrt(MOST_PIXELS / (whole.width * whole.height)));
  const viewport = shrunk < 1 ? page.getViewport({ scale: scale * CSS_PX_PER_POINT * shrunk }) : whole;
  const size = { width: Math.max(1, Math.round(viewport.width)), height: Math.max(1, Math.round(viewport.height)) };
  const canvas = make("canvas", { class: "paper__sheet", ...size });
  await page.render({ canvas, viewport, background: "#fff" }).promise;
  page.cleanup();
  return canvas;
}

async function words(paper, number) {
  const { items } = await (await paper.getPage(number)).getTextContent();
  return items.map(({ str, hasEOL }) => (hasEOL ? `${str}\n` : str)).join("").trim();
}

const readable = (promise) =>
  promise.catch((cause) => {
    throw new SealingError("unreadable", cause.message);
  });
