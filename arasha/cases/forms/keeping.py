from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases.models import Person
from arasha.country import choices, country, term

LONGEST = 300


class HoldForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why must nothing be destroyed?"), choices=partial(choices, "hold_reasons")
    )
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("Who asked, a number, a day. No names: everybody who sees the case reads it."),
        max_length=LONGEST,
        required=False,
    )


class WhyForm(forms.Form):
    words = forms.CharField(label=_("Why? In a few words"), max_length=LONGEST)


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("New note"),
        help_text=_("A note cannot be changed or taken back. What turns out otherwise, add."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5_000,
    )


class RetentionForm(forms.Form):
    """`base_version` is the version of the case that the writer was looking at."""

    retention = forms.ChoiceField(
        label=_("How long is this case kept?"),
        required=False,
        choices=lambda: [("", _("As its stage says")), *choices("retention_classes")],
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """`people`: those who may have a code."""

    person = forms.ChoiceField(label=_("For whom?"))
    authority_seen = forms.BooleanField(
        label=_("If it is not the victim: I have seen that this person may act for the victim."),
        required=False,
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (key, f"{each.code} · {term('person_roles', each.role)}")
            for key, each in self.people.items()
        ]

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class OneCaseForm(forms.Form):
    """A case that is destroyed for another reason than that its time is over."""

    number = forms.CharField(label=_("Number of the case"), max_length=40)
    reason = forms.ChoiceField(label=_("Why is it destroyed?"), choices=lambda: _other_reasons())


def _other_reasons() -> list[tuple[str, str]]:
    by_rule = country().vocabularies["erasure_reasons"].meaning("retention")
    return [(code, name) for code, name in choices("erasure_reasons") if code not in by_rule]
