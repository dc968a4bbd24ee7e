"""Forms of a country's documents: a fault names the file, and a country may have none."""

import shutil
from pathlib import Path

import pytest

from arasha.packs import load
from arasha.packs.files import JURISDICTIONS
from tests.packs.breaking import change, faults_of

MOTION = "forms/extension_motion.toml"


@pytest.fixture
def kz(tmp_path: Path) -> Path:
    return Path(shutil.copytree(JURISDICTIONS / "kz", tmp_path / "kz"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{reasons}", "{reason}", "no field {reason}"),
        ('post = "line"', 'post = "word"', "write one of line, text, day"),
        ('field = "law"', 'field = "laws"', "needs field = a field of that kind"),
        ("{seq:04d}", "x", "lacks {seq}"),
        ('code = "extension_motion"', 'code = "motion"', "the name of the file differ"),
        ('as = "title"', 'as = "banner"', "is not one of"),
        ('state = "draft"', 'state = "good"', "is not one of approved"),
    ],
)
def test_a_fault_in_a_form_is_named(kz: Path, old: str, new: str, fault: str) -> None:
    change(kz, MOTION, old, new)

    assert [each for each in faults_of(kz) if each.startswith(MOTION) and fault in each]


def test_forms_without_their_shared_words_are_a_fault(kz: Path) -> None:
    (kz / "forms" / "words.toml").unlink()

    assert "forms/words.toml the file is missing" in faults_of(kz)


def test_a_country_may_have_no_form(kz: Path) -> None:
    shutil.rmtree(kz / "forms")

    assert load(kz).forms == {}
