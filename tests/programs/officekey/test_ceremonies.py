"""The ceremonies, typed and read as people do: each mistake first, then the whole day."""

import base64
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
import pytest

from arasha.engines.sealing import build_text, fingerprint, split
from arasha.programs import officekey
from arasha.programs.officekey import command, machine
from arasha.programs.officekey.sheets import Key
from arasha.programs.officekey.sheets import split as split_key
from arasha.programs.officekey.talk import WIPE, texts
from arasha.wire.talk import LANGUAGES
from tests.browser.traces import files_with
from tests.programs import stand
from tests.programs.officekey.sealed import KEY, MARKER, sealed_appeal

SHEETS = split_key(KEY)
HOLDERS = ["Айгүл", "Болат", "Вера"]
CHECK = ["check", "--recipient", KEY.recipient]


@dataclass
class Table:
    """The offline machine's keyboard and screen."""

    monkeypatch: pytest.MonkeyPatch
    folder: Path
    shown: io.StringIO = field(default_factory=io.StringIO)

    def run(self, words: Sequence[object], *typed: str, language: str = "en") -> int:
        self.monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        self.shown = io.StringIO()
        self.monkeypatch.setattr("sys.stdout", self.shown)
        argv = ["--exercise", "--lang", language, *map(str, words)]
        return officekey.main(argv)

    @property
    def said(self) -> str:
        return self.shown.getvalue()


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Table:
    return Table(monkeypatch, tmp_path)


def line(number: int, sheets: list[list[str]] = SHEETS) -> str:
    return " ".join(sheets[number])


# Before anything


def test_a_machine_with_a_network_or_swap_makes_no_key(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "faults", lambda: ["network"])

    assert command.main(["--lang", "en", *CHECK]) == 1
    assert "Pull the cable" in capsys.readouterr().out


def test_the_kernels_files_tell_whether_the_machine_is_offline(tmp_path: Path) -> None:
    for name, state in (("lo", "unknown"), ("eth0", "down"), ("wlan0", "up")):
        (tmp_path / "sys/class/net" / name).mkdir(parents=True)
        (tmp_path / "sys/class/net" / name / "operstate").write_text(f"{state}\n")
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc/swaps").write_text("Filename Type Size\n/dev/sda2 partition 8388604\n")

    assert machine.faults(tmp_path) == ["network", "swap"]
    (tmp_path / "sys/class/net/wlan0/operstate").write_text("down\n")
    (tmp_path / "proc/swaps").write_text("Filename Type Size\n")
    assert machine.faults(tmp_path) == []


def test_every_text_has_all_three_languages() -> None:
    assert all(tuple(words) == LANGUAGES for words in texts().values())
    assert all(word.strip() for words in texts().values() for word in words.values())


def test_without_its_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(officekey, "NEEDED", ("no_such_module",))

    assert officekey.main(CHECK) == 2
    assert capsys.readouterr().err.count("'.[opening]'") == 3


# Making


@pytest.mark.parametrize("holders", [["A", "B"], ["A", "B", "B"], ["A", "B", " "]])
def test_three_different_people_hold_the_sheets(table: Table, holders: list[str]) -> None:
    assert table.run(["make", "--out", table.folder / "key.txt", "--holders", *holders]) == 1
    assert "three different people" in table.said
    assert list(table.folder.iterdir()) == []


def test_a_public_key_is_never_written_over(table: Table) -> None:
    (table.folder / "key.txt").write_text("age1old\n")

    assert table.run(["make", "--out", table.folder / "key.txt", "--holders", *HOLDERS]) == 1
    assert "is there already" in table.said


def test_a_printer_that_is_not_there_is_told_and_no_key_is_made(table: Table) -> None:
    words = ["make", "--out", table.folder / "key.txt", "--printer", table.folder / "no" / "lp0"]

    assert table.run([*words, "--holders", *HOLDERS], "", "") == 1
    assert "No key is in use" in " ".join(table.said.split("\n"))
    assert not (table.folder / "key.txt").exists()


def sheets_shown(said: str) -> list[list[str]]:
    screens = [part for part in said.split(WIPE) if "33. " in part]
    return [_words(screen) for screen in screens]


