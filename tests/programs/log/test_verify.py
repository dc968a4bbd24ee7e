"""`arasha log verify`: what an auditor or an appellant is told, and with which exit status."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

from arasha.engines import translog
from arasha.engines.notes import filing_code, grouped
from arasha.programs import log as program
from arasha.programs.log.inputs import texts
from arasha.wire.talk import LANGUAGES
from tests.engines.translog.small_log import Log, entries

INDEX = 70


@dataclass
class Desk:
    """An auditor's folder, with a proof and a policy."""

    folder: Path
    log: Log
    read: Callable[[], str]

    @property
    def code(self) -> str:
        return filing_code(self.log.nodes[0, INDEX])

    def put(self, *witnesses: str, quorum: str = "2") -> None:
        self.folder.joinpath("policy").write_text(self.log.policy_text(quorum))
        self.folder.joinpath("proof").write_text(str(self.log.proof(INDEX, *witnesses)))

    def verify(self, *more: str, proof: str = "proof", policy: str = "policy") -> tuple[int, str]:
        paths = [str(self.folder / proof), "--policy", str(self.folder / policy)]
        return program.main(["verify", *paths, *more]), self.read()


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    monkeypatch.delenv("LANG", raising=False)
    log = Log()
    log.append([translog.leaf_hash(entry) for entry in entries(100)])
    made = Desk(tmp_path, log, lambda: capsys.readouterr().out)
    made.put("court", "ngo")
    return made


def test_a_proof_with_its_code_is_proved_and_the_limits_are_told(desk: Desk) -> None:
    status, said = desk.verify("--code", grouped(desk.code))

    assert status == 0
    assert said.startswith("PROVED\n")
    assert "number 71 of the 100 entries" in said
    assert f"The filing code {grouped(desk.code)} belongs to this entry." in said
    assert "  court (court.example/w): 2026-11-22 (UTC)" in said
    assert "whose filing" not in said.lower()
    assert "The day of filing. If a witness above tells the truth" in said


def test_without_a_code_it_cannot_tell_whose_filing_this_is(desk: Desk) -> None:
    status, said = desk.verify()

    assert status == 0
    assert "Whose filing it is. Without a code, this command cannot tell" in said
    assert grouped(desk.code) in said


def test_without_witnesses_it_says_that_no_day_is_known(desk: Desk) -> None:
    desk.put(quorum="none")

    status, said = desk.verify()

    assert status == 0
    assert "Any day, and that everybody sees the same log. No witness" in said
    assert "2026" not in said


def test_the_minute_of_a_witness_is_not_shown(desk: Desk) -> None:
    assert "12:00" not in desk.verify()[1]


def test_the_proof_of_another_filing_does_not_prove_yours(desk: Desk) -> None:
    other = filing_code(desk.log.nodes[0, INDEX + 1])

    status, said = desk.verify("--code", other)

    assert status == 1
    assert f"belongs to another filing code: {grouped(desk.code)}" in said


def test_too_few_witnesses_do_not_prove(desk: Desk) -> None:
    desk.put("court")

    status, said = desk.verify()

    assert status == 1
    assert said.startswith("NOT PROVED\nToo few of the witnesses")


@pytest.mark.parametrize(
    ("old", "new", "status", "words"),
    [
        ("index 70\n", "index 71\n", 1, "The entry is not in the log"),
        ("\n100\n", "\n101\n", 1, "A signature in the proof is false"),
        ("arasha\n100", "other\n100", 1, "Your policy does not know the log"),
        ("— log.example", "— log2.example", 1, "No key that your policy trusts"),
        ("extra ", "Extra ", 2, "is not a whole proof"),
        ("\n100\n", "\n0100\n", 2, "tree size is a number"),
        ("\n", "\r\n", 2, "carriage returns"),
    ],
)
def test_an_altered_proof_is_refused_in_words(
    desk: Desk, old: str, new: str, status: int, words: str
) -> None:
    altered = str(desk.log.proof(INDEX, "court", "ngo")).replace(
        old, new, 1 if "\r" not in new else -1
    )
    desk.folder.joinpath("proof").write_bytes(altered.encode())

    answer, said = desk.verify()

    assert answer == status
    assert words in said


