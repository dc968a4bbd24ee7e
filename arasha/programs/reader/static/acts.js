// What a button or a form does: once at a time, with a word while it lasts, and a refusal in words.

import { make } from "/shared/dom.js";

/** Returns a listener that runs `act`; `wait` is the text key of what the button says meanwhile. */
export function busy(reader, wait, act) {
  return async (event) => {
    const button = event.currentTarget;
    const label = button.textContent;
    button.disabled = true;
    button.textContent = reader.words(wait);
    await told(reader, act);
    button.disabled = false;
    button.textContent = label;
  };
}

/** Returns a form in a panel; what `act` returns is told, and so is why it failed. */
export function form(reader, { title, lead, button, wait = "page.wait", level = "h2" }, fields, act) {
  const submit = async (event) => {
    event.preventDefault();
    const pressed = event.currentTarget.querySelector("button[type=submit]");
    pressed.disabled = true;
    pressed.textContent = reader.words(wait);
    await told(reader, act);
    pressed.disabled = false;
    pressed.textContent = reader.words(button);
  };
  return make("form", { class: "panel screen-only", autocomplete: "off", onsubmit: submit }, [
    title ? make(level, {}, reader.words(title)) : null,
    lead ? make("p", {}, reader.words(lead)) : null,
    fields,
    make("button", { type: "submit", class: "button" }, reader.words(button)),
  ]);
}

async function told(reader, act) {
  reader.tell("");
  try {
    const said = await act();
    if (said) reader.tell(said);
  } catch (error) {
    reader.tell(reader.explain(error));
  }
}
