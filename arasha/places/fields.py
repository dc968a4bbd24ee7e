import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO 8601 in every language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


FIRST_YEAR, LAST_YEAR = 1900, 2099


class DayField(forms.DateField):
    """A calendar day. Of years in which nothing here happens no clock can tell the moments."""

    widget = DayInput

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise forms.ValidationError(_("The year must be between 1900 and 2099."))
