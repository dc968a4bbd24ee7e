"""What turned out otherwise is what the law is asked of from then on; what was asked before stays as it was."""

import datetime as dt
from typing import Any

import pytest

from arasha.cases import law, services
from arasha.cases.models import Allegation, Case, Deadline
from arasha.cases.services.events import Happened
from arasha.engines.dates import read
from arasha.people.models import User
from tests.cases.people import version
from tests.cases.test_classify import sign
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, actor, decide

LONG_AGO = Happened(day=read("05.03.2021"), words="05.03.2021")


def correct(case: Case, by: User, what: str, **more: Any) -> None:
    services.correct_allegation(
        allegation=case.allegations.get(),
        what=what,
        reason="Read again.",
        base_version=version(case),
        by=actor(by),
        at=NOW,
        **more,
    )


def test_the_act_ended_on_its_corrected_day(case: Case, prosecutor: User) -> None:
    correct(case, prosecutor, "happened", happened=LONG_AGO)

    assert law.last_day_of_act(case.allegations.get()) == dt.date(2021, 3, 5)


def test_later_questions_are_of_the_corrected_day_and_stored_ones_stay(
    case: Case, prosecutor: User
) -> None:
    first = case.decisions.get()
    asked, answered = first.law_question, first.law_answer

    correct(case, prosecutor, "happened", happened=LONG_AGO)
    made = decide(case, "sent_to_court", prosecutor, persons=1)

    assert made.law_question["act"] == {"from": "2021-03-05", "to": "2021-03-05"}
    first.refresh_from_db()
    assert (first.law_question, first.law_answer) == (asked, answered)
    assert Allegation.objects.get().happened_from != dt.date(2021, 3, 5)


@pytest.mark.parametrize(
    ("what", "code"), [("conduct", "ill_treatment"), ("capacity", "instigated")]
)
def test_a_corrected_conduct_or_capacity_is_asked_until_a_classification_is_signed(
    what: str, code: str, case: Case, prosecutor: User
) -> None:
    correct(case, prosecutor, what, code=code)
    told = law.facts_of(allegation=case.allegations.get())
    assert getattr(told, what) == code

    sign(case, prosecutor, base_version=version(case))
    signed = law.facts_of(allegation=case.allegations.get())
    assert (signed.conduct, signed.capacity) == ("torture", "official")


def test_the_last_of_two_corrections_counts(case: Case, prosecutor: User) -> None:
    correct(case, prosecutor, "conduct", code="ill_treatment")
    services.correct_allegation(
        allegation=case.allegations.get(),
        what="conduct",
        code="torture",
        reason="A mistake of mine.",
        base_version=version(case),
        by=actor(prosecutor),
        at=NOW + DAY,
    )

    assert law.facts_of(allegation=case.allegations.get()).conduct == "torture"


def test_what_is_proposed_for_the_signature_is_what_stands_now(
    case: Case, prosecutor: User
) -> None:
    correct(case, prosecutor, "conduct", code="ill_treatment")

    page = signed_in(prosecutor).get(f"/cases/{case.key}/law/classify/").content.decode()

    chosen = page.split('value="ill_treatment"')[1].split(">")[0]
    assert "checked" in chosen


def test_where_no_clock_was_started_the_page_says_what_that_means(
    case: Case, prosecutor: User
) -> None:
    Deadline.objects.all().delete()

    page = signed_in(prosecutor).get(f"/cases/{case.key}/terms/").content.decode()

    assert "No clock of the law was started" in page
    assert "that does not say that the law sets none" in page


def test_the_page_of_people_says_that_no_verdict_moves_a_part(case: Case, prosecutor: User) -> None:
    page = signed_in(prosecutor).get(f"/cases/{case.key}/people/").content.decode()

    assert "entered by hand, part by part" in page
