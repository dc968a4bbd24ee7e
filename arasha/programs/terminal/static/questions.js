// The pages that ask: each returns what stands in <main>.

import { make, privateField } from "/shared/dom.js";

const MOST_BYTES = 240 * 1024; // of text; the largest sealed size holds 256 KiB with all fields
const MOST_OF_WISH = 2000; // letters: beside the longest text it still fits

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

export function aboutPage(kiosk) {
  const { words } = kiosk;
  return question(kiosk, { title: words("about.title"), answer: kiosk.next }, [
    make("p", {}, words("about.text")),
    make("p", { class: "sure" }, words("about.rights")),
    make("p", { class: "note" }, [make("strong", {}, `${words("button.leave")}: `), words("button.leave_hint")]),
  ]);
}

export function bodyPage(kiosk) {
  const { words, directory } = kiosk;
  if (!directory) {
    kiosk.loadBodies();
    return make("div", { class: "page" }, make("h1", {}, words("body.title")));
  }
  const options = directory.bodies.map((body) => ({
    value: body.set,
    label: said(kiosk, body.name),
    hints: [
      body.readers && words("body.readers", { readers: said(kiosk, body.readers) }),
      body.stale && words("body.stale"),
    ],
    isChosen: kiosk.body?.set === body.set,
  }));
  const answer = (form, tell) => {
    kiosk.body = directory.bodies.find((body) => body.set === chosen(form));
    if (kiosk.body) kiosk.next();
    else tell(words("body.choose"));
  };
  return question(kiosk, { title: words("body.title"), lead: words("body.lead"), answer }, radios("body", options));
}

export function readersPage(kiosk) {
  const { words, body } = kiosk;
  const members = body.members.map(({ role, label }) =>
    make("li", { class: `member member--${role}` }, words(`readers.${role}`, { label: said(kiosk, label) })),
  );
  return question(kiosk, { title: words("readers.title"), answer: kiosk.next }, [
    make("h2", {}, said(kiosk, body.name)),
    make("p", {}, words("readers.lead")),
    make("ul", { class: "members" }, members),
    make("p", {}, words("readers.never")),
    make("p", { class: "note" }, words("readers.look")),
  ]);
}

export function writePage(kiosk) {
  const { words } = kiosk;
  const field = privateField("textarea", {
    id: "text",
    rows: 9,
    dir: "auto",
    "aria-describedby": "lead",
    oninput: () => (kiosk.text = field.value),
  });
  field.value = kiosk.text;
  const answer = (_form, tell) => {
    if (!kiosk.text.trim()) tell(words("write.empty"), field);
    else if (new TextEncoder().encode(JSON.stringify(kiosk.text)).length > MOST_BYTES) tell(words("write.too_long"), field);
    else kiosk.next();
  };
  return question(kiosk, { title: words("write.title"), lead: words("write.lead"), answer }, [
    make("label", { for: "text" }, words("write.label")),
    field,
  ]);
}

export function dangerPage(kiosk) {
  const { words } = kiosk;
  const { duty } = kiosk.directory;
  const field = privateField("textarea", {
    id: "wish",
    rows: 3,
    dir: "auto",
    maxlength: MOST_OF_WISH,
    oninput: () => (kiosk.wish = field.value),
  });
  field.value = kiosk.wish;
  const wrapper = make("div", { class: "inset", hidden: !(kiosk.isInDanger && duty) }, [
    make("label", { for: "wish" }, words("danger.wish")),
    field,
  ]);
  const choose = (value) => {
    kiosk.isInDanger = value === "yes";
    wrapper.hidden = !(kiosk.isInDanger && duty);
  };
  const reached = duty
    ? [words("danger.yes_hint"), duty.readers && words("body.readers", { readers: said(kiosk, duty.readers) }), duty.stale && words("body.stale")]
    : [words("danger.unknown")];
  const options = [
    { value: "yes", label: words("danger.yes"), hints: reached, isChosen: kiosk.isInDanger === true },
    { value: "no", label: words("danger.no"), hints: [words("danger.no_hint")], isChosen: kiosk.isInDanger === false },
  ];
  const list = radios("danger", options, choose);
  list.children[0].after(wrapper);
  const answer = (_form, tell) => {
    if (kiosk.isInDanger === null) tell(words("name.choose"));
    else kiosk.next();
  };
  return question(kiosk, { title: words("danger.title"), lead: words("danger.lead"), answer }, [
    list,
    make("p", { class: "note" }, words("danger.limits")),
  ]);
}

