from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.country import choices
from arasha.handoffs.appeals_to_support.services import Agreed
from arasha.handoffs.fields import InstitutionField
from arasha.people.models import User
from arasha.people.selectors import institutions_with
from arasha.places.fields import DayField


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    def label_from_instance(self, user: User) -> str:
        return user.full_name


class SupportForm(forms.Form):
    """What help is wanted, and the consent without which nothing goes there."""

    receiver = InstitutionField(label=_("Which crisis centre?"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("What help is wanted?"),
        widget=forms.CheckboxSelectMultiple,
        choices=partial(choices, "support_needs"),
    )
    covers = forms.MultipleChoiceField(
        label=_("What did the person agree that may be told?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The name or the place is needed: without either the centre finds nobody."),
        choices=partial(choices, "consent_covers"),
        required=False,
    )
    given_how = forms.ChoiceField(
        label=_("How was it agreed?"),
        widget=forms.RadioSelect,
        choices=partial(choices, "consent_forms"),
    )
    from_day = DayField(label=_("From which day does the consent hold?"))
    asked_by = ColleagueField(queryset=User.objects.none(), label=_("Who asked the person?"))
    language = forms.ChoiceField(
        label=_("In which language was it explained?"), choices=settings.LANGUAGES
    )
    call_back = forms.CharField(
        label=_("At which telephone does the centre reach you?"),
        help_text=_("Name and place are told there, by word of mouth: this form takes neither."),
        max_length=60,
    )

    def __init__(
        self, *args: Any, viewer: Actor, colleagues: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        receiver, asked_by = self.fields["receiver"], self.fields["asked_by"]
        if isinstance(receiver, InstitutionField):
            centres = list(institutions_with(viewer=viewer, role="support_worker"))
            receiver.offer(centres, nobody=_("No crisis centre is in this system yet"))
        if isinstance(asked_by, ColleagueField):
            asked_by.queryset = colleagues

    def agreed(self) -> Agreed | None:
        said = self.cleaned_data
        if not said["covers"]:
            return None
        return Agreed(
            covers=said["covers"],
            given_how=said["given_how"],
            from_day=said["from_day"],
            asked_by_key=said["asked_by"].pk,
            language=said["language"],
        )
