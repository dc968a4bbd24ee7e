import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.appeals.selectors import OPEN, Narrowed
from arasha.appeals.words import STATE_NAMES
from arasha.country import choices
from arasha.places.fields import DayField

LATE, UNOPENED, MINE, NEWEST = "late", "unopened", "mine", "newest"
ANY = ("", _("Any"))


class Filter(forms.Form):
    """How a reader of the list narrows it. What is nonsense narrows nothing."""

    q = forms.CharField(label=_("Filing code or a number"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[(OPEN, _("Waiting for an answer")), ("", _("All states")), *STATE_NAMES.items()],
    )
    only = forms.ChoiceField(
        label=_("Only"),
        required=False,
        choices=[
            ANY,
            (LATE, _("Late")),
            (UNOPENED, _("Not opened yet")),
            (MINE, _("In my hands")),
        ],
    )
    category = forms.ChoiceField(label=_("About"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    day = DayField(label=_("Received on"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("The most overdue first")), (NEWEST, _("The newest first"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, vocabulary in (("category", "appeal_categories"), ("urgency", "urgencies")):
            self.fields[name].choices = [ANY, *choices(vocabulary)]  # type: ignore[attr-defined]

    def narrowed(self, *, today: dt.date) -> Narrowed:
        only = self.cleaned_data.get("only", "")
        return Narrowed(
            late_on=today if only == LATE else None,
            received_day=self.cleaned_data.get("day"),
            unopened=True if only == UNOPENED else None,
            mine=only == MINE,
            category=self.cleaned_data.get("category", ""),
            urgency=self.cleaned_data.get("urgency", ""),
            newest_first=self.cleaned_data.get("order", "") == NEWEST,
        )


class PeriodForm(forms.Form):
    """From a day to a day, both of them in it."""

    first = DayField(label=_("From which day"))
    last = DayField(label=_("Until which day"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        return data
