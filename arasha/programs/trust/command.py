"""The words of the command."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from arasha.engines.notes import MalformedError
from arasha.engines.sealing import (
    MixedRecipientsError,
    RecipientSetError,
    SetTextError,
    TooFewRecipientsError,
)
from arasha.programs.trust import ceremonies, checking
from arasha.programs.trust.talk import NotDoneError, terminal
from arasha.wire.client import AnswerTooLongError, UnreachableError
from arasha.wire.keyfile import KeyFileError
from arasha.wire.talk import LANGUAGES, NobodyTypesError, Talk, language_here
from arasha.wire.trust import RepositoryDamagedError
from arasha.wire.trust.errors import BodyCodeError, SetVersionError
from arasha.wire.trust.keys import WrongPassphraseError

ABOUT = "The root of trust: who may receive, which log and gateway count. On an offline machine."
DONE, NOT_DONE = 0, 1
UNFIT_SETS: Mapping[type[RecipientSetError], str] = MappingProxyType(
    {
        SetTextError: "set_text",
        TooFewRecipientsError: "set_few",
        MixedRecipientsError: "set_mixed",
    }
)
Act = Callable[[Talk, argparse.Namespace], bool]


def main(argv: list[str]) -> int:
    """Return 0 when done, 1 when not (said in words), 2 for a wrong command."""
    given = _arguments().parse_args(argv)
    talk = terminal(given.lang or language_here())
    try:
        return DONE if given.act(talk, given) else NOT_DONE
    except NotDoneError as error:
        talk.say(error.name, **error.details)
    except NobodyTypesError:
        talk.say("nobody_types")
    except WrongPassphraseError:
        talk.say("wrong_passphrase")
    except BodyCodeError as error:
        talk.say("body_code", body=error.body)
    except SetVersionError as error:
        talk.say("set_version", version=error.version, expected=error.expected)
    except RecipientSetError as error:
        talk.say(UNFIT_SETS[type(error)], why=error)
    except KeyFileError as error:
        talk.say(error.why, file=error.file)
    except (MalformedError, RepositoryDamagedError) as error:
        talk.say("cannot", why=error)
    except (UnreachableError, AnswerTooLongError) as error:
        talk.say("unreachable", why=error)
    except OSError as error:
        talk.say("cannot", why=f"{error.filename}: {error.strerror}")
    except KeyboardInterrupt:
        talk.say("stopped")
    return NOT_DONE


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("arasha trust", description=ABOUT)
    parser.add_argument("--lang", choices=LANGUAGES, help="language (default: from LANG)")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    key = verbs.add_parser("key", help="make a signing key, sealed with a passphrase")
    key.add_argument("file", type=Path)
    key.add_argument("--holder", required=True, metavar="NAME", help="who keeps it, in words")
    key.add_argument("--online", action="store_true", help="no passphrase: the freshness key only")
    key.set_defaults(act=ceremonies.key)

    init = _on_folder(verbs, "init", "propose the first root", ceremonies.init)
    init.add_argument("--country", required=True, metavar="CODE")
    _keepers(init, needed=True)
    init.add_argument("--demo", action="store_true", help="real builds refuse it")

    rotate = _on_folder(verbs, "rotate", "propose the next root", ceremonies.rotate)
    _keepers(rotate, needed=False)

    body = _on_folder(verbs, "body", "let a body sign its own recipient sets", ceremonies.body)
    body.add_argument("code", help="as the institution is registered")
    body.add_argument("--key", type=Path, nargs="+", default=[], metavar="FILE", help="public keys")
    body.add_argument("--threshold", type=int, default=2, metavar="N", help="so many must sign")
    body.add_argument("--dissolve", action="store_true", help="it receives nothing more")

    _on_folder(
        verbs, "set", "propose a body's next recipient set", ceremonies.propose_set
    ).add_argument("file", type=Path, help="its text")

    images = _on_folder(verbs, "images", "who signs what runs on terminals", ceremonies.images)
    images.add_argument(
        "--key", type=Path, nargs="+", default=[], metavar="FILE", help="public keys"
    )
    images.add_argument("--threshold", type=int, default=2, metavar="N", help="so many must sign")
    images.add_argument("--manifest", type=Path, metavar="FILE", help="of the next build")

    add = _on_folder(verbs, "add", "propose a key, policy or device file", ceremonies.add)
    add.add_argument("name", help="log/vkey, log/policy, ingest/ID.json, terminals/ID.json, …")
    add.add_argument("file", type=Path)

    _key(_on_folder(verbs, "sign", "add one keeper's signature", ceremonies.sign))
    _key(_on_folder(verbs, "timestamp", "say that nothing newer exists", ceremonies.timestamp))
    _on_folder(verbs, "show", "who signed, what is missing, what ends when", checking.show)
    check = verbs.add_parser("check", help="check a folder or an address as a terminal would")
    check.add_argument("where", help="a folder, or https://…/trust of a public door")
    check.add_argument("--copy", type=Path, metavar="DIR", help="keep all that was read there")
    check.set_defaults(act=checking.check)
    check.add_argument("--root", type=Path, required=True, metavar="FILE", help="the pinned root")
    return parser


def _on_folder(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", verb: str, about: str, act: Act
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(verb, help=about)
    parser.add_argument("folder", type=Path)
    parser.set_defaults(act=act)
    return parser


def _keepers(parser: argparse.ArgumentParser, *, needed: bool) -> None:
    parser.add_argument(
        "--keeper", type=Path, nargs="+", required=needed, default=[], metavar="FILE",
        help="public keys of all keepers",
    )  # fmt: skip
    parser.add_argument("--threshold", type=int, required=needed, metavar="N")
    parser.add_argument("--freshness", type=Path, required=needed, metavar="FILE")


def _key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="a private key")
