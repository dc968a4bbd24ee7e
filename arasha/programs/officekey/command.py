"""The words of the command, and what every ceremony begins with."""

import argparse
from pathlib import Path

from arasha.programs.officekey import ceremonies, machine
from arasha.programs.officekey.sheets import SheetError
from arasha.programs.officekey.talk import terminal, wipe
from arasha.wire.talk import LANGUAGES, NobodyTypesError, Talk, language_here

ABOUT = "The office key: made, checked and used on a machine without a network."
DONE, NOT_DONE = 0, 1


def main(argv: list[str]) -> int:
    """Return 0 when done, 1 when not (said in words), 2 for a wrong command."""
    given = _arguments().parse_args(argv)
    talk = terminal(given.lang or language_here())
    machine.leave_no_core()
    try:
        _check_machine(talk, is_exercise=given.exercise)
        return DONE if given.act(talk, given) else NOT_DONE
    except SheetError as error:
        talk.say(error.key, **error.details)
    except NobodyTypesError:
        wipe(talk)
        talk.say("nobody_types")
    except KeyboardInterrupt:
        wipe(talk)
        talk.say("stopped")
    return NOT_DONE


def _check_machine(talk: Talk, *, is_exercise: bool) -> None:
    if is_exercise:
        talk.say("exercise")
        return
    for fault in machine.faults():
        raise SheetError(fault)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("arasha officekey", description=ABOUT)
    parser.add_argument("--lang", choices=LANGUAGES, help="language (default: from LANG)")
    parser.add_argument("--exercise", action="store_true", help="practise on any machine")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    _make(verbs.add_parser("make", help="make the key and its three sheets"))
    _check(verbs.add_parser("check", help="do these two sheets give the published key?"))
    _open(verbs.add_parser("open", help="open an export folder of sealed files"))
    _rewrap(verbs.add_parser("rewrap", help="let new officers read what was sealed before them"))
    return parser


def _make(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--holders", nargs="+", required=True, metavar="NAME", help="three people")
    parser.add_argument("--out", type=Path, default=Path("office-key.txt"), metavar="FILE")
    parser.add_argument(
        "--printer", type=Path, metavar="DEVICE", help="a printer's own device: no spool, no screen"
    )
    parser.set_defaults(act=ceremonies.make)


def _check(parser: argparse.ArgumentParser) -> None:
    _recipient(parser)
    parser.set_defaults(act=ceremonies.check)


def _open(parser: argparse.ArgumentParser) -> None:
    _recipient(parser)
    _witnessed(parser)
    parser.add_argument("--export", type=Path, required=True, metavar="FOLDER", help="sealed files")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="an empty folder")
    parser.set_defaults(act=ceremonies.open_export)


def _rewrap(parser: argparse.ArgumentParser) -> None:
    _recipient(parser)
    _witnessed(parser)
    parser.add_argument("--headers", type=Path, required=True, metavar="FILE", help="from the desk")
    parser.add_argument(
        "--set", type=Path, required=True, metavar="FILE", help="the new set's text"
    )
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="an empty folder")
    parser.set_defaults(act=ceremonies.rewrap_headers)


def _recipient(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recipient", required=True, metavar="KEY", help="the published key, or its file"
    )


def _witnessed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--present", nargs="+", required=True, metavar="NAME", help="who is here")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="for the protocol")
