"""The ceremonies as people hold them: keys, proposals, one signature after another, a check."""

import datetime as dt
import io
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from arasha.engines.notes import NOTE, SignerKey
from arasha.engines.sealing import build_text, fingerprint
from arasha.programs.reader.keyring import Card
from arasha.programs.trust import main
from arasha.programs.trust.talk import texts
from arasha.wire import clock
from arasha.wire.image import FileFacts, Manifest
from arasha.wire.talk import LANGUAGES
from tests.programs.log.publishing import served
from tests.wire.trust.test_following import set_of

SIX_WORDS = "six words that nobody else has"


class Office:
    """A folder on a medium, key files, and what the screen said last."""

    def __init__(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.path, self._patch, self._screen = path, monkeypatch, capsys
        self.said = ""

    def do(self, *words: object, typed: str = "", language: str = "en") -> int:
        self._patch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            return main(["--lang", language, *map(str, words)])
        finally:
            self.said = self._screen.readouterr().out

    def key(self, name: str) -> Path:
        """A key for a machine: no passphrase, which would take half a second each."""
        assert self.do("key", self.path / name, "--holder", name, "--online") == 0
        return self.path / f"{name}.pub"

    def keys(self, *names: str) -> list[Path]:
        return [self.key(name) for name in names]

    def write(self, name: str, content: str) -> Path:
        (self.path / name).write_text(content)
        return self.path / name

    def sign(self, name: str, answer: str = "yes") -> int:
        return self.do("sign", self.folder, "--key", self.path / name, typed=f"{answer}\n" * 9)

    @property
    def folder(self) -> Path:
        return self.path / "medium"

    def begin(self) -> None:
        keepers = self.keys("Aigul", "Bolat", "Vera")
        fresh = self.key("freshness")
        words = ["--keeper", *keepers, "--threshold", 2, "--freshness", fresh]
        assert self.do("init", self.folder, "--country", "kz", *words) == 0


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    return Office(tmp_path, monkeypatch, capsys)


def test_a_key_is_sealed_with_a_passphrase_and_opens_with_no_other(office: Office) -> None:
    file = office.path / "Aigul"
    typed = f"{SIX_WORDS}\n{SIX_WORDS}\n"
    assert office.do("key", file, "--holder", "Айгүл", typed=typed) == 0
    assert "Fingerprint, to be read aloud" in office.said
    public = [f"{file}.pub"]
    fresh = office.key("freshness")
    words = ["--keeper", *public, "--threshold", 1, "--freshness", fresh]
    assert office.do("init", office.folder, "--country", "kz", *words) == 0

    wrong = office.do("sign", office.folder, "--key", file, typed="another phrase, quite long\n")
    assert (wrong, "does not open the key" in office.said) == (1, True)
    assert office.do("sign", office.folder, "--key", file, typed=f"{SIX_WORDS}\nда\nиә\n") == 0
    assert (office.folder / "1.root.json").exists()
    assert (office.folder / "1.targets.json").exists()
    assert SIX_WORDS not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("typed", "said"),
    [("short\nshort\n", "at least 16"), (f"{SIX_WORDS}\nno\n", "do not agree"), ("", "Nobody")],
)
def test_a_weak_or_mistyped_passphrase_makes_no_key(office: Office, typed: str, said: str) -> None:
    assert office.do("key", office.path / "key", "--holder", "A", typed=typed) == 1

    assert said in office.said
    assert not (office.path / "key").exists()


def test_nothing_is_in_force_before_enough_keepers_have_signed(office: Office) -> None:
    office.begin()
    assert "the root of trust: 2 more must sign. Any of: Aigul, Bolat, Vera" in office.said

    office.sign("Aigul")
    assert "the root of trust: 1 more must sign. Any of: Bolat, Vera" in office.said
    assert not (office.folder / "1.root.json").exists()

    office.sign("Vera")
    assert "now in force: the root of trust" in office.said
    assert (office.folder / "1.root.json").exists()


def test_a_keeper_who_says_no_signs_nothing(office: Office) -> None:
    office.begin()

    office.sign("Aigul", answer="no")

    assert "Not signed." in office.said
    assert "2 more must sign" in office.said


