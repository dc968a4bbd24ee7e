"""An auditor recounts a release from openings, against the log's public files alone."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.cases.models import Case, Decision
from arasha.engines.notes import NOTE, SignerKey
from arasha.journal import sequencer
from arasha.journal import services as journal
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.journal.models import Entry
from arasha.people.models import User
from arasha.programs import audit
from arasha.programs.audit import texts
from arasha.programs.audit.cohorts import RECOUNTED
from arasha.programs.audit.recounting import COUNTINGS
from arasha.publications import cohorts, selectors, services
from arasha.publications.indicators import INDICATORS
from arasha.publications.openings import openings
from arasha.wire.talk import LANGUAGES
from tests.cases.test_classify import ILL_TREATMENT, TORTURE, sign
from tests.walk import NOW, actor, decide

AUDIT = Actor.job("openings")
SIGNER = SignerKey("test.example/log", NOTE, b"s" * 32)


@dataclass
class Auditor:
    """A folder on another machine: the release, the openings, a policy, and a copy of the log."""

    folder: Path
    read: Callable[[], str]

    def put(self, name: str, content: Any) -> None:
        (self.folder / name).write_text(json.dumps(content))

    def get(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text())

    def recount(self) -> tuple[int, str]:
        files = [str(self.folder / name) for name in ("release.json", "openings.json")]
        policy = ["--policy", str(self.folder / "policy"), "--log", str(self.folder / "log")]
        return audit.main([*files, *policy, "--lang", "en"]), self.read()


@pytest.fixture
def auditor(
    analyst: User,
    case: Case,
    prosecutor: User,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Auditor:
    """One case registered and sent to court with two persons, one of them convicted; published."""
    decide(case, "sent_to_court", prosecutor, days_later=2, persons=2)
    decide(case, "convicted", prosecutor, days_later=10, persons=1)
    released = services.release(by=actor(analyst), at=NOW)
    made = Auditor(tmp_path, lambda: capsys.readouterr().out)
    made.put("release.json", selectors.download(viewer=AUDIT, release=released))
    made.put("openings.json", openings(number=1, with_appeals=True, by=AUDIT, at=NOW))
    (tmp_path / "policy").write_text(f"log {SIGNER.verifier}\nquorum none\n")
    publish(tmp_path)
    return made


def publish(folder: Path) -> None:
    log = Log(
        LogFolder(folder / "log"), LastCheckpoint(folder / "last"), SIGNER, lambda at: at.date()
    )
    sequencer.advance(log, at=NOW, padded=True)


def test_honest_figures_agree(auditor: Auditor) -> None:
    status, said = auditor.recount()

    assert status == 0
    assert said.startswith("THE FIGURES AGREE\nRelease 1, counted up to")
    assert "3 acts were opened, and each is in the log once." in said
    assert "1 appeals were opened" in said
    assert "It does not show that nothing was left out" in said


def test_a_changed_number_is_not_the_release_that_was_published(auditor: Auditor) -> None:
    release = auditor.get("release.json")
    release["figures"]["indicators"]["persons_convicted"]["total"] = 2
    auditor.put("release.json", release)

    status, said = auditor.recount()

    assert status == 1 and "The log holds no line for this release" in said


def test_a_number_that_no_acts_stand_behind_is_named(auditor: Auditor) -> None:
    """The server published one more conviction than it entered."""
    found = auditor.get("openings.json")
    found["acts"] = [
        act for act in found["acts"] if "convicted" not in act["record"]["reason_code"]
    ]
    auditor.put("openings.json", found)

    status, said = auditor.recount()

    assert status == 1
    assert "persons_convicted in all: published 1, counted 0" in said
    assert "persons_sent_to_court" not in said


@pytest.mark.parametrize("field", ["reason_code", "act", "at", "subject_key", "key"])
def test_an_act_that_was_altered_is_not_in_the_log(auditor: Auditor, field: str) -> None:
    found = auditor.get("openings.json")
    found["acts"][1]["record"][field] = "sent_to_court 2026-01-01 9"
    auditor.put("openings.json", found)

    status, said = auditor.recount()

    assert status == 1 and "Not in the log:" in said


def test_an_act_that_is_opened_twice_counts_once(auditor: Auditor) -> None:
    found = auditor.get("openings.json")
    found["acts"].append(found["acts"][2])
    auditor.put("openings.json", found)

    status, said = auditor.recount()

    assert status == 1 and "Opened twice:" in said and "published" not in said


def test_an_invented_appeal_is_not_in_the_log(auditor: Auditor) -> None:
    found = auditor.get("openings.json")
    found["appeals"].append({"leaf": "arasha/v1\nevent\n" + "0" * 64, "received": "2026-01-01"})
    auditor.put("openings.json", found)

    assert auditor.recount()[0] == 1


def test_without_the_leaves_of_appeals_they_are_not_recounted_and_it_says_so(
    auditor: Auditor,
) -> None:
    found = auditor.get("openings.json")
    del found["appeals"]
    auditor.put("openings.json", found)

    status, said = auditor.recount()

    assert status == 0
    assert "Not recounted, because nothing was opened for it: appeals_received" in said


def test_a_case_that_stands_otherwise_by_its_acts_is_named(auditor: Auditor) -> None:
    """The server put a convicted case among the convicted, and opens no conviction."""
    found = auditor.get("openings.json")
    found["acts"] = [
        act for act in found["acts"] if "convicted" not in act["record"]["reason_code"]
    ]
    auditor.put("openings.json", found)

    said = auditor.recount()[1]

    assert "cases_by_ending (- - -, convicted)" in said
    assert "cases_by_ending (- - -, with_court)" in said
    assert "cases_ever_in_court" not in said


def test_acts_are_counted_in_the_order_in_which_they_were_entered(auditor: Auditor) -> None:
    found = auditor.get("openings.json")
    found["acts"].reverse()
    auditor.put("openings.json", found)

    assert auditor.recount()[0] == 0


def test_what_a_case_is_in_law_is_recounted_from_its_signed_acts(
    auditor: Auditor, analyst: User, case: Case, prosecutor: User
) -> None:
    for finding in (TORTURE, replace(ILL_TREATMENT, reason="purpose_not_found")):
        case.refresh_from_db()
        sign(case, prosecutor, finding)
    release_again(auditor, analyst)

    assert auditor.recount()[0] == 0
    found = auditor.get("openings.json")
    found["acts"] = [act for act in found["acts"] if "reclass" not in act["record"]["act"]]
    auditor.put("openings.json", found)
    assert "cases_opened_as_torture_reclassified" in auditor.recount()[1]


def test_a_relief_against_the_law_is_in_no_journal_entry_and_it_says_so(
    auditor: Auditor, analyst: User
) -> None:
    Decision.objects.filter(kind="convicted").update(was_barred=True, relief="amnesty")
    release_again(auditor, analyst)

    status, said = auditor.recount()

    assert status == 0
    assert "nothing was opened for it: cases_with_barred_relief" in said


def release_again(auditor: Auditor, analyst: User) -> None:
    released = services.release(by=actor(analyst), at=NOW)
    auditor.put("release.json", selectors.download(viewer=AUDIT, release=released))
    opened = openings(number=released.number, with_appeals=True, by=AUDIT, at=NOW)
    auditor.put("openings.json", opened)
    publish(auditor.folder)


def test_what_came_after_the_release_is_not_opened(
    auditor: Auditor, case: Case, prosecutor: User
) -> None:
    decide(case, "convicted", prosecutor, days_later=11, persons=1)

    again = openings(number=1, with_appeals=True, by=AUDIT, at=NOW)

    assert again["acts"] == auditor.get("openings.json")["acts"]


def test_an_erased_act_is_told_and_not_counted(auditor: Auditor) -> None:
    convicted = Entry.objects.get(reason_code__startswith="convicted ")
    journal.erase_salt(entry=convicted, by=AUDIT, at=NOW, reason_code="retention")
    auditor.put("openings.json", openings(number=1, with_appeals=True, by=AUDIT, at=NOW))

    status, said = auditor.recount()

    assert status == 1
    assert "1 acts cannot be opened any more" in said
    assert "persons_convicted in all: published 1, counted 0" in said


def test_openings_name_nobody(auditor: Auditor, prosecutor: User, appeal: Appeal) -> None:
    text = (auditor.folder / "openings.json").read_text()

    assert prosecutor.full_name not in text and prosecutor.email not in text
    assert str(appeal.key) not in text


def test_that_openings_were_made_is_an_act_of_its_own(auditor: Auditor) -> None:
    assert Entry.objects.filter(act="figures.opened", actor_key="openings").count() == 1


def test_the_command_writes_a_private_file_without_appeals_unless_asked(
    auditor: Auditor, tmp_path: Path
) -> None:
    for name, more in (("a.json", []), ("b.json", ["--with-appeals"])):
        call_command("openings", "1", str(tmp_path / name), *more, verbosity=0)

    assert "appeals" not in auditor.get("a.json")
    assert len(auditor.get("b.json")["appeals"]) == 1
    assert (tmp_path / "a.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("release.json", {"figures": {}}, "is not a release as it is published"),
        ("openings.json", {"v": "arasha openings v1", "release": 7}, "does not open this release"),
        ("openings.json", [], "does not open this release"),
    ],
)
def test_files_that_do_not_fit_are_named(
    auditor: Auditor, name: str, content: Any, words: str
) -> None:
    auditor.put(name, content)

    status, said = auditor.recount()

    assert status == 2 and words in said


def test_entries_that_do_not_lead_to_the_signed_root_are_not_believed(auditor: Auditor) -> None:
    bundle = next((auditor.folder / "log" / "tile" / "entries").rglob("000*"))
    content = bytearray(bundle.read_bytes())
    content[-1] ^= 1
    bundle.write_bytes(content)

    assert "do not lead to the root that it signed" in auditor.recount()[1]


def test_the_program_counts_what_the_server_publishes() -> None:
    assert set(COUNTINGS) == {indicator.code for indicator in INDICATORS}
    assert {*RECOUNTED, "cases_with_barred_relief"} == set(cohorts.BY_CODE)


def test_the_same_things_are_said_in_every_language() -> None:
    assert all(said.keys() == set(LANGUAGES) for said in texts().values())
