"""A form with each kind of field, in two languages."""

import datetime as dt
from typing import Any

from arasha.engines.documents import Block, Field, Form, Step, Tick, Words

LANGUAGES = ("kk", "ru")
MARKS = {"official": "тексерілген", "unverified": "ТЕКСЕРІЛМЕГЕН"}


def each(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)


WORDS = Words(
    tag={"kk": "kk-KZ", "ru": "ru-RU"},
    day={"kk": "{year} жылғы {day} {month}", "ru": "{day} {month} {year} года"},
    months=[{"kk": "наурыз", "ru": "марта"}] * 12,
    checked={state: each(mark) for state, mark in MARKS.items()},
    page={"kk": "{page}-бет, барлығы {pages}", "ru": "Страница {page} из {pages}"},
    draft=each("Жоба"),
    none=each("Жоқ"),
)
FORM = Form(
    code="decision",
    name={"kk": "Қаулы", "ru": "Постановление"},
    approved=False,
    fields={
        name: Field(name, kind, name == "appeal_to")  # type: ignore[arg-type]
        for name, kind in {
            **{"office": "line", "day": "day", "facts": "text", "count": "number"},
            **{"appeal_to": "text", "law": "steps", "signs": "ticks", "list": "rows"},
        }.items()
    },
    blocks=[
        Block("office", each("{office}")),
        Block("title", {"kk": "Қаулы", "ru": "Постановление"}),
        Block("heading", {"kk": "Іс", "ru": "Дело"}),
        Block("point", {"kk": "Күні: {day}, саны {count}.", "ru": "Дата: {day}, число {count}."}),
        Block("point", each("{facts}")),
        Block("ticks", {}, "signs"),
        Block("heading", each("Заң")),
        Block("steps", {}, "law"),
        Block("paragraph", {"kk": "Шағым: {appeal_to}", "ru": "Жалоба: {appeal_to}"}),
        Block("rows", each("Құжат | Хэш"), "list"),
        Block("signature", each("Прокурор | {office}")),
    ],
    words=WORDS,
)


def values(**changes: Any) -> dict[str, Any]:
    return {
        "office": "Қарағанды облысының прокуратурасы",
        "day": dt.date(2024, 3, 7),
        "facts": "Ұрды.\nЕкінші жол.",
        "count": 2,
        "appeal_to": None,
        "law": [
            Step("Мерзім екі ай", "CPC 192", "upk", "official"),
            Step("Ұзартылады", "CPC 192(2)", "upk", "unverified"),
        ],
        "signs": [Tick("Мойындату", True), Tick("Жазалау", False)],
        "list": [("Хаттама", "ab12")],
        **changes,
    }
