import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.channel.upkeep.selectors.register import IN_USE, REVOKED, WITH_INCIDENT
from arasha.channel.upkeep.words import ANSWERS
from arasha.country import choices, country
from arasha.engines.notes import BadCodeError, read_code
from arasha.places.fields import DayField

MOST_METRES = 2_000


class TerminalsFilter(forms.Form):
    text = forms.CharField(label=_("Place"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            (IN_USE, _("In use")),
            (WITH_INCIDENT, _("With an incident")),
            (REVOKED, _("Revoked")),
        ],
    )


class SettleForm(forms.Form):
    finding = forms.ChoiceField(
        label=_("What looking into it showed"), choices=partial(choices, "alarm_findings")
    )


class WorksForm(forms.Form):
    from_day = DayField(label=_("First day"))
    until_day = DayField(label=_("Last day"))


class CheckForm(forms.Form):
    """The lines of the pack's check-list, each with yes, no, could not see."""

    day = DayField(label=_("Day of the check"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        for term in country().vocabularies["terminal_checks"].terms.values():
            self.fields[f"check_{term.code}"] = forms.ChoiceField(
                label=term.name.in_(language),
                choices=list(ANSWERS.items()),
                widget=forms.RadioSelect,
            )
        self.fields["camera_x_m"] = forms.FloatField(
            label=_("Camera nearby: metres east of the plan's corner"),
            required=False,
            min_value=0,
            max_value=MOST_METRES,
        )
        self.fields["camera_y_m"] = forms.FloatField(
            label=_("Camera nearby: metres north of the plan's corner"),
            required=False,
            min_value=0,
            max_value=MOST_METRES,
        )

    @property
    def answers(self) -> dict[str, str]:
        lines = country().vocabularies["terminal_checks"].terms
        return {code: self.cleaned_data[f"check_{code}"] for code in lines}

    @property
    def camera_m(self) -> tuple[float | None, float | None]:
        return self.cleaned_data["camera_x_m"], self.cleaned_data["camera_y_m"]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"), help_text=_("24 digits, in any spacing."), max_length=60
    )

    def clean_code(self) -> str:
        try:
            return read_code(self.cleaned_data["code"])
        except BadCodeError as error:
            raise forms.ValidationError(
                _("That is no code: one of the 24 digits is wrong or missing. Compare them.")
            ) from error


class SlipForm(CodeForm):
    promised_day = DayField(
        label=_("Day on the slip"), help_text=_("By which it promises to be in the log.")
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_promised_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["promised_day"]
        if abs((day - self.today).days) > 60:
            raise forms.ValidationError(_("The day is far from today. Compare it with the slip."))
        return day
