// Makes elements. Text is always set as text: nothing that was written becomes markup.

/** Returns <tag> with attributes (on… are listeners, false and null leave out) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Returns a field whose content no browser may remember, complete, correct or send for spelling. */
export function privateField(tag, attributes) {
  const quiet = { autocomplete: "off", autocorrect: "off", autocapitalize: "off", spellcheck: "false" };
  return make(tag, { ...quiet, ...attributes });
}
