"""Somebody whose post has ended: on its last day they still work, on the next they see and do nothing."""

import pytest

from arasha.cases import agenda, search, selectors
from arasha.cases.models import Case
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.people.models import Appointment, User
from tests.cases.test_upon_an_old_version import OF_ITS_OWN, READ_ONLY, VERSIONED
from tests.cases.whole import Whole, address_of, whole
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, actor

__all__ = ["whole"]
LISTS = ("", "reports/", "keeping/", "imports/", "law/changes/", "reports/new/", "enter/")


def end(user: User, *, days_ago: int) -> None:
    Appointment.objects.filter(user=user).update(until_day=local_day(NOW) - days_ago * DAY)


def test_on_the_last_day_of_a_post_its_holder_still_works(case: Case, prosecutor: User) -> None:
    end(prosecutor, days_ago=0)
    desk = signed_in(prosecutor)

    assert desk.get(f"/cases/{case.pk}/").status_code == 200
    assert desk.post(f"/cases/{case.pk}/notes/", {"text": "The last."}).status_code == 302


@pytest.mark.parametrize("name", sorted({*VERSIONED, *OF_ITS_OWN, *READ_ONLY}))
def test_on_the_day_after_no_address_of_a_case_opens(
    name: str, whole: Whole, prosecutor: User
) -> None:
    sent = VERSIONED[name](whole) if name in VERSIONED and name != "charge" else {}
    end(prosecutor, days_ago=1)
    desk, before = signed_in(prosecutor), Entry.objects.count()

    statuses = {
        desk.get(address_of(name, whole)).status_code,
        desk.post(address_of(name, whole), sent | {"base_version": whole.case.version}).status_code,
    }

    assert statuses <= {404, 405} and 404 in statuses
    assert Entry.objects.count() == before


@pytest.mark.parametrize("page", LISTS)
def test_on_the_day_after_no_list_names_a_case(page: str, whole: Whole, prosecutor: User) -> None:
    end(prosecutor, days_ago=1)

    answer = signed_in(prosecutor).get(f"/cases/{page}")

    assert answer.status_code in (200, 404)
    assert whole.case.number not in answer.content.decode()


def test_on_the_day_after_nothing_waits_and_nothing_is_found(
    whole: Whole, prosecutor: User
) -> None:
    end(prosecutor, days_ago=1)
    viewer = actor(prosecutor)

    assert agenda.agenda(viewer=viewer, at=NOW) == []
    assert search.search(viewer=viewer, text=whole.case.number) == []
    assert not selectors.cases(viewer=viewer).exists()
    assert not selectors.retention_offices(viewer=viewer, at=NOW).exists()
    assert selectors.offices_of(viewer=viewer, at=NOW) == []
