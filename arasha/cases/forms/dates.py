"""A date of which only a part may be known, as somebody tells it."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.engines.dates import UNKNOWN, DateError, Fault, Partial, read

FAULTS = {
    Fault.NOT_A_DATE: _("Write it as 05.03.2021, March 2021 or 2021, or leave it empty."),
    Fault.NO_SUCH_DAY: _("This month has no such day."),
    Fault.NO_SUCH_MONTH: _("There is no such month: months are 1 to 12."),
    Fault.YEAR_NEEDS_FOUR_DIGITS: _("Write the year with four digits."),
    Fault.YEAR_OUT_OF_RANGE: _("The year must be between 1900 and 2099."),
    Fault.ENDS_BEFORE_IT_BEGINS: _("It ends before it begins: check both dates."),
    Fault.SEASON: _("Write months instead of a season: September 2021 – November 2021."),
}


class Told(NamedTuple):
    """A partial date and the words in which it was told."""

    day: Partial = UNKNOWN
    words: str = ""


class PartialDateField(forms.CharField):
    """Cleans to `Told`; what is left empty is not known."""

    def __init__(self, **options: Any) -> None:
        help_text = _("As far as it is known: 05.03.2021, March 2021 or 2021.")
        super().__init__(
            required=False,
            max_length=60,
            **{
                "help_text": help_text,
                "widget": forms.TextInput({"class": "govuk-input govuk-input--width-20"}),
                **options,
            },
        )

    def clean(self, value: Any) -> Told:
        words = super().clean(value)
        try:
            return Told(read(words), words) if words else Told()
        except DateError as error:
            raise forms.ValidationError(FAULTS[error.fault]) from error