def test_a_keeper_signs_once(office: Office) -> None:
    office.begin()
    office.sign("Aigul")

    assert office.sign("Aigul") == 1
    assert "Nothing waits for the key of Aigul" in office.said


def with_a_set(office: Office) -> None:
    office.begin()
    for name in ("Aigul", "Bolat"):
        office.sign(name)
    keys = office.keys("N1", "N2", "N3")
    office.do("body", office.folder, "npm", "--key", *keys, "--threshold", 2)
    for name in ("Aigul", "Bolat"):
        office.sign(name)
    office.do("set", office.folder, office.write("set.txt", build_text(set_of("npm"))))
    for name in ("N1", "N3"):
        office.sign(name)
    office.do("timestamp", office.folder, "--key", office.path / "freshness")


def test_a_body_s_set_is_shown_in_words_before_it_is_signed(office: Office) -> None:
    office.begin()
    for name in ("Aigul", "Bolat"):
        office.sign(name)
    keys = office.keys("N1", "N2")
    office.do("body", office.folder, "npm", "--key", *keys, "--threshold", 2)
    office.do("set", office.folder, office.write("set.txt", build_text(set_of("npm"))))

    assert "npm-1, version 1, 2026-01-01 to 2026-12-31" in office.said
    member = set_of("npm").members[0]
    assert f"{fingerprint(member.key)}  can read: Officer (npm)" in office.said
    assert "the office key in the safe: Office key" in office.said


def test_a_change_is_told_by_plus_and_minus(office: Office) -> None:
    with_a_set(office)

    office.do("set", office.folder, office.write("set.txt", build_text(set_of("npm", 2))))

    assert "  + npm-2, version 2" in office.said
    assert "  − npm-1, version 1" in office.said


def test_a_whole_ceremony_is_believed_by_a_terminal(office: Office) -> None:
    with_a_set(office)

    answer = office.do("check", office.folder, "--root", office.folder / "1.root.json")

    assert answer == 0
    assert "Believed: npm-1 (npm)" in office.said
    assert "a terminal would believe this folder. Root No. 1" in office.said


def test_a_folder_that_somebody_changed_is_not_believed(office: Office) -> None:
    with_a_set(office)
    [target] = (office.folder / "targets").rglob("*.txt")
    target.write_text(target.read_text().replace("Officer", "Offiser"))

    assert office.do("check", office.folder, "--root", office.folder / "1.root.json") == 1
    assert "The file is damaged, or not what was signed" in office.said


def test_rotation_needs_the_old_keepers_and_the_new_ones(office: Office) -> None:
    with_a_set(office)
    new = office.keys("Gul", "Dana", "Ermek")

    office.do("rotate", office.folder, "--keeper", *new, "--threshold", 2)
    for name in ("Gul", "Dana"):
        office.sign(name)
    assert "the root of trust: 2 more must sign. Any of: Aigul, Bolat, Vera" in office.said
    for name in ("Aigul", "Vera"):
        office.sign(name)
    office.do("timestamp", office.folder, "--key", office.path / "freshness")

    assert office.do("check", office.folder, "--root", office.folder / "1.root.json") == 0
    assert "Root No. 2" in office.said


