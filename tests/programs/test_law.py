"""`arasha law`, as an auditor runs it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from arasha.packs import load
from arasha.programs import law

QAMAR = Path(__file__).parents[1] / "packs" / "qamar"
QUESTION: dict[str, Any] = {
    "jurisdiction": "kz",
    "act": {"from": "2022-05-10", "to": "2022-05-10"},
    "conduct": "torture",
    "part": 2,
    "capacity": "official",
    "ask": [
        {"relief": "suspended_sentence", "decision_date": "2024-02-01"},
        {"investigator": True, "step_date": "2023-02-01"},
        {"provision": True},
        {"deadline": "registration", "from": "2024-03-07T17:30:00+06:00"},
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "question.json"
    path.write_text(json.dumps(QUESTION), encoding="utf-8")
    return path


def test_answers_stand_in_the_order_of_the_question(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert law.main(["ask", str(file)]) == 0

    found = json.loads(capsys.readouterr().out)
    relief, investigator, provision, deadline = found["answers"]
    assert relief["barred"] is False
    assert investigator["value"] == "prosecutor"
    assert provision["value"] == "146.1"
    assert deadline["due_at"] == "2024-03-08T16:30:00+05:00"
    assert found["pack_hash"] == load("kz").hash


def test_a_step_carries_its_article_version_act_and_state(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    law.main(["ask", str(file)])

    step = json.loads(capsys.readouterr().out)["answers"][0]["steps"][1]
    assert (step["article"], step["version_from"]) == ("CC 63(6)", "2023-03-29")
    assert (step["instrument"], step["checked"]) == ("Law of 17.03.2023 No 212-VII", "unverified")
    assert set(step["text"]) == set(step["instrument_name"]) == {"kk", "ru", "en"}


def test_an_act_over_the_amendment_depends_and_gives_both(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    act = {"from": "2023-03-01", "to": "2023-04-01"}
    question = {**QUESTION, "act": act, "ask": QUESTION["ask"][:1]}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(question)))

    assert law.main(["ask", "-"]) == 0

    [answer] = json.loads(capsys.readouterr().out)["answers"]
    assert (answer["value"], answer["barred"], answer["needs_review"]) == (None, None, True)
    assert answer["depends"] == [
        {"from": "2023-03-01", "to": "2023-03-28", "value": None, "barred": False},
        {"from": "2023-03-29", "to": "2023-04-01", "value": None, "barred": True},
    ]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("{", "question: is not JSON"),
        ("[]", "question: must be an object"),
        ("{}", "jurisdiction: is missing"),
        ('{"jurisdiction": "atlantis"}', "jurisdiction: no country pack"),
        ('{"jurisdiction": "kz"}', "ask: "),
        ('{"jurisdiction": "kz", "ask": [{"provision": true}]}', "act: is missing"),
    ],
)
def test_bad_input_exits_2_and_names_the_field(
    words: str,
    field: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words))

    assert law.main(["ask", "-"]) == 2
    written = capsys.readouterr()
    assert written.err.startswith(field)
    assert written.out == ""


def test_a_file_that_is_not_there_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert law.main(["ask", str(tmp_path / "nothing.json")]) == 2
    assert "nothing.json" in capsys.readouterr().err


def test_explain_tells_a_person_the_answer_its_sources_and_its_limits(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert law.main(["explain", str(file), "--language", "ru"]) == 0

    told = capsys.readouterr().out
    assert "suspended_sentence 2024-02-01: not barred" in told
    assert "Закон, ухудшающий положение, обратной силы не имеет." in told
    assert "CC 6; Constitution 77(3)(5)" in told
    assert law.ONLY_RULES in told


def test_check_runs_the_lawyers_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert law.main(["check", str(QAMAR)]) == 0
    assert "qamar: 4 law cases agree" in capsys.readouterr().out


def test_check_shows_where_the_rules_answer_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "qamar"
    for source in QAMAR.rglob("*.toml"):
        words = (
            source.read_text(encoding="utf-8")
            .replace("31, restored", "31")
            .replace(
                'from = 2016-01-01\n  by = "guardians"\n  article = "Act of Guardians 31"\n  value = true',
                'from = 2016-01-01\n  by = "guardians"\n  article = "Act of Guardians 31"\n  value = false',
            )
        )
        target = pack / source.relative_to(QAMAR)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(words, encoding="utf-8")

    assert law.main(["check", str(pack)]) == 1
    assert "expected barred = True, the rules say False" in capsys.readouterr().err
