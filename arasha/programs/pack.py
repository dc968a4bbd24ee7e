"""`arasha pack`: begin a country's pack, and check one."""

import argparse
import sys
from pathlib import Path

from arasha.packs import Pack, PackError, load
from arasha.packs.beginning import begin
from arasha.packs.cases import failures
from arasha.programs.terminal.texts import MissingTextsError, languages

SOUND, FAULTY, MISUSED = 0, 1, 2


def main(argv: list[str]) -> int:
    """Run `arasha pack new|check`. Exit 0: sound; 1: faults, each on a line; 2: it cannot be done so."""
    options = _parser().parse_args(argv)
    try:
        return new(options) if options.verb == "new" else check(options)
    except FileNotFoundError as error:
        return _say(str(error), MISUSED)
    except PackError as error:
        return _say("\n".join(map(str, error.faults)), FAULTY)


def new(options: argparse.Namespace) -> int:
    if not options.code.isascii() or not options.code.replace("-", "").isalnum():
        return _say(f"{options.code!r} is no code: write small latin letters, like kz", MISUSED)
    try:
        root = begin(options.code.lower(), options.into)
    except FileExistsError as error:
        return _say(f"{error.filename} is there already: name another folder with --into", MISUSED)
    return _say(f"{root} is ready. Edit it, and run: arasha pack check {root}", SOUND)


def check(options: argparse.Namespace) -> int:
    pack = load(options.pack)
    problems = [*failures(pack), *_missing_words(pack)]
    if options.for_real:
        problems += [f"texts: {text.key} is a draft by {text.author}" for text in pack.drafts()]
    if problems:
        return _say("\n".join(problems), FAULTY)
    return _say(f"{pack.code}: sound, {len(pack.cases)} law cases agree, pack {pack.hash}", SOUND)


def _missing_words(pack: Pack) -> list[str]:
    try:
        languages(pack)
    except MissingTextsError as error:
        return [str(error)]
    return []


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="arasha pack", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    begin_one = verbs.add_parser("new", help="write a skeleton that passes the check")
    begin_one.add_argument("code", help="the country's code, like kz")
    begin_one.add_argument("--into", type=Path, default=Path(), help="the folder to write it in")
    check_one = verbs.add_parser("check", help="say everything that is wrong with a pack")
    check_one.add_argument("pack", help="a code or a folder")
    check_one.add_argument("--for-real", action="store_true", help="also refuse draft texts")
    return parser


def _say(words: str, code: int) -> int:
    stream = sys.stdout if code == SOUND else sys.stderr
    stream.write(f"{words}\n")
    return code
