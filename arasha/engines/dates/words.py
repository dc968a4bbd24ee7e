"""Months and the words around them, in Kazakh, Russian and English; written and read alike."""

import datetime as dt
from typing import Literal

from arasha.engines.dates.partial import Partial, Precision

Language = Literal["kk", "ru", "en"]

MONTHS: dict[Language, tuple[str, ...]] = {
    "kk": (
        "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан",
        "қараша", "желтоқсан",
    ),
    "ru": (
        "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
        "ноябрь", "декабрь",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
}  # fmt: skip
# Months beside a day: "5 марта".
OF_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
    "ноября", "декабря",
)  # fmt: skip
IN_MONTHS = (
    "январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре",
    "ноябре", "декабре",
)  # fmt: skip
UNKNOWN_WORDS: dict[Language, str] = {
    "kk": "күні белгісіз",
    "ru": "дата неизвестна",
    "en": "date unknown",
}
ABOUT: dict[Language, str] = {"kk": "шамамен", "ru": "примерно", "en": "about"}
NOT_BEFORE: dict[Language, str] = {"kk": "ең ертесі", "ru": "не раньше", "en": "not before"}
NOT_AFTER: dict[Language, str] = {"kk": "ең кеші", "ru": "не позже", "en": "not after"}


def written(partial: Partial, language: Language) -> str:
    """The date in words for a page: "March 2021", "март 2021 г.", "2021 ж. наурыз"."""
    if partial.precision == "unknown":
        return UNKNOWN_WORDS[language]
    about = f"{ABOUT[language]} " if partial.is_approximate else ""
    first, last = (
        _point(day, partial.precision, language) for day in (partial.first, partial.last)
    )
    if partial.is_one_period:
        return f"{about}{first}"
    if not last:
        return f"{about}{NOT_BEFORE[language]}: {first}"
    return f"{about}{first} – {last}" if first else f"{about}{NOT_AFTER[language]}: {last}"


def _point(day: dt.date | None, precision: Precision, language: Language) -> str:
    if day is None:
        return ""
    month = MONTHS[language][day.month - 1]
    if language == "kk":
        return {"year": f"{day.year} ж.", "month": f"{day.year} ж. {month}"}.get(
            precision, f"{day.year} ж. {day.day} {month}"
        )
    end = " г." if language == "ru" else ""
    if precision == "year":
        return f"{day.year}{end}"
    if precision == "month":
        return f"{month} {day.year}{end}"
    return f"{day.day} {OF_MONTHS[day.month - 1] if language == 'ru' else month} {day.year}{end}"
