"""The four ceremonies at the offline machine, each as the people around it live it."""

import argparse
import base64
import binascii
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arasha.engines.notes import MalformedError
from arasha.engines.sealing import RecipientSet, fingerprint, parse_recipient, parse_text
from arasha.engines.sealing.errors import EnvelopeError, RecipientError, SealingError
from arasha.programs.officekey import protocol
from arasha.programs.officekey.opening import open_file
from arasha.programs.officekey.protocol import Line
from arasha.programs.officekey.rewrap import FalseHeaderError, NotOursError, rewrap
from arasha.programs.officekey.sheets import (
    SECRET_BYTES,
    SHEETS,
    Key,
    SheetError,
    join,
    split,
)
from arasha.programs.officekey.talk import ask_sheets, sheet_lines, wipe
from arasha.wire.keyfile import KeyFileError, write_private
from arasha.wire.talk import Talk

FEWEST_PRESENT = 2


@dataclass(frozen=True, slots=True)
class Header:
    """The first header of one part of an appeal: its text, its title card or an attachment."""

    appeal: str
    code: str
    part: str
    header: bytes


def make(talk: Talk, given: argparse.Namespace) -> bool:
    """Make a key, give its sheets to three holders one after the other, write the public part."""
    holders = [name.strip() for name in given.holders]
    if len(holders) != SHEETS or len(set(filter(None, holders))) != SHEETS:
        raise SheetError("three_holders")
    if given.out.exists():
        raise SheetError("file_there", file=given.out)
    key = Key(secrets.token_bytes(SECRET_BYTES))
    talk.say("making")
    for number, (holder, words) in enumerate(zip(holders, split(key), strict=True), start=1):
        _hand_over(talk, key, words, number=number, holder=holder, printer=given.printer)
    write(given.out, f"{key.recipient}\n{fingerprint(key.recipient)}\n".encode())
    talk.say("made", file=given.out)
    talk.write(key.recipient)
    talk.say("fingerprint", fingerprint=fingerprint(key.recipient))
    talk.say("next_check", file=given.out)
    return True


def _hand_over(
    talk: Talk, key: Key, words: list[str], *, number: int, holder: str, printer: Path | None
) -> None:
    talk.ask("holder_alone", sheet=number, holder=holder)
    wipe(talk)
    sheet = "\n".join([fingerprint(key.recipient), *sheet_lines(words)])
    talk.say("sheet_title", sheet=number, sheets=SHEETS, holder=holder)
    if printer is None:
        talk.write(sheet)
        talk.say("copy_sheet")
    else:
        _print(printer, f"Sheet {number} of {SHEETS}\n\n{sheet}\n\f")
        talk.say("printed_sheet")
    talk.ask("copied")
    wipe(talk)


def _print(printer: Path, text: str) -> None:
    # Straight to the device: a spooler would keep the sheet on the disk.
    try:
        with printer.open("ab", buffering=0) as device:
            device.write(text.replace("\n", "\r\n").encode("ascii"))
    except OSError as error:
        raise SheetError("no_printer", file=printer, detail=error.strerror) from error


def check(talk: Talk, given: argparse.Namespace) -> bool:
    """Tell whether two sheets give the published key."""
    published = read_recipient(given.recipient)
    found = join(ask_sheets(talk)).recipient
    if found != published:
        talk.say("no", fingerprint=fingerprint(found))
        return False
    talk.say("yes")
    return True


def open_export(talk: Talk, given: argparse.Namespace) -> bool:
    """Open every sealed file of a folder into another one, and write the protocol beside them."""
    sealed = _sealed_files(given.export)
    _check_target(given)
    key = _key(talk, given)
    lines = []
    for path in sealed:
        content = path.read_bytes()
        state, name, opened = open_file(talk, content, name=path.stem, key=key)
        if opened is not None:
            write(given.to / path.relative_to(given.export).with_name(name), opened)
        lines.append(Line(str(path.relative_to(given.export)), content, state, opened is not None))
    return _conclude(talk, given, lines, act=talk.words("protocol_act_open"))


