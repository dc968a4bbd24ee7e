"""Reading a partial date as people write it: EDTF, with points, or in words of three languages."""

import datetime as dt
import re
import unicodedata

from arasha.engines.dates.errors import DateError, Fault
from arasha.engines.dates.partial import UNKNOWN, Partial, Precision, period
from arasha.engines.dates.words import (
    ABOUT,
    IN_MONTHS,
    MONTHS,
    NOT_AFTER,
    NOT_BEFORE,
    OF_MONTHS,
    UNKNOWN_WORDS,
)

LONGEST = 80
YEARS = range(1900, 2100)

_UNKNOWN = {"", "unknown", "неизвестно", "белгісіз", "не известно", *UNKNOWN_WORDS.values()}
_ABOUT = (*ABOUT.values(), "около", "приблизительно", "жуық", "circa", "approximately")
_FILLERS = {
    "г", "год", "года", "году", "в", "ж", "жыл", "жылы", "жылғы", "жылдың", "ай", "айы", "айында",
    "of", "in", "on", "the", "месяц",
}  # fmt: skip
_SEASONS = {
    "весна", "весной", "лето", "летом", "осень", "осенью", "зима", "зимой", "көктем", "көктемде", "жаз",
    "жазда", "күз", "күзде", "қыс", "қыста", "spring", "summer", "autumn", "fall", "winter",
}  # fmt: skip
_MONTH_OF = {
    name.lower(): number
    for names in (*MONTHS.values(), OF_MONTHS, IN_MONTHS)
    for number, name in enumerate(names, 1)
}
_MONTH_OF |= {name[:3].lower(): number for number, name in enumerate(MONTHS["en"], 1)}
_ISO = re.compile(r"(\d+)(?:-(\d{1,2}|XX))?(?:-(\d{1,2}|XX))?")
_POINTS = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)(\d+)")


class _Unread(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def read(text: str) -> Partial:
    """Read a date as written by hand or as EDTF; raises DateError that says what is wrong.

    EDTF (Library of Congress, 2019-02-04): level 0 dates without times, and of level 1 `~`, `?` and `%`
    (all: approximate), `XX` for an unknown month or day, open ends (`2021-03/..`). Besides: `05.03.2021`,
    `03.2021`, months in Kazakh, Russian and English, "March 2021 – May 2021", and all that `written` writes.
    Seasons and longer years are refused: they have no days on which people agree.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text[: LONGEST + 1]).split())
    try:
        return _read(plain)
    except _Unread as unread:
        raise DateError(unread.fault, text[:LONGEST]) from None


def _read(text: str) -> Partial:
    if len(text) > LONGEST:
        raise _Unread(Fault.NOT_A_DATE)
    if text.lower().rstrip(".") in _UNKNOWN:
        return UNKNOWN
    rest, is_approximate = _without_doubt(text)
    ends = re.split(r"\s*/\s*|\s+[–—-]\s+", _as_interval(rest))
    if len(ends) == 1:
        first, precision = _point(ends[0])
        return Partial(*period(first, precision), precision, is_approximate)
    if len(ends) != 2:
        raise _Unread(Fault.NOT_A_DATE)
    return _interval(ends[0], ends[1], is_approximate=is_approximate)


def _without_doubt(text: str) -> tuple[str, bool]:
    """The text without marks and words of doubt, and whether there were any."""
    sure = re.sub(r"(?<=[\dX])[~?%](?=\s*(?:/|$))", "", text)
    for word in _ABOUT:
        sure = re.sub(rf"^{word}\s+", "", sure, flags=re.IGNORECASE)
    return sure, sure != text


def _as_interval(text: str) -> str:
    for words, form in ((NOT_BEFORE, r"\1/.."), (NOT_AFTER, r"../\1")):
        said = "|".join(words.values())
        text = re.sub(rf"^(?:{said}):?\s+(.+)$", form, text, flags=re.IGNORECASE)
    return text


def _interval(first_text: str, last_text: str, *, is_approximate: bool) -> Partial:
    first, last = (None if end in {"", ".."} else _point(end) for end in (first_text, last_text))
    if first and last:
        begins, ends = period(*first)[0], period(*last)[1]
        if ends < begins:
            raise _Unread(Fault.ENDS_BEFORE_IT_BEGINS)
        precision: Precision = first[1] if first[1] == last[1] else "day"
        return Partial(begins, ends, precision, is_approximate)
    if first:
        return Partial(period(*first)[0], None, first[1], is_approximate)
    if last:
        return Partial(None, period(*last)[1], last[1], is_approximate)
    raise _Unread(Fault.NOT_A_DATE)


def _point(text: str) -> tuple[dt.date, Precision]:
    """One day in the period that is meant, and how long that period is."""
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
        return _checked(year, month, day)
    if found := _POINTS.fullmatch(text.rstrip(" гж.")):
        day, month, year = found.groups()
        return _checked(year, month, day)
    return _in_words(text.lower())


def _in_words(text: str) -> tuple[dt.date, Precision]:
    words = [word for word in re.findall(r"\d+|[^\W\d_]+", text) if word not in _FILLERS]
    if set(words) & _SEASONS:
        raise _Unread(Fault.SEASON)
    months = [_MONTH_OF[word] for word in words if word in _MONTH_OF]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) + len(numbers) != len(words) or re.search(r"[^\w\s.,]", text):
        raise _Unread(Fault.NOT_A_DATE)
    match sorted(numbers, key=len), months:
        case [year], []:
            return _checked(year, None, None)
        case [year], [month]:
            return _checked(year, str(month), None)
        case [day, year], [month] if len(day) <= 2:
            return _checked(year, str(month), day)
    raise _Unread(Fault.NOT_A_DATE)


def _checked(year: str, month: str | None, day: str | None) -> tuple[dt.date, Precision]:
    if len(year) != 4:
        raise _Unread(Fault.YEAR_NEEDS_FOUR_DIGITS)
    if int(year) not in YEARS:
        raise _Unread(Fault.YEAR_OUT_OF_RANGE)
    if month in {None, "XX"}:
        if day not in {None, "XX"}:
            raise _Unread(Fault.NOT_A_DATE)
        return dt.date(int(year), 1, 1), "year"
    return _checked_in_year(int(year), int(str(month)), day)


def _checked_in_year(year: int, month: int, day: str | None) -> tuple[dt.date, Precision]:
    if month in range(21, 25):  # EDTF level 1
        raise _Unread(Fault.SEASON)
    if month not in range(1, 13):
        raise _Unread(Fault.NO_SUCH_MONTH)
    if day in {None, "XX"}:
        return dt.date(year, month, 1), "month"
    try:
        return dt.date(year, month, int(str(day))), "day"
    except ValueError:
        raise _Unread(Fault.NO_SUCH_DAY) from None
