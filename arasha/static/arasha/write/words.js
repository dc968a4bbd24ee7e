// Eight words for whoever wants to read replies: drawn here, and two of them asked for again.

import { WORDS, deriveMailbox, newWords, wordFor } from "../../shared/mailbox.js";
import { make } from "../../shared/dom.js";
import { find, words } from "./page.js";

/** Returns a function that gives the mailbox, null where none is wanted, or false while two words are wrong. */
export function mailboxOfForm() {
  if (!find("mailbox")) return async () => null;
  let drawn = null;
  let asked = [0, 1];
  let derived = null;

  async function draw() {
    const list = find("words-language").value;
    drawn = await newWords(list);
    derived = null;
    const [first, second] = crypto.getRandomValues(new Uint32Array(2));
    asked = [first % WORDS, (first + 1 + (second % (WORDS - 1))) % WORDS].sort();
    find("words").replaceChildren(...drawn.map((word) => make("li", { lang: list }, word)));
    for (const [turn, id] of ["word-one", "word-two"].entries()) {
      find(id).value = "";
      find(`${id}-label`).textContent = words("word", { number: asked[turn] + 1 });
    }
  }

  find("wants-mailbox").addEventListener("change", async ({ target }) => {
    find("mailbox-part").hidden = !target.checked;
    if (target.checked && !drawn) await draw();
  });
  find("words-language").addEventListener("change", draw);

  return async () => {
    if (!find("wants-mailbox").checked) return null;
    const typed = [find("word-one").value, find("word-two").value];
    const given = await Promise.all(typed.map((each) => wordFor(each, find("words-language").value)));
    if (!drawn || given.some((word, turn) => word !== drawn[asked[turn]])) return false;
    derived ??= deriveMailbox(drawn);
    const { recipient, tags } = await derived;
    return { recipient, tags };
  };
}
