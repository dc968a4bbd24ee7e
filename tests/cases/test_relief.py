"""Ways out of punishment: what the law bars is shown, and never granted without a word of why."""

import datetime as dt

import pytest

from arasha.actors import WORLD
from arasha.cases import figures, services
from arasha.cases.deciding.content import Content, OnPerson
from arasha.cases.deciding.errors import ReliefBarredError
from arasha.cases.models import Allegation, Case, Decision, Ruling
from arasha.country import country, local_day, term
from arasha.people.models import User
from tests.cases.conftest import Enter
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, REGISTERED_AT, actor, decide

SUSPENDED = "suspended"  # a sentence that is a way out of punishment
WHY = "The court found that the bar came after the act."


@pytest.fixture
def in_court(case: Case, prosecutor: User) -> Case:
    decide(case, "sent_to_court", prosecutor, persons=1)
    return Case.objects.get()


def convict(case: Case, by: User, person: object, **said: object) -> Decision:
    in_spite = str(said.pop("in_spite", ""))
    on = OnPerson(person=person, **said)  # type: ignore[arg-type]
    content = Content(on_persons=(on,), in_spite=in_spite)
    return decide(case, "convicted", by, days_later=4, content=content)


def test_a_barred_relief_without_reasons_is_refused_and_names_the_bar(
    in_court: Case, prosecutor: User, enter: Enter
) -> None:
    with pytest.raises(ReliefBarredError, match="Suspended sentence") as refused:
        convict(in_court, prosecutor, enter("S1"), sentence=SUSPENDED, months=24)

    [granted] = refused.value.granted
    assert granted.answer["answers"][0]["barred"] is True
    assert granted.answer["answers"][0]["steps"][0]["article"] == "CC 63(6)"
    assert not Decision.objects.filter(kind="convicted").exists()


def test_with_reasons_it_is_entered_and_stays_visible(
    in_court: Case, prosecutor: User, enter: Enter
) -> None:
    person = enter("S1")

    convict(in_court, prosecutor, person, sentence=SUSPENDED, months=24, in_spite=WHY)

    ruling = Ruling.objects.get()
    assert (ruling.relief, ruling.was_barred, ruling.in_spite) == ("suspended_sentence", True, WHY)
    assert ruling.law_answer["pack_hash"] == country().hash
    page = signed_in(prosecutor).get(f"/cases/{in_court.key}/decisions/").content.decode()
    assert "Granted although the law bars it." in page
    assert WHY in page


def test_what_the_law_leaves_open_needs_no_reasons(
    in_court: Case, prosecutor: User, enter: Enter
) -> None:
    convict(in_court, prosecutor, enter("S1"), sentence="imprisonment", months=30)

    ruling = Ruling.objects.get()
    assert (ruling.relief, ruling.was_barred, ruling.months) == ("", None, 30)


def test_the_charge_decides_not_what_was_told(
    in_court: Case, prosecutor: User, enter: Enter
) -> None:
    """Ill-treatment is not barred where torture is."""
    person = enter("S1", state="sent_to_court", capacity="official")
    services.charge(
        person=person,
        conduct="ill_treatment",
        part=1,
        day=local_day(REGISTERED_AT) + 2 * DAY,
        base_version=in_court.version,
        by=actor(prosecutor),
        at=REGISTERED_AT + 3 * DAY,
    )

    convict(in_court, prosecutor, person, sentence=SUSPENDED, months=12)

    ruling = Ruling.objects.get()
    assert (ruling.was_barred, ruling.law_question["conduct"]) == (False, "ill_treatment")
    assert ruling.charge is not None


def test_it_says_when_it_depends_on_the_day_of_the_act(
    in_court: Case, prosecutor: User, enter: Enter
) -> None:
    """The bar on suspended sentences came in March 2023, within the days that were told."""
    Allegation.objects.update(happened_from=dt.date(2023, 3, 1), happened_to=dt.date(2023, 4, 30))

    convict(in_court, prosecutor, enter("S1"), sentence=SUSPENDED, months=24)

    assert Ruling.objects.get().was_barred is None
    page = signed_in(prosecutor).get(f"/cases/{in_court.key}/decisions/").content.decode()
    assert "depends on the day of the act" in page


def test_a_termination_by_reconciliation_is_barred_for_torture(
    case: Case, prosecutor: User
) -> None:
    with pytest.raises(ReliefBarredError, match="Reconciliation"):
        decide(case, "terminated", prosecutor, content=Content(ground="reconciliation"))

    content = Content(ground="reconciliation", in_spite=WHY)
    made = decide(case, "terminated", prosecutor, content=content)
    assert (made.relief, made.was_barred, made.in_spite) == ("reconciliation", True, WHY)


def test_a_conviction_without_names_can_say_that_somebody_was_spared(
    in_court: Case, prosecutor: User
) -> None:
    content = Content(relief="suspended_sentence", in_spite=WHY)

    made = decide(in_court, "convicted", prosecutor, persons=1, content=content)

    assert (made.relief, made.was_barred) == ("suspended_sentence", True)


def test_reliefs_that_the_law_bars_are_counted(
    in_court: Case, prosecutor: User, enter: Enter
) -> None:
    convict(in_court, prosecutor, enter("S1"), sentence=SUSPENDED, months=24, in_spite=WHY)

    counted = figures.reliefs_against_the_law(viewer=WORLD, until=local_day(NOW))

    assert counted == 1


def test_the_page_shows_the_bar_with_its_reasons_and_keeps_what_was_typed(
    case: Case, prosecutor: User
) -> None:
    desk, address = signed_in(prosecutor), f"/cases/{case.key}/decide/terminated/"
    day = (local_day(REGISTERED_AT) + DAY).isoformat()
    sent = {"day": day, "ground": "reconciliation", "reason": "They made up.", "base_version": 1}

    answer = desk.post(address, sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "CC 68" in page
    assert "They made up." in page
    assert "Why was it granted although the law bars it?" in page
    assert desk.post(address, sent | {"in_spite": WHY}).status_code == 302


def test_a_relief_in_execution_is_asked_on_the_day_of_the_decision(
    in_court: Case, prosecutor: User
) -> None:
    decide(in_court, "convicted", prosecutor, days_later=4, persons=1)
    decide(in_court, "in_force", prosecutor, days_later=5)

    with pytest.raises(ReliefBarredError, match=str(term("reliefs", "parole"))):
        decide(
            in_court,
            "relief_granted",
            prosecutor,
            days_later=6,
            persons=1,
            content=Content(ground="parole"),
        )
    made = decide(in_court, "relief_granted", prosecutor, days_later=6, persons=1)
    assert (made.relief, made.was_barred) == ("pardon", False)
