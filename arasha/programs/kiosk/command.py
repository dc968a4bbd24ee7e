"""The words of the command."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from arasha.engines.notes import MalformedError
from arasha.packs import PackError, load
from arasha.programs.kiosk import applying, audio, verifying, wheels
from arasha.programs.kiosk.believing import digest, pinned
from arasha.programs.kiosk.building import EARLIEST, build
from arasha.programs.kiosk.refusals import KioskRefusedError
from arasha.programs.trust.talk import texts as trust_texts
from arasha.wire.keyfile import KeyFileError
from arasha.wire.talk import LANGUAGES, Talk, Texts, language_here, read_texts
from arasha.wire.trust import RepositoryDamagedError, TrustRefusedError

ABOUT = "What runs on a terminal: built, signed by two of three image keys, applied, verified."
DONE, NOT_DONE = 0, 1
TO = Path("/opt/arasha")
STARTS = Path("/var/lib/arasha/kiosk")
Act = Callable[[Talk, argparse.Namespace], bool]


def main(argv: list[str]) -> int:
    """Return 0 when done or proved, 1 when not (said in words), 2 for a wrong command."""
    given = _arguments().parse_args(argv)
    talk = Talk(texts(), given.lang or language_here(), sys.stdin, sys.stdout)
    try:
        return DONE if given.act(talk, given) else NOT_DONE
    except KioskRefusedError as error:
        talk.say(error.name, **error.details)
    except TrustRefusedError as error:
        talk.say("not_believed", subject=error.subject, why=talk.words(f"why_{error.why}"))
    except KeyFileError as error:
        talk.say(error.why, file=error.file) if error.why else talk.say("failed", why=error)
    except MalformedError as error:
        talk.say("no_form", why=error)
    except (PackError, RepositoryDamagedError, FileNotFoundError) as error:
        talk.say("failed", why=error)
    except OSError as error:
        talk.say("failed", why=f"{error.filename}: {error.strerror}")
    return NOT_DONE


def texts() -> Texts:
    return {**trust_texts(), **read_texts(Path(__file__).with_name("texts.toml"))}


def _build(talk: Talk, given: argparse.Namespace) -> bool:
    if given.fetch:
        _fetch(given.wheels, given.lock)
    manifest = build(
        given.folder,
        version=given.version,
        pack=given.pack,
        wheelhouse=given.wheels,
        lock=given.lock,
        audio_folder=given.audio,
        drafts=given.drafts,
        epoch=given.epoch,
    )
    count, data = len(manifest.files), manifest.to_json()
    talk.say("built", version=manifest.version, count=count, folder=given.folder)
    talk.say("digest", digest=digest(data))
    if given.drafts:
        talk.say("with_drafts")
    return True


def _fetch(folder: Path, lock: Path) -> None:
    """Only when asked: the one step of a build that needs a network, and its hashes are checked twice."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    only = ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
    subprocess.run([*pip, *only, "-d", str(folder), "-r", str(lock)], check=True)  # noqa: S603


def _audio(talk: Talk, given: argparse.Namespace) -> bool:
    pack = load(given.pack)
    new = audio.speak(given.folder, pack)
    talk.say("spoken", new=len(new), all=len(list(audio.texts_of(pack))), folder=given.folder)
    return True


def _apply(talk: Talk, given: argparse.Namespace) -> bool:
    version = applying.apply(
        given.folder,
        pinned=pinned(root=given.root, device=given.device, demo=_is_demo()),
        trust=given.trust,
        to=given.to,
        root=given.system,
        demo=_is_demo(),
    )
    talk.say("applied", version=version, folder=given.to)
    return True


def _verify(talk: Talk, given: argparse.Namespace) -> bool:
    return verifying.verify(talk, given, demo=_is_demo())


def _started(talk: Talk, given: argparse.Namespace) -> bool:
    if given.answered:
        applying.answered(to=given.to, starts=given.starts)
        return True
    if applying.started(to=given.to, starts=given.starts):
        return True
    talk.say("never_answered", version=applying.running(given.to))
    return False


def _back(talk: Talk, given: argparse.Namespace) -> bool:
    talk.say("gone_back", version=applying.go_back(to=given.to, starts=given.starts))
    return True


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("arasha kiosk", description=ABOUT)
    parser.add_argument("--lang", choices=LANGUAGES, help="language (default: from LANG)")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    made = _on_folder(verbs, "build", "make the folder from which a terminal runs", _build)
    made.add_argument("--pack", default="kz", help="a country's code, or a pack's folder")
    made.add_argument("--version", type=int, default=1, metavar="N", help="higher than any before")
    made.add_argument("--wheels", type=Path, required=True, metavar="DIR", help="of the lock")
    made.add_argument("--lock", type=Path, default=wheels.LOCK, metavar="FILE")
    made.add_argument("--fetch", action="store_true", help="download the wheels into DIR first")
    made.add_argument("--audio", type=Path, metavar="DIR", help="spoken help")
    made.add_argument("--drafts", action="store_true", help="for a demo: texts nobody has read")
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", EARLIEST))
    made.add_argument("--epoch", type=int, default=epoch, metavar="SECONDS", help="time of files")

    spoken = _on_folder(verbs, "audio", "let the machine speak what nobody has spoken", _audio)
    spoken.add_argument("--pack", default="kz", help="a country's code, or a pack's folder")

    applied = _on_folder(verbs, "apply", "put a signed build in place", _apply)
    _believing(applied)
    _to(applied)
    applied.add_argument("--system", type=Path, metavar="ROOT", help="lay its links, too: /")

    proved = _on_folder(verbs, "verify", "say what can be proved of a build or terminal", _verify)
    _believing(proved)
    _to(proved)
    proved.add_argument("--proof", type=Path, metavar="FILE", help="the manifest's .tlog-proof")
    proved.add_argument("--policy", type=Path, metavar="FILE", help="instead of the root's own")
    proved.add_argument("--system", type=Path, metavar="ROOT", help="the terminal's disk, or /")

    for verb, about, act in (
        ("started", "count a start of the build that runs", _started),
        ("back", "return to the build before, if this one never answered", _back),
    ):
        on = verbs.add_parser(verb, help=about)
        on.set_defaults(act=act)
        _to(on)
        on.add_argument("--starts", type=Path, default=STARTS, metavar="DIR")
        on.add_argument("--answered", action="store_true", help="it answered: keep it")
    return parser


def _on_folder(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", verb: str, about: str, act: Act
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(verb, help=about)
    parser.add_argument("folder", type=Path)
    parser.set_defaults(act=act)
    return parser


def _believing(parser: argparse.ArgumentParser) -> None:
    pin = parser.add_mutually_exclusive_group(required=True)
    pin.add_argument("--root", type=Path, metavar="FILE", help="the pinned root, 1.root.json")
    pin.add_argument("--device", type=Path, metavar="FILE", help="a device file that pins one")
    parser.add_argument(
        "--trust", type=Path, required=True, metavar="DIR", help="a copy of the root of trust"
    )


def _to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, default=TO, metavar="DIR", help="default: /opt/arasha")


def _is_demo() -> bool:
    return os.environ.get("ARASHA_DEMO") == "True"
