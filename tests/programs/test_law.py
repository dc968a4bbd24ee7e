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
        ('{"jurisdiction": 7, "ask": [{"provision": true}]}', "jurisdiction: is missing"),
        ('{"jurisdiction": "\\ud800", "ask": []}', "jurisdiction: no country pack"),
        ('{"jurisdiction": "\\u0000", "ask": []}', "jurisdiction: no country pack"),
        ('{"jurisdiction": "kz", "ask": [{"provision": true}]}', "act: is missing"),
        ('{"jurisdiction": "kz", "ask": [], "ask": []}', "ask: is given twice"),
        ('{"jurisdiction": "kz", "part": NaN, "ask": []}', "question: is not JSON: NaN"),
        ('{"part": -Infinity}', "question: is not JSON: -Infinity"),
        (f'{{"part": {"9" * 5000}}}', "question: is not JSON"),
        ("[" * 100_000, "question: is "),
        ('{"jurisdiction": "kz", "ask": ' + "[" * 900 + "]" * 900 + "}", "ask[0]: "),
        ("", "question: is not JSON"),
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


def test_a_mark_of_byte_order_is_passed_over(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(json.dumps(QUESTION), encoding="utf-8-sig")

    assert law.main(["ask", str(file)]) == 0


def test_a_file_in_another_encoding_is_bad_input(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes('{"jurisdiction": "Қ"}'.encode("utf-16"))

    assert law.main(["ask", str(file)]) == 2
    assert capsys.readouterr().err.startswith("question: is not JSON")


def test_an_answer_has_exactly_these_keys(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    law.main(["ask", str(file)])

    found = json.loads(capsys.readouterr().out)
    answer = found["answers"][0]
    assert list(found) == ["answers", "pack_hash"]
    assert list(answer) == [
        *("value", "barred", "due_at", "depends", "steps", "needs_review", "checked"),
    ]
    assert list(answer["steps"][0]) == [
        *("text", "article", "version_from", "version_to", "instrument", "instrument_name"),
        *("source", "checked", "verified_by", "verified_on"),
    ]


def test_explain_tells_whose_word_a_rule_is(capsys: pytest.CaptureFixture[str]) -> None:
    step = {
        "text": {"en": "So it is."},
        **{"article": "Act 15", "instrument": "The Act", "source": "https://law.example/15"},
        **{"version_from": "2020-01-01", "version_to": None, "checked": "official"},
        **{"verified_by": "A guardian of Qamar", "verified_on": "2026-11-01"},
    }
    answer = {
        "checked": "official",
        "value": "yes",
        "barred": None,
        "depends": None,
        "steps": [step],
        "needs_review": False,
    }

    assert list(law.told({"report": "x"}, answer, "en"))[1:] == [
        "  - So it is.",
        "    Act 15 | The Act | 2020-01-01 to now | https://law.example/15 | official"
        " | verified by A guardian of Qamar, 2026-11-01",
        "  Its weakest source is official.",
    ]


def test_explain_tells_conduct_that_was_not_covered_from_law_that_is_not_known() -> None:
    empty: dict[str, Any] = {
        "value": None,
        "barred": None,
        "depends": None,
        "steps": [],
        "needs_review": True,
    }
    answer = {**empty, "checked": "unverified"}

    assert next(law.told({"provision": True}, answer, "en")).endswith(
        "provision: no provision of these rules"
    )
    assert next(law.told({"relief": "pardon"}, answer, "en")).endswith("the rules do not say")


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