def test_a_proof_that_is_cut_off_cannot_be_checked(desk: Desk) -> None:
    data = desk.folder.joinpath("proof").read_bytes()
    desk.folder.joinpath("proof").write_bytes(data[: len(data) // 2])

    status, said = desk.verify()

    assert status == 2
    assert "something cut it off or rewrote it" in said


@pytest.mark.parametrize("content", [b"", b"\xff" * 100, b"\n" * 10, b"x" * 1_000_001])
def test_any_other_file_cannot_be_checked(desk: Desk, content: bytes) -> None:
    desk.folder.joinpath("other").write_bytes(content)

    assert desk.verify(proof="other")[0] == 2
    assert desk.verify(policy="other")[0] == 2


def test_a_missing_file_and_a_folder_are_named(desk: Desk) -> None:
    for name in ("nowhere", "."):
        status, said = desk.verify(proof=name)
        assert status == 2
        assert f"{desk.folder / name} cannot be read: " in said


def test_a_mistake_in_the_policy_is_told_with_its_line(desk: Desk) -> None:
    desk.folder.joinpath("policy").write_text("quorum nobody\n")

    status, said = desk.verify()

    assert status == 2
    assert "has a mistake. (line 1: no witness or group nobody on the lines before)" in said


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda code: code[:-1], "24 digits"),
        (lambda code: code[:-1] + str((int(code[-1]) + 1) % 10), "mistyped"),
        (lambda code: "O" + code[1:], "digits only"),
        (lambda code: "", "24 digits"),
    ],
)
def test_a_mistyped_code_cannot_be_checked(
    desk: Desk, spoil: Callable[[str], str], words: str
) -> None:
    status, said = desk.verify("--code", spoil(desk.code))

    assert status == 2
    assert words in said


def test_a_code_in_arabic_digits_is_the_same_code(desk: Desk) -> None:
    arabic = desk.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert desk.verify("--code", arabic)[0] == 0


@pytest.mark.parametrize(
    ("locale", "heading"),
    [
        ("kk_KZ.UTF-8", "ДӘЛЕЛДЕНДІ"),
        ("ru_RU.UTF-8", "ДОКАЗАНО"),
        ("en_GB.UTF-8", "PROVED"),
        ("C", "PROVED"),
        ("de_DE.UTF-8", "PROVED"),
    ],
)
def test_it_speaks_the_language_of_the_machine(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, locale: str, heading: str
) -> None:
    monkeypatch.setenv("LANG", locale)

    assert desk.verify()[1].startswith(heading + "\n")
    assert desk.verify("--lang", "ru")[1].startswith("ДОКАЗАНО\n")


def test_every_language_says_everything_with_the_same_gaps() -> None:
    def gaps(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for key, said in texts().items():
        assert said.keys() == set(LANGUAGES), key
        for language, text in said.items():
            assert gaps(text) == gaps(said["en"]), (language, key)


def test_it_runs_alone_without_django_or_a_network(desk: Desk) -> None:
    script = (
        "import sys; sys.modules['django'] = None\n"
        "sys.addaudithook(lambda event, _: event in ('socket.connect', 'socket.getaddrinfo') and sys.exit(9))\n"
        "from arasha.programs.log import main; sys.exit(main(sys.argv[1:]))"
    )
    paths = [str(desk.folder / "proof"), "--policy", str(desk.folder / "policy")]

    done = subprocess.run(
        [sys.executable, "-c", script, "verify", *paths, "--lang", "kk"],
        capture_output=True,
        env={"LANG": "C", "PYTHONPATH": str(Path(__file__).parents[3])},
        check=False,
    )

    assert done.stderr == b""
    assert done.returncode == 0
    assert done.stdout.decode().startswith("ДӘЛЕЛДЕНДІ\n")


def test_a_wrong_call_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        program.main(["verify", "proof"])

    assert leaving.value.code == 2
    assert "--policy" in capsys.readouterr().err
