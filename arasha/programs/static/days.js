// Calendar days, as people read them.

const LONG = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
const SHORT = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" };
const YEAR_MARK = /\sг\.$/; // the full stop of Russian's "г." would stand beside the sentence's own
const NO_MONTH_NAME = /M\d\d/; // what Chromium writes for a language whose months it does not know

/** Returns "2026-03-05" in words of the language, or in digits where the browser lacks the words. */
export function readable(day, language) {
  const instant = new Date(`${day}T00:00:00Z`);
  const words = new Intl.DateTimeFormat(language, LONG).format(instant).replace(YEAR_MARK, "");
  return NO_MONTH_NAME.test(words) ? new Intl.DateTimeFormat("ru", SHORT).format(instant) : words;
}
