// What was typed and not yet sent stays in this page's memory: a change of language or page loses nothing.

const kept = new Map();

/** Returns the field, filled with what was typed under `name` before. */
export function remembered(name, field) {
  const attribute = field.type === "checkbox" ? "checked" : "value";
  if (kept.has(name)) field[attribute] = kept.get(name);
  field.addEventListener("input", () => kept.set(name, field[attribute]));
  return field;
}

/** Forgets every draft whose name begins so: it was sent. */
export function forget(beginning) {
  for (const name of [...kept.keys()]) if (name.startsWith(beginning)) kept.delete(name);
}
