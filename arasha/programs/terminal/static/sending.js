// Sealing and handing over: what a use ends in, an appeal or the cover of a use that only read.

import { sealCover, sealer } from "./filing.js";
import { ask, send } from "./local.js";

let sealCall = sealer();
let seal = sealer();

/**
 * Seals and hands over; returns the slip, which goes on to hand over the files. However often it is called, an
 * unchanged appeal is filed once.
 */
export async function handOver(kiosk, { isCover, isUnfinished }) {
  const slip = isCover ? await coverSlip(kiosk) : await appealSlip(kiosk, isUnfinished);
  [seal, sealCall] = [sealer(), sealer()]; // they remember the words that they sealed
  return { ...slip, began: Date.now(), refused: [] };
}

async function coverSlip(kiosk) {
  kiosk.directory ??= await ask("/api/bodies");
  kiosk.coverPosted ??= await sealCover(kiosk.directory, kiosk.language.code);
  const path = "/api/covers";
  return { ...(await send(path, kiosk.coverPosted)), path, posted: kiosk.coverPosted, attachments: [] };
}

async function appealSlip(kiosk, isUnfinished) {
  const isCalled = kiosk.isInDanger && kiosk.body !== kiosk.directory.duty;
  const whole = await appeal(kiosk, { unfinished: isUnfinished ? "1" : "" });
  const call = isCalled ? await callDutyLine(kiosk, whole) : null;
  const { posted, attachments } = await seal(whole);
  const path = "/api/appeals";
  return { ...(await send(path, posted)), path, posted, attachments: [...attachments], call, isUnheard: isCalled && !call };
}

/** "Danger now": an appeal of its own to the duty line, handed over before the other one. Nothing that
 * happens to it stops the appeal, which tells of the danger too. In it stands the code of the appeal, so that the
 * duty line finds what belongs together. Returns its leaf, or null if it could not be handed over. */
async function callDutyLine(kiosk, whole) {
  const code = await seal(whole).then((sealed) => sealed.code, () => ""); // what cannot be sealed stops no call
  const call = async () => {
    const { duty } = kiosk.directory;
    if (!duty) return null;
    const answers = filled({ ...whole.answers, name: namedTo(kiosk, duty), wish: kiosk.wish.trim(), appeal: code });
    const { posted } = await sealCall({ ...whole, body: duty, mailbox: null, identity: null, attachments: [], answers });
    return (await send("/api/appeals", posted)).leaf;
  };
  try {
    return await call();
  } catch (error) {
    if (error.code === "program_gone") throw error; // the words are still here, to be sent again
    if (error.code === "set_unknown") kiosk.directory = await ask("/api/bodies");
    return call().catch(() => null);
  }
}

async function appeal(kiosk, { unfinished }) {
  const { body, directory, language, text, use, way, words } = kiosk;
  const answers = filled({
    way,
    name: namedTo(kiosk, body),
    danger: kiosk.isInDanger ? words("danger.yes") : "",
    wish: use === "danger" ? kiosk.wish.trim() : "",
    visit: use === "visit" ? "1" : "",
    safe: kiosk.isSafe === "no" ? "no" : "",
    adds_to: kiosk.addsTo,
    unfinished,
  });
  const isApart = way === "named" && kiosk.name.trim() && body.names;
  return {
    body,
    place: directory.place.code ?? "",
    today: directory.today,
    language: language.code,
    text: text.trim() ? text : words("voice.only"),
    answers,
    mailbox: await chosenMailbox(kiosk),
    // One whose sealing ended after the person had chosen another body stays here.
    attachments: kiosk.attachments.filter(({ sealedTo }) => sealedTo === body.set),
    identity: isApart ? { name: kiosk.name.trim(), contact: kiosk.contact.trim() } : null,
  };
}

/** A name goes into the appeal itself only where the body has no smaller circle for names. */
function namedTo(kiosk, body) {
  if (kiosk.way !== "named" || body.names) return "";
  return kiosk.name.trim();
}

async function chosenMailbox({ way, mailbox }) {
  if (way !== "mailbox" || !mailbox) return null;
  const { recipient, tags } = await mailbox;
  return { recipient, tags };
}

const filled = (answers) => Object.fromEntries(Object.entries(answers).filter(([, text]) => text));
