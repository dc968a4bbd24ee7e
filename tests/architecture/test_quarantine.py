"""What the tests themselves are held to."""

import os
import socket
import warnings
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.conftest import NetworkIsClosedError, refuse_other_machines

ELSEWHERE = "192.0.2.1"  # an address for documentation (RFC 5737): nobody's


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as outgoing, pytest.raises(NetworkIsClosedError, match=ELSEWHERE):
        outgoing.connect((ELSEWHERE, 80))


def test_a_name_is_another_machine_too() -> None:
    with pytest.raises(NetworkIsClosedError):
        refuse_other_machines(socket.AF_INET, ("example.org", 80))


@pytest.mark.parametrize(
    ("family", "address"),
    [
        (socket.AF_INET, ("127.0.0.1", 80)),
        (socket.AF_INET, ("127.9.9.9", 80)),
        (socket.AF_INET, ("localhost", 80)),
        (socket.AF_INET6, ("::1", 80, 0, 0)),
        (socket.AF_UNIX, "/run/postgresql/.s.PGSQL.5432"),
    ],
)
def test_this_machine_is_open(family: int, address: object) -> None:
    refuse_other_machines(family, address)


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="mind"):
        warnings.warn("mind the step", stacklevel=1)


def test_nothing_is_written_into_the_checkout() -> None:
    checkout = Path(__file__).parents[2]

    assert checkout not in Path(settings.ARASHA_VAR).parents
    assert os.environ["ARASHA_VAR"] == str(settings.ARASHA_VAR)


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_tests_own_their_tables_and_are_no_superuser() -> None:
    """A superuser passes by row-level security: tests as one would prove nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
