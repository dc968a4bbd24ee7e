"""The forms of the register of allegations: taking a report in, and saying what became of it."""

import datetime as dt
import uuid
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.cases.forms.dates import PartialDateField
from arasha.cases.models import Case
from arasha.cases.receiving import ANONYMOUS, BODY, CITIZEN, OWN
from arasha.cases.selectors import WAITING, cases_in_hand, cases_with_number
from arasha.cases.services import Outcome, Report, Teller
from arasha.cases.services.settling import JOINED, PASSED_ON, REGISTERED
from arasha.cases.sources import OUTCOME_NAMES, SOURCE_NAMES
from arasha.country import choices, country
from arasha.people.forms import InstitutionField, PlaceField
from arasha.people.models import Institution
from arasha.places.fields import DayField
from arasha.places.templatetags.names import in_language

ALL = "all"
NOT_SAID = [("", _("Not said"))]


def _text(label: Any, help_text: Any = "", *, longest: int = 300) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def _words(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    look = {"rows": str(rows), "autocomplete": "off"}
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20_000,
        required=False,
        widget=forms.Textarea(look),
    )


class ReportFilter(forms.Form):
    """`state` "" for an address without a query: what waits."""

    q = forms.CharField(label=_("Number in the book"), required=False)
    state = forms.ChoiceField(
        label=_("What became of it"),
        required=False,
        choices=[
            (WAITING, _("Waiting")),
            (ALL, _("All")),
            *((kind, OUTCOME_NAMES[kind]) for kind in (REGISTERED, PASSED_ON, JOINED)),
        ],
    )
    source = forms.ChoiceField(
        label=_("Source"), required=False, choices=[("", _("All")), *SOURCE_NAMES.items()]
    )
    from_day = DayField(label=_("Received from"), required=False)
    until_day = DayField(label=_("Received until"), required=False)


class ReportForm(forms.Form):
    """What came in. `key` is the report's own: sent twice, it is taken in once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    drawn_from = forms.UUIDField(widget=forms.HiddenInput, required=False)
    office = forms.ChoiceField(label=_("Office that received it"))
    source = forms.ChoiceField(
        label=_("Source"),
        widget=forms.RadioSelect,
        choices=[(code, SOURCE_NAMES[code]) for code in (CITIZEN, BODY, OWN, ANONYMOUS)],
    )
    received_day = DayField(label=_("Day of receipt"))
    received_time = forms.TimeField(
        label=_("Hour of receipt"),
        help_text=_("The clocks of the law run from it."),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    name = _text(
        _("Complaint of a citizen: name"),
        _("It stands apart from the account, with closer access."),
    )
    contact = _text(_("Complaint of a citizen: how to reach the person"))
    is_victim = forms.BooleanField(label=_("The complainant is the victim"), required=False)
    warned_day = DayField(
        label=_("Complaint of a citizen: day of the warning of false denunciation"),
        help_text=_(
            "Leave it empty if nobody has been warned yet: the report's page prints the sheet."
        ),
        required=False,
    )
    source_words = _text(
        _("Which body, newspaper or channel"),
        _("As it names itself. No name of a person."),
    )
    place = PlaceField(
        label=_("Where did it happen?"),
        help_text=_("Leave it empty if it is not known."),
        required=False,
    )
    happened = PartialDateField(label=_("When did it happen?"))
    account = _words(_("What is said to have happened"), _("In the words in which it was told."), 8)
    conduct = forms.ChoiceField(
        label=_("Proposed classification"),
        widget=forms.RadioSelect,
        choices=partial(choices, "conducts"),
    )
    criteria = forms.MultipleChoiceField(
        label=_("Signs of torture you find in the account"),
        help_text=_("Tick every purpose that the account shows."),
        widget=forms.CheckboxSelectMultiple,
        choices=partial(choices, "criteria"),
        required=False,
    )
    capacity = forms.ChoiceField(
        label=_("Who is said to have done it?"),
        widget=forms.RadioSelect,
        choices=partial(choices, "capacities"),
    )
    consent = forms.ChoiceField(
        label=_("What did the person agree to?"),
        help_text=_("Where another body passes on what a person told it."),
        choices=lambda: [*NOT_SAID, *choices("consents")],
        required=False,
    )

    def __init__(
        self, *args: Any, offices: list[Institution], now: dt.datetime, **kwargs: Any
    ) -> None:
        local = now.astimezone(country().timezone)
        begin = {
            "key": uuid.uuid4(),
            "received_day": local.date(),
            "received_time": local.strftime("%H:%M"),
            "office": str(offices[0].key) if offices else "",
        }
        super().__init__(*args, **{**kwargs, "initial": begin | kwargs.get("initial", {})})
        self.now, self.offices = now, {str(each.key): each for each in offices}
        office = self.fields["office"]
        office.choices = [(key, in_language(each.name)) for key, each in self.offices.items()]  # type: ignore[attr-defined]
        if len(offices) == 1:
            office.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = data["happened"].day.first if "happened" in data else None
        if first and first > self.now.astimezone(country().timezone).date():
            self.add_error("happened", _("The day is in the future."))
        if data.get("source") == CITIZEN and not data.get("name"):
            self.add_error("name", _("Enter the name, or choose a message without a name."))
        if data.get("conduct") == "torture" and not data.get("criteria"):
            self.add_error(
                "criteria",
                _("Tick at least one: without a purpose the law speaks of ill-treatment."),
            )
        if not data.get("account"):
            self.add_error("account", _("Write down what was reported."))
        return data

    @property
    def received_by(self) -> Institution:
        return self.offices[self.cleaned_data["office"]]

    def report(self) -> Report:
        data = self.cleaned_data
        named = data["source"] == CITIZEN
        teller = Teller(name=data["name"], contact=data["contact"], is_victim=data["is_victim"])
        same = (
            "source",
            "source_words",
            "account",
            "conduct",
            "capacity",
            "criteria",
            "place",
            "consent",
        )
        return Report(
            **{name: data[name] for name in same},
            source_key=data["drawn_from"],
            received_at=self._received_at(),
            happened=data["happened"].day,
            happened_words=data["happened"].words,
            teller=teller if named else None,
            warned_day=data["warned_day"] if named else None,
        )

    def _received_at(self) -> dt.datetime:
        """The minute that was written; the one that runs now is now, not its beginning."""
        day, hour = self.cleaned_data["received_day"], self.cleaned_data["received_time"]
        written = dt.datetime.combine(day, hour, tzinfo=country().timezone)
        is_now = dt.timedelta() <= self.now - written < dt.timedelta(minutes=1)
        return self.now if is_now else written


class WarningForm(forms.Form):
    day = DayField(label=_("Day on which the warning was signed"))


class OutcomeForm(forms.Form):
    """What an outcome says. `seen`: how many outcomes the writer saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = DayField(label=_("Day"))

    def __init__(self, *args: Any, viewer: Actor, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"day": today}, **kwargs})
        self.viewer = viewer


