from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.country import choices


class ReturnForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why is it returned?"),
        widget=forms.RadioSelect,
        choices=partial(choices, "returns"),
    )
