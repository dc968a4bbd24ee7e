"""What is typed about a ceremony of the office key."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors import ceremonies as selectors
from arasha.appeals.words import CEREMONY_REASONS
from arasha.country import local_day
from arasha.people.models import Institution
from arasha.places.fields import DayField
from arasha.places.templatetags.names import in_language
from arasha.references import fold_number

UNOPENED, BY_CODES = "unopened", "codes"
TYPED = frozenset({"codes", "which"})
FEWEST_PRESENT, MOST_PRESENT = 2, 50
SHEETS = [("2", _("Two")), ("3", _("Three"))]


class InstitutionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    def label_from_instance(self, body: Institution) -> str:
        return in_language(body.name)


class CeremonyForm(forms.Form):
    """The body, why, and which of its appeals."""

    institution = InstitutionChoice(queryset=Institution.objects.none(), label=_("Which body?"))
    reason_code = forms.ChoiceField(
        label=_("Why?"), choices=list(CEREMONY_REASONS.items()), widget=forms.RadioSelect
    )
    codes = forms.CharField(
        label=_("Filing codes"),
        help_text=_("One on each line, in any spacing."),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        max_length=100_000,
    )

    def __init__(
        self,
        *args: Any,
        bodies: QuerySet[Institution],
        viewer: Actor,
        at: dt.datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.at = viewer, at
        self.fields["institution"].queryset = bodies  # type: ignore[attr-defined]
        if len(bodies) == 1:
            self.initial.setdefault("institution", bodies[0].pk)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "institution" in said:
            said["appeals"] = self.chosen(said)
        return said

    def arguments(self) -> dict[str, Any]:
        """What the service takes: appeals, not codes."""
        return {name: said for name, said in self.cleaned_data.items() if name not in TYPED}

    def chosen(self, said: dict[str, Any]) -> list[Appeal]:
        """The appeals that were meant; a code that is unknown or closed to the viewer is named."""
        lines = normalize_newlines(said.get("codes") or "").split("\n")
        typed = {fold_number(line): line.strip() for line in lines if line.strip()}
        found = selectors.by_codes(
            viewer=self.viewer, institution=said["institution"], codes=typed.keys(), at=self.at
        )
        missing = sorted(typed.keys() - {each.code for each in found})
        if missing:
            names = ", ".join(typed[code] for code in missing[:5])
            self.add_error(
                "codes",
                _("Not sealed to this body, or not open to you: %(codes)s") % {"codes": names},
            )
        return found


class ExportForm(CeremonyForm):
    which = forms.ChoiceField(
        label=_("Which appeals?"),
        choices=[
            (UNOPENED, _("All that nobody has opened")),
            (BY_CODES, _("Those with these filing codes")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("institution", "reason_code", "which", "codes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].required = False

    def chosen(self, said: dict[str, Any]) -> list[Appeal]:
        if said.get("which") != UNOPENED:
            return super().chosen(said)
        body = selectors.sealed_to(viewer=self.viewer, institution=said["institution"], at=self.at)
        return list(body.filter(opened_day=None))


class ProtocolForm(CeremonyForm):
    held_day = DayField(label=_("On which day was it held?"))
    sheets = forms.ChoiceField(
        label=_("How many sheets were used?"), choices=SHEETS, widget=forms.RadioSelect
    )
    present = forms.IntegerField(
        label=_("How many people were present?"),
        help_text=_("Their number only. The names stand on the signed paper."),
        min_value=FEWEST_PRESENT,
        max_value=MOST_PRESENT,
    )
    protocol_sha256 = forms.CharField(
        label=_("SHA-256 of the protocol"),
        help_text=_("64 letters and digits, of the file protocol.txt."),
        validators=[RegexValidator(r"\A[0-9a-fA-F]{64}\Z", _("Write the 64 letters and digits."))],
    )
    field_order = (
        *("institution", "reason_code", "held_day", "sheets", "present"),
        *("protocol_sha256", "codes"),
    )

    def clean_held_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["held_day"]
        if day > local_day(self.at):
            raise forms.ValidationError(_("The day is in the future."))
        return day

    def clean_sheets(self) -> int:
        return int(self.cleaned_data["sheets"])
