"""The key of the log is changed by a person, in two steps with a time between them."""

import os
import time

from arasha.engines.notes import SignerKey, VerifierKey, open_note
from tests.commands.conftest import Server, said

DAYS = 24 * 3600


def key(server: Server, name: str) -> VerifierKey:
    return SignerKey.parse((server.var / "keys" / name).read_text().strip()).verifier


def age(server: Server, days: int) -> None:
    path, then = server.var / "keys" / "log.next", time.time() - days * DAYS
    os.utime(path, (then, then))


def test_both_keys_sign_and_then_the_old_one_is_gone(server: Server) -> None:
    old = key(server, "log")
    made = server.arasha("log", "key", "next")
    assert made.returncode == 0, said(made)
    new = key(server, "log.next")
    assert str(new) in made.stdout
    assert server.arasha("sequencer", "--once").returncode == 0
    checkpoint = (server.var / "log" / "checkpoint").read_bytes()
    assert open_note(checkpoint, [old]) == open_note(checkpoint, [new])

    age(server, 31)
    retired = server.arasha("log", "key", "retire")

    assert retired.returncode == 0, said(retired)
    assert key(server, "log") == new
    assert not (server.var / "keys" / "log.next").exists()
    assert "OK    The log continues what was signed" in server.arasha("doctor").stdout


def test_a_key_that_nobody_had_time_to_learn_does_not_take_over(server: Server) -> None:
    server.arasha("log", "key", "next")
    server.arasha("sequencer", "--once")

    done = server.arasha("log", "key", "retire")

    assert done.returncode == 1
    assert "Both keys sign until" in said(done)
    assert "--stolen" in said(done)


def test_a_key_that_has_not_signed_does_not_take_over(server: Server) -> None:
    server.arasha("sequencer", "--once")
    server.arasha("log", "key", "next")
    age(server, 31)

    done = server.arasha("log", "key", "retire")

    assert done.returncode == 1
    assert "not signed by the next key yet" in said(done)


def test_a_stolen_key_is_retired_at_once(server: Server) -> None:
    server.arasha("log", "key", "next")
    new = key(server, "log.next")

    assert server.arasha("log", "key", "retire", "--stolen").returncode == 0
    assert key(server, "log") == new


def test_the_log_goes_on_after_a_stolen_key_that_alone_had_signed(server: Server) -> None:
    server.arasha("sequencer", "--once")
    old = key(server, "log")
    server.arasha("log", "key", "next")

    assert server.arasha("log", "key", "retire", "--stolen").returncode == 0

    checkpoint = (server.var / "log" / "checkpoint").read_bytes()
    assert open_note(checkpoint, [old]) == open_note(checkpoint, [key(server, "log")])
    assert server.arasha("sequencer", "--once").returncode == 0


def test_show_prints_one_line_for_each_key(server: Server) -> None:
    server.arasha("log", "key", "next")

    keys = [key(server, name) for name in ("log", "log.next")]
    assert server.arasha("log", "key", "show").stdout == "".join(f"{each}\n" for each in keys)


def test_without_a_next_key_nothing_is_retired(server: Server) -> None:
    old = key(server, "log")

    done = server.arasha("log", "key", "retire", "--stolen")

    assert done.returncode == 1
    assert "arasha log key next" in said(done)
    assert key(server, "log") == old
