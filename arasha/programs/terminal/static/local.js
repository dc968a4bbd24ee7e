// Speaks with the program on this machine. Only sealed bytes ever go there.

let token = document.querySelector("meta[name=arasha-token]").content;
const PATIENCE_MS = 15_000;

/** Carries the code of a refusal that the pack has words for. */
export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Returns the JSON that a request is answered with. Throws Refused. */
export const ask = (path, options = {}) => speak(path, options, (answer) => (answer.status === 204 ? null : answer.json()));
export const send = (path, body) => ask(path, { method: "POST", body });

/** Returns the bytes behind an address. Throws Refused. */
export const load = (path) => speak(path, {}, async (answer) => new Uint8Array(await answer.arrayBuffer()));

/** Tells the program that whoever was here has gone, even while the page itself goes. */
export function tellLeft() {
  const headers = { "arasha-token": token };
  fetch("/api/leave", { method: "POST", headers, keepalive: true }).catch(() => {});
}

async function speak(path, options, read) {
  try {
    return await speakOnce(path, options, read);
  } catch (error) {
    if (error.code !== "wrong_token") throw error;
    token = await newToken(); // the program was started anew, and this page is still here
    return speakOnce(path, options, read);
  }
}

async function newToken() {
  const page = await fetch("/", { cache: "no-store" }).then((answer) => answer.text(), () => "");
  return /name="arasha-token" content="([\w-]+)"/.exec(page)?.[1] ?? token;
}

async function speakOnce(path, options, read) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const headers = { "arasha-token": token };
  let answer, content;
  try {
    answer = await fetch(path, { ...options, headers, signal, cache: "no-store" });
    content = await (answer.ok ? read(answer) : answer.json());
  } catch {
    throw new Refused("program_gone");
  }
  if (!answer.ok) throw new Refused(content.problem);
  return content;
}
