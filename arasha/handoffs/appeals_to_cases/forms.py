import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.cases.forms import IssuedNumberForm
from arasha.cases.forms.dates import PartialDateField
from arasha.country import choices
from arasha.handoffs.appeals_to_cases.services import Account
from arasha.handoffs.fields import InstitutionField, NameGivenField
from arasha.people.forms import PlaceField
from arasha.people.selectors import prosecutors
from arasha.places.fields import DayField


class ReferralForm(forms.Form):
    """The allegation record: what the officer writes down after reading. Plaintext begins here."""

    named = NameGivenField(
        help_text=_(
            "Where the country's rules open no case without a name, nothing is sent: propose a "
            "special visit instead."
        )
    )
    receiver = InstitutionField(label=_("Prosecutor's office"))
    place = PlaceField(
        label=_("Where did it happen?"),
        help_text=_("Leave it empty if it is not known."),
        required=False,
    )
    happened = PartialDateField(label=_("When did it happen?"))
    account = forms.CharField(
        label=_("What is said to have happened"),
        help_text=_(
            "In the person's own words, as far as they agree. No name where it is not needed."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        required=False,
    )
    conduct = forms.ChoiceField(
        label=_("Proposed classification"),
        widget=forms.RadioSelect,
        choices=partial(choices, "conducts"),
    )
    criteria = forms.MultipleChoiceField(
        label=_("Signs of torture you find in the account"),
        help_text=_("Tick every purpose that the account shows."),
        widget=forms.CheckboxSelectMultiple,
        choices=partial(choices, "criteria"),
        required=False,
    )
    capacity = forms.ChoiceField(
        label=_("Who is said to have done it?"),
        widget=forms.RadioSelect,
        choices=partial(choices, "capacities"),
    )
    consent = forms.ChoiceField(
        label=_("What did the person agree to?"),
        widget=forms.RadioSelect,
        choices=partial(choices, "consents"),
    )

    def __init__(self, *args: Any, viewer: Actor, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        receiver = self.fields["receiver"]
        if isinstance(receiver, InstitutionField):
            receiver.offer(list(prosecutors(viewer=viewer)), choose=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = data["happened"].day.first if "happened" in data else None
        if first and first > self.today:
            self.add_error("happened", _("The day is in the future."))
        if data.get("conduct") == "torture" and not data.get("criteria"):
            self.add_error(
                "criteria",
                _("Tick at least one: without a purpose the law speaks of ill-treatment."),
            )
        return data

    def written(self) -> Account:
        data = self.cleaned_data
        happened = data["happened"]
        return Account(
            account=data["account"],
            happened=(happened.day.first, happened.day.last),
            happened_words=happened.words,
            place=data["place"],
            conduct=data["conduct"],
            capacity=data["capacity"],
            criteria=data["criteria"],
            consent=data["consent"],
            is_named=data["named"],
        )


class AcceptForm(IssuedNumberForm):
    """The number under which the receiver registers it."""

    number = forms.CharField(label=_("Number in the register"), max_length=60)
    given_day = DayField(label=_("Day of the entry"))


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why is it refused?"),
        widget=forms.RadioSelect,
        choices=partial(choices, "refusals"),
    )
