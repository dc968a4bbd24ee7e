// The mailbox of whoever writes: eight words, and what follows from them, on this screen alone.
// docs/reference/mailbox.md tells the derivation; tests/engines/sealing/mailbox.json has vectors.

import { Decrypter } from "./vendor/age-mailbox.js";
import { replyTag, unpackReply } from "./correspondence.js";
import { SealingError } from "./packing.js";

export const WORDS = 8;
const LIST_WORDS = 2048; // divides 2^16: each word is as likely as the next
const PREFIX = 4; // letters; no two words of a list begin with the same
const TAGS = 64; // as many as one mailbox may have: MOST_REPLIES in arasha/engines/sealing/correspondence.py
const MARKS = /[\u0300-\u036f]/g;
// What somebody types who has only Russian letters.
const PLAIN = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и" };
const lists = new Map();

/** Returns eight words of a language's list, drawn anew. */
export async function newWords(language) {
  const list = await wordsOf(language);
  const drawn = crypto.getRandomValues(new Uint16Array(WORDS));
  const words = Array.from(drawn, (number) => list[number % LIST_WORDS]);
  drawn.fill(0);
  return words;
}

/**
 * Returns at most `most` words of the list that `typed` may become. Case, spaces, accents (ё, й) and
 * the letters that a Russian keyboard lacks make no difference; from the fourth letter on the
 * beginning decides, so that a slip further on still finds its word.
 */
export async function suggest(typed, language, most = 6) {
  const start = fold(typed);
  const list = await wordsOf(language);
  if (!start) return [];
  const found = list.filter((word) => fold(word).startsWith(start));
  return (found.length ? found : meant(start, list)).slice(0, most);
}

/** Returns the one word of the list that `typed` stands for, or null: none, or not yet one. */
export async function wordFor(typed, language) {
  const [start, list] = [fold(typed), await wordsOf(language)];
  return list.find((word) => fold(word) === start) ?? meant(start, list)[0] ?? null;
}

/**
 * Returns {recipient, tags (hex), identity} of eight words of any list, right or mistyped alike.
 * It takes 64 MiB and about a second, in a Worker that ends with it. Throws SealingError "words".
 */
export async function deriveMailbox(words) {
  const spelt = words.map((word) => word.trim().toLowerCase());
  if (spelt.length !== WORDS || spelt.some((word) => !word || /\s/.test(word))) {
    throw new SealingError("words", `a mailbox has ${WORDS} words`);
  }
  const worker = new Worker(new URL("./mailbox_worker.js", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new SealingError("words", event.message));
      worker.postMessage(spelt);
    });
  } finally {
    worker.terminate(); // and with it all of its memory
  }
}

/** Returns in hex the tags under which the first `count` replies to a mailbox lie. */
export function tagsOf(tags, count = TAGS) {
  return Promise.all(Array.from({ length: count }, (_, number) => replyTag(tags, number)));
}

/**
 * Returns the replies among `sealed` (age files, or noise of their size) that `mailbox` opens, in
 * order, each with its `number`. One that opens and has a form of later days: {number, unreadable}.
 */
export async function openReplies({ identity }, sealed) {
  const opened = await Promise.all(sealed.map((file, number) => openReply(identity, file, number)));
  return opened.filter((reply) => reply !== null);
}

async function openReply(identity, file, number) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const plaintext = await decrypter.decrypt(file).catch(() => null);
  if (!plaintext) return null;
  try {
    return { ...unpackReply(plaintext), number };
  } catch {
    return { number, unreadable: true };
  } finally {
    plaintext.fill(0);
  }
}

/** Returns the words of a list, which are fetched once. Throws SealingError "no-list". */
export function wordsOf(language) {
  if (!lists.has(language)) lists.set(language, fetchList(language));
  return lists.get(language);
}

async function fetchList(language) {
  const answer = await fetch(new URL(`./words/${language}.txt`, import.meta.url));
  const list = answer.ok ? (await answer.text()).trim().split("\n") : [];
  if (list.length === LIST_WORDS) return list;
  lists.delete(language);
  throw new SealingError("no-list", `there is no list of ${LIST_WORDS} words in ${language}`);
}

function meant(start, list) {
  const prefix = start.slice(0, PREFIX);
  return prefix.length < PREFIX ? [] : list.filter((word) => fold(word).startsWith(prefix));
}

function fold(text) {
  const bare = text.toLowerCase().normalize("NFKD").replace(MARKS, "").replace(/\s/g, "");
  return bare.replace(/[әғқңөұүһі]/g, (letter) => PLAIN[letter]);
}
