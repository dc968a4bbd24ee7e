// How the page looks to whoever is here: larger letters, strong contrast. Forgotten when they go.

import { make } from "/shared/dom.js";
import { pictogram } from "./pictograms.js";

const SIZES = ["", "large", "larger"];

/** Returns the two buttons of the bar. */
export function displayButtons(words) {
  const { dataset } = document.documentElement;
  const enlarge = () => {
    dataset.size = SIZES[(SIZES.indexOf(dataset.size ?? "") + 1) % SIZES.length];
  };
  const contrast = ({ currentTarget }) => {
    dataset.contrast = dataset.contrast === "strong" ? "" : "strong";
    currentTarget.setAttribute("aria-pressed", String(dataset.contrast === "strong"));
  };
  return [
    make("button", { type: "button", id: "size", class: "tool", "aria-label": words("display.size"), title: words("display.size"), onclick: enlarge }, pictogram("size")),
    make(
      "button",
      {
        type: "button",
        id: "contrast",
        class: "tool",
        "aria-label": words("display.contrast"),
        title: words("display.contrast"),
        "aria-pressed": String(dataset.contrast === "strong"),
        onclick: contrast,
      },
      pictogram("contrast"),
    ),
  ];
}
