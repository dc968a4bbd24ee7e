"""A form of the country, to be completed on a page: its fields, each of its kind."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.cases.letters.labels import columns_of, label_of
from arasha.cases.letters.prefilled import Answer
from arasha.cases.services.letters import NUMBER
from arasha.country import country
from arasha.engines.documents import Field, Form, Tick
from arasha.engines.documents.filling import MOST_CHARS

LAW = "law"
OPTIONAL: Promise = _("If it stays empty, a line to write on is left.")
ONE_LINE: Promise = _("One line for each, its columns divided by |: %(columns)s")


class LetterForm(forms.Form):
    """`values()` gives what `fill` wants; the number comes when the letter is kept."""

    sending = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, letter: Form, language: str, answers: list[Answer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.letter, self.letter_language = letter, language
        self.answers = {answer.code: answer for answer in answers}
        for name, field in letter.fields.items():
            if name != NUMBER:
                self.fields[name] = self._made(field)

    def values(self) -> dict[str, object]:
        fields = self.letter.fields
        return {
            name: self._value(fields[name], self.cleaned_data[name])
            for name in fields
            if name != NUMBER
        }

    def _made(self, field: Field) -> forms.Field:
        label = label_of(self.letter, field.name, self.letter_language) or field.name
        optional: dict[str, Any] = (
            {"required": False, "help_text": OPTIONAL} if field.unknown else {}
        )
        match field.kind:
            case "text":
                area = forms.Textarea({"rows": 4})
                return forms.CharField(label=label, widget=area, max_length=MOST_CHARS, **optional)
            case "day":
                day = forms.DateInput(
                    {"type": "date", "class": "govuk-input--width-10"}, "%Y-%m-%d"
                )
                return forms.DateField(label=label, widget=day, **optional)
            case "number":
                return forms.IntegerField(label=label, **optional)
            case "ticks":
                boxes = forms.CheckboxSelectMultiple
                return forms.MultipleChoiceField(
                    label=label, widget=boxes, required=False, choices=self._criteria()
                )
            case "steps":
                chosen = [(each.code, each.name) for each in self.answers.values()]
                none = [] if chosen else [("", _("none is stored"))]
                return forms.ChoiceField(label=label, required=False, choices=chosen or none)
            case "rows":
                return self._table(field, label)
            case _:
                return forms.CharField(label=label, max_length=300, **optional)

    def _table(self, field: Field, label: str) -> forms.Field:
        columns = " | ".join(columns_of(self.letter, field.name, self.letter_language))
        return forms.CharField(
            label=label,
            required=False,
            widget=forms.Textarea({"rows": 4}),
            help_text=ONE_LINE % {"columns": columns},
            validators=[self._refuse_ragged(field)],
        )

    def _refuse_ragged(self, field: Field) -> Any:
        wanted = len(columns_of(self.letter, field.name, self.letter_language))

        def check(text: str) -> None:
            for row in _rows(text):
                if len(row) != wanted:
                    raise ValidationError(
                        _("“%(line)s” has %(n)d columns; it needs %(wanted)d."),
                        params={"line": " | ".join(row)[:60], "n": len(row), "wanted": wanted},
                    )

        return check

    def _criteria(self) -> list[tuple[str, str]]:
        terms = country().vocabularies["criteria"].terms.values()
        return [(term.code, term.name.in_(self.letter_language)) for term in terms]

    def _value(self, field: Field, cleaned: Any) -> object:
        match field.kind:
            case "ticks":
                return [Tick(name, code in cleaned) for code, name in self._criteria()]
            case "steps":
                return list(self.answers[cleaned].steps) if cleaned else []
            case "rows":
                return _rows(cleaned)
            case "text":
                return cleaned.replace("\r\n", "\n") or None
            case _:
                return cleaned if cleaned != "" else None


def _rows(text: str) -> list[tuple[str, ...]]:
    lines = [line for line in text.splitlines() if line.strip()]
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines]
