// Saving to the officer's disk: the one way out of this page, and never without being told what it means.

import { make } from "/shared/dom.js";

/** Hands a file to the browser's own "save"; the type keeps every browser from opening it. */
export function save(bytes, name) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Shows what saving in the clear means, and saves only when that was read and agreed to. */
export function askToSave({ words }, { warning, name, bytes }) {
  const dialog = make("dialog", { class: "ask", "aria-labelledby": "ask-title" }, [
    make("h2", { id: "ask-title" }, words("papers.save_title")),
    make("p", {}, words(warning)),
    make("p", {}, words("papers.save_clear")),
    make("p", { class: "recipient" }, name),
    make("div", { class: "acts" }, [
      make("button", { type: "button", class: "button", onclick: () => close(true) }, words("papers.save_anyway")),
      make("button", { type: "button", class: "button button--quiet", onclick: () => close(false) }, words("papers.save_not")),
    ]),
  ]);
  function close(agreed) {
    dialog.close();
    dialog.remove();
    if (agreed) save(bytes, name);
  }
  dialog.addEventListener("cancel", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
