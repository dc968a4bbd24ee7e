// What a file is, by its first bytes: what its sender says of it is only a claim.

import { IDENTITY_TYPE } from "/shared/payload.js";

const BEGINNINGS = [
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["gif", [0x47, 0x49, 0x46, 0x38]],
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["voice", [0x4f, 0x67, 0x67, 0x53]], // Ogg
  ["voice", [0x1a, 0x45, 0xdf, 0xa3]], // WebM
];
const PICTURES = new Set(["jpeg", "png", "gif", "webp"]);
// Endings for saving. What a browser or a shell would run on a double click is never among them.
const ENDINGS = {
  "application/msword": "doc",
  "application/vnd.arasha.identity+json": "json",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/zip": "zip",
  "audio/mpeg": "mp3",
  "audio/webm": "webm",
  "text/plain": "txt",
  "video/mp4": "mp4",
};
const OWN_ENDINGS = { jpeg: "jpg", png: "png", gif: "gif", webp: "webp", pdf: "pdf", voice: "ogg" };

/** Returns "jpeg", "png", "gif", "webp", "pdf", "voice", or "other" for what is not shown here. */
export function kindOf(bytes) {
  const begins = (signs, at = 0) => signs.every((sign, place) => bytes[at + place] === sign);
  const webp = begins([0x52, 0x49, 0x46, 0x46]) && begins([0x57, 0x45, 0x42, 0x50], 8);
  return webp ? "webp" : (BEGINNINGS.find(([, signs]) => begins(signs))?.[0] ?? "other");
}

const isName = ({ media_type: type }) => type === IDENTITY_TYPE;

/** The files of an appeal that say who wrote, sealed to fewer people; and all others. */
export const namesIn = ({ attachments }) => attachments.filter(isName);
export const papersIn = ({ attachments }) => attachments.filter((each) => !isName(each));

export const isPicture = (kind) => PICTURES.has(kind);

/** Returns the ending under which a file is saved; "bin" opens in nothing by itself. */
export function endingOf(kind, mediaType) {
  if (kind === "voice" && mediaType === "audio/webm") return "webm";
  return OWN_ENDINGS[kind] ?? ENDINGS[mediaType] ?? "bin";
}
