"""What happened, to whom, and who had which part in it."""

import datetime as dt
from typing import Any

import pytest

from arasha.cases import services
from arasha.cases.errors.people import (
    AlreadyInvolvedError,
    EventInFutureError,
    NoStateChangeError,
    NotOfThisCaseError,
    OwnVictimError,
)
from arasha.cases.models import Act, Case, Event, Involvement, Person
from arasha.cases.services.events import Done, Happened
from arasha.engines.dates import read
from arasha.people.models import User
from arasha.places.models import Place
from arasha.problems import ChangedMeanwhileProblem
from tests.access import rows
from tests.cases.people import add, do, happen, version
from tests.walk import DAY, NOW, actor

TODAY = NOW.date()


def involve(act: Act, person: Person, by: User, **more: Any) -> Involvement:
    given = {
        "degree": "did",
        "capacity": "official",
        "state": "alleged",
        "since_day": TODAY - 9 * DAY,
        "base_version": version(act.case),
        "by": actor(by),
        "at": NOW,
    } | more
    return services.involve(act=act, person=person, **given)  # type: ignore[arg-type]


def test_an_event_of_tomorrow_is_refused(case: Case, prosecutor: User) -> None:
    with pytest.raises(EventInFutureError, match="leave it empty"):
        happen(case, prosecutor, when=str(TODAY + 3 * DAY))


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("March 2021", dt.date(2021, 3, 1), dt.date(2021, 3, 31)),
        ("05.03.2021", dt.date(2021, 3, 5), dt.date(2021, 3, 5)),
        ("", None, None),
    ],
)
def test_an_event_has_as_much_of_a_date_as_is_known(
    when: str, first: dt.date | None, last: dt.date | None, case: Case, prosecutor: User
) -> None:
    event = happen(case, prosecutor, when=when, where="the cellar")

    assert (event.first_day, event.last_day, event.words) == (first, last, when)


def test_a_double_click_enters_one_event_and_another_editor_is_told(
    case: Case, prosecutor: User
) -> None:
    seen: dict[str, Any] = {"base_version": case.version}
    assert happen(case, prosecutor, when="2021", **seen) == happen(
        case, prosecutor, when="2021", **seen
    )

    with pytest.raises(ChangedMeanwhileProblem):
        happen(case, prosecutor, when="2022", **seen)
    assert Event.objects.count() == 1


def test_an_event_is_corrected(case: Case, prosecutor: User, place: Place) -> None:
    event = happen(case, prosecutor, when="2021")

    corrected = services.correct_event(
        event=event,
        happened=Happened(place=place, day=read("May 2021"), words="May 2021"),
        base_version=version(case),
        by=actor(prosecutor),
        at=NOW,
    )

    assert (corrected.place, corrected.words, corrected.where) == (place, "May 2021", "")


def test_nobody_of_another_case_suffers_an_act_of_this_one(case: Case, prosecutor: User) -> None:
    stranger = Person.objects.create(case=rows.case(), code="V1", role="victim", added_at=NOW)

    with pytest.raises(NotOfThisCaseError, match="Add the person"):
        do(happen(case, prosecutor), prosecutor, to=stranger)


def test_an_act_may_be_against_somebody_whom_nobody_knows_yet(case: Case, prosecutor: User) -> None:
    act = do(happen(case, prosecutor), prosecutor)
    victim = add(case, prosecutor)

    corrected = services.correct_act(
        act=act,
        done=Done(victim=victim, methods=("electric",)),
        base_version=version(case),
        by=actor(prosecutor),
        at=NOW,
    )

    assert (corrected.victim, corrected.methods, corrected.harm) == (victim, ["electric"], "")


def test_the_victim_has_no_part_in_the_act(case: Case, prosecutor: User) -> None:
    victim = add(case, prosecutor)
    act = do(happen(case, prosecutor), prosecutor, to=victim)

    with pytest.raises(OwnVictimError):
        involve(act, victim, prosecutor)


def test_one_part_is_entered_once_and_another_degree_beside_it(
    case: Case, prosecutor: User
) -> None:
    act, suspect = do(happen(case, prosecutor), prosecutor), add(case, prosecutor, role="suspect")
    involve(act, suspect, prosecutor)

    with pytest.raises(AlreadyInvolvedError, match="Change its state"):
        involve(act, suspect, prosecutor, state="charged")
    involve(act, suspect, prosecutor, degree="ordered")
    assert act.involvements.count() == 2


def test_a_state_is_not_dated_before_the_one_that_stands(case: Case, prosecutor: User) -> None:
    act, suspect = do(happen(case, prosecutor), prosecutor), add(case, prosecutor, role="suspect")
    part = involve(act, suspect, prosecutor)

    def change(state: str, day: dt.date) -> Involvement:
        return services.change_state(
            part=part,
            state=state,
            since_day=day,
            base_version=version(case),
            by=actor(prosecutor),
            at=NOW,
        )

    with pytest.raises(NoStateChangeError, match="dated before it"):
        change("charged", TODAY - 10 * DAY)
    assert change("charged", TODAY).state == "charged"
