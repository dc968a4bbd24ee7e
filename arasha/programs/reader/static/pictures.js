// Draws a picture on a canvas: it never becomes an address, so nothing in it can be fetched or run.

import { make } from "/shared/dom.js";
import { SealingError } from "/shared/payload.js";

export const JPEG = "image/jpeg";
const START_OF_PICTURE = 0xda; // ITU-T T.81, table B.1

/** Returns a canvas with the picture, turned as its camera noted. Throws SealingError "unreadable". */
export async function drawPicture(bytes) {
  const picture = await createImageBitmap(new Blob([bytes])).catch((cause) => {
    throw new SealingError("unreadable", cause.message);
  });
  const canvas = make("canvas", { class: "paper__sheet", width: picture.width, height: picture.height });
  canvas.getContext("2d").drawImage(picture, 0, 0);
  picture.close();
  return canvas;
}

/** Returns the canvas as a new file: its pixels and nothing that stood beside them. */
export async function encoded(canvas, type) {
  const blob = await new Promise((done) => canvas.toBlob(done, type, 0.9));
  if (!blob) throw new SealingError("unreadable", `a ${canvas.width} × ${canvas.height} canvas cannot be encoded`);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return type === JPEG ? withoutNotes(bytes) : bytes;
}

/** Drops a JPEG's notes (Exif, XMP, profiles, comments): browsers add a colour profile of their own. */
function withoutNotes(jpeg) {
  const kept = [jpeg.subarray(0, 2)];
  let place = 2;
  while (jpeg[place + 1] !== START_OF_PICTURE) {
    const end = place + 2 + jpeg[place + 2] * 256 + jpeg[place + 3];
    if (!isNote(jpeg[place + 1])) kept.push(jpeg.subarray(place, end));
    place = end;
  }
  return joined([...kept, jpeg.subarray(place)]);
}

const isNote = (marker) => (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;

/** Returns the parts one after the other. */
export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}
