import datetime as dt
import uuid

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from arasha.actors import TICK, Actor
from arasha.notices import services
from arasha.notices.models import Notice
from arasha.notices.selectors import open_notices
from arasha.notices.tasks import send_urgent
from arasha.people.models import User
from tests.access.cast import NOW, person

pytestmark = pytest.mark.django_db
SUBJECT = uuid.uuid4()


@pytest.fixture
def dana() -> User:
    return person("officer")


def ring(
    *users: User, urgent: bool = False, by: Actor = TICK, at: dt.datetime = NOW
) -> list[Notice]:
    return services.notify(
        user_keys=[user.pk for user in users],
        kind="referral.arrived",
        subject_kind="referral",
        subject_key=SUBJECT,
        urgent=urgent,
        by=by,
        at=at,
    )


def done(by: Actor = TICK) -> int:
    return services.handled(subject_kind="referral", subject_key=SUBJECT, by=by, at=NOW)


def test_a_notice_rings_the_bell_of_its_person_only(dana: User) -> None:
    [notice] = ring(dana)

    assert list(open_notices(viewer=Actor.user(dana.pk))) == [notice]
    assert list(open_notices(viewer=Actor.user(person("officer").pk))) == []
    assert list(open_notices(viewer=TICK)) == []


def test_nobody_is_rung_twice_for_what_is_still_open(dana: User) -> None:
    ring(dana)

    assert ring(dana, dana) == []
    done()
    assert len(ring(dana)) == 1


def test_nobody_is_rung_for_what_they_did_themselves(dana: User) -> None:
    assert ring(dana, by=Actor.user(dana.pk)) == []


def test_it_stops_for_everybody_once_it_is_handled(dana: User) -> None:
    colleague = person("officer")
    ring(dana, colleague)

    assert done(by=Actor.user(colleague.pk)) == 2
    assert list(open_notices(viewer=Actor.user(dana.pk))) == []


def test_a_person_puts_away_their_own_only(dana: User) -> None:
    [notice] = ring(dana)
    stranger = Actor.user(person("officer").pk)

    assert services.put_away(notice_key=notice.pk, by=stranger, at=NOW) == 0
    assert services.put_away(notice_key=notice.pk, by=Actor.user(dana.pk), at=NOW) == 1


def test_an_urgent_notice_goes_into_the_queue_of_the_same_transaction(dana: User) -> None:
    with pytest.raises(RuntimeError, match="changed my mind"), transaction.atomic():
        ring(dana, urgent=True)
        assert DBTaskResult.objects.count() == 1
        raise RuntimeError("changed my mind")

    assert (DBTaskResult.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_quiet_notice_waits_for_the_digest(dana: User) -> None:
    ring(dana)

    assert DBTaskResult.objects.count() == 0


def test_urgent_mail_is_sent_once(dana: User) -> None:
    [notice] = ring(dana, urgent=True)

    assert send_urgent.call(str(notice.pk)) is True
    assert send_urgent.call(str(notice.pk)) is False
    assert [letter.to for letter in mail.outbox] == [[dana.email]]


def test_what_was_handled_in_between_is_not_sent(dana: User) -> None:
    [notice] = ring(dana, urgent=True)
    done()

    assert send_urgent.call(str(notice.pk)) is False
    assert mail.outbox == []


def test_nothing_is_sent_to_who_has_left(dana: User) -> None:
    [notice] = ring(dana, urgent=True)
    User.objects.filter(pk=dana.pk).update(left_at=NOW)

    assert send_urgent.call(str(notice.pk)) is False


@pytest.mark.parametrize("language", ["kk", "ru", "en", ""])
def test_mail_says_a_kind_and_a_link_and_nothing_else(dana: User, language: str) -> None:
    User.objects.filter(pk=dana.pk).update(language=language)
    [notice] = ring(dana, urgent=True)

    send_urgent.call(str(notice.pk))

    [letter] = mail.outbox
    assert "http://localhost:8000/notices/" in letter.body
    for secret in (str(SUBJECT), str(notice.pk), dana.full_name):
        assert secret not in f"{letter.subject}{letter.body}"
    assert "<" not in letter.body
