"""Decisions that name people one by one."""

import pytest

from arasha.cases.deciding.content import Content, OnPerson
from arasha.cases.deciding.errors import (
    MonthsWithoutSentenceError,
    NotBeforeCourtError,
    NotJudgedError,
    NotSuspectError,
    PersonsDisagreeError,
    TwiceBeforeCourtError,
    UnknownCodeError,
)
from arasha.cases.errors import TooManyPersonsError
from arasha.cases.models import Case, Decision, Person, Ruling
from arasha.people.models import User
from arasha.problems import ChangedMeanwhileProblem
from tests.cases.conftest import Enter
from tests.desk.signing_in import signed_in
from tests.walk import actor, decide, needed_by


def on(*people: Person, **said: object) -> Content:
    return Content(on_persons=tuple(OnPerson(person=each, **said) for each in people))  # type: ignore[arg-type]


def states() -> dict[str, str]:
    return dict(Person.objects.values_list("code", "state"))


def test_a_witness_is_not_sent_to_court(case: Case, prosecutor: User, enter: Enter) -> None:
    with pytest.raises(NotSuspectError, match="W1 is not a suspect"):
        decide(case, "sent_to_court", prosecutor, content=on(enter("W1", "witness")))


def test_names_and_number_agree(case: Case, prosecutor: User, enter: Enter) -> None:
    with pytest.raises(PersonsDisagreeError, match="You named 1 and wrote that it concerns 3"):
        decide(case, "sent_to_court", prosecutor, persons=3, content=on(enter("S1")))


def test_whoever_is_named_twice_counts_once(case: Case, prosecutor: User, enter: Enter) -> None:
    person = enter("S1")

    with pytest.raises(PersonsDisagreeError):
        decide(case, "sent_to_court", prosecutor, content=on(person, person))


def test_who_is_before_the_court_does_not_come_there_again(
    case: Case, prosecutor: User, enter: Enter
) -> None:
    """Two are sent; the judgment of one is reversed, and the other is named as if it were theirs."""
    first, second = enter("S1"), enter("S2")
    decide(case, "sent_to_court", prosecutor, content=on(first, second))
    decide(case, "convicted", prosecutor, content=on(first, second))
    for kind, content in (("appealed", None), ("appeal_reversed", _on(first))):
        decide(case, kind, prosecutor, content=needed_by(kind, **content) if content else None)
    Case.objects.update(stage="appeal")

    with pytest.raises(TwiceBeforeCourtError, match="S1 is before the court already"):
        decide(
            case, "appeal_reversed", prosecutor, content=needed_by("appeal_reversed", **_on(first))
        )


def test_only_who_was_sent_is_judged(case: Case, prosecutor: User, enter: Enter) -> None:
    decide(case, "sent_to_court", prosecutor, content=on(enter("S1")))

    with pytest.raises(NotBeforeCourtError, match="S2 is not before the court"):
        decide(case, "convicted", prosecutor, content=on(enter("S2")))


def test_one_of_an_unnamed_number_may_be_named_later(
    case: Case, prosecutor: User, enter: Enter
) -> None:
    decide(case, "sent_to_court", prosecutor, persons=1)

    decide(case, "convicted", prosecutor, content=on(enter("S1")))

    assert states() == {"S1": "convicted"}


@pytest.mark.parametrize("said", [{"sentence": "banishment"}, {"relief": "mercy"}])
def test_what_stands_in_no_list_is_refused(
    said: dict[str, str], case: Case, prosecutor: User, enter: Enter
) -> None:
    person = enter("S1")
    decide(case, "sent_to_court", prosecutor, content=on(person))

    with pytest.raises(UnknownCodeError, match="stands in no list"):
        decide(case, "convicted", prosecutor, content=on(person, **said))


def test_months_belong_to_a_sentence(case: Case, prosecutor: User, enter: Enter) -> None:
    person = enter("S1")
    decide(case, "sent_to_court", prosecutor, content=on(person))

    with pytest.raises(MonthsWithoutSentenceError, match="S1"):
        decide(case, "convicted", prosecutor, content=on(person, months=3))


def test_persons_move_from_suspicion_to_judgment(
    case: Case, prosecutor: User, enter: Enter
) -> None:
    first, second = enter("S1", state="suspect"), enter("S2", state="suspect")
    enter("V1", "victim")
    seen = [states()]

    decide(case, "sent_to_court", prosecutor, content=on(first, second))
    seen.append(states())
    decide(case, "convicted", prosecutor, content=on(first, sentence="imprisonment", months=40))
    decide(case, "acquitted", prosecutor, content=on(second))
    seen.append(states())

    assert [(each["S1"], each["S2"]) for each in seen] == [
        ("suspect", "suspect"),
        ("sent_to_court", "sent_to_court"),
        ("convicted", "acquitted"),
    ]
    assert {each["V1"] for each in seen} == {""}
    assert Decision.objects.get(kind="sent_to_court").persons == 2


