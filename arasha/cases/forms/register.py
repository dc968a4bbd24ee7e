"""The forms of the register: its filter, numbers of other bodies, dated decisions."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.cases.selectors import OPEN
from arasha.country import choices, country
from arasha.places.fields import DayField


def _stages() -> list[tuple[str, Any]]:
    """Open cases, all of them, or those at one stage of the country's procedure."""
    language = get_language() or "en"
    stages = country().procedure.stages.values()
    named = [(stage.code, stage.name.in_(language)) for stage in stages]
    return [(OPEN, _("Open cases")), ("", _("All stages")), *named]


class Filter(forms.Form):
    q = forms.CharField(
        label=_("Number of the case, the register or the court, or a name"), required=False
    )
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=_stages,
    )


class NumberForm(forms.Form):
    """`today`: no other body has given a number after it."""

    register = forms.ChoiceField(label=_("Register"), choices=partial(choices, "registers"))
    number = forms.CharField(
        label=_("Number"), help_text=_("As it stands in the register."), max_length=60
    )
    given_day = DayField(label=_("Day on which it was given"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_given_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["given_day"]
        if day > self.today:
            raise forms.ValidationError(_("The day is in the future."))
        return day


class IssuedNumberForm(NumberForm):
    """A number of another body, which says who gave it: two courts count alike."""

    issuer = forms.CharField(
        label=_("Body that gave the number"),
        help_text=_("The court, or the body that keeps the register."),
        max_length=200,
    )


class CaseNumberForm(IssuedNumberForm):
    """Of a case that is there; `base_version` is the version that the writer was looking at."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)
