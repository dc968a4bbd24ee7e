// What both pages do: words of the page's own language, and codes in fours.

const said = new Map(
  Array.from(document.getElementById("said").content.querySelectorAll("[data-key]"), (each) => [each.dataset.key, each.textContent]),
);

/** The page's sentence for a key, or the one for whatever nobody foresaw. */
export function words(key, details = {}) {
  const text = said.get(key) ?? said.get("else") ?? said.get("no line");
  return text.replace(/\{(\w+)\}/g, (_, name) => details[name]);
}

export const find = (id) => document.getElementById(id);
export const inFours = (code) => code.replace(/(.{4})(?=.)/g, "$1 ");
export const language = document.documentElement.lang;

/** A text of the register in the page's language, or in the next one that there is. */
export const named = (texts) => texts[language] ?? texts.en ?? Object.values(texts)[0] ?? "";
