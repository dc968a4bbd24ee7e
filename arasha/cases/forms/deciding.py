"""The form of a decision: what its kind needs and takes, and nothing else."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.deciding.content import Content, OnPerson
from arasha.cases.deciding.court import comes_again
from arasha.cases.deciding.states import ACQUITTED, CONVICTED, IN_COURT, NOT_YET_JUDGED, TERMINATED
from arasha.cases.models import Case, Person
from arasha.country import choices
from arasha.packs.model import RELIEFS
from arasha.packs.procedure import DecisionKind, Need
from arasha.places.fields import DayField

FEW = 8  # so many choices are shown at once; more are folded
NONE = ("", "—")


@dataclass(frozen=True, slots=True)
class Block:
    """The fields of one person."""

    person: Person
    name: str
    fields: list[forms.BoundField]


class DecisionForm(forms.Form):
    """`base_version` is the version of the case that the writer was looking at."""

    day = DayField(
        label=_("Day of the decision"), help_text=_("The day on the document, not today's.")
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, case: Case, kind: DecisionKind, viewer: Actor, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"base_version": case.version})
        super().__init__(*args, **kwargs)
        self.case, self.kind, self.viewer = case, kind, viewer
        self.suspects = self._offered()
        self.names = selectors.names_by_person(viewer=viewer, case=case) if self.suspects else {}
        self._add_ground()
        self._add_persons()
        self._add_words()

    @property
    def people(self) -> list[Block]:
        return [
            Block(
                person,
                self.names.get(person.pk, ""),
                [self[name] for name in self.fields if name.endswith(f"_{person.code}")],
            )
            for person in self.suspects
        ]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that belong to no person, in their order."""
        own = {field.name for block in self.people for field in block.fields}
        return [field for field in self if field.name not in own and field.name != "in_spite"]

    def clean_into(self) -> Case:
        """The one case that has this number and is open to the writer."""
        found = list(selectors.cases(viewer=self.viewer, text=self.cleaned_data["into"])[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("No case with this number is open to you."))
        return found[0]

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        said = self.cleaned_data
        on_persons = tuple(self._on(person) for person in self.suspects if self._is_named(person))
        persons = said.get("persons") or len(on_persons)
        content = Content(
            ground=said.get("ground", ""),
            reason=said.get("reason", ""),
            body_name=said.get("body_name", ""),
            number=said.get("number", ""),
            relief=said.get("relief", ""),
            in_spite=said.get("in_spite", ""),
            into=said.get("into"),
            on_persons=on_persons,
        )
        return {
            "day": said["day"],
            "base_version": said["base_version"],
            "persons": persons,
            "content": content,
        }

    def _add_ground(self) -> None:
        if self.kind.grounds is None:
            return
        offered = choices(self.kind.grounds)
        label = _("Which way out of punishment?") if self.kind.grounds == RELIEFS else _("Ground")
        self.fields["ground"] = _choice(label, offered, required=self._must("ground"))

    def _add_persons(self) -> None:
        if self.kind.counts_persons:
            self.fields["persons"] = forms.IntegerField(
                label=_("How many persons does it concern?"),
                help_text=_("Leave it empty if you choose them below.") if self.suspects else "",
                min_value=1,
                max_value=999,
                required=not self.suspects,
            )
        for person in self.suspects:
            self._add_person(person)
        if self.kind.asks("sentence") and not self.suspects:
            self.fields["relief"] = _choice(
                _("Was anybody spared the punishment?"), [NONE, *choices(RELIEFS)], required=False
            )

    def _add_person(self, person: Person) -> None:
        self.fields[f"named_{person.code}"] = forms.BooleanField(
            label=_("It concerns this person"), required=False
        )
        if not self.kind.asks("sentence"):
            return
        self.fields[f"sentence_{person.code}"] = _choice(
            _("Sentence"), [NONE, *choices("sentences")], required=False
        )
        self.fields[f"months_{person.code}"] = forms.IntegerField(
            label=_("Months"), min_value=1, max_value=1200, required=False
        )
        self.fields[f"relief_{person.code}"] = _choice(
            _("Spared the punishment"), [NONE, *choices(RELIEFS)], required=False
        )

    def _add_words(self) -> None:
        if self._asks("court") or self._asks("body"):
            label = _("Court") if self._asks("court") else _("Body")
            required = self._must("court") or self._must("body")
            self.fields["body_name"] = forms.CharField(
                label=label, max_length=200, required=required
            )
        if self._asks("number"):
            self.fields["number"] = forms.CharField(
                label=_("Number of the document"), max_length=60, required=self._must("number")
            )
        if self._asks("case"):
            self.fields["into"] = forms.CharField(
                label=_("To which case is it joined?"),
                help_text=_("Its number, ours or another body's."),
                max_length=60,
                required=self._must("case"),
            )
        if self._asks("reason"):
            self.fields["reason"] = _words(_("Reasons"), required=self._must("reason"))
        self.fields["in_spite"] = _words(
            _("Why was it granted although the law bars it?"),
            required=False,
            help_text=_("The reasons that the decision itself gives."),
        )

    def _asks(self, what: Need) -> bool:
        return self.kind.asks(what)

    def _must(self, what: Need) -> bool:
        return what in self.kind.needs

    def _offered(self) -> Sequence[Person]:
        """Of whom it may be: before the court, not yet there, or judged, as the kind goes."""
        if not (self.kind.counts_persons or self.kind.asks("sentence")):
            return []
        people = selectors.people_who_are(viewer=self.viewer, case=self.case, means="suspect")
        if comes_again(self.kind):
            return list(people.filter(state__in=(CONVICTED, ACQUITTED, TERMINATED)))
        if self.kind.court == "enters":
            return list(people.filter(state__in=NOT_YET_JUDGED))
        if self.kind.court == "leaves":
            return list(people.filter(state__in=(IN_COURT, *NOT_YET_JUDGED)))
        return list(people)

    def _is_named(self, person: Person) -> bool:
        return bool(self.cleaned_data.get(f"named_{person.code}"))

    def _on(self, person: Person) -> OnPerson:
        said = self.cleaned_data
        return OnPerson(
            person=person,
            sentence=said.get(f"sentence_{person.code}", ""),
            months=said.get(f"months_{person.code}"),
            relief=said.get(f"relief_{person.code}", ""),
        )


class OfDayForm(forms.Form):
    """Something of a day that cannot lie ahead."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, today: dt.date, **kwargs: Any) -> None:
        kwargs["initial"] = {"base_version": case.version, "day": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("The day is in the future."))
        return day


class StepForm(OfDayForm):
    kind = forms.ChoiceField(label=_("What was done?"))
    day = DayField(label=_("On which day?"))
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("No names: whoever sees the case's summary reads this."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = _choice(_("What was done?"), choices("step_kinds"), required=True)


class ProceedingForm(OfDayForm):
    kind = forms.ChoiceField(label=_("Kind of proceeding"), widget=forms.RadioSelect)
    body_name = forms.CharField(label=_("Before which body?"), max_length=200)
    day = DayField(label=_("Since which day?"))

    def __init__(self, *args: Any, by_hand: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [pair for pair in choices("proceeding_kinds") if pair[0] in by_hand]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]


class ClosingForm(OfDayForm):
    day = DayField(label=_("On which day was it over?"))


class ToldForm(OfDayForm):
    person = forms.ChoiceField(label=_("Who was told?"), required=False)
    way = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect)
    day = DayField(label=_("On which day?"))

    def __init__(self, *args: Any, victims: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = choices("telling_ways")  # type: ignore[attr-defined]
        if victims:
            self.fields["person"] = _choice(_("Who was told?"), victims, required=True)
        else:
            del self.fields["person"]


class ChargeForm(OfDayForm):
    person = forms.ChoiceField(label=_("Who is charged?"), widget=forms.RadioSelect)
    conduct = forms.ChoiceField(label=_("With what?"), widget=forms.RadioSelect)
    part = forms.IntegerField(
        label=_("Part of the article"),
        help_text=_("As the article is numbered today; empty: its basic part."),
        min_value=1,
        max_value=9,
        required=False,
    )
    day = DayField(label=_("Day of the charge"))
    act_day = DayField(
        label=_("Last day of the act, as the charge names it"),
        help_text=_("Needed where the law changed within the days that were told."),
        required=False,
    )

    def __init__(self, *args: Any, suspects: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = suspects  # type: ignore[attr-defined]
        self.fields["conduct"].choices = choices("conducts")  # type: ignore[attr-defined]


def _choice(label: Any, offered: Sequence[tuple[str, Any]], *, required: bool) -> forms.ChoiceField:
    """Radios for a few choices, a list for many or where none may be chosen."""
    widget = forms.RadioSelect if required and len(offered) <= FEW else forms.Select
    first = [] if widget is forms.RadioSelect or NONE in offered else [NONE]
    return forms.ChoiceField(
        label=label, choices=[*first, *offered], required=required, widget=widget
    )


def _words(label: Any, *, required: bool, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