def _words(screen: str) -> list[str]:
    parts = " ".join(screen.split("\n")).split()
    numbers = [place for place, part in enumerate(parts) if part.rstrip(".").isdigit()]
    numbered = {parts[place]: parts[place + 1] for place in numbers if parts[place][-1] == "."}
    return [numbered[f"{place}."] for place in range(1, 34)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ceremony_from_making_to_checking_each_pair(table: Table, language: str) -> None:
    public = table.folder / "key.txt"
    make = ["make", "--out", public, "--holders", *HOLDERS]
    assert table.run(make, *[""] * 6, language=language) == 0
    sheets = sheets_shown(table.said)
    recipient, told = public.read_text().splitlines()

    assert len(sheets) == 3
    assert told == fingerprint(recipient)
    for first, second in ((0, 1), (0, 2), (1, 2)):
        typed = (line(first, sheets), line(second, sheets))
        assert table.run(["check", "--recipient", public], *typed, language=language) == 0
        assert {"kk": "ИӘ", "ru": "ДА", "en": "YES"}[language] in table.said


def test_sheets_are_shown_apart_each_on_a_wiped_screen(table: Table) -> None:
    table.run(["make", "--out", table.folder / "key.txt", "--holders", *HOLDERS], *[""] * 6)

    screens = table.said.split(WIPE)
    assert [sum(name in screen for name in HOLDERS) for screen in screens[1:6:2]] == [1, 1, 1]
    assert all("33. " not in screen for screen in screens[::2])


def test_a_printer_gets_plain_letters_and_the_screen_shows_no_words(table: Table) -> None:
    printer = table.folder / "lp0"
    printer.touch()
    words = ["make", "--out", table.folder / "key.txt", "--printer", printer]
    assert table.run([*words, "--holders", *HOLDERS], *[""] * 6) == 0

    printed = printer.read_bytes().decode("ascii").split("\f")
    assert [_words(page)[:2] for page in printed[:3]] == [_words(printed[0])[:2]] * 3
    assert "33. " not in table.said


def test_no_secret_reaches_the_disk(tmp_path: Path) -> None:
    command_line = [sys.executable, "-m", "arasha", "officekey", "--exercise", "--lang", "en"]
    command_line += ["make", "--out", str(tmp_path / "key.txt"), "--holders", *HOLDERS]
    environment = os.environ | {"HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    environment |= {"PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(
        command_line, input="\n" * 6, capture_output=True, text=True, check=True,
        env=environment, cwd=tmp_path,
    )  # fmt: skip
    words = sheets_shown(done.stdout)

    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["key.txt"]
    assert all(files_with(tmp_path, " ".join(sheet[:2])) == [] for sheet in words)
    assert files_with(tmp_path, "AGE-SECRET-KEY") == []


# Typing sheets


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((), "No answer came"),
        (("",), "No sheet was typed"),
        ((line(0), ""), "One sheet opens nothing"),
        ((line(0), line(0)), "typed twice"),
        ((line(0), line(1, split_key(Key(bytes(32))))), "belong to two keys"),
        ((line(0) + " duck",), "came to 34 words"),
        ((" ".join(SHEETS[0][:-1]) + " duckling",), "do not agree"),
        ((line(0), "ducking", line(1)), "From word 1"),
    ],
)
def test_every_mistake_with_a_sheet_is_told_with_what_to_do(
    table: Table, typed: tuple[str, ...], said: str
) -> None:
    status = table.run(CHECK, *typed)

    assert said in table.said
    assert status == (0 if "ducking" in typed else 1)


def test_the_sheets_of_another_key_do_not_give_the_published_one(table: Table) -> None:
    others = split_key(Key(bytes(32)))

    assert table.run(CHECK, line(0, others), line(2, others)) == 1
    assert "NO: these two sheets give another key" in table.said
    assert fingerprint(Key(bytes(32)).recipient) in table.said


def test_a_published_key_that_is_none_is_told(table: Table) -> None:
    assert table.run(["check", "--recipient", table.folder / "none.txt"]) == 1
    assert "neither a public key" in table.said


def test_words_may_be_typed_on_many_lines_and_short(table: Table) -> None:
    first = [word[:4] for word in SHEETS[0]]
    lines = [" ".join(first[start : start + 5]) for start in range(0, 33, 5)]

    assert table.run(CHECK, *lines, line(1)) == 0
    assert "YES" in table.said


# Opening


def export(folder: Path) -> dict[str, bytes]:
    recipients = [pyrage.x25519.Recipient.from_str(KEY.recipient)]
    code, envelope = sealed_appeal()
    other, _ = sealed_appeal("another")
    sealed = {
        f"{code}.age": envelope,
        f"{other}.age": sealed_appeal("swapped")[1],
        f"{code}/scan.age": pyrage.encrypt(b"%PDF-1.7", recipients),
        "damaged.age": envelope[:-9] + bytes(9),
        "others.age": sealed_appeal(key=Key(bytes(32)))[1],
    }
    for name, content in sealed.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(content)
    return sealed


