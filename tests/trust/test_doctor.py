"""What the doctor says of the root of trust and of the lists that it names."""

import datetime as dt

import pytest

from arasha.access.viewing import viewing
from arasha.actors import TICK
from arasha.commands.diagnosis import sets_fault, trust_fault
from arasha.engines.sealing import RecipientSet
from tests.walk import DAY


@pytest.mark.django_db
def test_before_the_first_import_the_doctor_says_that_nobody_can_be_written_to() -> None:
    with viewing(TICK):
        assert "arasha trust_import" in trust_fault()


def test_a_list_that_ends_within_thirty_days_is_named_with_its_last_day(
    recipients: RecipientSet,
) -> None:
    until = dt.datetime.combine(recipients.valid_until, dt.time(), dt.UTC)

    with viewing(TICK):
        assert trust_fault() == ""
        assert sets_fault(at=until - 40 * DAY) == ""
        said = sets_fault(at=until - 29 * DAY)
    assert f"{recipients.set_id} on {recipients.valid_until}" in said
