"""The page of a case's terms, and the motion drafted from it."""

import uuid
from io import BytesIO

import pytest
from docx import Document

from arasha.cases.models import Case, Deadline, Extension
from arasha.cases.tick import tick
from arasha.country import local_day
from arasha.people.models import User
from tests.cases.test_terms import answer, clock, motion, resume, suspend, version
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, at_most

__all__ = ["clock"]


def address(case: Case) -> str:
    return f"/cases/{case.key}/terms/"


@pytest.mark.parametrize("act", ["", "1/suspend/", "1/motion/", "1/motion/kk.docx"])
def test_a_stranger_gets_the_same_answer_as_for_an_unknown_key(
    act: str, clock: Deadline, other_prosecutor: User
) -> None:
    desk = signed_in(other_prosecutor)

    known = desk.get(address(clock.case) + act)
    unknown = desk.get(f"/cases/{uuid.uuid4()}/terms/{act}")
    assert known.status_code == unknown.status_code == 404


def test_the_sender_reads_the_terms_and_moves_none(clock: Deadline, officer: User) -> None:
    desk = signed_in(officer)

    shown = desk.get(address(clock.case)).content.decode()
    assert "Investigation" in shown
    assert "/suspend/" not in shown
    assert desk.get(f"{address(clock.case)}{clock.pk}/suspend/").status_code == 404


def test_the_page_says_until_when_who_gives_more_and_what_was_done(
    clock: Deadline, prosecutor: User
) -> None:
    suspend(clock, prosecutor, days=2)
    resume(clock, prosecutor, days=4)
    answer(motion(clock, prosecutor), prosecutor)
    clock.refresh_from_db()
    tick(at=clock.due_at + DAY)

    shown = signed_in(prosecutor).get(address(clock.case)).content.decode()
    for said in (
        "Head of the oblast prosecutor&#x27;s office, to 12 months in all",
        "Those who take part read the file",
        "More time was granted: 3 months in all",
        "nobody above could be told",
        "CPC 192",
    ):
        assert said in shown


def test_a_motion_is_entered_and_answered_on_its_pages(clock: Deadline, prosecutor: User) -> None:
    desk, case = signed_in(prosecutor), clock.case
    sent = {"amount": 3, "reason": "An expert.", "day": local_day(NOW).isoformat()}

    asked = desk.post(f"{address(case)}{clock.pk}/motion/", sent | {"base_version": version(case)})
    filed = Extension.objects.get()
    said = {"answer": "granted", "amount": 3, "day": local_day(NOW).isoformat()}
    replied = desk.post(
        f"/cases/{case.key}/motion/{filed.key}/", said | {"base_version": version(case)}
    )

    assert asked.headers["Location"] == replied.headers["Location"] == address(case)
    assert Extension.objects.get().granted


def test_too_long_a_term_is_given_back_with_what_is_possible(
    clock: Deadline, prosecutor: User
) -> None:
    sent = {"amount": 9, "reason": "An expert.", "day": local_day(NOW).isoformat()}
    given_back = signed_in(prosecutor).post(
        f"{address(clock.case)}{clock.pk}/motion/",
        sent | {"base_version": version(clock.case)},
    )

    assert given_back.status_code == 422
    assert "from 3 to 3" in given_back.content.decode()
    assert "An expert." in given_back.content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "Мерзім аяқталатын күн"), ("ru", "Срок истекает")]
)
def test_the_motion_is_drafted_from_the_case(
    language: str, said: str, clock: Deadline, prosecutor: User
) -> None:
    got = signed_in(prosecutor).get(f"{address(clock.case)}{clock.pk}/motion/{language}.docx")

    text = "\n".join(each.text for each in Document(BytesIO(got.content)).paragraphs)
    assert clock.case.number in text
    assert said in text
    assert prosecutor.full_name in text
    assert "192" in text


def test_the_page_costs_few_queries(clock: Deadline, prosecutor: User) -> None:
    answer(motion(clock, prosecutor), prosecutor)
    desk = signed_in(prosecutor)
    desk.get(address(clock.case))

    with at_most(queries=30):
        desk.get(address(clock.case))
