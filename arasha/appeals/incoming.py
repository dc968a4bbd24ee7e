"""The journal of incoming appeals in the columns that the country prescribes, as far as they are known."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.appeals.models import Appeal
from arasha.appeals.words import CHANNEL_NAMES, STATE_NAMES
from arasha.country import country, term
from arasha.engines.notes import grouped
from arasha.packs.model import Term
from arasha.places.templatetags.names import in_language

SHORT = "SHORT_DATE_FORMAT"


def columns() -> list[str]:
    """The heads of the columns, in the pack's order."""
    language = get_language() or "en"
    return [each.name.in_(language) for each in _prescribed().values()]


def rows(appeals: Iterable[Appeal]) -> Iterator[list[str]]:
    """A row for each appeal, a cell for each column; a column that we cannot fill stays empty."""
    cells = [CELLS.get(code, _empty) for code in _prescribed()]
    for appeal in appeals:
        yield [cell(appeal) for cell in cells]


def checked() -> str:
    """How well the prescribed form was checked; empty: it is our own."""
    return country().vocabularies["journal_columns"].checked or ""


def _prescribed() -> Mapping[str, Term]:
    return country().vocabularies["journal_columns"].terms


def _empty(appeal: Appeal) -> str:
    return ""


def _numbers(appeal: Appeal) -> str:
    return "; ".join(
        f"{each.issuer} {each.number} ({date_format(each.on_day, SHORT)})"
        for each in appeal.numbers.all()
    )


def _answer_by(appeal: Appeal) -> str:
    if appeal.answer_by_day is None:
        return ""
    day, extended = date_format(appeal.answer_by_day, SHORT), getattr(appeal, "was_extended", False)
    return _("%(day)s, extended") % {"day": day} if extended else day


def _named(vocabulary: str, code: str) -> str:
    return term(vocabulary, code) if code else ""


CELLS: dict[str, Callable[[Appeal], str]] = {
    "code": lambda appeal: grouped(appeal.code),
    "received": lambda appeal: date_format(appeal.received_day, SHORT),
    "channel": lambda appeal: str(CHANNEL_NAMES[appeal.channel]),
    "body": lambda appeal: in_language(appeal.recipient_set.institution.name),
    "about": lambda appeal: _named("appeal_categories", appeal.category),
    "against": lambda appeal: in_language(appeal.accused_body.name) if appeal.accused_body else "",
    "numbers": _numbers,
    "answer_by": _answer_by,
    "state": lambda appeal: str(STATE_NAMES[appeal.state]),
    "outcome": lambda appeal: _named("appeal_outcomes", appeal.outcome),
    "outcome_day": lambda appeal: (
        date_format(appeal.outcome_day, SHORT) if appeal.outcome_day else ""
    ),
}
