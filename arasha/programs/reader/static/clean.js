// A copy for sharing: only what the eye sees. Who, where, when and with what device stays behind.

import { SealingError } from "/shared/payload.js";
import { barePdf } from "./bare-pdf.js";
import { openPdf } from "./papers-pdf.js";
import { JPEG, drawPicture, encoded } from "./pictures.js";

const DPI = 150;
const MOST_PAGES = 300;

/** Returns {bytes, ending} of a picture's or a PDF's clean copy. Throws SealingError. */
export function cleanCopy(bytes, kind) {
  return kind === "pdf" ? cleanPdf(bytes) : cleanPicture(bytes, kind);
}

async function cleanPicture(bytes, kind) {
  const isPhoto = kind === "jpeg" || kind === "webp";
  const copy = await encoded(await drawPicture(bytes), isPhoto ? JPEG : "image/png");
  return { bytes: copy, ending: isPhoto ? "jpg" : "png" };
}

async function cleanPdf(bytes) {
  const paper = await openPdf(bytes);
  const pictures = [];
  try {
    if (paper.pages > MOST_PAGES) throw new SealingError("too-many-pages", `${paper.pages} pages, at most ${MOST_PAGES}`);
    for (let number = 1; number <= paper.pages; number++) {
      const canvas = await paper.draw(number, DPI / 96);
      pictures.push({ jpeg: await encoded(canvas, JPEG), width: canvas.width, height: canvas.height });
    }
  } finally {
    paper.close();
  }
  return { bytes: barePdf(pictures, DPI), ending: "pdf" };
}