def rewrap_headers(talk: Talk, given: argparse.Namespace) -> bool:
    """Seal the file keys of exported headers to a new set: a file that the desk takes back."""
    headers, recipient_set = _read_headers(given.headers), _read_set(given.set)
    _check_target(given)
    _compare(talk, recipient_set)
    key = _key(talk, given)
    lines, made = [], []
    for each in headers:
        state, fresh = _rewrapped(talk, each.header, key=key, recipients=recipient_set.keys)
        if fresh is not None:
            coded = base64.b64encode(fresh).decode()
            made.append({"appeal": each.appeal, "part": each.part, "header": coded})
        lines.append(Line(f"{each.code} {each.part}", each.header, state, fresh is not None))
    content = {"v": 1, "set": recipient_set.set_id, "headers": made}
    write(given.to / "headers.json", json.dumps(content, indent=1).encode() + b"\n")
    act = talk.words("protocol_act_rewrap", set=recipient_set.set_id)
    return _conclude(talk, given, lines, act=act)


def _rewrapped(
    talk: Talk, header: bytes, *, key: Key, recipients: Sequence[str]
) -> tuple[str, bytes | None]:
    try:
        return talk.words("rewrapped"), rewrap(header, key=key, recipients=recipients)
    except NotOursError:
        return talk.words("not_ours"), None
    except FalseHeaderError:
        return talk.words("false_header"), None
    except EnvelopeError:
        return talk.words("damaged"), None


def _compare(talk: Talk, recipient_set: RecipientSet) -> None:
    talk.say("compare_set", set=recipient_set.set_id)
    for member in recipient_set.members:
        talk.write(f"  {fingerprint(member.key)}  {member.label}")
    if not talk.agrees("same_as_cards"):
        raise SheetError("stopped")


def _key(talk: Talk, given: argparse.Namespace) -> Key:
    published = read_recipient(given.recipient)
    key = join(ask_sheets(talk))
    if key.recipient != published:
        raise SheetError("no", fingerprint=fingerprint(key.recipient))
    return key


def _check_target(given: argparse.Namespace) -> None:
    if len({name.strip() for name in given.present} - {""}) < FEWEST_PRESENT:
        raise SheetError("few_present")
    if given.to.exists() and (not given.to.is_dir() or any(given.to.iterdir())):
        raise SheetError("not_empty", file=given.to)


def _conclude(talk: Talk, given: argparse.Namespace, lines: Sequence[Line], *, act: str) -> bool:
    path = given.to / "protocol.txt"
    recipient = read_recipient(given.recipient)
    text = protocol.build(talk, given, lines, act=act, recipient=recipient)
    write(path, text.encode())
    for line in lines:
        talk.write(f"{line.name}: {line.state}")
    good = sum(line.is_good for line in lines)
    talk.say("result", good=good, all=len(lines), file=path)
    return good == len(lines)


def _sealed_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise SheetError("not_a_folder", file=folder)
    found = sorted(path for path in folder.rglob("*.age") if path.is_file())
    if not found:
        raise SheetError("nothing_sealed", file=folder)
    return found


def read_recipient(given: str) -> str:
    """Return the recipient that `given` is, or that stands first in the file it names."""
    text = given
    try:
        if not given.startswith("age1"):
            text = Path(given).read_text(encoding="ascii").partition("\n")[0].strip()
        parse_recipient(text)
    except (OSError, UnicodeDecodeError, RecipientError) as error:
        raise SheetError("bad_recipient", text=given[:80]) from error
    return text


def _read_headers(path: Path) -> list[Header]:
    try:
        return list(_parsed_headers(json.loads(path.read_bytes())))
    except (OSError, KeyError, TypeError, ValueError, RecursionError, binascii.Error) as error:
        raise SheetError("bad_headers", file=path, detail=error) from error


def _parsed_headers(content: Any) -> Iterator[Header]:
    """The same fields as the desk's list of headers, and nothing that is not text."""
    for each in content["headers"]:
        appeal, code, part = (each[name] for name in ("appeal", "code", "part"))
        if not all(isinstance(name, str) for name in (appeal, code, part)):
            raise TypeError("appeal, code and part are texts")
        yield Header(appeal, code, part, base64.b64decode(each["header"], validate=True))


def _read_set(path: Path) -> RecipientSet:
    try:
        data = path.read_bytes()
        return parse_text(data.decode())
    except (OSError, UnicodeDecodeError, MalformedError, SealingError) as error:
        raise SheetError("bad_set", file=path, detail=error) from error


def write(path: Path, content: bytes) -> None:
    """Write a new file for its owner's eyes. Raises SheetError."""
    try:
        write_private(path, content)
    except KeyFileError as error:
        raise SheetError("file_there", file=path) from error
    except OSError as error:
        raise SheetError("not_written", file=path, detail=error.strerror) from error
