// How facts are written, and the answers of the terminal that are more than words.

import { make } from "/shared/dom.js";

export const fact = (term, text) => [make("dt", {}, term), make("dd", { dir: "auto" }, text)];
export const inFours = (code) => (code.match(/.{1,4}/g) ?? []).join(" ");

export const ID_OF_NAME = "name"; // the answer in which the terminal seals the writer's name
export const CODE_OF_THE_OTHER = "appeal"; // in a call for help: the code of the appeal to the chosen body
