import datetime as dt
import uuid
import zoneinfo

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from arasha.actors import TICK
from arasha.country import country
from arasha.notices import services
from arasha.notices.models import Digest, Notice
from arasha.notices.tick import tick
from arasha.people.models import User
from tests.access.cast import person

pytestmark = pytest.mark.django_db
CLOCK = zoneinfo.ZoneInfo(country().timezone.key)
MORNING = dt.datetime(2026, 3, 2, 9, tzinfo=CLOCK)
NIGHT = dt.datetime(2026, 3, 2, 3, tzinfo=CLOCK)
A_DAY = dt.timedelta(days=1)


@pytest.fixture
def dana() -> User:
    return person("officer")


def ring(user: User, *kinds: str, urgent: bool = False) -> None:
    for kind in kinds:
        services.notify(
            user_keys=[user.pk],
            kind=kind,
            subject_kind="case",
            subject_key=uuid.uuid4(),
            urgent=urgent,
            by=TICK,
            at=NIGHT,
        )


def send_queued() -> list[str]:
    """What the worker would do now, in this transaction: the bodies of the mail that went out."""
    for queued in DBTaskResult.objects.ready():
        queued.task.call(*queued.args_kwargs["args"])
        queued.set_successful(None)
    return [str(letter.body) for letter in mail.outbox]


def test_a_day_of_notices_is_one_mail_that_counts_them(dana: User) -> None:
    ring(dana, "case.late", "case.late", "referral.arrived")

    assert tick(at=MORNING) == 1

    [body] = send_queued()
    assert "A deadline of a case has passed (2)" in body
    assert "A referral waits for an answer\n" in body
    assert not Notice.objects.filter(mailed_at__isnull=True).exists()


def test_nothing_is_mailed_at_night(dana: User) -> None:
    ring(dana, "case.late")

    assert tick(at=NIGHT + dt.timedelta(hours=1)) == 0


def test_a_second_tick_of_the_day_sends_nothing_more(dana: User) -> None:
    ring(dana, "case.late")
    tick(at=MORNING)
    ring(dana, "case.late")

    assert tick(at=MORNING + dt.timedelta(hours=2)) == 0
    assert Digest.objects.count() == 1


def test_the_next_day_brings_what_is_new_only(dana: User) -> None:
    ring(dana, "case.late")
    tick(at=MORNING)
    send_queued()
    ring(dana, "referral.arrived")

    tick(at=MORNING + A_DAY)

    body = send_queued()[-1]
    assert "referral" in body
    assert "deadline" not in body


def test_what_was_handled_before_the_worker_came_is_not_mailed(dana: User) -> None:
    ring(dana, "case.late")
    tick(at=MORNING)
    notice = Notice.objects.get()
    services.handled(subject_kind="case", subject_key=notice.subject_key, by=TICK, at=MORNING)

    assert send_queued() == []


def test_nobody_gets_an_empty_mail(dana: User) -> None:
    assert tick(at=MORNING) == 0


def test_urgent_mail_that_failed_is_in_the_next_digest(dana: User) -> None:
    ring(dana, "breakglass.opened", urgent=True)
    DBTaskResult.objects.get().set_failed(OSError("the mail server is away"))

    tick(at=MORNING)

    [body] = send_queued()
    assert "emergency" in body
