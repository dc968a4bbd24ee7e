// The gateway, as this page asks it: no cookie, no referrer, and every refusal has a code with a sentence.

export class DoorError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Returns what the gateway answers to a letter's page. Throws DoorError: "no line", or the problem's code. */
export async function ask(gateway, path, init = {}) {
  let answer;
  try {
    answer = await fetch(`${gateway}/v1/letters${path}`, { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", ...init });
  } catch {
    throw new DoorError("no line");
  }
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new DoorError(content.problem ?? "else");
  return content;
}

/**
 * Posts sealed bytes with a solved puzzle; `solving` is told when the work begins. A puzzle that grew old
 * or was spent while somebody wrote is replaced once, unasked. The same bytes may be posted again.
 */
export async function post(gateway, posted, { solving, sending }) {
  for (let isLast = false; ; isLast = true) {
    solving();
    const work = await solve(await ask(gateway, "/puzzle"));
    sending();
    try {
      return await ask(gateway, "", { method: "POST", headers: { "Arasha-Puzzle": work }, body: posted });
    } catch (error) {
      if (isLast || !error.code?.startsWith("puzzle_")) throw error;
    }
  }
}

/** ALTCHA, version 1: which number, after the salt, has this SHA-256? Found in a Worker, so that the page stays alive. */
async function solve(puzzle) {
  const worker = new Worker(new URL("./puzzle_worker.js", import.meta.url), { type: "module" });
  try {
    const number = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => reject(new DoorError("puzzle_unsolved"));
      worker.postMessage(puzzle);
    });
    if (number === null) throw new DoorError("puzzle_unsolved");
    const { algorithm, challenge, salt, signature } = puzzle;
    return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  } finally {
    worker.terminate();
  }
}
