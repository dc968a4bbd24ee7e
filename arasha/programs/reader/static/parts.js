// The parts of an appeal, each sealed apart: its text, its title card, its attachments.

import { toHex } from "/shared/filing.js";
import { SealingError } from "/shared/payload.js";
import { papersIn } from "./kinds.js";
import { fromBase64, toBase64 } from "./local.js";
import { openPart } from "./opening.js";
import { addedHeader } from "./rewrap.js";

/** Returns {bytes, fileKey, evil} of an attachment, which is exactly the one that the appeal names. */
export async function openAttachment(reader, appeal, { sha256 }) {
  const sealed = await reader.desk.bytes(`attachments/${appeal.appeal}/${sha256}`);
  const found = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", sealed)));
  if (found !== sha256) throw new SealingError("other-paper", `the desk handed over ${found}, not ${sha256}`);
  return openPart(sealed, identitiesOf(reader), arrived(appeal, sha256).headers?.map(fromBase64));
}

/**
 * Returns {headers: [{part, header}], missing}: what gives every part to the readers with the keys `recipients`.
 *
 * `missing` counts the parts that this officer's key does not open: they stay closed to the new readers.
 */
export async function headersOfAll(reader, appeal, recipients) {
  // Who wrote stays with those who are told names: readers that are added are told what was written.
  const papers = papersIn(appeal.fields).filter(({ sha256 }) => arrived(appeal, sha256));
  const opened = [
    ["text", appeal],
    ...(appeal.card ? [["card", openPart(fromBase64(appeal.card), identitiesOf(reader), appeal.card_headers?.map(fromBase64))]] : []),
    ...papers.map((paper) => [paper.sha256, openAttachment(reader, appeal, paper)]),
  ];
  const made = await Promise.allSettled(opened.map(async ([part, whole]) => {
    const { fileKey } = await whole;
    return { part, header: toBase64(await addedHeader(fileKey, recipients)) };
  }));
  const headers = made.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
  return { headers, missing: made.length - headers.length };
}

const arrived = (appeal, sha256) => appeal.attachments.find((each) => each.sha256 === sha256);
const identitiesOf = (reader) => reader.held.map(({ identity }) => identity);
