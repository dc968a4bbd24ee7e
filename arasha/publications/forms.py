"""What somebody asks of the national form: a day, an office, and how to take it along."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.people.models import Institution
from arasha.places.fields import DayField


class OfficeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Institution) -> str:
        return str(obj.name.get(get_language() or "en", obj.code))


class FormToFill(forms.Form):
    until = DayField(label=_("Counted up to"), required=False)
    office = OfficeField(
        label=_("Office"),
        queryset=Institution.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All offices"),
    )
    as_file = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *given: Any, offices: QuerySet[Institution], today: dt.date, **also: Any
    ) -> None:
        super().__init__(*given, **also)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
