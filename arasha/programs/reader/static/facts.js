// How facts are written: a term with its text, and a code in fours.

import { make } from "/shared/dom.js";

export const fact = (term, text) => [make("dt", {}, term), make("dd", { dir: "auto" }, text)];
export const inFours = (code) => code.match(/.{1,4}/g).join(" ");
