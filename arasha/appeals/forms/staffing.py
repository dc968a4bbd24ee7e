from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from arasha.appeals.selectors.duty import LEVELS
from arasha.people.models import User
from arasha.places.fields import DayField


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    def label_from_instance(self, user: User) -> str:
        return user.full_name


class ShiftForm(forms.Form):
    user = PersonField(queryset=User.objects.none(), label=_("Who?"))
    level = forms.TypedChoiceField(
        label=_("Level"),
        help_text=_("Level 1 is rung at once, level 2 when nobody has read the call in time."),
        coerce=int,
        choices=[(level, str(level)) for level in LEVELS],
    )
    from_at = forms.DateTimeField(
        label=_("From when?"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    until_at = forms.DateTimeField(
        label=_("Until when?"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "user", people)


class AbsenceForm(forms.Form):
    """My absence, and who reads in my place."""

    from_day = DayField(label=_("First day"))
    until_day = DayField(label=_("Last day"))
    user = PersonField(queryset=User.objects.none(), label=_("Who stands in?"))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "user", people)


def _offer(form: forms.Form, name: str, people: QuerySet[User]) -> None:
    field = form.fields[name]
    if isinstance(field, PersonField):
        field.queryset = people.order_by("full_name")