def opening(table: Table, **changes: object) -> list[object]:
    given = {
        "--export": table.folder / "export",
        "--to": table.folder / "opened",
        "--recipient": KEY.recipient,
        "--reason": "Екі қызметкер де кілтінен айырылды",
    } | {f"--{name}": value for name, value in changes.items()}
    return ["open", *(part for pair in given.items() for part in pair), "--present", *HOLDERS]


def test_an_export_folder_that_is_not_there_is_told(table: Table) -> None:
    assert table.run(opening(table)) == 1
    assert "There is no folder" in table.said


def test_a_folder_without_sealed_files_is_told(table: Table) -> None:
    (table.folder / "export").mkdir()

    assert table.run(opening(table)) == 1
    assert "no .age file" in table.said


def test_nothing_is_opened_into_a_folder_that_holds_something(table: Table) -> None:
    export(table.folder / "export")

    assert table.run(opening(table, to=table.folder / "export")) == 1
    assert "is not empty" in table.said


def test_one_person_alone_opens_nothing(table: Table) -> None:
    export(table.folder / "export")

    assert table.run(opening(table)[:-2]) == 1
    assert "at least two people" in table.said


def test_sheets_of_another_key_open_nothing(table: Table) -> None:
    export(table.folder / "export")
    others = split_key(Key(bytes(32)))

    assert table.run(opening(table), line(0, others), line(1, others)) == 1
    assert not (table.folder / "opened").exists()


def test_what_can_be_opened_is_and_the_protocol_tells_of_each_file(table: Table) -> None:
    sealed = export(table.folder / "export")
    code = next(iter(sealed)).removesuffix(".age")
    assert table.run(opening(table), line(1), line(2)) == 1
    opened = table.folder / "opened"
    protocol = (opened / "protocol.txt").read_text()

    assert MARKER in (opened / f"{code}.txt").read_text()
    assert (opened / code / "scan").read_bytes() == b"%PDF-1.7"
    assert all(name in protocol for name in (*HOLDERS, "damaged.age", KEY.recipient))
    for state in ("not sealed to this office key", "damaged", "is not the one in its name"):
        assert state in protocol
    assert MARKER not in protocol
    assert {path.stat().st_mode & 0o77 for path in opened.rglob("*")} == {0}


# Adding readers


def headers_file(folder: Path) -> tuple[Path, bytes]:
    code, envelope = sealed_appeal()
    header, payload = split(envelope)
    foreign = split(sealed_appeal(key=Key(bytes(32)))[1])[0]
    content = [("one", code, header), ("two", "0" * 24, foreign), ("three", "1" * 24, b"rubbish")]
    listed = [
        {
            "appeal": appeal,
            "code": code,
            "part": "text",
            "header": base64.b64encode(header).decode(),
        }
        for appeal, code, header in content
    ]
    path = folder / "headers.json"
    path.write_text(json.dumps({"headers": listed, "next": None}))
    return path, payload


def rewrapping(table: Table, headers: Path) -> list[object]:
    newest = table.folder / "set.txt"
    newest.write_text(build_text(stand.recipients(version=2)))
    words = ["rewrap", "--headers", headers, "--set", newest, "--to", table.folder / "made"]
    return [*words, "--recipient", KEY.recipient, "--reason", "x", "--present", *HOLDERS]


def test_a_set_that_differs_from_the_cards_adds_nobody(table: Table) -> None:
    headers, _ = headers_file(table.folder)

    assert table.run(rewrapping(table, headers), "no") == 1
    assert fingerprint(str(stand.IDENTITIES[0].to_public())) in table.said
    assert not (table.folder / "made").exists()


@pytest.mark.parametrize("content", ["[]", "{", '{"headers": [{"appeal": 1}]}', "[" * 100_000])
def test_a_file_that_holds_no_headers_is_told(table: Table, content: str) -> None:
    headers, _ = headers_file(table.folder)
    headers.write_text(content)

    assert table.run(rewrapping(table, headers), "yes") == 1
    assert "no file of headers" in table.said


def test_new_officers_get_headers_that_open_the_same_payload(table: Table) -> None:
    headers, payload = headers_file(table.folder)
    assert table.run(rewrapping(table, headers), "yes", line(0), line(2)) == 1
    made = json.loads((table.folder / "made/headers.json").read_text())

    assert made["set"] == "ombudsperson-2"
    assert [(each["appeal"], each["part"]) for each in made["headers"]] == [("one", "text")]
    envelope = base64.b64decode(made["headers"][0]["header"]) + payload
    assert MARKER.encode() in pyrage.decrypt(envelope, [stand.IDENTITIES[1]])
    assert "1 of 3" in table.said
