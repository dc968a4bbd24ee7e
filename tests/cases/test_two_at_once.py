"""Two people at the same moment, each with a connection of their own: one has done it, the other reads why not."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from arasha.cases import custody, services
from arasha.cases.models import (
    Case,
    Classification,
    Custody,
    Decision,
    Number,
    RetentionList,
)
from arasha.country import local_day
from arasha.people.models import Institution, User
from arasha.problems import Problem
from tests.cases.keeping import agreed, listed
from tests.cases.papers import put
from tests.cases.reports import RECEIVED_AT, register, take
from tests.cases.test_classify import ILL_TREATMENT, TORTURE, sign
from tests.desk.signing_in import signed_in
from tests.together import at_once
from tests.walk import DAY, NOW, REGISTERED_AT, actor, person

pytestmark = pytest.mark.django_db(transaction=True)
DONE = ""


def said(act: Callable[[], object]) -> str:
    """What the one who acted is told; empty: it is done."""
    try:
        act()
    except Problem as problem:
        assert problem.what_happened and problem.what_next
        return problem.code
    return DONE


def both(
    folder: Path, one: Callable[[], object], other: Callable[[], object], *, left: Callable[[], int]
) -> tuple[list[str], int]:
    """What the two were told, and what was `left` when the later one had its answer."""

    def told(act: Callable[[], object]) -> tuple[str, int]:
        return said(act), left()

    answers = at_once(folder, partial(told, one), partial(told, other))
    return sorted(code for code, _left in answers), max(count for _code, count in answers)


def numbers() -> int:
    return Number.objects.filter(register="kui").count()


@pytest.fixture
def colleague(prosecution: Institution) -> User:
    return person("prosecutor", prosecution)


def number(case: Case, by: User, **changes: object) -> Number:
    given: dict[str, object] = {"register": "kui", "number": "77-1", "base_version": case.version}
    day = local_day(REGISTERED_AT)
    return services.add_number(case=case, given_day=day, by=actor(by), at=NOW, **(given | changes))  # type: ignore[arg-type]


def test_of_two_who_sign_upon_one_version_one_has_signed(
    case: Case, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    one = partial(sign, case, prosecutor, TORTURE)
    other = partial(sign, case, colleague, ILL_TREATMENT)

    answers = both(tmp_path, one, other, left=Classification.objects.count)

    assert answers == ([DONE, "changed_meanwhile"], 1)


def test_of_two_who_decide_upon_one_version_one_has_decided_and_the_other_reads_it(
    case: Case, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    day = (local_day(REGISTERED_AT) + 2 * DAY).isoformat()

    def send(kind: str, by: User) -> tuple[int, bool, int]:
        desk, form = signed_in(by), {"day": day, "persons": 2, "base_version": case.version}
        answer = desk.post(f"/cases/{case.pk}/decide/{kind}/", form)
        is_told = "Somebody else changed this record" in answer.content.decode()
        return answer.status_code, is_told, Decision.objects.exclude(kind="registered").count()

    answers = at_once(
        tmp_path,
        partial(send, "sent_to_court", prosecutor),
        partial(send, "investigation_opened", colleague),
    )

    assert sorted(answers) == [(302, False, 1), (422, True, 1)]


def test_of_two_who_register_one_report_one_has_registered_it(
    prosecution: Institution, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    report = take(prosecution, prosecutor)
    one = partial(register, report, prosecutor, number="26-0801")
    other = partial(register, report, colleague, number="26-0802")

    answers = both(tmp_path, one, other, left=Case.objects.count)

    assert answers == ([DONE, "already_registered"], 1)


def test_two_reports_with_one_number_of_the_register_do_not_both_become_a_case(
    prosecution: Institution, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    one = partial(register, take(prosecution, prosecutor), prosecutor, number="26-0801")
    other = partial(register, take(prosecution, prosecutor), colleague, number="26-0801")

    answers = both(tmp_path, one, other, left=Case.objects.count)

    assert answers == ([DONE, "number_taken"], 1)


def test_two_reports_become_cases_with_two_numbers_of_ours(
    prosecution: Institution, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    one = partial(register, take(prosecution, prosecutor), prosecutor, number="26-0801")
    other = partial(register, take(prosecution, prosecutor), colleague, number="26-0802")

    answers = both(tmp_path, one, other, left=Case.objects.values("number").distinct().count)

    assert answers == ([DONE, DONE], 2)


def test_of_two_clerks_who_give_one_number_to_two_cases_one_has_given_it(
    case: Case, prosecution: Institution, prosecutor: User, tmp_path: Path
) -> None:
    another = register(take(prosecution, prosecutor), prosecutor, at=RECEIVED_AT)
    clerks = person("clerk", prosecution), person("clerk", prosecution)
    one, other = partial(number, case, clerks[0]), partial(number, another, clerks[1])

    assert both(tmp_path, one, other, left=numbers) == ([DONE, "number_taken"], 1)


def test_of_two_clerks_who_give_two_numbers_upon_one_version_one_has_given_it(
    case: Case, prosecution: Institution, tmp_path: Path
) -> None:
    clerks = person("clerk", prosecution), person("clerk", prosecution)
    one, other = partial(number, case, clerks[0]), partial(number, case, clerks[1], number="77-2")

    assert both(tmp_path, one, other, left=numbers) == ([DONE, "changed_meanwhile"], 1)


def test_the_same_file_from_two_people_is_put_in_once(
    case: Case, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    one, other = partial(put, case, prosecutor), partial(put, case, colleague)

    answers = both(tmp_path, one, other, left=Custody.objects.count)

    assert answers == ([DONE, "same_bytes"], 1)


def test_two_who_take_a_copy_follow_one_another_in_its_chain(
    case: Case, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    document = put(case, prosecutor)

    def copy(by: User) -> None:
        services.copy_out(document=document, by=actor(by), at=NOW).close()

    def whole() -> int:
        custody.refuse_broken(document, viewer=actor(prosecutor))
        return document.custody.count()

    answers = both(tmp_path, partial(copy, prosecutor), partial(copy, colleague), left=whole)

    assert answers == ([DONE, DONE], 3)


def test_a_list_that_is_agreed_to_and_withdrawn_at_once_is_one_of_both(
    terminated: Case, prosecutor: User, head_of_office: User, tmp_path: Path
) -> None:
    made = listed(terminated, prosecutor)
    agree = partial(agreed, made, head_of_office)
    withdraw = partial(services.withdraw_list, listed=made, by=actor(prosecutor), at=NOW)

    agreed_and_withdrawn = RetentionList.objects.exclude(agreed_at=None).exclude(withdrawn_at=None)

    answers = both(tmp_path, agree, withdraw, left=agreed_and_withdrawn.count)

    assert answers == ([DONE, "list_answered"], 0)
