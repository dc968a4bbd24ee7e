"""The form that a prosecutor signs, and the one that settles a change of the rules."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.cases.models import Classification
from arasha.cases.services.classifying import Finding
from arasha.country import choices, country
from arasha.people.models import Institution
from arasha.people.selectors import institutions
from arasha.places.templatetags.names import in_language

PART = "part_"  # how the pack's vocabulary writes a part of today's numbering


def _parts() -> list[tuple[str, str]]:
    return [("", str(_("None of these: the basic offence"))), *choices("aggravations")]


def _bodies() -> list[tuple[str, str]]:
    """Who may be chosen; "either" is an answer of the rules, not a body."""
    return [each for each in choices("bodies_of_investigation") if each[0] != "alternative"]


class BodyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    def label_from_instance(self, row: Institution) -> str:
        return in_language(row.name)


class ClassificationForm(forms.Form):
    """`viewer` chooses; `earlier` is the classification in force, whose change needs a reason."""

    conduct = forms.ChoiceField(
        label=_("What was it, in law?"),
        widget=forms.RadioSelect,
        choices=partial(choices, "conducts"),
    )
    criteria = forms.MultipleChoiceField(
        label=_("Purposes that were found"),
        help_text=_("With one of them it is torture; without any it is ill-treatment."),
        widget=forms.CheckboxSelectMultiple,
        choices=partial(choices, "criteria"),
        required=False,
    )
    part = forms.ChoiceField(
        label=_("Was it graver?"),
        widget=forms.RadioSelect,
        choices=_parts,
        required=False,
    )
    capacity = forms.ChoiceField(
        label=_("Who is said to have done it?"),
        widget=forms.RadioSelect,
        choices=partial(choices, "capacities"),
    )
    body_kind = forms.ChoiceField(
        label=_("Which body investigates?"), widget=forms.RadioSelect, choices=_bodies
    )
    body = BodyField(
        label=_("Which office?"),
        help_text=_("Leave it empty if the office is not in this register."),
        queryset=Institution.objects.none(),
        required=False,
        empty_label="—",
    )
    reason = forms.ChoiceField(
        label=_("Why is it classified otherwise?"),
        choices=lambda: [("", "—"), *choices("reclassification_reasons")],
        required=False,
    )
    reason_words = forms.CharField(
        label=_("In your own words"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    conflict_answer = forms.ChoiceField(
        label=_("Why this body all the same?"),
        choices=lambda: [("", "—"), *choices("conflict_answers")],
        required=False,
    )
    conflict_words = forms.CharField(
        label=_("In your own words"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, viewer: Actor, earlier: Classification | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        if isinstance(body, BodyField):
            body.queryset = institutions(viewer=viewer)
        if earlier is None:
            del self.fields["reason"], self.fields["reason_words"]
        else:
            self.fields["reason"].required = True

    def clean_part(self) -> int | None:
        code: str = self.cleaned_data["part"]
        return int(code.removeprefix(PART)) if code else None

    def finding(self) -> Finding:
        said = {key: value for key, value in self.cleaned_data.items() if key != "base_version"}
        return Finding(**said)


class SettleForm(forms.Form):
    words = forms.CharField(
        label=_("What follows from it for this case?"),
        help_text=_("What you did, or why nothing follows. A lawyer will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput)


def as_initial(signed: Classification) -> dict[str, object]:
    """What a classification says, as the form shows it."""
    return {
        "conduct": signed.conduct,
        "criteria": signed.criteria,
        "part": f"{PART}{signed.part}" if signed.part and _is_offered(signed.part) else "",
        "capacity": signed.capacity,
        "body_kind": signed.body_kind,
        "body": signed.body_id,
    }


def _is_offered(part: int) -> bool:
    return f"{PART}{part}" in country().vocabularies["aggravations"].terms
