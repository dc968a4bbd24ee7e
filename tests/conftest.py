"""What every test gets: no network beyond this machine, a fresh cache, reproducible properties."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation
from playwright.sync_api import Playwright, expect, sync_playwright

from tests import migrated
from tests.browser.chromium import PATIENCE
from tests.postgres import Cluster

hypothesis.settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, print_blob=True
)
# A shared machine is sometimes slow: a deadline would fail on that, not on the code.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

expect.set_options(timeout=PATIENCE)

# Django's name for a test's database, where there are no workers.
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


class NetworkIsClosedError(RuntimeError):
    """A test tried to reach another machine."""


def refuse_other_machines(family: int, address: object) -> None:
    """Raise NetworkIsClosedError unless the address is on this machine."""
    if family == socket.AF_UNIX:
        return
    host = address[0] if isinstance(address, tuple) else address
    if host == "localhost" or _is_loopback(str(host)):
        return
    raise NetworkIsClosedError(f"tests reach no other machine than this one, not {host}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: object) -> None:
        refuse_other_machines(self.family, address)
        connect(self, address)  # type: ignore[arg-type]

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        refuse_other_machines(self.family, address)
        return connect_ex(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for the whole run: a second one beside it in the same process would not start."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Each worker's database begins migrated. pytest-django asks here before it makes one."""
    ours = connection.settings_dict
    if connection.vendor == "postgresql":
        ours["TEST"]["TEMPLATE"] = migrated.template_on(Cluster.at(Path(ours["HOST"])))
        yield
        return
    with migrated.in_memory(ours["TEST"]["NAME"] or IN_MEMORY):
        yield


@pytest.fixture(autouse=True)
def _fresh_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rate limits live in the cache: what one test used up must not refuse the next."""
    yield
    if uses_the_database(request.node):
        cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _transactions_keep_their_connection() -> Iterator[None]:
    """A request that ends inside a test's transaction must not close the connection under it.

    At the end of a request Django closes a connection that is still in a transaction. Its test client unhooks
    that only while it asks itself; an answer that is closed elsewhere would take the test's rows with it.
    """
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_unless_in_transaction(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            close(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_unless_in_transaction
        )
        yield


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A language that one test switched on must not be heard in the next."""
    with translation.override("en"):
        yield


def uses_the_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db")) or bool(names & DATABASE_FIXTURES)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database runs again; without it, nothing marked postgres."""
    on_postgres = "postgresql" in str(settings.DATABASES["default"]["ENGINE"])
    wanted = [item for item in items if _belongs(item, on_postgres)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(wanted)])
    items[:] = wanted


def _belongs(item: pytest.Item, on_postgres: bool) -> bool:
    if item.get_closest_marker("browser"):
        return not on_postgres
    if item.get_closest_marker("postgres"):
        return on_postgres
    return not on_postgres or uses_the_database(item)
