"""Partial dates: read, kept as days, written again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.dates import (
    UNKNOWN,
    DateError,
    Fault,
    Language,
    Partial,
    Precision,
    edtf,
    read,
    written,
)
from arasha.engines.dates.partial import period

LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")
MARCH = ("2021-03-01", "2021-03-31", "month")
THE_FIFTH = ("2021-03-05", "2021-03-05", "day")
THE_YEAR = ("2021-01-01", "2021-12-31", "year")
SPRING = ("2021-03-01", "2021-05-31", "month")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ("2021 | 2021 г. | 2021 год | 2021 жыл | 2021 ж. | in 2021 | 2021-XX | 2021-XX-XX", THE_YEAR),
        (
            "2021-03 | 2021-3 | 03.2021 | 3.2021 | март 2021 | Март 2021 г. | в марте 2021 года | наурыз 2021"
            " | 2021 ж. наурыз | 2021 жылғы наурыз | March 2021 | MARCH 2021 | Mar 2021 | 2021-03-XX"
            " |  March   2021 ",
            MARCH,
        ),
        (
            "2021-03-05 | 05.03.2021 | 5.3.2021 | 05.03.2021 г. | 5 марта 2021 г. | 5 March 2021"
            " | March 5, 2021 | 2021 ж. 5 наурыз | ٠٥.٠٣.٢٠٢١",
            THE_FIFTH,
        ),
        ("2021-03/2021-05 | 2021-03 / 2021-05 | March 2021 – May 2021 | март 2021 - май 2021 г.", SPRING),
        ("2021/2021-03-05", ("2021-01-01", "2021-03-05", "day")),
        ("2024-02", ("2024-02-01", "2024-02-29", "month")),
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(
    texts: str, expected: tuple[str, str, Precision]
) -> None:
    first, last, precision = expected
    meant = Partial(dt.date.fromisoformat(first), dt.date.fromisoformat(last), precision)

    assert {read(text) for text in texts.split(" | ")} == {meant}


@pytest.mark.parametrize(
    "text",
    ["2021-03~", "2021-03?", "2021-03%", "около март 2021", "шамамен наурыз 2021", "about 03.2021"],
)
def test_doubt_is_kept(text: str) -> None:
    assert read(text) == Partial(
        dt.date(2021, 3, 1), dt.date(2021, 3, 31), "month", is_approximate=True
    )


@pytest.mark.parametrize("text", ["", "  ", "unknown", "Неизвестно", "белгісіз", "Date unknown"])
def test_nothing_known_is_an_answer(text: str) -> None:
    assert read(text) == UNKNOWN


def test_an_open_end_is_open() -> None:
    assert read("2021-03/..") == Partial(dt.date(2021, 3, 1), None, "month")
    assert read("../2021-03-05") == Partial(None, dt.date(2021, 3, 5), "day")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31.02.2021", Fault.NO_SUCH_DAY),
        ("2021-02-29", Fault.NO_SUCH_DAY),
        ("0.03.2021", Fault.NO_SUCH_DAY),
        ("32 марта 2021", Fault.NO_SUCH_DAY),
        ("13.2021", Fault.NO_SUCH_MONTH),
        ("2021-00", Fault.NO_SUCH_MONTH),
        ("05.03.21", Fault.YEAR_NEEDS_FOUR_DIGITS),
        ("март 21", Fault.YEAR_NEEDS_FOUR_DIGITS),
        ("20211", Fault.YEAR_NEEDS_FOUR_DIGITS),
        ("March 20211", Fault.YEAR_NEEDS_FOUR_DIGITS),
        ("1066", Fault.YEAR_OUT_OF_RANGE),
        ("0000-01-01", Fault.YEAR_OUT_OF_RANGE),
        ("2021-05/2021-03", Fault.ENDS_BEFORE_IT_BEGINS),
        ("2021-21", Fault.SEASON),
        ("весной 2021", Fault.SEASON),
        ("күз 2021", Fault.SEASON),
        ("../..", Fault.NOT_A_DATE),
        ("2021/2022/2023", Fault.NOT_A_DATE),
        ("05/03/2021", Fault.NOT_A_DATE),
        ("2021-XX-05", Fault.NOT_A_DATE),
        ("202X", Fault.NOT_A_DATE),
        ("март", Fault.NOT_A_DATE),
        ("март апрель 2021", Fault.NOT_A_DATE),
        ("позавчера", Fault.NOT_A_DATE),
        ("-2021", Fault.NOT_A_DATE),
        ("2021-03-05T10:00", Fault.NOT_A_DATE),
        ("9" * 500, Fault.NOT_A_DATE),
    ],
)
def test_nonsense_is_refused_by_its_fault(text: str, fault: Fault) -> None:
    with pytest.raises(DateError) as refused:
        read(text)

    assert refused.value.fault == fault
    assert refused.value.text == text[:80]
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize(
    ("text", "kk", "ru", "en"),
    [
        ("2021", "2021 ж.", "2021 г.", "2021"),
        ("2021-03", "2021 ж. наурыз", "март 2021 г.", "March 2021"),
        ("2021-03-05", "2021 ж. 5 наурыз", "5 марта 2021 г.", "5 March 2021"),
        ("2021~", "шамамен 2021 ж.", "примерно 2021 г.", "about 2021"),
        ("2021/2022", "2021 ж. – 2022 ж.", "2021 г. – 2022 г.", "2021 – 2022"),
        ("2021-03/..", "ең ертесі: 2021 ж. наурыз", "не раньше: март 2021 г.", "not before: March 2021"),
        ("../2021", "ең кеші: 2021 ж.", "не позже: 2021 г.", "not after: 2021"),
        ("", "күні белгісіз", "дата неизвестна", "date unknown"),
    ],
)  # fmt: skip
def test_a_page_says_it_in_three_languages(text: str, kk: str, ru: str, en: str) -> None:
    partial = read(text)

    assert [written(partial, language) for language in LANGUAGES] == [kk, ru, en]


@st.composite
def partials(draw: st.DrawFn) -> Partial:
    precision: Precision = draw(st.sampled_from(["day", "month", "year"]))
    days = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
    begins, ends = sorted((draw(days), draw(days)))
    first: dt.date | None = period(begins, precision)[0]
    last: dt.date | None = period(draw(st.sampled_from([begins, ends])), precision)[1]
    match draw(st.sampled_from(["closed", "closed", "from", "until"])):
        case "from":
            last = None
        case "until":
            first = None
    return Partial(first, last, precision, draw(st.booleans()))


@given(partials() | st.just(UNKNOWN), st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_again(partial: Partial, language: Language) -> None:
    assert read(written(partial, language)) == partial
    assert read(edtf(partial)) == partial


@given(st.text(max_size=100) | st.text("0123456789.-/~?%X мартжг ", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        partial = read(text)
    except DateError:
        return
    assert read(edtf(partial)) == partial


def test_days_in_the_wrong_order_are_no_partial_date() -> None:
    with pytest.raises(ValueError, match="must not be after"):
        Partial(dt.date(2021, 3, 5), dt.date(2021, 3, 4), "day")
