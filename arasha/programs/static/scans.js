// A photo or a scanned page becomes its pixels and nothing beside them: who, when, where and with
// what device stays behind. It is drawn on a canvas and never becomes an address.

import { SealingError } from "./packing.js";

export const JPEG = "image/jpeg";
const LONGEST_SIDE = 2200; // pixels; a page of A4 at 190 dpi
const MOST_PIXELS = 100_000_000; // what a picture may claim before anybody makes room for it
const QUALITY = 0.82;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];
const START_OF_PICTURE = 0xda; // ITU-T T.81, table B.1
const NOT_FRAMES = new Set([0xc4, 0xc8, 0xcc]); // among the markers C0 to CF of frames

/**
 * Returns {bytes, mediaType} of a JPEG that shows what a JPEG or PNG shows, at most 2,200 pixels
 * long, turned as its camera noted. The first bytes say what it is; `mediaType` is only a claim.
 * Throws SealingError: "scan-pdf", "scan-kind", "scan-size" or "scan-damaged".
 */
export async function cleanImage(bytes, mediaType = "") {
  const { width, height } = sizeOf(bytes, mediaType);
  if (!width || !height) throw new SealingError("scan-damaged", "the picture does not say its size");
  if (width * height > MOST_PIXELS) throw new SealingError("scan-size", `${width} × ${height} pixels`);
  const canvas = await drawn(bytes);
  try {
    const blob = await canvas.convertToBlob({ type: JPEG, quality: QUALITY });
    return { bytes: withoutNotes(new Uint8Array(await blob.arrayBuffer())), mediaType: JPEG };
  } finally {
    canvas.width = canvas.height = 0;
  }
}

function sizeOf(bytes, mediaType) {
  const begins = (signs) => signs.every((sign, place) => bytes[place] === sign);
  if (begins(PDF)) throw new SealingError("scan-pdf", "a PDF can hold more than a picture; scan to JPEG or PNG");
  if (begins(PNG)) return pngSize(bytes);
  if (begins([0xff, 0xd8, 0xff])) return jpegSize(bytes);
  throw new SealingError("scan-kind", `${mediaType || "this"} is not a JPEG or PNG picture`);
}

function pngSize(bytes) {
  if (bytes.length < 24) return {};
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function jpegSize(bytes) {
  const view = viewOf(bytes);
  for (const { marker, start, end } of segments(bytes)) {
    const isFrame = (marker & 0xf0) === 0xc0 && !NOT_FRAMES.has(marker);
    if (isFrame && end - start >= 9) return { width: view.getUint16(start + 7), height: view.getUint16(start + 5) };
  }
  return {};
}

/** The segments of a JPEG before its pixels: {marker, start, end}. */
function* segments(jpeg) {
  let start = 2;
  while (start + 4 <= jpeg.length && jpeg[start] === 0xff && jpeg[start + 1] !== START_OF_PICTURE) {
    const end = start + 2 + jpeg[start + 2] * 256 + jpeg[start + 3];
    if (end > jpeg.length) return;
    yield { marker: jpeg[start + 1], start, end };
    start = end;
  }
}

async function drawn(bytes) {
  const picture = await createImageBitmap(new Blob([bytes])).catch((cause) => {
    throw new SealingError("scan-damaged", cause.message);
  });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d", { alpha: false });
  pen.fillStyle = "#fff"; // what a PNG leaves clear is paper
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  picture.close();
  return canvas;
}

/** Drops what stands beside the pixels: Chromium adds a colour profile of its own. */
function withoutNotes(jpeg) {
  const all = [...segments(jpeg)];
  const kept = all.filter(({ marker }) => !isNote(marker)).map(({ start, end }) => jpeg.subarray(start, end));
  const parts = [jpeg.subarray(0, 2), ...kept, jpeg.subarray(all.at(-1).end)];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((place, part) => (whole.set(part, place), place + part.length), 0);
  return whole;
}

const isNote = (marker) => (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
