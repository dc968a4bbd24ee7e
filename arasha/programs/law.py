"""`arasha law`: ask a country's rules, on any machine, without a server."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Never

from arasha.packs import PackError, QuestionError, ask, load
from arasha.packs.cases import failures

BYTE_ORDER_MARK = "\ufeff"
ANSWERED, DISAGREES, MISUSED = 0, 1, 2
ONLY_RULES = "This is what the rules in the system say. A lawyer confirms it."


def main(argv: list[str]) -> int:
    """Run `arasha law ask|explain|check`. Exit 0: done; 1: the pack is faulty; 2: bad input."""
    options = _parser().parse_args(argv)
    try:
        return _RUN[options.verb](options)
    except BrokenPipeError:
        raise  # whoever reads has enough
    except (QuestionError, OSError) as error:
        return _refuse(str(error), MISUSED)
    except RecursionError:
        return _refuse("question: is nested too deeply", MISUSED)
    except PackError as error:
        return _refuse("\n".join(map(str, error.faults)), DISAGREES)


def print_answers(options: argparse.Namespace) -> int:
    _, answers = _answers(options.file)
    sys.stdout.write(json.dumps(answers, ensure_ascii=False, indent=2) + "\n")
    return ANSWERED


def explain(options: argparse.Namespace) -> int:
    question, found = _answers(options.file)
    for asked, answer in zip(question["ask"], found["answers"], strict=True):
        sys.stdout.write("\n".join(told(asked, answer, options.language)) + "\n\n")
    sys.stdout.write(f"{ONLY_RULES}\nPack {found['pack_hash']}\n")
    return ANSWERED


def check(options: argparse.Namespace) -> int:
    pack = load(options.pack)
    if problems := failures(pack):
        return _refuse("\n".join(problems), DISAGREES)
    sys.stdout.write(f"{pack.code}: {len(pack.cases)} law cases agree, pack {pack.hash}\n")
    return ANSWERED


def _answers(file: str) -> tuple[Mapping[str, Any], dict[str, Any]]:
    question = _question(file)
    jurisdiction = question.get("jurisdiction")
    if not isinstance(jurisdiction, str):
        raise QuestionError("jurisdiction", 'is missing: write the code of a pack, like "kz"')
    try:
        pack = load(jurisdiction)
    except FileNotFoundError as error:
        raise QuestionError("jurisdiction", str(error)) from error
    return question, ask(pack, {**question, "jurisdiction": pack.code})


def _question(file: str) -> Mapping[str, Any]:
    try:
        words = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        question = json.loads(
            words.removeprefix(BYTE_ORDER_MARK),
            parse_constant=_refuse_constant,
            object_pairs_hook=_once,
        )
    except ValueError as error:
        if isinstance(error, QuestionError):
            raise
        raise QuestionError("question", f"is not JSON: {error}") from error
    if not isinstance(question, Mapping):
        raise QuestionError("question", "must be an object {…}")
    return question


def _refuse_constant(name: str) -> Never:
    raise QuestionError("question", f"is not JSON: {name} is no number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key given twice has two values: whoever wrote it must say which one counts."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise QuestionError(key, "is given twice")
        found[key] = value
    return found


def told(asked: Mapping[str, Any], answer: Mapping[str, Any], language: str) -> Iterator[str]:
    words = (key if value is True else str(value) for key, value in asked.items())
    nothing = "no provision of these rules" if "provision" in asked else "the rules do not say"
    yield f"{' '.join(words)}: {_verdict(answer) or nothing}"
    for piece in answer["depends"] or ():
        yield f"  if the act ended {piece['from']} to {piece['to']}: {_verdict(piece) or nothing}"
    for step in answer["steps"]:
        words = step["text"].get(language) or next(iter(step["text"].values()))
        yield f"  - {words}"
        yield f"    {' | '.join(_source(step))}"
    yield f"  Its weakest source is {answer['checked']}."
    if answer["needs_review"]:
        yield "  Needs a lawyer's review."


def _source(step: Mapping[str, Any]) -> Iterator[str]:
    """The article, its act and days, where it can be read, how well it was checked, and by whom."""
    if not step["article"]:
        yield "no source"
    else:
        yield step["article"]
        yield step["instrument"]
        yield f"{step['version_from'] or 'first day not known'} to {step['version_to'] or 'now'}"
    if step["source"]:
        yield step["source"]
    yield step["checked"]
    if step["verified_by"]:
        yield f"verified by {step['verified_by']}, {step['verified_on'] or 'day not known'}"


def _verdict(answer: Mapping[str, Any]) -> str | None:
    if answer.get("depends"):
        return "depends on the day of the act"
    if answer["barred"] is not None:
        return "barred" if answer["barred"] else "not barred"
    found: str | None = answer["value"] or answer.get("due_at")
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="arasha law", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, meaning in (("ask", "answer as JSON"), ("explain", "answer in words")):
        one = verbs.add_parser(verb, help=meaning)
        one.add_argument("file", help="the question as JSON; - reads it from standard input")
        one.add_argument("--language", default="en", help="of the steps (explain)")
    one = verbs.add_parser("check", help="validate a pack and run its lawyer's cases")
    one.add_argument("pack", nargs="?", default="kz", help="a code or a folder")
    return parser


def _refuse(words: str, code: int) -> int:
    sys.stderr.write(f"{words}\n")
    return code


_RUN = {"ask": print_answers, "explain": explain, "check": check}
