import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.country import choices
from arasha.handoffs.appeals_to_cctv.services import Retention
from arasha.people.forms import PlaceField
from arasha.places.fields import DayField


class HoldForm(forms.Form):
    """Where and when, by codes and hours: nothing that the person wrote."""

    place = PlaceField(label=_("Which place's cameras?"))
    zone = forms.ChoiceField(
        label=_("Which zone?"), widget=forms.RadioSelect, choices=partial(choices, "footage_zones")
    )
    from_at = forms.DateTimeField(
        label=_("From when?"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    until_at = forms.DateTimeField(
        label=_("Until when?"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    kept_days = forms.IntegerField(
        label=_("For how many days does this place keep footage?"),
        help_text=_("Only if a document says so. Leave it empty if nobody knows."),
        min_value=1,
        max_value=3650,
        required=False,
    )
    kept_by = forms.CharField(label=_("Which document says so?"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kept_days") and not data.get("kept_by", "").strip():
            self.add_error("kept_by", _("Name the document, or leave the days empty."))
        return data

    def hours(self) -> tuple[dt.datetime, dt.datetime]:
        return self.cleaned_data["from_at"], self.cleaned_data["until_at"]

    def retention(self) -> Retention | None:
        said = self.cleaned_data
        return Retention(said["kept_days"], said["kept_by"].strip()) if said["kept_days"] else None


class LetterForm(forms.Form):
    number = forms.CharField(label=_("Number of the letter"), max_length=60)
    day = DayField(label=_("Day of the letter"))


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What became of the footage?"),
        widget=forms.RadioSelect,
        choices=partial(choices, "footage_outcomes"),
    )
