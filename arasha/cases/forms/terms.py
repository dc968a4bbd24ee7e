"""The forms of a case's terms: each is of a day, and of the version of the case that the writer saw."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases.forms.deciding import OfDayForm
from arasha.country import choices
from arasha.places.fields import DayField

GRANTED, REFUSED = "granted", "refused"


class SuspendForm(OfDayForm):
    reason = forms.ChoiceField(label=_("Why does it stand?"), widget=forms.RadioSelect)
    day = DayField(label=_("Since which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = choices("clock_suspensions")  # type: ignore[attr-defined]


class ResumeForm(OfDayForm):
    day = DayField(label=_("From which day does it go on?"), help_text=_("That day counts again."))


class MotionForm(OfDayForm):
    amount = forms.IntegerField(label=_("How long shall the whole term be?"), min_value=1)
    reason = forms.CharField(
        label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    day = DayField(label=_("Day on which the motion was filed"))

    def __init__(self, *args: Any, unit_words: str, most: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = unit_words
        if most:
            self.fields["amount"].initial = most


class MotionAnswerForm(OfDayForm):
    answer = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[(GRANTED, _("More time was granted")), (REFUSED, _("More time was refused"))],
        widget=forms.RadioSelect,
    )
    amount = forms.IntegerField(label=_("How long is the whole term now?"), min_value=1)
    day = DayField(label=_("Day of the answer"))


class TermRequestForm(OfDayForm):
    person = forms.ChoiceField(label=_("Who asked?"), required=False)
    day = DayField(label=_("On which day did they ask?"))
    until_day = DayField(label=_("Until which day do they want it done?"), required=False)

    def __init__(self, *args: Any, victims: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if victims:
            self.fields["person"].choices = victims  # type: ignore[attr-defined]
        else:
            del self.fields["person"]


class TermAnswerForm(OfDayForm):
    day = DayField(label=_("Day of the answer"))
    until_day = DayField(
        label=_("Term set until"),
        help_text=_("Empty: no term was set. Then write why."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reasons"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FeedForm(forms.Form):
    has_numbers = forms.BooleanField(
        label=_("Show the numbers of cases"),
        help_text=_("Whoever keeps the calendar, a telephone's maker say, then sees them."),
        required=False,
    )
