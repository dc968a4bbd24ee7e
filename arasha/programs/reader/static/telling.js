// Word of the five states for those who have a mailbox: sealed here, because only here anybody sees that there is one.

import { packReply, replyTag } from "/shared/correspondence.js";
import { sealTo } from "/shared/sealing.js";
import { fromBase64, toBase64 } from "./local.js";
import { openAppeal } from "./opening.js";

const EVERY_MS = 60_000; // no oftener than so, and only while the officer works: asking prolongs the session
const MEANWHILE = new Set(["state_moved", "tag_taken", "too_many_replies", "not_found", "already_erased"]); // it stays due, or is no more ours to tell
let lookedAt = -Infinity;

/** Tells every mailbox that this officer's key opens what has become of its appeal. What fails stays due. */
export async function tellStates(reader) {
  if (!reader.isUnlocked() || performance.now() - lookedAt < EVERY_MS) return;
  lookedAt = performance.now();
  try {
    for (let after = null; ; ) {
      const { untold, next } = await reader.desk.get("untold", { after });
      for (const each of untold) await tell(reader, each);
      if (!next) return;
      after = next;
    }
  } catch (error) {
    reader.explain(error); // an ended session locks the page; anything else is tried again
  }
}

async function tell(reader, { appeal, state, next_day: nextDay, next_reply: number, envelope, headers }) {
  const opened = await openAppeal(fromBase64(envelope), reader.held.map(({ identity }) => identity), headers.map(fromBase64)).catch(() => null);
  if (!opened) return; // a colleague's key opens it
  const word = opened.fields.mailbox ? await sealed(opened.fields, { state, nextDay, number }) : { tag: "", sealed: "" };
  await reader.desk.post(`appeals/${appeal}/told`, { state, ...word }).catch((error) => {
    if (!MEANWHILE.has(error.code)) throw error;
  });
}

async function sealed({ mailbox: { recipient, tags }, language }, { state, nextDay, number }) {
  const reply = { kind: "state", state, text: "", shown: "safe", language, next_day: nextDay };
  return { tag: await replyTag(tags, number), sealed: toBase64(await sealTo([recipient], packReply(reply))) };
}
