"""`./run test`: the worst exit code wins, nothing missing passes for a success in CI."""

import sys

import pytest

from tools import suite
from tools.suite import Need, Outcome, Part

CLOSING = "============================== 3 passed in 0.12s =============================="
FAILED = "======================= 1 failed, 2 passed in 0.12s ========================"


def outcome(name: str, code: int, closing_line: str = "") -> Outcome:
    return Outcome(Part(name, []), code, 1.0, closing_line)


@pytest.mark.parametrize("line", [CLOSING, FAILED, "===== 812 passed in 130.02s (0:02:10) ====="])
def test_pytests_closing_line_is_known(line: str) -> None:
    assert suite.CLOSING_LINE.match(line)


@pytest.mark.parametrize("line", ["===== test session starts =====", "3 passed in 0.12s", ""])
def test_another_line_is_not_taken_for_it(line: str) -> None:
    assert not suite.CLOSING_LINE.match(line)


def test_a_part_keeps_its_code_and_its_closing_line(capfd: pytest.CaptureFixture[str]) -> None:
    script = f"print({CLOSING!r}); raise SystemExit(5)"

    done = suite.run(Part("tests", [sys.executable, "-c", script]))

    assert (done.code, done.closing_line) == (5, CLOSING)
    assert CLOSING in capfd.readouterr().out


def test_the_callers_settings_do_not_reach_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARASHA_DATABASE", "sqlite:////mine")
    script = "import os, sys; sys.exit('ARASHA_DATABASE' in os.environ)"

    assert suite.run(Part("tests", [sys.executable, "-c", script])).code == 0


@pytest.mark.usefixtures("parts")
def test_the_worst_code_wins_and_its_line_stands_last(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = {"types": (0, ""), "tests on SQLite": (1, FAILED), "tests in the browser": (0, CLOSING)}
    monkeypatch.setattr(suite, "run", lambda part: outcome(part.name, *codes[part.name]))

    assert suite.main(["test"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == FAILED


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_missing_part_is_told_and_fails_in_ci(
    ci: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", ci)
    absent = Need("chromium", "tests in the browser", is_there=False)
    monkeypatch.setattr(suite, "missing_after_installing", lambda: [absent])
    monkeypatch.setattr(suite, "run", lambda part: outcome(part.name, 0, CLOSING))

    assert suite.main(["test"]) == code

    said = capsys.readouterr().out
    assert "tests in the browser: not run" in said
    assert "apt-get install chromium" in said
    assert said.splitlines()[-1] == CLOSING


@pytest.mark.usefixtures("parts")
def test_what_only_some_tests_need_is_told_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    absent = Need("shellcheck", None, is_there=False)
    monkeypatch.setattr(suite, "missing_after_installing", lambda: [absent])
    monkeypatch.setattr(suite, "run", lambda part: outcome(part.name, 0, CLOSING))

    assert suite.main(["test"]) == 0
    assert "some tests: skipped, shellcheck is missing" in capsys.readouterr().out


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "checks", lambda: [Part("types", [])])
    monkeypatch.setattr(
        suite, "tests", lambda: [Part("tests on SQLite", []), Part("tests in the browser", [])]
    )
    monkeypatch.setattr(suite, "missing_after_installing", list)
