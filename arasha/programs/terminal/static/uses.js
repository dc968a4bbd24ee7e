// What the terminal is for, as data: the uses in the order of their tiles, and the pages of each.

const USES = ["danger", "write", "visit", "replies", "add", "rights", "help"];

const SIGNED = ["way", "words", "confirm", "check"];
const PAGES_OF = {
  danger: ["readers", "write", "wish", "way", "check"],
  unheard: ["body", "readers", "write", "adding", ...SIGNED], // in danger, and no duty line to seal to
  write: ["body", "readers", "write", "adding", "danger", ...SIGNED],
  visit: ["body", "readers", "write", "danger", ...SIGNED],
  add: ["code", "body", "readers", "write", "adding", "danger", ...SIGNED],
  replies: ["mailbox", "replies", "safe", "finish"],
};

/** Returns the uses of this country: where there is no duty line, nobody is asked about danger. */
export const usesOf = ({ asksDanger }) => USES.filter((use) => use !== "danger" || asksDanger);

/** Returns the steps from the first page to the last one before the slip; `right-3` is the fourth right. */
export function stepsOf(kiosk) {
  return ["language", "home", ...pagesOf(kiosk)].filter((step) => isAsked(kiosk, step));
}

function pagesOf({ use, directory, rights, help }) {
  if (use === null) return [];
  if (use === "rights") return [...rights.map((_each, number) => `right-${number}`), "finish"];
  if (use === "help") return [...help.items.map((_each, number) => `helper-${number}`), "finish"];
  return PAGES_OF[use === "danger" && directory && !directory.duty ? "unheard" : use];
}

function isAsked({ asksDanger, way }, step) {
  if (step === "danger" || step === "safe") return asksDanger;
  if (step === "words" || step === "confirm") return way === "mailbox";
  return true;
}

/** Whether a step has been answered, so that the next one may be shown. */
export function isDone(kiosk, step) {
  const [name] = step.split("-");
  const answered = {
    language: kiosk.language,
    home: kiosk.use,
    code: kiosk.addsTo,
    body: kiosk.body,
    readers: kiosk.body,
    write: true, // the voice may say it all
    adding: kiosk.hasSomething(),
    wish: kiosk.hasSomething(),
    danger: kiosk.hasSomething() && kiosk.isInDanger !== null,
    way: kiosk.way && (kiosk.way !== "named" || kiosk.name.trim()),
    words: kiosk.newWords,
    confirm: kiosk.isConfirmed,
    mailbox: kiosk.replies,
    safe: kiosk.isSafe,
  };
  return name in answered ? Boolean(answered[name]) : true;
}
