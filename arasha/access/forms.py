from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.access.words import BAR_REASONS, BREAKING_REASONS
from arasha.people.models import User


class BreakGlassForm(forms.Form):
    record = forms.CharField(
        label=_("Number of the record"),
        help_text=_("As it is printed: the case's own number, the register's or the court's."),
        max_length=100,
    )
    reason_code = forms.ChoiceField(
        label=_("Why can it not wait?"),
        choices=list(BREAKING_REASONS.items()),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("In your own words"),
        help_text=_(
            "Two colleagues read this now, a third reviews it, and it stays with the record."
        ),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class BarForm(forms.Form):
    """`people`: who could be meant. A name does when only one of them has it."""

    person = forms.CharField(
        label=_("Who must not see it?"),
        help_text=_("The e-mail address or the full name of somebody at your institution."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason_code = forms.ChoiceField(
        label=_("Why?"), choices=list(BAR_REASONS.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_person(self) -> User:
        # In Python: SQLite compares no Cyrillic letters without their case.
        asked = self.cleaned_data["person"].casefold()
        found = [
            each
            for each in self.people
            if asked in (each.email.casefold(), each.full_name.casefold())
        ]
        if not found:
            raise forms.ValidationError(
                _("Nobody at your institution has this address or this name. Check the spelling.")
            )
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several people have this name. Write the e-mail address.")
            )
        return found[0]


class ReviewForm(forms.Form):
    justified = forms.TypedChoiceField(
        label=_("Was it justified?"),
        choices=[("yes", _("Yes")), ("no", _("No: what is still open closes at once"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(
        label=_("Your finding"),
        help_text=_("It stays with the record."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
