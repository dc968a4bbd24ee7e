"""A mistake in a setting names the variable and says what to write."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template

from arasha.config import environment

ANY = "ARASHA_ANY"
HERE = Path("here")

MISTAKES = [
    (lambda: environment.flag(ANY, False), "yes", "write True or False"),
    (lambda: environment.seconds(ANY, 1), "0", "write a whole number of seconds above 0"),
    (lambda: environment.seconds(ANY, 1), "1.5", "write a whole number of seconds above 0"),
    (lambda: environment.epoch_seconds(ANY, demo=False), "60", "write 3600 or more"),
    (lambda: environment.count(ANY, 0), "-1", "write a whole number, 0 or more"),
    (lambda: environment.address(ANY, ""), "desk.example", "write an origin like https://"),
    (lambda: environment.address(ANY, ""), "https://desk.example/path", "write an origin"),
    (lambda: environment.database(ANY, HERE), "mysql://x/y", "write sqlite:////path/to/file"),
    (lambda: environment.database(ANY, HERE), "postgresql://host", "write sqlite:////path/to/file"),
    (lambda: environment.mail(ANY, HERE), "mail.example", "write smtp://user:password@host:587"),
]


@pytest.mark.parametrize(("read", "value", "advice"), MISTAKES)
def test_a_mistake_names_the_variable_and_what_to_write(
    read: Callable[[], object], value: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ANY, value)

    with pytest.raises(ImproperlyConfigured, match=ANY) as refused:
        read()
    assert advice in str(refused.value)


@pytest.mark.parametrize(
    ("given", "desk"),
    [
        ({}, "http://localhost:8000"),
        ({"ARASHA_PORT_BASE": "8100"}, "http://localhost:8100"),
        (
            {"ARASHA_PORT_BASE": "8100", "ARASHA_DESK_URL": "https://desk.example"},
            "https://desk.example",
        ),
    ],
)
def test_links_lead_to_the_ports_that_were_chosen(given: dict[str, str], desk: str) -> None:
    script = "from arasha.config.settings import base; print(base.ARASHA_DESK_URL)"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ARASHA_")}
    kept = {"ARASHA_VAR": os.environ["ARASHA_VAR"], **clean, **given}

    done = subprocess.run(
        [sys.executable, "-c", script], env=kept, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == desk


@pytest.mark.parametrize("wrong", ["", "80", "eight thousand", "70000"])
def test_a_wrong_port_base_stops_every_command_and_says_what_to_write(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARASHA_PORT_BASE", wrong)

    with pytest.raises(ImproperlyConfigured, match="whole number from 1024 to 65000"):
        environment.here("desk")


def test_only_a_demo_publishes_epochs_that_tell_when_somebody_wrote(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert environment.epoch_seconds(ANY, demo=False) == 3_600
    monkeypatch.setenv(ANY, "1")

    assert environment.epoch_seconds(ANY, demo=True) == 1
    with pytest.raises(ImproperlyConfigured, match="only a demo may have them"):
        environment.epoch_seconds(ANY, demo=False)


def test_pages_show_the_hours_of_the_country() -> None:
    noon = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)

    assert Template("{{ at|date:'H:i' }}").render(Context({"at": noon})) == "17:00"


def test_a_pack_that_is_not_there_is_named_with_the_line_to_try(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")

    with pytest.raises(ImproperlyConfigured, match=f"arasha pack check {nowhere}"):
        environment.country(nowhere)


@pytest.mark.parametrize("read", [environment.mail, environment.database], ids=["mail", "database"])
def test_a_password_in_an_address_is_not_repeated(
    read: Callable[[str, Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ANY, "postgres://me:very-secret@host.example/name")

    with pytest.raises(ImproperlyConfigured) as refused:
        read(ANY, HERE)
    assert "very-secret" not in str(refused.value)


def test_a_missing_secret_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="run `arasha secrets`, or set ARASHA_ANY_FILE"):
        environment.secret(ANY, tmp_path / "django")


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "django").write_text("short")

    with pytest.raises(ImproperlyConfigured, match="shorter than 32"):
        environment.secret(ANY, tmp_path / "django")


@pytest.mark.parametrize(
    ("value", "port", "tls"),
    [
        ("smtp://me:a%40b@mail.example", 587, True),
        ("smtps://me:a%40b@mail.example:4465", 4465, False),
    ],
)
def test_mail_goes_out_encrypted(
    value: str, port: int, tls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ANY, value)

    mail = environment.mail(ANY, HERE)

    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("mail.example", port)
    assert mail["EMAIL_HOST_PASSWORD"] == "a@b"  # noqa: S105
    assert mail["EMAIL_USE_TLS"] is tls
    assert mail["EMAIL_USE_SSL"] is not tls


def test_mail_stays_in_a_folder_until_a_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ANY, raising=False)

    assert environment.mail(ANY, HERE)["EMAIL_FILE_PATH"] == "here"


def test_a_postgresql_socket_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ANY, "postgresql://owner@/arasha?host=%2Frun%2Fpostgresql")

    database = environment.database(ANY, HERE)

    assert database["HOST"] == "/run/postgresql"
    assert (database["USER"], database["NAME"]) == ("owner", "arasha")


def test_postgresql_compiles_no_page_and_starts_no_process_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ANY, "postgresql://owner@/arasha")

    said = environment.database(ANY, HERE)["OPTIONS"]

    assert isinstance(said, dict)
    assert {"jit=off", "max_parallel_workers_per_gather=0"} <= set(said["options"].split())
