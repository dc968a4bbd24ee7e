// Speaks with the program on this machine: envelopes come from it, locked keys go to it.

const TOKEN = document.querySelector("meta[name=arasha-token]").content;
const PATIENCE_MS = 30_000;

/** Carries the code of a refusal that the texts have words for. */
export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export const ask = (path) => speak(path, {});
export const send = (path, content) => speak(path, { method: "POST", body: JSON.stringify(content) });

async function speak(path, options) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let answer, content;
  try {
    answer = await fetch(path, { ...options, headers: { "arasha-token": TOKEN }, signal, cache: "no-store" });
    content = await answer.json();
  } catch {
    throw new Refused("program_gone");
  }
  if (!answer.ok) throw new Refused(content.problem);
  return content;
}

export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
export const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