export function namePage(kiosk) {
  const { words } = kiosk;
  const field = privateField("input", { id: "name", type: "text", dir: "auto", oninput: () => (kiosk.name = field.value) });
  field.value = kiosk.name;
  const wrapper = make("div", { class: "inset", hidden: kiosk.isNamed !== true }, [
    make("label", { for: "name" }, words("name.label")),
    field,
  ]);
  const choose = (value) => {
    kiosk.isNamed = value === "with";
    wrapper.hidden = !kiosk.isNamed;
  };
  // A call for help goes to the duty line with the name in it.
  const seen = words(kiosk.isInDanger && kiosk.directory.duty ? "name.seen_on_duty" : "name.seen");
  const options = [
    { value: "with", label: words("name.with"), hints: [words("name.with_hint"), seen], isChosen: kiosk.isNamed === true },
    { value: "without", label: words("name.without"), hints: [words("name.without_hint")], isChosen: kiosk.isNamed === false },
  ];
  const list = radios("name", options, choose);
  list.children[0].after(wrapper);
  const answer = (_form, tell) => {
    if (kiosk.isNamed === null) tell(words("name.choose"));
    else if (!kiosk.isNamed && !kiosk.body.unnamed) tell(words("name.needed", { body: said(kiosk, kiosk.body.name) }));
    else if (kiosk.isNamed && !kiosk.name.trim()) tell(words("name.empty"), field);
    else kiosk.next();
  };
  const lead = kiosk.body.promise && `${said(kiosk, kiosk.body.name)}: ${said(kiosk, kiosk.body.promise)}`;
  return question(kiosk, { title: words("name.title"), lead, answer }, list);
}

export function checkPage(kiosk) {
  const { words } = kiosk;
  const row = (term, text, kind = "") => [make("dt", {}, words(term)), make("dd", { class: kind, dir: "auto" }, text)];
  const answer = (form, tell) => {
    const button = form.querySelector("[type=submit]");
    button.textContent = words("check.sealing");
    form.setAttribute("aria-busy", "true");
    kiosk.submit((code) => {
      button.textContent = words("button.send");
      form.removeAttribute("aria-busy");
      tell(code === "too_long" ? words("write.too_long") : explained(kiosk, code));
      if (code === "set_unknown") kiosk.directory = null;
    });
  };
  return question(kiosk, { title: words("check.title"), answer, act: words("button.send") }, [
    make("dl", { class: "summary" }, [
      ...(kiosk.isInDanger ? dangerRows(kiosk, row) : []),
      ...row("check.to", said(kiosk, kiosk.body.name)),
      ...row("check.name", kiosk.isNamed ? kiosk.name : words("name.without")),
      ...row("check.text", kiosk.text, "written"),
    ]),
    make("p", { class: "note" }, words("check.explain")),
  ]);
}

function dangerRows(kiosk, row) {
  const { words, wish } = kiosk;
  const { duty } = kiosk.directory;
  if (!duty) return row("check.danger", words("danger.unknown"));
  return [...row("check.danger", said(kiosk, duty.name)), ...(wish.trim() ? row("check.wish", wish, "written") : [])];
}

export function problemPage(kiosk, code, retry) {
  const { words } = kiosk;
  return make("div", { class: "page", role: "alert" }, [
    make("h1", {}, words("problem.title")),
    make("p", { class: "lead" }, explained(kiosk, code)),
    make("button", { type: "button", class: "button", onclick: retry }, words("button.retry")),
  ]);
}

/** Words for a refusal's code; a code without words of its own is still a sentence. */
export function explained({ language, words }, code) {
  return words(`problem.${code}` in language.texts ? `problem.${code}` : "problem.sealing");
}

/** The words of a text {language: words} in the language in use, else in the first one. */
export function said({ language }, text) {
  return text[language.code] ?? Object.values(text)[0];
}

function question(kiosk, { title, lead, answer, act }, content) {
  const problem = make("p", { class: "problem", id: "problem", role: "alert" });
  const tell = (text, field) => {
    problem.textContent = text;
    field?.setAttribute("aria-invalid", "true");
    field?.focus();
    problem.scrollIntoView({ block: "nearest" });
  };
  const calm = () => {
    problem.textContent = "";
  };
  const submit = (event) => {
    event.preventDefault();
    calm();
    answer(event.currentTarget, tell);
  };
  return make("form", { class: "page", autocomplete: "off", novalidate: true, onsubmit: submit, oninput: calm }, [
    make("h1", {}, title),
    lead ? make("p", { class: "lead", id: "lead" }, lead) : null,
    content,
    problem,
    make("div", { class: "acts" }, [
      make("button", { type: "submit", class: "button" }, act ?? kiosk.words("button.next")),
      make("button", { type: "button", class: "button button--quiet", onclick: kiosk.back }, kiosk.words("button.back")),
    ]),
  ]);
}

function radios(name, options, onchoose = () => {}) {
  const cards = options.map(({ value, label, hints, isChosen }) =>
    make("label", { class: "card" }, [
      make("input", { type: "radio", name, value, autocomplete: "off", checked: isChosen, onchange: () => onchoose(value) }),
      make("span", { class: "card__words" }, [
        make("strong", {}, label),
        ...hints.filter(Boolean).map((hint) => make("span", { class: "card__hint" }, hint)),
      ]),
    ]),
  );
  return make("div", { class: "choices", role: "radiogroup" }, cards);
}

const chosen = (form) => form.querySelector("input[type=radio]:checked")?.value;
