"""Forms of "People and events": all of them say which version of the case their writer saw."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.cases.forms.dates import PartialDateField
from arasha.cases.models import Act, Case, Event, Identity, Involvement, Person
from arasha.cases.services.correcting import ACCOUNT, CAPACITY, CONDUCT, HAPPENED, PLACE
from arasha.cases.services.events import Done, Happened
from arasha.cases.telling_apart import About, Who
from arasha.cases.tellings import ANSWERS, LINKED, NOT_THE_SAME
from arasha.country import choices, country
from arasha.people.forms import InstitutionField, PlaceField
from arasha.places.fields import DayField

NOT_KNOWN = [("", _("Not known"))]
MINOR = {"yes": True, "no": False}


def _or_not_known(vocabulary: str) -> list[tuple[str, Any]]:
    return [*NOT_KNOWN, *choices(vocabulary)]


def _agencies() -> list[tuple[str, Any]]:
    language, named = get_language() or "en", country().authorities.values()
    return [*NOT_KNOWN, *((each.code, each.name.in_(language)) for each in named)]


def _text(label: Any, *, longest: int = 300, help_text: Any = "", rows: int = 0) -> forms.CharField:
    look = {"autocomplete": "off"}
    widget = forms.Textarea(look | {"rows": str(rows)}) if rows else forms.TextInput(look)
    return forms.CharField(
        label=label, max_length=longest, required=False, help_text=help_text, widget=widget
    )


class Entry(forms.Form):
    base_version = forms.IntegerField(widget=forms.HiddenInput)


class PersonForm(Entry):
    role = forms.ChoiceField(label=_("Role in the case"), choices=partial(choices, "person_roles"))
    name = _text(_("Name"), help_text=_("In any alphabet. Leave it empty if nobody knows it."))
    marks = _text(
        _("Marks"),
        longest=2000,
        rows=3,
        help_text=_(
            "How somebody without a name was described, or what tells two of one name apart."
        ),
    )
    born = PartialDateField(label=_("Birth date"))
    sex = forms.ChoiceField(label=_("Sex"), choices=partial(_or_not_known, "sexes"), required=False)
    is_minor = forms.ChoiceField(
        label=_("Under 18 at the time?"),
        choices=[*NOT_KNOWN, ("yes", _("Yes")), ("no", _("No"))],
        required=False,
    )
    capacity = forms.ChoiceField(
        label=_("Suspect: in which capacity"),
        choices=partial(_or_not_known, "capacities"),
        required=False,
    )
    agency = forms.ChoiceField(
        label=_("Suspect: whom they serve"), choices=_agencies, required=False
    )
    office = InstitutionField(label=_("Suspect: office"), required=False)
    state = forms.ChoiceField(
        label=_("Suspect: how the part is regarded"),
        choices=partial(_or_not_known, "involvement_states"),
        required=False,
    )
    document = _text(_("Identity document"), longest=100)
    contact = _text(_("How to reach the person"))

    @staticmethod
    def of(person: Person, identity: Identity | None) -> dict[str, object]:
        """What stands, for a correction."""
        minor = next((said for said, is_so in MINOR.items() if is_so == person.is_minor), "")
        of_person = {
            name: getattr(person, name) for name in ("role", "sex", "state", "capacity", "agency")
        }
        office = {"office": person.office.code if person.office else None}
        known = identity or Identity()
        names = ("name", "marks", "document", "contact")
        who = {name: getattr(known, name) for name in names} | {"born": known.born_words}
        return of_person | office | who | {"is_minor": minor}

    def about(self) -> About:
        given = self.cleaned_data
        said = {
            name: given[name] for name in ("role", "sex", "state", "capacity", "agency", "office")
        }
        return About(**said, is_minor=MINOR.get(given["is_minor"]))

    def who(self) -> Who:
        given = self.cleaned_data
        said = {name: given[name] for name in ("name", "marks", "document", "contact")}
        return Who(**said, born=given["born"].day, born_words=given["born"].words)


class EventForm(Entry):
    place = PlaceField(
        label=_("Place of the register"),
        help_text=_("Leave it empty if it is not known or not in the register."),
        required=False,
    )
    where = _text(
        _("Where exactly"), longest=200, help_text=_("The room, the road: as it was told.")
    )
    happened = PartialDateField(label=_("When"))

    @staticmethod
    def of(event: Event) -> dict[str, object]:
        place = event.place.code if event.place else None
        return {"place": place, "where": event.where, "happened": event.words}

    def says(self) -> Happened:
        given = self.cleaned_data
        told = given["happened"]
        return Happened(place=given["place"], where=given["where"], day=told.day, words=told.words)


class OfCase(Entry):
    """With a choice of the people of a case, by their codes and, where they are open, their names."""

    chooses = "person"

    def __init__(self, *args: Any, people: list[tuple[Person, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.key): person for person, _said in people}
        offered = [(str(person.key), said) for person, said in people]
        self.fields[self.chooses].choices = [("", "—"), *offered]  # type: ignore[attr-defined]

    def chosen(self) -> Person | None:
        """The person, or None where nobody was chosen."""
        return self.people.get(self.cleaned_data[self.chooses])


class ActForm(OfCase):
    chooses = "victim"

    victim = forms.ChoiceField(
        label=_("To whom it was done"),
        help_text=_("Leave it empty if nobody knows yet."),
        required=False,
    )
    methods = forms.MultipleChoiceField(
        label=_("What was done"),
        choices=partial(choices, "methods"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    criteria = forms.MultipleChoiceField(
        label=_("For which purpose"),
        choices=partial(choices, "criteria"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    harm = forms.ChoiceField(
        label=_("Harm"), choices=partial(_or_not_known, "harms"), required=False
    )

    @staticmethod
    def of(act: Act) -> dict[str, object]:
        victim = str(act.victim.key) if act.victim else ""
        return {
            "victim": victim,
            "methods": act.methods,
            "criteria": act.criteria,
            "harm": act.harm,
        }

    def says(self) -> Done:
        given = self.cleaned_data
        return Done(
            victim=self.chosen(),
            methods=tuple(given["methods"]),
            criteria=tuple(given["criteria"]),
            harm=given["harm"],
        )


class StateForm(Entry):
    state = forms.ChoiceField(
        label=_("How the part is regarded"), choices=partial(choices, "involvement_states")
    )
    since_day = DayField(label=_("Since which day"))

    @staticmethod
    def of(part: Involvement) -> dict[str, object]:
        return {"state": part.state, "since_day": part.since_day}


class PartForm(OfCase, StateForm):
    person = forms.ChoiceField(label=_("Who"))
    degree = forms.ChoiceField(
        label=_("Which part"), choices=partial(choices, "involvement_degrees")
    )
    capacity = forms.ChoiceField(
        label=_("In which capacity"), choices=partial(choices, "capacities")
    )

    field_order = ("person", "degree", "capacity", "state", "since_day")


class CorrectionForm(Entry):
    """`what` turned out otherwise: one field for it, and why."""

    def __init__(self, *args: Any, what: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what = what
        self.fields[what] = OTHERWISE[what]()
        self.fields["reason"] = forms.CharField(
            label=_("How this is known"),
            max_length=300,
            help_text=_("The allegation stays as it was received; this stands beside it."),
        )

    def says(self) -> dict[str, Any]:
        given = self.cleaned_data
        said: dict[str, Any] = {"what": self.what, "reason": given["reason"]}
        if self.what == ACCOUNT:
            return said | {"account": given[ACCOUNT]}
        if self.what in (CONDUCT, CAPACITY):
            return said | {"code": given[self.what]}
        if self.what == PLACE:
            return said | {"happened": Happened(place=given[PLACE])}
        told = given[HAPPENED]
        return said | {"happened": Happened(day=told.day, words=told.words)}


OTHERWISE: dict[str, Any] = {
    ACCOUNT: lambda: forms.CharField(
        label=_("What is said now"), widget=forms.Textarea({"rows": 8, "autocomplete": "off"})
    ),
    HAPPENED: lambda: PartialDateField(label=_("When")),
    PLACE: lambda: PlaceField(
        label=_("Place"), required=False, help_text=_("Leave it empty if it is not known.")
    ),
    CONDUCT: lambda: forms.ChoiceField(
        label=_("What was done"), choices=partial(choices, "conducts"), widget=forms.RadioSelect
    ),
    CAPACITY: lambda: forms.ChoiceField(
        label=_("Who did it"), choices=partial(choices, "capacities"), widget=forms.RadioSelect
    ),
}

ANSWER_NAMES = {
    LINKED: _("They tell of the same event"),
    NOT_THE_SAME: _("They are not the same"),
}


class SameEventForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Do the two cases tell of the same event?"),
        choices=[(each, ANSWER_NAMES[each]) for each in ANSWERS],
        widget=forms.RadioSelect,
    )
    words = _text(_("Why"), help_text=_("Needed if they are not the same."))
    base_version = forms.IntegerField(widget=forms.HiddenInput)


def version_of(case: Case) -> dict[str, object]:
    return {"base_version": case.version}
