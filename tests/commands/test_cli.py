import os
import subprocess

import pytest

from arasha.__main__ import NOBODY_READS
from arasha.commands import cli
from tests.commands.conftest import Server, said


def test_an_unknown_verb_is_answered_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["frobnicate"]) == cli.BAD_INPUT

    told = capsys.readouterr().err
    assert "no verb 'frobnicate'" in told
    assert "backup" in told
    assert "secrets" in told


def test_django_verbs_that_are_not_ours_are_not_offered(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["flush"]) == cli.BAD_INPUT


def test_a_settings_mistake_names_the_variable_and_what_to_write(server: Server) -> None:
    server.settings["ARASHA_DEMO"] = "yes"

    done = server.arasha("doctor")

    assert done.returncode == cli.BAD_INPUT
    assert "ARASHA_DEMO is 'yes'; write True or False" in said(done)
    assert "Traceback" not in said(done)


def test_who_has_read_enough_ends_a_verb_without_a_traceback(server: Server) -> None:
    hears, speaks = os.pipe()
    os.close(hears)
    with os.fdopen(speaks, "wb") as pipe:
        done = subprocess.run(
            server.command("log", "key", "show"),
            env=server.environment,
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stderr) == (NOBODY_READS, "")