class PassOnForm(OutcomeForm):
    reason = forms.ChoiceField(
        label=_("Why it is not registered"),
        widget=forms.RadioSelect,
        choices=partial(choices, "pass_on_reasons"),
    )
    to = InstitutionField(label=_("To which body"), required=False)
    body_name = _text(_("Or a body that is not in the register"))
    words = _words(_("In words"), _("The person reads them in the notice."))
    field_order = ["seen", "reason", "to", "body_name", "day", "words"]

    def outcome(self) -> Outcome:
        data = self.cleaned_data
        same = {name: data[name] for name in ("reason", "words", "to", "body_name", "day")}
        return Outcome(kind=PASSED_ON, **same)


class JoinForm(OutcomeForm):
    """The case is found by its number; whoever sends it again has seen which case it is."""

    number = forms.CharField(
        label=_("Number of the case"),
        help_text=_("Ours, or the one that a register gave. Only an open case in your hands."),
        max_length=60,
    )
    reason = forms.ChoiceField(
        label=_("Why it belongs to that case"),
        widget=forms.RadioSelect,
        choices=partial(choices, "joining_reasons"),
    )
    words = _words(_("In words"))
    case = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["seen", "number", "reason", "day", "words", "case"]

    found: Case | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "number" in data:
            self._find(data["number"], seen=data.get("case", ""))
        return data

    def outcome(self) -> Outcome:
        data = self.cleaned_data
        same = {name: data[name] for name in ("reason", "words", "day")}
        return Outcome(kind=JOINED, case=self.found, **same)

    def _find(self, number: str, *, seen: str) -> None:
        numbered = cases_with_number(viewer=self.viewer, text=number).order_by().values("pk")
        cases = list(cases_in_hand(viewer=self.viewer).filter(pk__in=numbered)[:2])
        if not cases:
            self.add_error("number", _("No open case in your hands has this number."))
            return
        if len(cases) > 1:
            self.add_error("number", _("Several cases have this number: write ours."))
            return
        self.found = cases[0]
        if seen != str(self.found.pk):
            self.data = {**self.data, self.add_prefix("case"): str(self.found.pk)}
            where = in_language(self.found.place.name) if self.found.place else "—"
            said = {"number": self.found.number, "place": where}
            self.add_error(
                "number", _("This is the case %(number)s, %(place)s. Send again to join it.") % said
            )
