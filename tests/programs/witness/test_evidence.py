"""A log that contradicts itself is refused, and what it signed is kept."""

import json
from pathlib import Path

import pytest

from arasha.engines.notes import MalformedError
from arasha.programs import witness as program
from arasha.programs.witness.judging import RefusedError, Witness
from arasha.wire import evidence
from arasha.wire.talk import LANGUAGES
from tests.engines.translog.small_log import ORIGIN
from tests.programs.witness.watching import NOON, Branch, body, grown, signed


def refusal(witness: Witness, request: bytes) -> int:
    with pytest.raises(RefusedError) as refused:
        witness.add_checkpoint(request, at=NOON)
    return int(refused.value.status)


def kept(witness: Witness) -> list[evidence.Evidence]:
    return [each for _, each in evidence.kept(witness.evidence)]


def said(witness: Witness, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    status = program.main(["evidence", str(witness.evidence.parent), "--lang", "en", *more])
    return status, capsys.readouterr().out


@pytest.fixture
def watched(witness: Witness) -> Branch:
    """A log of 7 and then 12 entries, both cosigned."""
    log = grown(7, 12)
    witness.add_checkpoint(log.request(0, 7), at=NOON)
    witness.add_checkpoint(log.request(7), at=NOON)
    return log


def test_nothing_was_caught_of_an_honest_log(
    watched: Branch, witness: Witness, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(witness, capsys) == (0, f"{program.texts()['none']['en']}\n")


@pytest.mark.parametrize(("old", "status"), [(12, 422), (0, 409), (7, 409)])
def test_a_second_root_of_the_size_is_evidence_whatever_old_size_comes_with_it(
    watched: Branch,
    witness: Witness,
    capsys: pytest.CaptureFixture[str],
    old: int,
    status: int,
) -> None:
    forged = grown(12, branch="forged")

    assert refusal(witness, body(old, [], forged.checkpoint())) == status

    (found,) = kept(witness)
    assert (found.kind, found.offered) == (evidence.FORK, forged.checkpoint())
    assert found.known is not None and found.known.text == watched.checkpoint().text
    code, words = said(witness, capsys)
    assert code == 1 and f"{ORIGIN} signed two different histories of 12 entries" in words


def test_a_second_root_of_an_older_size_is_evidence_too(watched: Branch, witness: Witness) -> None:
    assert refusal(witness, body(7, [], grown(7, branch="forged").checkpoint())) == 409

    assert [each.kind for each in kept(witness)] == [evidence.FORK]


def test_a_log_of_nothing_with_a_root_is_evidence(
    witness: Witness, capsys: pytest.CaptureFixture[str]
) -> None:
    lie = signed(f"{ORIGIN}\n0\nc2l4dHkgZm91ciBoZXggZGlnaXRzIGFyZSAzMiBieXQ=\n")

    assert refusal(witness, body(0, [], lie)) == 422
    assert said(witness, capsys)[0] == 1


def test_growth_that_is_not_shown_is_kept_until_it_is_shown(
    watched: Branch, witness: Witness, capsys: pytest.CaptureFixture[str]
) -> None:
    watched.grow_to(20)
    assert refusal(witness, body(12, [b"h" * 32], watched.checkpoint())) == 422
    code, before = said(witness, capsys)

    witness.add_checkpoint(watched.request(12), at=NOON)

    assert code == 0 and "It may still show it" in before
    assert "was shown later" in said(witness, capsys)[1]


def test_a_rewritten_log_that_grew_is_kept(watched: Branch, witness: Witness) -> None:
    rewritten = grown(12, 20, branch="rewritten")

    assert refusal(witness, rewritten.request(12)) == 422
    assert [each.kind for each in kept(witness)] == [evidence.UNPROVED]


def test_what_the_log_did_not_sign_is_no_evidence(watched: Branch, witness: Witness) -> None:
    altered = str(watched.checkpoint()).replace("\n12\n", "\n13\n")

    assert refusal(witness, body(12, [], altered)) == 403
    assert not kept(witness)


def test_the_same_lie_again_fills_no_disk(watched: Branch, witness: Witness) -> None:
    forged = grown(12, branch="forged").checkpoint()
    for old in (12, 12, 7, 0):
        refusal(witness, body(old, [], forged))

    assert len(list(witness.evidence.iterdir())) == 1


def test_evidence_that_somebody_altered_stands_against_nobody(
    watched: Branch, witness: Witness, capsys: pytest.CaptureFixture[str]
) -> None:
    refusal(witness, body(12, [], grown(12, branch="forged").checkpoint()))
    (path,) = witness.evidence.iterdir()
    content = json.loads(path.read_bytes())
    content["offered"] = content["known"]
    path.write_text(json.dumps(content))

    code, words = said(witness, capsys)

    assert code == 0 and "not those of a log" in words


def test_a_file_that_is_no_evidence_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"v": 1}')

    with pytest.raises(MalformedError, match=r"a\.json is not a file of evidence"):
        list(evidence.kept(tmp_path))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_same_things_are_said_in_every_language(language: str) -> None:
    said = program.texts()

    assert all(each.keys() == set(LANGUAGES) for each in said.values())
    assert len({each[tongue] for each in said.values() for tongue in (language, "en")}) == 2 * len(
        said
    )


@pytest.mark.parametrize("verb", ["evidence", "key", "serve"])
def test_a_folder_of_something_else_is_named_and_left_as_it_was(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, words in (("en", "arasha witness init"), ("ru", "не является папкой свидетеля")):
        assert program.main([verb, str(tmp_path), "--lang", language]) == 2
        assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_speaks_the_language_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make = ["init", str(tmp_path / "w"), "--lang", "kk"]

    assert program.main([*make, "--name", "a b"]) == 2
    assert "деген атпен кілт жасауға болмайды" in capsys.readouterr().err
    assert program.main([*make, "--name", "w.example", "--log", "no key"]) == 2
    assert "журналдың кілті емес" in capsys.readouterr().err
    assert program.main([*make, "--name", "w.example"]) == 0
    assert program.main([*make, "--name", "w.example"]) == 2
    assert "бұрыннан бар" in capsys.readouterr().err
