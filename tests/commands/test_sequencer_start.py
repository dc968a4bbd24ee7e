"""At its start the sequencer asks outside whether the log is ahead."""

import signal
import time

import pytest

from tests.commands.conftest import PATIENCE, Server, said


@pytest.fixture
def cut_off(server: Server) -> Server:
    """A server whose only mirror does not answer."""
    server.settings |= {
        "ARASHA_MIRRORS": "http://127.0.0.1:9/log",
        "ARASHA_DEMO": "True",
        "ARASHA_EPOCH_SECONDS": "1",
    }
    return server


def test_it_signs_nothing_if_nobody_answers_unless_it_is_told_that_nothing_was_restored(
    cut_off: Server,
) -> None:
    cut_off.settings["ARASHA_DEMO"] = "False"
    cut_off.settings["ARASHA_EPOCH_SECONDS"] = "3600"
    refused = cut_off.arasha("sequencer", "--once")

    assert refused.returncode == 1
    assert "None of the 1 witnesses and mirrors answers" in said(refused)
    assert not (cut_off.var / "log" / "checkpoint").exists()
    assert cut_off.arasha("sequencer", "--once", "--alone").returncode == 0
    assert (cut_off.var / "log" / "checkpoint").exists()


def test_a_refusal_does_not_end_the_loop(cut_off: Server) -> None:
    """The server's other parts would end with it, and appeals must be taken."""
    sequencer = cut_off.start("sequencer")
    time.sleep(5)
    assert sequencer.poll() is None

    sequencer.send_signal(signal.SIGTERM)
    output, _ = sequencer.communicate(timeout=PATIENCE)

    assert sequencer.returncode == 0
    assert "signed nothing" in output
    assert "--alone" in output


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ARASHA_WITNESSES", "/nowhere/witnesses", "no file is there"),
        ("ARASHA_MIRRORS", "mirror.example/log", "write addresses like"),
        ("ARASHA_TIMESTAMPS_URL", "https://tsa.example/", "are set together"),
    ],
)
def test_a_wrong_setting_is_told_before_anything_starts(
    server: Server, name: str, value: str, says: str
) -> None:
    server.settings[name] = value

    done = server.arasha("sequencer", "--once")

    assert done.returncode == 2
    assert says in said(done)


def test_a_file_of_witnesses_without_an_address_is_refused(server: Server) -> None:
    key = "court.example/w+093663c2+BEEKfHGRBIUqqAMpmiwbycUAws1tKjLVQhCsPlHsTdZb"
    (server.var / "witnesses").write_text(f"witness court {key}\nquorum court\n")
    server.settings["ARASHA_WITNESSES"] = str(server.var / "witnesses")

    done = server.arasha("sequencer", "--once")

    assert done.returncode == 1
    assert "gives no address for the witness court" in said(done)
