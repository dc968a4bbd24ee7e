"""What the code page answers: a day and a receipt, or that there is no record yet. Never a state."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.engines.notes import BadCodeError, grouped, read_code
from arasha.journal.proofs import Receipts

TYPOS = {
    BadCodeError.CHARACTERS: _("A code has only digits. Please look at it once more."),
    BadCodeError.LENGTH: _("A code has 24 digits: six groups of four. Please count them."),
    BadCodeError.CHECK_DIGITS: _(
        "One of the digits is probably mistyped. Please compare them with your slip."
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed, and its answer."""

    LONGEST: ClassVar[int] = 80  # what is shown again of an input

    typed: str = ""
    code: str = ""
    typo: str | Promise = ""
    day: dt.date | None = None

    @property
    def shown(self) -> str:
        return grouped(self.code) if self.code else self.typed


def ask(typed: str | None, receipts: Receipts) -> Asked:
    """Look up what somebody typed, in any spacing and any digits."""
    if typed is None:
        return Asked()
    shown = typed[: Asked.LONGEST]
    try:
        code = read_code(typed)
    except BadCodeError as error:
        return Asked(typed=shown, typo=TYPOS[error.reason])
    found = receipts.find(code)
    return Asked(typed=shown, code=code, day=found.day if found else None)
