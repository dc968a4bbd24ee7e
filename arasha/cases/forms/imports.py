"""The forms of an import: its file, what its columns mean, whether to leave lines out."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases.forms.classification import BodyField
from arasha.cases.importing.fields import GROUPS, Field, all_fields
from arasha.cases.importing.preview import LIMITS
from arasha.cases.models import Import
from arasha.country import choices
from arasha.people.models import Institution
from arasha.places.fields import DayField

FORMS = (("register", _("A register: each line is a case")), ("statistics", _("The form of the national statistics")))  # fmt: skip
LONGEST_VALUE = 200
COLUMN, VALUE = "column-", "value-"


class UploadForm(forms.Form):
    """`offices`: those for which the reader may enter cases."""

    form = forms.ChoiceField(label=_("What is it?"), choices=FORMS, widget=forms.RadioSelect, initial="register")  # fmt: skip
    institution = BodyField(label=_("For which office?"), queryset=Institution.objects.none())
    file = forms.FileField(
        label=_("File"), help_text=_("CSV or XLSX, at most 15 MB and 20,000 lines."), max_length=200
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        institution = self.fields["institution"]
        if isinstance(institution, BodyField):
            institution.queryset = offices
            institution.initial = offices.first()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > LIMITS.bytes:
            raise forms.ValidationError(_("The file is larger than 15 MB. Divide it into several."))
        return file


class MappingForm(forms.Form):
    """For each field of ours a column of the table, or one value for all of its lines."""

    def __init__(
        self,
        *args: Any,
        columns: Sequence[str],
        guessed: dict[str, str],
        values: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = all_fields()
        offered = [("", "—"), *((column, column) for column in columns)]
        for field in self.known:
            self.fields[COLUMN + field.code] = forms.ChoiceField(
                label=str(field.label),
                choices=offered,
                required=False,
                initial=guessed.get(field.code, ""),
            )
            if field.for_all:
                self.fields[VALUE + field.code] = _for_all(field, values.get(field.code, ""))

    def clean(self) -> dict[str, Any]:
        for field in self.known:
            told = self.cleaned_data.get(COLUMN + field.code) or self.cleaned_data.get(
                VALUE + field.code
            )
            if field.required and not told:
                self.add_error(
                    COLUMN + field.code, _("Choose the column, or one value for all lines.")
                )
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, str]:
        return self._told(COLUMN)

    @property
    def values(self) -> dict[str, str]:
        return self._told(VALUE)

    def groups(self) -> list[tuple[str, str, bool, list[tuple[Any, Any]]]]:
        """The rows of the page: a column, and beside it the value for all lines where there may be one.

        Of each group its code, its title, and whether a column was chosen for anything in it.
        """
        return [(code, str(title), *self._group(code)) for code, title in GROUPS]

    def _group(self, code: str) -> tuple[bool, list[tuple[Any, Any]]]:
        pairs = [self._pair(each) for each in self.known if each.group == code]
        return any(column.value() for column, _value in pairs), pairs

    def _pair(self, field: Field) -> tuple[Any, Any]:
        value = self[VALUE + field.code] if field.for_all else None
        return self[COLUMN + field.code], value

    def _told(self, prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }


class StatisticsForm(forms.Form):
    """Until which day the form counts; its rows and columns are known by their words."""

    until_day = DayField(
        label=_("Until which day does it count?"),
        help_text=_("The form is cumulative: it counts from 1 January of that year."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["until_day"]
        if day > self.today:
            raise forms.ValidationError(_("The day is in the future."))
        return day


class TakeForm(forms.Form):
    leaves_out = forms.BooleanField(
        label=_("Leave out the lines with errors and take in the others"), required=False
    )

    def __init__(self, *args: Any, imported: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaves_out"].initial = imported.leaves_out


def _for_all(field: Field, value: str) -> forms.Field:
    label = _("For all lines: %(field)s") % {"field": field.label}
    if field.vocabulary:
        offered = [("", "—"), *choices(field.vocabulary)]
        return forms.ChoiceField(label=label, choices=offered, required=False, initial=value)
    return forms.CharField(label=label, required=False, max_length=LONGEST_VALUE, initial=value)
