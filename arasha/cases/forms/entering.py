"""One case on one page, for somebody who types thirty an hour: nothing here needs a mouse."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases.forms.classification import BodyField
from arasha.cases.importing import words
from arasha.cases.importing.fields import DECISION, GROUND, PERSONS, kinds
from arasha.cases.importing.lines import Line, Remark
from arasha.cases.importing.places import Places
from arasha.cases.importing.reading import ColumnMap, Reader
from arasha.country import choices
from arasha.papers.tables import Row
from arasha.people.models import Institution

PEOPLE = 3
KEPT = ("register", "issuer", "institution", "conduct", "capacity")  # for the next case
ROLES = (("victim", _("Victim")), ("suspect", _("Suspect")))
FIRST_ROLES = ("victim", "suspect", "victim")


def _decisions() -> list[tuple[str, str]]:
    known = dict(choices("decisions"))
    return [("", "—"), *((kind.code, known.get(kind.code, kind.code)) for kind in kinds())]


def _grounds() -> list[tuple[str, str]]:
    lists = dict.fromkeys(kind.grounds for kind in kinds() if kind.grounds)
    return [("", "—"), *dict.fromkeys(pair for code in lists for pair in choices(code))]


def _text(
    label: Any, *, longest: int, help_text: Any = "", required: bool = False, **attrs: Any
) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **attrs})
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=widget, help_text=help_text
    )


class EntryForm(forms.Form):
    """What is typed is read as a line of a register is: the same rules, the same words about a fault."""

    number = _text(
        _("Number in the register"), longest=60, required=True, autofocus=True, accesskey="n"
    )
    registered_day = _text(
        _("Day of registration"),
        longest=30,
        required=True,
        help_text=_("05032024 or 05.03.2024"),
        inputmode="numeric",
    )
    place = _text(
        _("Place"),
        longest=200,
        help_text=_("Its code, or the beginning of its name"),
        list="places",
    )
    happened = _text(
        _("When it happened"),
        longest=80,
        help_text=_("As far as it is known: 05032024, 03.2024, 2024"),
    )
    conduct = forms.ChoiceField(label=_("What was done"), choices=partial(choices, "conducts"))
    criteria = forms.MultipleChoiceField(
        label=_("Purposes"),
        widget=forms.CheckboxSelectMultiple,
        choices=partial(choices, "criteria"),
        required=False,
    )
    capacity = forms.ChoiceField(label=_("Who did it"), choices=partial(choices, "capacities"))
    decision = forms.ChoiceField(
        label=_("What was decided then"), choices=_decisions, required=False
    )
    decision_day = _text(_("Day of that decision"), longest=30, inputmode="numeric")
    decision_persons = _text(_("How many persons it concerns"), longest=4, inputmode="numeric")
    decision_ground = forms.ChoiceField(label=_("Its ground"), choices=_grounds, required=False)
    register = forms.ChoiceField(
        label=_("Which register gave it"), choices=partial(choices, "registers")
    )
    issuer = _text(_("Body that gave the number"), longest=200)
    institution = BodyField(label=_("For which office?"), queryset=Institution.objects.none())
    sheet = forms.UUIDField(widget=forms.HiddenInput)
    anyway = forms.BooleanField(
        label=_("It is another case: enter it"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(PEOPLE):
            self.fields[f"name_{at}"] = _text(_("Name %(n)s") % {"n": at + 1}, longest=300)
            self.fields[f"role_{at}"] = forms.ChoiceField(
                label=_("Role %(n)s") % {"n": at + 1}, choices=ROLES, initial=FIRST_ROLES[at]
            )
        institution = self.fields["institution"]
        if isinstance(institution, BodyField):
            institution.queryset = offices
            institution.initial = offices.first()
        self.fields["sheet"].initial = uuid.uuid4

    def line(self, *, places: Places, today: dt.date) -> tuple[Line, list[Remark]]:
        """The line that was typed; what is wrong with it stands at its fields from now on."""
        told = dict(self._told(places))
        # A field that gets an error is no more among the cleaned ones.
        decided, day = self.cleaned_data["decision"], self.cleaned_data["decision_day"]
        reader = Reader(ColumnMap(headings=(), columns={}, values=told), places, today)
        line, remarks = reader.read(Row(1, ()))
        for remark in remarks:
            if remark.is_error:
                self.say(remark.field, remark.code)
        if day and not decided:
            self.say("decision", "missing")
        if decided and not day:
            self.say("decision_day", "missing")
        return line, remarks

    def say(self, field: str, code: str) -> None:
        self.add_error(self._field_of(field), f"{words.found(code)} {words.to_do(code)}")

    def people(self) -> Iterator[tuple[Any, Any]]:
        for at in range(PEOPLE):
            yield self[f"name_{at}"], self[f"role_{at}"]

    def kept(self) -> dict[str, str]:
        """What the next case will begin with."""
        return {name: str(self.data.get(name, "")) for name in KEPT if self.data.get(name)}

    def _told(self, places: Places) -> Iterator[tuple[str, str]]:
        clean = self.cleaned_data
        for name in (
            "number",
            "registered_day",
            "happened",
            "conduct",
            "capacity",
            "register",
            "issuer",
        ):
            yield name, clean[name]
        yield "place", places.begun(clean["place"])
        yield "criteria", "; ".join(clean["criteria"])
        for role, field in (("victim", "victims"), ("suspect", "suspects")):
            yield field, "; ".join(self._names(role))
        if kind := clean["decision"]:
            yield DECISION + kind, clean["decision_day"]
            yield DECISION + kind + PERSONS, clean["decision_persons"]
            yield DECISION + kind + GROUND, clean["decision_ground"]

    def _names(self, role: str) -> Sequence[str]:
        clean = self.cleaned_data
        names = [clean[f"name_{at}"] for at in range(PEOPLE) if clean[f"role_{at}"] == role]
        return [name.replace(";", ",") for name in names if name]

    def _field_of(self, field: str) -> str | None:
        if field.startswith(DECISION):
            ending = {GROUND: "decision_ground", PERSONS: "decision_persons"}
            return next((own for end, own in ending.items() if field.endswith(end)), "decision_day")
        return {"victims": "name_0", "suspects": "name_1"}.get(
            field,
            field if field in self.fields else None,
        )


def places_listed(places: Iterable[Any], language: str) -> list[tuple[str, str]]:
    """Code and name, for the list that a browser opens below the field."""
    return [
        (each.code, each.name.get(language) or next(iter(each.name.values()), ""))
        for each in places
    ]
