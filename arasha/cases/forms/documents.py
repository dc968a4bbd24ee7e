"""Forms of the documents of a case."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases.custody import OWN_ACTS
from arasha.country import choices
from arasha.references import findable


class UploadForm(forms.Form):
    """`sending` is new with every form that is shown: a double click sends the same."""

    file = forms.FileField(label=_("File"), allow_empty_file=True, max_length=None)
    kind = forms.ChoiceField(label=_("Kind of document"), choices=lambda: choices("document_kinds"))
    title = forms.CharField(
        label=_("Title"),
        help_text=_("If it stays empty, the file’s name."),
        max_length=200,
        required=False,
    )
    sending = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class CustodyForm(forms.Form):
    act = forms.ChoiceField(label=_("What was done?"))
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("To whom it was given, by whom it came back, where it lies."),
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_hand = [each for each in choices("custody_acts") if each[0] not in OWN_ACTS]
        self.fields["act"].choices = by_hand  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    words = forms.CharField(label=_("Why was it put in by mistake?"), max_length=300)


def cleaned_name(name: str | None) -> str:
    """What a browser called a file, as a database can keep it."""
    return findable(name or "")
