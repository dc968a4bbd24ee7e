// Speaks with the program on this machine: envelopes come from it, locked keys go to it.

const TOKEN = document.querySelector("meta[name=arasha-token]").content;
const PATIENCE_MS = 30_000;
let spoken = "en";

/** Carries the code of a refusal; the desk's own refusals also say what happened and what is next. */
export class Refused extends Error {
  constructor({ problem, happened = "", next = "" }) {
    super(problem);
    this.code = problem;
    this.happened = happened;
    this.next = next;
  }
}

/** Says in which language the desk shall explain its refusals. */
export const speakIn = (language) => (spoken = language);

export const ask = (path) => speak(path, {});
export const send = (path, content) => speak(path, { method: "POST", body: JSON.stringify(content) });

/** The desk's calls, such as desk.get("cards", {state: "open"}); sealed files go as bytes. */
export const desk = {
  get: (path, query = {}) => ask(`/api/desk/${path}${queryOf(query)}`),
  post: (path, content) => send(`/api/desk/${path}`, content),
  bytes: async (path) => new Uint8Array(await (await fetched(`/api/desk/${path}`, {})).arrayBuffer()),
  put: (path, bytes) => speak(`/api/desk/${path}`, { method: "PUT", body: bytes }),
};

function queryOf(query) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

async function speak(path, options) {
  const answer = await fetched(path, options);
  return answer.json().catch(gone);
}

async function fetched(path, options) {
  const headers = { "arasha-token": TOKEN, "accept-language": spoken };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(path, { ...options, headers, signal, cache: "no-store" }).catch(gone);
  if (!answer.ok) throw new Refused(await answer.json().catch(gone));
  return answer;
}

function gone() {
  throw new Refused({ problem: "program_gone" });
}

export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
export const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
