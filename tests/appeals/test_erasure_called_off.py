"""What happens between two people's word and the job that destroys: an appeal may live again."""

from pathlib import Path

import pytest

from arasha.appeals import selectors, services
from arasha.appeals.models import Appeal, Ciphertext, Erasure
from arasha.appeals.tick import erase
from arasha.country import local_day
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry
from arasha.people.models import User
from arasha.worlds.sealing import sealed
from tests.appeals.day import READ_AT, classified, closed
from tests.walk import DAY, Terminal, actor, attach

AGREED_AT = READ_AT + 10 * DAY
CARRIED_OUT_AT = AGREED_AT + DAY


@pytest.fixture
def agreed(opened: Appeal, officer: User, supervisor: User) -> Erasure:
    classified(opened, officer)
    closed(opened, officer)
    asked = services.ask_erasure(
        appeal=opened, reason_code="court", by=actor(officer), at=AGREED_AT
    )
    return services.confirm_erasure(erasure=asked, by=actor(supervisor), at=AGREED_AT)


def test_an_appeal_that_was_taken_up_again_is_not_destroyed(agreed: Erasure, officer: User) -> None:
    services.reopen(
        appeal=agreed.appeal, reason_code="mistake", by=actor(officer), at=CARRIED_OUT_AT
    )

    assert erase(at=CARRIED_OUT_AT) == 0
    assert Ciphertext.objects.exists()
    assert Erasure.objects.get().declined_day == local_day(CARRIED_OUT_AT)
    assert Entry.objects.filter(act="appeal.erasure_declined").count() == 1


def test_nor_is_one_whose_writer_is_watched_again(agreed: Erasure, officer: User) -> None:
    services.open_watch(appeal=agreed.appeal, by=actor(officer), at=CARRIED_OUT_AT)

    assert erase(at=CARRIED_OUT_AT) == 0
    assert Ciphertext.objects.exists()


def test_what_a_killed_process_left_of_a_file_is_destroyed_as_well(
    agreed: Erasure, recipients: RecipientSet, terminal: Terminal
) -> None:
    kept = attach(agreed.appeal, sealed(b"photo", to=recipients.keys), terminal)
    folder = Path(kept.file.path).parent
    (folder / ".tmp1234").write_bytes(b"age-encryption.org/v1")
    (folder / "without-a-row").write_bytes(b"age-encryption.org/v1")

    assert erase(at=CARRIED_OUT_AT) == 1
    assert not folder.exists()


def test_it_can_be_asked_again_when_the_appeal_has_ended_again(
    agreed: Erasure, officer: User
) -> None:
    services.reopen(
        appeal=agreed.appeal, reason_code="mistake", by=actor(officer), at=CARRIED_OUT_AT
    )
    erase(at=CARRIED_OUT_AT)
    closed(Appeal.objects.get(), officer, at=CARRIED_OUT_AT)

    services.ask_erasure(
        appeal=Appeal.objects.get(), reason_code="court", by=actor(officer), at=CARRIED_OUT_AT
    )
    assert selectors.erasures(viewer=actor(officer)).count() == 1
