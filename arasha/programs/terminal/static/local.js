// Speaks with the program on this machine. Only sealed bytes ever go there.

const TOKEN = document.querySelector("meta[name=arasha-token]").content;
const PATIENCE_MS = 15_000;

/** Carries the code of a refusal that the pack has words for. */
export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export const ask = (path) => speak(path, {});
export const send = (path, body) => speak(path, { method: "POST", body });

async function speak(path, options) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const headers = { "arasha-token": TOKEN };
  let answer, content;
  try {
    answer = await fetch(path, { ...options, headers, signal, cache: "no-store" });
    content = await answer.json();
  } catch {
    throw new Refused("program_gone");
  }
  if (!answer.ok) throw new Refused(content.problem);
  return content;
}
