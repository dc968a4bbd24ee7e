"""What somebody asks the law on the public door: an act, and the days of a decision and of a step."""

import calendar
import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.utils.dates import MONTHS
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from arasha.country import choices, country
from arasha.places.fields import DayField

PART = (
    "part_"  # of today's numbering: the terms of the vocabulary "aggravations" are part_3, part_4
)
OLDEST_YEAR, NEWEST_YEAR = 1900, 2199


class Days(NamedTuple):
    """The day is one from `first` to `last`: of a month or a year that somebody remembers."""

    first: dt.date
    last: dt.date


def _digits(width: int) -> forms.TextInput:
    look = f"govuk-input govuk-date-input__input govuk-input--width-{width}"
    return forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": look})


class PartsOfDay(forms.MultiWidget):
    template_name = "cases/scenario_parts_of_day.html"

    def __init__(self) -> None:
        months = forms.Select(choices=[("", ""), *MONTHS.items()])
        super().__init__({"day": _digits(2), "month": months, "year": _digits(4)})

    def decompress(self, value: Any) -> list[Any]:
        return [None, None, None]  # nothing is filled in before somebody asks


def _number(least: int, most: int, words: Any) -> forms.IntegerField:
    messages = dict.fromkeys(("invalid", "min_value", "max_value"), words)
    return forms.IntegerField(
        min_value=least, max_value=most, required=False, error_messages=messages
    )


class PartsOfDayField(forms.MultiValueField):
    """A day, or only its month and year, or only its year. Cleans to `Days`, or None if all is empty."""

    widget = PartsOfDay

    def __init__(self, **kwargs: Any) -> None:
        parts = (
            _number(1, 31, _("Write the day as a number from 1 to 31.")),
            _number(1, 12, _("Choose the month.")),
            _number(OLDEST_YEAR, NEWEST_YEAR, _("Write the year with four digits.")),
        )
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[int | None]) -> Days | None:
        day, month, year = data_list or (None, None, None)
        if day is month is year is None:
            return None
        if year is None:
            raise forms.ValidationError(_("Write the year too."))
        if month is None:
            if day is not None:
                raise forms.ValidationError(_("Choose the month too."))
            return Days(dt.date(year, 1, 1), dt.date(year, 12, 31))
        longest = calendar.monthrange(year, month)[1]
        if day is not None and day > longest:
            raise forms.ValidationError(_("This month does not have so many days."))
        return Days(dt.date(year, month, day or 1), dt.date(year, month, day or longest))


class ScenarioForm(forms.Form):
    """`today`: nothing that happened is later. Cleans `act` to `Days` with both ends."""

    conduct = forms.ChoiceField(
        label=_("What was done?"),
        choices=partial(choices, "conducts"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was done.")},
    )
    aggravation = forms.ChoiceField(
        label=_("Does something make it graver?"), required=False, widget=forms.RadioSelect
    )
    capacity = forms.ChoiceField(
        label=_("Who did it?"),
        choices=partial(choices, "capacities"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who did it.")},
    )
    act = PartsOfDayField(
        label=_("When did it happen?"),
        help_text=_(
            "If it went on for days, the law of its last day counts. The month or the year alone is "
            "enough. Leave it empty if you do not know."
        ),
        required=False,
    )
    until = PartsOfDayField(
        label=_("If it lies somewhere between two days: the later one"), required=False
    )
    decision = DayField(
        label=_("Day of the decision"),
        help_text=_("Of a court, an investigator or a prosecutor. Empty: today."),
        required=False,
    )
    step = DayField(
        label=_("Day on which it was reported or registered"),
        help_text=_("It decides who investigates, and the terms run from it. Empty: today."),
        required=False,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if graver := _graver():
            self.fields["aggravation"].choices = [("", _("No, or not known")), *graver]  # type: ignore[attr-defined]
        else:
            del self.fields["aggravation"]

    @property
    def is_day_unknown(self) -> bool:
        return not any(self.data.get(f"{name}_year") for name in ("act", "until"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"act", "until"} & self.errors.keys():
            given["act"] = self._act(given["act"], given["until"])
        for name in ("decision", "step"):
            given[name] = given.get(name) or self.today
        if not self.errors:
            self._refuse_disorder(given)
        return given

    def _act(self, first: Days | None, last: Days | None) -> Days:
        """The days on which the act may have ended; what has happened is not later than today."""
        begin = first.first if first else country().law.offences.versions[0].counts_from
        end = (last or first or Days(begin, self.today)).last
        if begin > self.today:
            self.add_error("act", _("The day is in the future."))
        elif end < begin:
            self.add_error("until", _("This is before the day above."))
        return Days(begin, min(end, self.today))

    def _refuse_disorder(self, given: dict[str, Any]) -> None:
        if given["decision"] < given["act"].first:
            self.add_error("decision", _("No decision can come before the act. Check both days."))
        if given["step"] < given["act"].first:
            self.add_error("step", _("Nothing can be reported before it happens. Check both days."))
        part, conduct = part_of(given.get("aggravation", "")), given["conduct"]
        if part is not None and part not in country().law.parts_of(conduct):
            self.add_error("aggravation", _("The law knows no such part for what was done."))


def as_query(question: Mapping[str, Any]) -> str:
    """The facts of a question to the law as the fields of the form, to be asked again."""
    fields = {name: question[name] for name in ("conduct", "capacity")}
    first, last = question["act"]["from"], question["act"]["to"]
    fields |= _parts("act", first)
    return urlencode(fields if first == last else fields | _parts("until", last))


def _parts(name: str, day: str) -> dict[str, int]:
    read = dt.date.fromisoformat(day)
    return {f"{name}_day": read.day, f"{name}_month": read.month, f"{name}_year": read.year}


def part_of(aggravation: str) -> int | None:
    """The part (today's numbering) of a graver act; None: the basic offence."""
    return int(aggravation.removeprefix(PART)) if aggravation else None


def _graver() -> list[tuple[str, str]]:
    return choices("aggravations") if "aggravations" in country().vocabularies else []
