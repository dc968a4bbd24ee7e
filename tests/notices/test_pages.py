import uuid

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from arasha.actors import TICK, Actor
from arasha.notices import services
from arasha.notices.models import Notice
from arasha.notices.selectors import doctor, failed_tasks
from arasha.people.models import User
from tests.access.cast import NOW, person
from tests.desk.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana() -> User:
    return person("prosecutor")


def ring(user: User, kind: str = "referral.arrived", subject_kind: str = "case") -> Notice:
    [notice] = services.notify(
        user_keys=[user.pk],
        kind=kind,
        subject_kind=subject_kind,
        subject_key=uuid.uuid4(),
        urgent=True,
        by=TICK,
        at=NOW,
    )
    return notice


def page_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_bell_counts_what_waits(dana: User) -> None:
    ring(dana)
    ring(dana)

    assert '<strong class="a-bell__count">2</strong>' in page_of(signed_in(dana), "/notices/")


def test_a_notice_leads_to_its_record(dana: User) -> None:
    notice = ring(dana)

    answer = signed_in(dana).get(f"/notices/{notice.pk}/")

    assert answer.headers["Location"] == f"/cases/{notice.subject_key}/"


def test_a_notice_about_what_has_no_page_leads_back(dana: User) -> None:
    notice = ring(dana, kind="of.tomorrow", subject_kind="visit")
    desk = signed_in(dana)

    assert "Something waits for you" in page_of(desk, "/notices/")
    assert desk.get(f"/notices/{notice.pk}/").headers["Location"] == "/notices/"


def test_anothers_notice_looks_like_none(dana: User) -> None:
    notice = ring(dana)
    stranger = signed_in(person("prosecutor"))

    assert stranger.get(f"/notices/{notice.pk}/").status_code == 404
    stranger.post(f"/notices/{notice.pk}/put-away/")
    assert Notice.objects.get().handled_at is None


def test_what_is_put_away_is_gone(dana: User) -> None:
    notice, desk = ring(dana), signed_in(dana)

    desk.post(f"/notices/{notice.pk}/put-away/")

    assert "Nothing waits for you" in page_of(desk, "/notices/")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_failed_tasks_are_shown_to_the_administrator_without_what_they_carried(
    dana: User, language: str
) -> None:
    notice = ring(dana)
    DBTaskResult.objects.get().set_failed(OSError(f"no route for {dana.email}"))

    page = page_of(signed_in(person("administrator"), language=language), "/notices/failed/")

    assert "arasha.notices.tasks.send_urgent" in page
    assert "OSError" in page
    assert dana.email not in page
    assert str(notice.pk) not in page


def test_failed_tasks_are_shown_to_nobody_else(dana: User) -> None:
    ring(dana)
    DBTaskResult.objects.get().set_failed(OSError())

    assert signed_in(dana).get("/notices/failed/").status_code == 404
    assert not failed_tasks(viewer=Actor.user(dana.pk), at=NOW).exists()


def test_the_doctor_hears_of_failed_tasks(dana: User) -> None:
    assert doctor(viewer=TICK, at=NOW) == ""
    ring(dana)
    DBTaskResult.objects.get().set_failed(OSError())

    assert "1 tasks failed" in doctor(viewer=TICK, at=NOW)
