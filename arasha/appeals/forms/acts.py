"""One form for each act. What it cleans are the arguments of the act's service."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.models import Appeal
from arasha.country import choices
from arasha.people.forms import InstitutionField, PlaceField
from arasha.places.fields import DayField


class ActForm(forms.Form):
    """`coded`: which fields offer a vocabulary of the country; `past`: which days cannot lie ahead."""

    coded: ClassVar[dict[str, str]] = {}
    past: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, *args: Any, appeal: Appeal, viewer: Actor, today: dt.date, **kwargs: Any
    ) -> None:
        self.appeal, self.viewer, self.today = appeal, viewer, today
        kwargs["initial"] = self.known()
        super().__init__(*args, **kwargs)
        for name, vocabulary in self.coded.items():
            self.fields[name].choices = choices(vocabulary)  # type: ignore[attr-defined]

    def known(self) -> dict[str, object]:
        """What stands in the form before anybody types."""
        return dict.fromkeys(self.past, self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.past:
            if (day := data.get(name)) and day > self.today:
                self.add_error(name, _("The day is in the future."))
        return data


def radios(label: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, widget=forms.RadioSelect, **options)


class ConfirmForm(ActForm):
    """Nothing to fill in: the act asks only whether it is meant."""


class RecordForm(ActForm):
    coded: ClassVar = {"category": "appeal_categories", "urgency": "urgencies"}

    category = radios(_("What is it about?"))
    urgency = radios(_("How urgent is it?"), required=False)
    place = PlaceField(required=False)
    accused_body = InstitutionField(
        label=_("Against whom is it?"),
        help_text=_("The appeal can never be passed on to it."),
        required=False,
    )

    def known(self) -> dict[str, object]:
        place, accused = self.appeal.place, self.appeal.accused_body
        return {
            "category": self.appeal.category,
            "urgency": self.appeal.urgency,
            "place": place.code if place else "",
            "accused_body": accused.code if accused else "",
        }


class SuspensionForm(ActForm):
    coded: ClassVar = {"reason_code": "suspension_reasons"}

    reason_code = radios(_("Why does it stand still?"))


class ExtensionForm(ActForm):
    coded: ClassVar = {"reason_code": "extension_reasons"}

    reason_code = radios(_("Why is it made longer?"))
    until_day = DayField(
        label=_("Until which day?"), help_text=_("The day that was decided, by whoever decides it.")
    )
    is_meant = forms.BooleanField(
        label=_("It becomes longer by more than the whole term, and this was decided"),
        help_text=_("Tick it only then. Such a day is refused without it."),
        required=False,
    )


class AskBodyForm(ActForm):
    coded: ClassVar = {"asks_for": "body_requests"}

    institution = InstitutionField(label=_("Which body is asked?"))
    asks_for = radios(_("What is it asked for?"))
    number = forms.CharField(
        label=_("Number of the letter"),
        help_text=_("As the letter left. Leave it empty if it has none."),
        max_length=60,
        required=False,
    )
    due_day = DayField(label=_("By which day should it answer?"))

    def known(self) -> dict[str, object]:
        accused = self.appeal.accused_body
        return {"institution": accused.code if accused else ""}


class AnswerForm(ActForm):
    coded: ClassVar = {"answer": "body_answers"}
    past: ClassVar = ("answered_day",)

    answer = radios(_("What did it answer?"))
    answered_day = DayField(label=_("Day of the answer"))


class NumberForm(ActForm):
    past: ClassVar = ("on_day",)

    issuer = forms.CharField(
        label=_("Who gave the number?"), help_text=_("The body, as on its paper."), max_length=120
    )
    number = forms.CharField(
        label=_("Number"), help_text=_("As it stands on the document."), max_length=60
    )
    on_day = DayField(label=_("Day on which it was given"))


class CloseForm(ActForm):
    coded: ClassVar = {"outcome": "appeal_outcomes", "answered": "answer_ways"}
    past: ClassVar = ("outcome_day",)

    outcome = radios(_("How did it end?"))
    outcome_day = DayField(
        label=_("Day of the outcome"),
        help_text=_(
            "The day on the document. The day of the last reply stands here, or today if there is none."
        ),
    )
    joined_to = forms.CharField(
        label=_("Filing code of the appeal that it is joined to"),
        help_text=_("Only if it was joined to another appeal."),
        required=False,
    )
    answered = radios(_("How was the person answered?"))

    def known(self) -> dict[str, object]:
        last = selectors.answers_of(viewer=self.viewer, appeal=self.appeal).last()
        return {"outcome_day": last.on_day if last else self.today}

    def clean_joined_to(self) -> Appeal | None:
        text = self.cleaned_data["joined_to"].strip()
        if not text:
            return None
        found = selectors.appeals(viewer=self.viewer, text=text).first()
        if found is None:
            raise forms.ValidationError(_("No appeal with this code is open to you."))
        return found


class ReopenForm(ActForm):
    coded: ClassVar = {"reason_code": "reopening_reasons"}

    reason_code = radios(_("Why is it opened again?"))


class CheckBackForm(ActForm):
    coded: ClassVar = {"found": "check_back_findings"}

    found = radios(_("What did you find?"))


class ErasureForm(ActForm):
    coded: ClassVar = {"reason_code": "erasure_reasons"}

    reason_code = radios(_("Why is it destroyed?"))