def test_show_tells_what_is_over(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with_a_set(office)
    later = clock.now() + dt.timedelta(days=4_000)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert office.do("show", office.folder) == 0
    assert "keeps nobody from writing. Sign it again" in office.said
    assert "the body npm signs its own set, at least 2 of: N1" in office.said


def test_a_key_of_the_log_is_added_and_anything_else_is_refused(office: Office) -> None:
    office.begin()
    for name in ("Aigul", "Bolat"):
        office.sign(name)
    vkey = SignerKey("arasha.example/log", NOTE, bytes([1] * 32)).verifier

    assert office.do("add", office.folder, "log/vkey", office.write("log", f"{vkey}\n")) == 0
    whole = sha256(f"{vkey}\n".encode()).hexdigest()
    assert f"+ file log/vkey, SHA-256 {whole}" in office.said
    assert f"+     log/vkey: {vkey}" in office.said
    office.sign("Aigul", answer="no")
    assert f"+     log/vkey: {vkey}" in office.said
    assert office.do("add", office.folder, "sets/npm/x.txt", office.write("x", "x")) == 1
    assert "is no target" in office.said


def test_three_image_keys_are_let_in_and_two_of_them_sign_a_build(office: Office) -> None:
    office.begin()
    keys = office.keys("Aidar", "Botagoz", "Chingiz")
    assert office.do("images", office.folder) == 1
    assert "Nothing was proposed" in office.said
    assert office.do("images", office.folder, "--key", *keys, "--threshold", 1) == 1
    assert "at least 2 signatures of 3 keys" in office.said
    assert office.do("images", office.folder, "--key", *keys) == 0
    assert "+ what runs on terminals is signed by at least 2 of: Aidar" in office.said
    for name in ("Aigul", "Bolat"):
        office.sign(name)

    build = Manifest(1, {"screen": FileFacts("0" * 64, 7)}).to_json().decode()
    assert office.do("images", office.folder, "--manifest", office.write("m.json", build)) == 0
    assert office.sign("Aidar") == 0
    assert "now in force" not in office.said
    assert office.sign("Botagoz") == 0
    assert "now in force: the builds of the terminal" in office.said


def test_every_key_of_a_set_has_the_digits_of_its_card(office: Office) -> None:
    with_a_set(office)
    office.do("show", office.folder)

    for member in set_of("npm").members:
        card = Card("Officer", member.key)
        assert f"{card.fingerprint}  " in office.said


def test_signs_that_would_turn_a_line_around_are_shown_as_codes(office: Office) -> None:
    office.begin()
    vkey = SignerKey("arasha.example/log", NOTE, bytes([1] * 32)).verifier
    text = f"# \u202e {vkey}\nlog {vkey}\nquorum none\n"

    assert office.do("add", office.folder, "log/policy", office.write("policy", text)) == 0
    assert rf"log/policy: # \u202e {vkey}" in office.said
    assert "\u202e" not in office.said


def test_what_was_exchanged_after_the_proposal_is_signed_by_nobody(office: Office) -> None:
    office.begin()
    shown, signed = (
        SignerKey("arasha.example/log", NOTE, bytes([each] * 32)).verifier for each in (1, 2)
    )
    office.do("add", office.folder, "log/vkey", office.write("log", f"{signed}\n"))
    [target] = (office.folder / "targets").rglob("*.vkey")
    target.write_text(f"{shown}\n")

    office.sign("Aigul")
    assert office.sign("Bolat") == 1

    assert "Not signed: log/vkey" in office.said
    assert str(shown) not in office.said
    assert not (office.folder / "1.targets.json").exists()
    target.unlink()
    assert office.sign("Bolat") == 1
    assert "NOT IN THIS FOLDER" in office.said


def test_the_folder_of_a_ceremony_waits_for_no_stamp(office: Office) -> None:
    office.begin()
    for name in ("Aigul", "Bolat"):
        office.sign(name)

    assert office.do("show", office.folder) == 0

    assert "Not there yet: the mark of freshness. The server adds it" in office.said


def test_a_check_names_the_file_that_is_missing(office: Office) -> None:
    with_a_set(office)
    (office.folder / "1.snapshot.json").unlink()
    words = ["check", office.folder, "--root", office.folder / "1.root.json"]

    for language in LANGUAGES:
        assert office.do(*words, language=language) == 1
        assert "1.snapshot.json" in office.said
    (office.folder / "timestamp.json").unlink()
    assert office.do(*words) == 1
    assert "The file timestamp.json is not there" in office.said


def test_what_a_server_publishes_is_checked_at_its_address_and_copied(
    office: Office, tmp_path: Path
) -> None:
    with_a_set(office)
    root, copy = office.folder / "1.root.json", tmp_path / "copy"
    with served(office.folder) as address:
        words = ["check", f"{address}/", "--root", root]
        assert office.do(*words, "--copy", copy) == 0
        assert "Believed: npm-1 (npm)" in office.said
        assert office.do(*words, "--copy", copy) == 1
        assert "is not empty" in office.said

    assert office.do("check", copy, "--root", root) == 0
    assert office.do(*words) == 1
    assert "The server did not answer" in office.said


@pytest.mark.parametrize(
    "words",
    [
        ["show", "nowhere"],
        ["rotate", "nowhere"],
        ["sign", "nowhere", "--key", "none"],
        ["set", "nowhere", "none"],
    ],
)
def test_what_cannot_be_done_is_said_in_words(office: Office, words: list[str]) -> None:
    assert office.do(*words) == 1
    assert office.said.strip()
    assert "Traceback" not in office.said


@pytest.mark.parametrize("code", ["npm.kz", "NPM", "a/b", "npm-"])
def test_a_body_whose_code_no_file_can_bear_is_refused(office: Office, code: str) -> None:
    office.begin()
    words = ["body", office.folder, code, "--key", office.key("N1"), "--threshold", 1]

    assert office.do(*words) == 1
    assert f"“{code}” cannot be the code of a body" in office.said and "No dot" in office.said
    assert office.do(*words, language="kk") == 1
    assert "Нүкте болмайды" in office.said
    assert not (office.folder / "proposed" / f"body-{code}.json").exists()


@pytest.mark.parametrize("version", [1, 3])
def test_a_set_s_version_grows_by_exactly_one(office: Office, version: int) -> None:
    with_a_set(office)
    text = build_text(replace(set_of("npm", version), set_id="npm-next"))

    assert office.do("set", office.folder, office.write("next.txt", text)) == 1

    assert f"is {version}, and the next one is 2" in office.said
    assert office.do("set", office.folder, office.path / "next.txt", language="ru") == 1
    assert f"Версия списка {version}, а следующая должна быть 2" in office.said


def test_a_proposal_that_was_not_signed_may_be_made_again(office: Office) -> None:
    with_a_set(office)
    text = build_text(set_of("npm", 2))

    assert office.do("set", office.folder, office.write("next.txt", text)) == 0
    assert office.do("set", office.folder, office.path / "next.txt") == 0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: text.replace("valid 2026-01-01", "valid 1 January"), "Mend this: 'valid'"),
        (lambda text: text.replace("body npm", "body Npm"), "Mend this: 'Npm' is not a name"),
        (lambda text: "\n".join(text.split("\n")[:6]) + "\n", "at least two officers"),
        (lambda text: text.replace(" npm age1", " office-astana age1"), "no officer of npm itself"),
        (lambda text: text.encode("utf-16").decode("latin-1"), "Mend this"),
    ],
)
def test_a_set_that_cannot_be_used_is_refused_in_three_languages(
    office: Office, spoil: Callable[[str], str], words: str
) -> None:
    file = office.write("set.txt", "")
    file.write_bytes(spoil(build_text(set_of("npm"))).encode("latin-1"))

    assert office.do("set", office.folder, file) == 1
    assert words in office.said
    for language, end in (("kk", "Ештеңе ұсынылған жоқ."), ("ru", "Ничего не предложено.")):
        assert office.do("set", office.folder, file, language=language) == 1
        assert office.said.strip().endswith(end)


@pytest.mark.parametrize("threshold", [0, 4])
def test_a_threshold_that_nobody_could_meet_is_refused(office: Office, threshold: int) -> None:
    keepers, fresh = office.keys("A", "B", "C"), office.key("freshness")
    words = ["--keeper", *keepers, "--threshold", threshold, "--freshness", fresh]

    assert office.do("init", office.folder, "--country", "kz", *words) == 1
    assert f"{threshold} of 3 keys cannot sign" in office.said


def test_one_key_handed_in_twice_is_refused(office: Office) -> None:
    keeper, fresh = office.key("A"), office.key("freshness")
    words = ["--keeper", keeper, keeper, "--threshold", 2, "--freshness", fresh]

    assert office.do("init", office.folder, "--country", "kz", *words) == 1
    assert "handed in twice" in office.said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_every_language(office: Office, language: str) -> None:
    assert all(set(words) == set(LANGUAGES) for words in texts().values())
    office.begin()
    office.do("show", office.folder, language=language)

    assert texts()["role_root"][language] in office.said
