from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.country import choices


class ReturnForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why is it returned?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, reason="returns")


def offer(form: forms.Form, **vocabularies: str) -> None:
    """Give fields of a form the terms of the pack's vocabularies."""
    for name, vocabulary in vocabularies.items():
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices(vocabulary)
