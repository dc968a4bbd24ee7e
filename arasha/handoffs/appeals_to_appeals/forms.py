from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.handoffs.appeals_to_appeals.selectors import Candidate
from arasha.handoffs.fields import InstitutionField, NameGivenField


class ForwardForm(forms.Form):
    receiver = InstitutionField(label=_("To whom?"), widget=forms.RadioSelect)
    named = NameGivenField()

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["receiver"]
        if isinstance(field, InstitutionField):
            field.offer([each.institution for each in candidates if each.is_ready])
