// The first two pages: the language, then everything this terminal is for. All uses look alike.

import { make } from "/shared/dom.js";
import { said } from "./asking.js";
import { listenButton } from "./listening.js";
import { pictogram } from "./pictograms.js";
import { usesOf } from "./uses.js";

export function languagePage(kiosk) {
  const choose = (language) => () => {
    kiosk.speak(language);
    kiosk.next();
  };
  const titles = kiosk.languages.map(({ code, direction, texts }) =>
    make("span", { lang: code, dir: direction }, texts["language.title"]),
  );
  const buttons = kiosk.languages.map((language) =>
    make(
      "button",
      { type: "button", class: "choice", lang: language.code, dir: language.direction, onclick: choose(language) },
      language.name,
    ),
  );
  return make("div", { class: "page" }, [
    make("h1", { class: "many" }, titles),
    make("div", { class: "choices choices--short" }, buttons),
  ]);
}

export function homePage(kiosk) {
  const { words } = kiosk;
  const begin = (use) => () => {
    kiosk.begin(use);
    kiosk.next();
  };
  const uses = usesOf(kiosk);
  const tiles = uses.map((use) =>
    make("li", {}, make("button", { type: "button", class: "tile", "data-use": use, onclick: begin(use) }, [
      pictogram(use),
      make("span", { class: "card__words" }, [
        make("strong", {}, words(`home.${use}`)),
        make("span", { class: "card__hint" }, words(`home.${use}_hint`)),
      ]),
    ])),
  );
  return make("div", { class: "page page--home" }, [
    make("div", { class: "page__head" }, [
      make("h1", {}, words("home.title")),
      listenButton(kiosk, ["home.title", ...uses.flatMap((use) => [`home.${use}`, `home.${use}_hint`])]),
    ]),
    phones(kiosk),
    make("ul", { class: "tiles" }, tiles),
    make("p", { class: "note" }, [words("about.text"), " ", words("about.rights")]),
    make("div", { class: "acts" }, [
      make("button", { type: "button", class: "button button--quiet", onclick: kiosk.back }, words("button.back")),
    ]),
  ]);
}

/** The numbers of help of the country's pack; where none is confirmed, that is said instead. */
function phones(kiosk) {
  const { words } = kiosk;
  const rows = kiosk.help.phones.map(({ name, number, is_draft: isDraft }) =>
    make("li", {}, [
      make("bdi", { class: "phones__number", dir: "ltr" }, said(kiosk, number)),
      make("span", {}, [said(kiosk, name), isDraft ? make("small", {}, ` ${words("draft.short")}`) : null]),
    ]),
  );
  return make("section", { class: "phones", "aria-labelledby": "phones" }, [
    pictogram("phone"),
    make("div", {}, [
      make("h2", { id: "phones" }, words("phones.title")),
      rows.length ? make("ul", {}, rows) : make("p", {}, words("phones.none")),
    ]),
  ]);
}
