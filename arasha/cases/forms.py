import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases.models import Stage
from arasha.cases.selectors import OPEN
from arasha.country import choices
from arasha.places.fields import DayField

STAGE_NAMES = {
    Stage.REGISTERED: _("Registered"),
    Stage.INVESTIGATION: _("Investigation"),
    Stage.COURT: _("With court"),
    Stage.DECIDED: _("Decided"),
    Stage.CLOSED: _("Closed"),
}


class Filter(forms.Form):
    q = forms.CharField(label=_("Number of the case, the register or the court"), required=False)
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[(OPEN, _("Open cases")), ("", _("All stages")), *STAGE_NAMES.items()],
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


class DecisionForm(forms.Form):
    """`base_version` is the version of the case that the writer was looking at."""

    day = DayField(
        label=_("Day of the decision"), help_text=_("The day on the document, not today's.")
    )
    persons = forms.IntegerField(
        label=_("How many persons does it concern?"), min_value=1, max_value=999
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, counts_persons: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not counts_persons:
            del self.fields["persons"]
