import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from arasha.access import services
from arasha.access.errors import (
    AlreadyOpenError,
    AlreadyReviewedError,
    FindingMissingError,
    NeverOpensError,
    NobodyToTellError,
    NotOnDutyError,
    NotTheReviewerError,
    ReasonMissingError,
)
from arasha.access.models import Breaking
from arasha.access.selectors import breakings_of, can
from arasha.cases.models import Case
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from arasha.problems import NotFoundProblem
from tests.access import cast, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Institution:
    return cast.institution(parent=cast.institution())


@pytest.fixture
def on_duty(office: Institution) -> User:
    return cast.person("prosecutor", office, on_duty=True)


@pytest.fixture
def told(office: Institution) -> list[User]:
    return [cast.person("supervisor", office) for _ in range(2)]


@pytest.fixture
def case() -> Case:
    return rows.case()


def break_it(
    user: User, case: Case, *, at: dt.datetime = cast.NOW, reason: str = "He is in danger"
) -> Breaking:
    return services.break_glass(
        subject_kind="case",
        subject_key=case.key,
        reason_code="danger",
        reason=reason,
        by=cast.actor(user),
        at=at,
    )


def reads(user: User, case: Case, at: dt.datetime) -> bool:
    return can(viewer=cast.actor(user), kind="case", key=case.key, compartment="allegation", at=at)


@pytest.mark.usefixtures("told")
def test_who_is_not_on_duty_cannot_break_the_glass(case: Case, office: Institution) -> None:
    with pytest.raises(NotOnDutyError, match="duty"):
        break_it(cast.person("prosecutor", office), case)


@pytest.mark.usefixtures("told")
def test_a_sealed_appeal_is_never_opened(on_duty: User) -> None:
    with pytest.raises(NeverOpensError, match="sealed"):
        services.break_glass(
            subject_kind="appeal",
            subject_key=rows.appeal().key,
            reason_code="danger",
            reason="He is in danger",
            by=cast.actor(on_duty),
            at=cast.NOW,
        )


@pytest.mark.usefixtures("told")
def test_a_written_reason_is_needed(case: Case, on_duty: User) -> None:
    with pytest.raises(ReasonMissingError):
        break_it(on_duty, case, reason="  ")


def test_it_is_refused_when_nobody_can_be_told(case: Case, on_duty: User) -> None:
    with pytest.raises(NobodyToTellError, match="supervisor"):
        break_it(on_duty, case)
    assert not reads(on_duty, case, cast.NOW)


@pytest.mark.usefixtures("told")
def test_whom_a_bar_keeps_away_is_told_that_there_is_no_such_record(
    case: Case, on_duty: User
) -> None:
    cast.keep_away("case", case.key, on_duty)

    with pytest.raises(NotFoundProblem):
        break_it(on_duty, case)


@pytest.mark.usefixtures("told")
def test_it_is_refused_when_the_record_is_open_anyway(case: Case, on_duty: User) -> None:
    break_it(on_duty, case)

    with pytest.raises(AlreadyOpenError):
        break_it(on_duty, case)


@pytest.mark.usefixtures("told")
def test_it_opens_for_four_hours_to_read_only(case: Case, on_duty: User) -> None:
    break_it(on_duty, case)

    assert reads(on_duty, case, cast.NOW)
    assert reads(on_duty, case, cast.NOW + dt.timedelta(hours=3, minutes=59))
    assert not reads(on_duty, case, cast.NOW + dt.timedelta(hours=4))
    assert not can(
        viewer=cast.actor(on_duty),
        kind="case",
        key=case.key,
        compartment="summary",
        action="rw",
        at=cast.NOW,
    )


def test_two_are_told_at_once_and_never_the_one_who_is_barred(
    case: Case, on_duty: User, told: list[User], office: Institution
) -> None:
    accused = cast.person("supervisor", office)
    User.objects.filter(pk=accused.pk).update(full_name="A first in every list")
    cast.keep_away("case", case.key, accused)

    breaking = break_it(on_duty, case)

    assert {one.user for one in breaking.told.all()} == set(told)
    assert set(Notice.objects.filter(urgent=True).values_list("user", flat=True)) == {
        user.pk for user in told
    }
    assert DBTaskResult.objects.count() == 2


def test_one_other_duty_officer_is_enough_to_be_told(
    case: Case, on_duty: User, office: Institution
) -> None:
    other = cast.person("prosecutor", office, on_duty=True)

    assert [one.user for one in break_it(on_duty, case).told.all()] == [other]


@pytest.mark.usefixtures("told")
def test_the_written_reason_stays_out_of_the_journal(case: Case, on_duty: User) -> None:
    breaking = break_it(on_duty, case)

    entry = Entry.objects.get(act="access.glass_broken")
    assert (entry.subject_key, entry.reason_code) == (case.key, "danger")
    assert entry.grant_key == breaking.grant_id
    assert breaking.reason == "He is in danger"


def test_neither_the_breaker_nor_the_told_review_it(
    case: Case, on_duty: User, told: list[User]
) -> None:
    breaking = break_it(on_duty, case)

    for user in (on_duty, *told):
        with pytest.raises(NotTheReviewerError):
            _review(breaking, user)


def test_a_stranger_does_not_review_it(case: Case, on_duty: User, told: list[User]) -> None:
    with pytest.raises(NotTheReviewerError):
        _review(break_it(on_duty, case), cast.person("supervisor"))


@pytest.mark.usefixtures("told")
def test_a_review_without_a_finding_is_refused(
    case: Case, on_duty: User, office: Institution
) -> None:
    breaking, third = break_it(on_duty, case), cast.person("supervisor", office)

    with pytest.raises(FindingMissingError):
        _review(breaking, third, finding="")
    with pytest.raises(FindingMissingError):
        _review(breaking, third, justified=None)


@pytest.mark.usefixtures("told")
def test_a_third_from_the_office_above_may_review_it(
    case: Case, on_duty: User, office: Institution
) -> None:
    breaking = break_it(on_duty, case)

    reviewed = _review(breaking, cast.person("supervisor", office.parent))

    assert reviewed.justified is True
    assert reads(on_duty, case, cast.NOW)
    assert not Notice.objects.filter(handled_at__isnull=True).exists()
    with pytest.raises(AlreadyReviewedError):
        _review(breaking, cast.person("supervisor", office))


@pytest.mark.usefixtures("told")
def test_what_was_not_justified_closes_at_once(
    case: Case, on_duty: User, office: Institution
) -> None:
    breaking = break_it(on_duty, case)

    _review(breaking, cast.person("supervisor", office), justified=False)

    assert not reads(on_duty, case, cast.NOW)


@pytest.mark.usefixtures("told")
def test_it_is_shown_on_the_record_for_ever(case: Case, on_duty: User) -> None:
    breaking = break_it(on_duty, case, at=cast.LONG_AGO)
    holder = cast.person("prosecutor")
    cast.give("case", case.key, holder, "assigned")

    shown = breakings_of(viewer=cast.actor(holder), kind="case", key=case.key)

    assert list(shown) == [breaking]


def _review(
    breaking: Breaking, user: User, *, justified: bool | None = True, finding: str = "It was urgent"
) -> Breaking:
    return services.review(
        breaking=breaking, justified=justified, finding=finding, by=cast.actor(user), at=cast.NOW
    )
