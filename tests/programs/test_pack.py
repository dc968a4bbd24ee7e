"""`arasha pack`, as somebody in a second country runs it."""

import shutil
from pathlib import Path

import pytest

from arasha.packs import load
from arasha.programs import pack

QAMAR = Path(__file__).parents[1] / "packs" / "qamar"


def test_a_pack_that_is_there_is_never_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "zz").mkdir()

    assert pack.main(["new", "zz", "--into", str(tmp_path)]) == 2
    assert list((tmp_path / "zz").iterdir()) == []
    assert "is there already" in capsys.readouterr().err


def test_a_new_pack_is_sound_from_the_first_minute(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pack.main(["new", "zz", "--into", str(tmp_path)]) == 0
    assert pack.main(["check", str(tmp_path / "zz")]) == 0
    assert "zz: sound" in capsys.readouterr().out
    assert load(tmp_path / "zz").code == "zz"


def test_a_new_language_is_asked_for_word_by_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack.main(["new", "zz", "--into", str(tmp_path)])
    with (tmp_path / "zz" / "pack.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[language]]\ncode = "fr"\nname = "Français"\ndirection = "ltr"\n')

    assert pack.main(["check", str(tmp_path / "zz")]) == 1
    assert "texts/terminal.toml" in (written := capsys.readouterr().err)
    assert "no words in 'fr'" in written


def test_a_code_that_is_no_code_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pack.main(["new", "../zz", "--into", str(tmp_path)]) == 2
    assert "is no code" in capsys.readouterr().err


def test_a_real_build_refuses_drafts_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack.main(["check", "kz"]) == 0
    assert pack.main(["check", "kz", "--for-real"]) == 1
    assert "terminal.write.title is a draft" in capsys.readouterr().err


def test_a_real_build_takes_what_native_speakers_have_read() -> None:
    assert pack.main(["check", str(QAMAR), "--for-real"]) == 0


def test_words_the_terminal_lacks_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack.main(["new", "zz", "--into", str(tmp_path)])
    texts = tmp_path / "zz" / "texts" / "terminal.toml"
    words = texts.read_text(encoding="utf-8").replace("[button.next]", "[button.forward]")
    texts.write_text(words, encoding="utf-8")

    assert pack.main(["check", str(tmp_path / "zz")]) == 1
    assert "terminal.button.next" in capsys.readouterr().err


@pytest.mark.parametrize("expected", ['"tomorrow"', "[{}]", "7"])
def test_a_case_that_expects_no_moment_disagrees_where_it_stands(
    expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copytree(QAMAR, tmp_path / "qamar"))
    cases = copy / "cases" / "torment.toml"
    words = cases.read_text(encoding="utf-8")
    cases.write_text(words.replace('"2024-03-21T23:59:59+04:00"', expected), encoding="utf-8")

    assert pack.main(["check", str(copy)]) == 1
    assert "cases/torment.toml:22 Ten working days" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["atlantis", "a" * 5_000, "\0"])
def test_an_unknown_pack_is_refused_with_the_known_ones(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pack.main(["check", name]) == 2
    assert "kz" in capsys.readouterr().err
