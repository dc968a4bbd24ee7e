import pytest

from arasha.commands.diagnosis import Finding
from tests.commands.conftest import Server, said


def test_a_fresh_server_lacks_the_root_of_trust_and_nothing_else(server: Server) -> None:
    done = server.arasha("doctor")

    assert done.returncode == 1, said(done)
    lines = done.stdout.splitlines()
    assert len(lines) >= 9
    [lack] = [line for line in lines if not line.startswith(("OK ", "-- "))]
    assert "root of trust" in lack
    assert "arasha trust_import" in lack


def test_a_key_that_others_may_read_is_named_with_the_remedy(server: Server) -> None:
    (server.var / "keys" / "log").chmod(0o644)

    done = server.arasha("doctor")

    assert done.returncode == 1
    assert f"chmod 600 {server.var / 'keys' / 'log'}" in done.stdout


def test_what_the_server_writes_is_open_to_its_own_user_only(server: Server) -> None:
    (server.var / "arasha.sqlite3").unlink()

    assert server.arasha("migrate").returncode == 0
    assert server.arasha("sequencer", "--once").returncode == 0

    written = [path for path in server.var.rglob("*") if path.is_file()]
    assert {"arasha.sqlite3", "checkpoint", "record.sqlite3"} <= {path.name for path in written}
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_a_database_that_others_may_read_is_named_with_the_remedy(server: Server) -> None:
    (server.var / "arasha.sqlite3").chmod(0o644)

    done = server.arasha("doctor")

    assert done.returncode == 1
    assert f"chmod 600 {server.var / 'arasha.sqlite3'}" in done.stdout


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (
            {"ARASHA_DEMO": "True", "ARASHA_DESK_URL": "https://desk.example"},
            "write ARASHA_DEMO=False",
        ),
        ({"ARASHA_PUBLIC_URL": "http://public.example"}, "without https"),
        ({"ARASHA_LOG_ORIGIN": "other.example/log"}, "ARASHA_LOG_ORIGIN=arasha.example/log"),
    ],
)
def test_settings_that_do_not_fit_are_told_with_what_to_write(
    server: Server, settings: dict[str, str], says: str
) -> None:
    server.settings |= settings

    done = server.arasha("doctor")

    assert done.returncode == 1
    assert says in done.stdout


def test_an_empty_database_is_sent_to_migrate_and_nothing_more_is_asked(server: Server) -> None:
    (server.var / "arasha.sqlite3").unlink()

    done = server.arasha("doctor")

    assert done.returncode == 1
    assert "run `arasha migrate`" in done.stdout
    assert "sequencer" not in done.stdout


def test_a_line_says_ok_or_what_to_do() -> None:
    assert str(Finding("The sun shines")) == "OK    The sun shines"
    assert str(Finding("The sun shines", "wait")) == "LOOK  The sun shines: wait"
    assert str(Finding("The sun", absent="it is night")) == "--    The sun: it is night"
    assert str(Finding("The sun shines", "wait", "it is night")) == "LOOK  The sun shines: wait"


def test_what_is_not_there_is_neither_in_order_nor_a_fault(server: Server) -> None:
    lines = server.arasha("doctor").stdout.splitlines()

    [witnesses] = [line for line in lines if "witnesses cosign" in line]
    assert witnesses.startswith("--    ") and "no witness is configured" in witnesses
    [second_lock] = [line for line in lines if "Row-level security" in line]
    assert second_lock.startswith("--    ") and "not on SQLite" in second_lock


def test_a_log_that_goes_on_under_new_keys_is_named_with_the_remedy(server: Server) -> None:
    assert server.arasha("sequencer", "--once").returncode == 0
    (server.var / "keys" / "log").unlink()
    assert server.arasha("secrets").returncode == 0

    done = server.arasha("doctor")

    assert done.returncode == 1
    assert "signed by another key" in done.stdout
    assert "Bring the folder of keys back" in done.stdout