def test_whoever_was_returned_is_waited_for(case: Case, prosecutor: User, enter: Enter) -> None:
    first, second = enter("S1"), enter("S2")
    decide(case, "sent_to_court", prosecutor, content=on(first, second))

    decide(case, "returned", prosecutor, content=needed_by("returned", **_on(first)))
    between = Case.objects.get().stage
    decide(case, "convicted", prosecutor, content=on(second))

    assert (between, Case.objects.get().stage) == ("court", "investigation")
    assert states() == {"S1": "suspect", "S2": "convicted"}
    decide(case, "sent_to_court", prosecutor, content=on(first))
    assert Case.objects.get().stage == "court"


def test_an_appeal_sends_only_who_was_judged_before_a_court_again(
    case: Case, prosecutor: User, enter: Enter
) -> None:
    person = enter("S1")
    decide(case, "sent_to_court", prosecutor, content=on(person))
    decide(case, "convicted", prosecutor, content=on(person))
    decide(case, "appealed", prosecutor)

    with pytest.raises(NotJudgedError, match="Judged so far: 1"):
        decide(case, "appeal_reversed", prosecutor, persons=2)
    made = decide(
        case, "appeal_reversed", prosecutor, content=needed_by("appeal_reversed", **_on(person))
    )

    assert (Case.objects.get().stage, states()) == ("court", {"S1": "sent_to_court"})
    assert made.reverses == Decision.objects.get(kind="convicted")
    with pytest.raises(TooManyPersonsError):
        decide(case, "acquitted", prosecutor, persons=2)
    decide(case, "acquitted", prosecutor, content=on(person))
    assert states() == {"S1": "acquitted"}


def test_the_proceedings_follow_from_court_to_court(case: Case, prosecutor: User) -> None:
    decide(case, "sent_to_court", prosecutor, persons=1, content=Content(body_name="City court"))
    decide(case, "convicted", prosecutor, persons=1)
    decide(case, "appealed", prosecutor, content=Content(body_name="Regional court"))
    upheld = decide(case, "appeal_upheld", prosecutor)
    decide(case, "in_force", prosecutor)

    found = case.proceedings.order_by("opened_day", "closed_day").values_list("kind", "body_name")
    assert set(found) == {
        ("pre_trial", ""),
        ("court_first", "City court"),
        ("court_appeal", "Regional court"),
    }
    assert not case.proceedings.filter(closed_day=None).exists()
    assert upheld.proceeding is not None
    assert upheld.proceeding.kind == "court_appeal"


def test_the_same_names_twice_are_a_double_click_and_others_are_another_decision(
    case: Case, prosecutor: User, enter: Enter
) -> None:
    first, second = enter("S1"), enter("S2")
    made = decide(case, "sent_to_court", prosecutor, content=on(first), base_version=1)

    assert decide(case, "sent_to_court", prosecutor, content=on(first), base_version=1) == made
    assert Ruling.objects.count() == 1
    with pytest.raises(ChangedMeanwhileProblem):
        decide(case, "sent_to_court", prosecutor, content=on(second), base_version=1)


def test_on_the_page_persons_are_chosen_and_their_sentences_entered(
    case: Case, prosecutor: User, enter: Enter
) -> None:
    person = enter("S1", state="suspect")
    made = decide(case, "sent_to_court", prosecutor, content=on(person))
    desk, address = signed_in(prosecutor), f"/cases/{case.key}/decide/convicted/"
    sent = {
        "day": made.day.isoformat(),
        "base_version": 2,
        "named_S1": "on",
        "sentence_S1": "imprisonment",
        "months_S1": "40",
        "body_name": "City court",
    }

    assert "S1" in desk.get(address).content.decode()
    assert desk.post(address, sent).status_code == 302

    ruling = Ruling.objects.get(decision__kind="convicted")
    assert (ruling.sentence, ruling.months, ruling.decision.body_name) == (
        "imprisonment",
        40,
        "City court",
    )
    page = desk.get(f"/cases/{case.key}/decisions/").content.decode()
    assert "40 months" in page
    assert actor(prosecutor).key not in page


def _on(*people: Person) -> dict[str, object]:
    return {"on_persons": tuple(OnPerson(person=each) for each in people)}
