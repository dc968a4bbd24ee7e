"""A case that has ended, and the two people who may agree to destroy it."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from arasha.cases import services
from arasha.cases.models import Case, Person, RetentionList
from arasha.packs.files import folder_of
from arasha.people.models import User
from tests.walk import NOW, REGISTERED_AT, actor, decide

__all__ = [
    "keeps_for_five_years",
    "keeps_perhaps_for_five_years",
    "terminated",
    "victim",
]

YEARS_LATER = NOW.replace(year=NOW.year + 7, day=1)
KNOWN = 'stages = ["closed"], years = 5'


@pytest.fixture
def terminated(case: Case, prosecutor: User) -> Case:
    decide(case, "terminated", prosecutor)
    return Case.objects.get()


@pytest.fixture
def victim(case: Case) -> Person:
    return Person.objects.create(case=case, code="V1", role="victim", added_at=REGISTERED_AT)


def a_country_that_keeps(tmp_path: Path, settings, term: str) -> None:
    """The same country with one more rule: how long a terminated case is kept."""
    pack = Path(shutil.copytree(folder_of("kz"), tmp_path / "kz"))
    classes = pack / "vocabularies" / "retention_classes.toml"
    classes.write_text(classes.read_text().replace('stages = ["closed", "withdrawn"]', term))
    settings.ARASHA_PACK = str(pack)


@pytest.fixture
def keeps_for_five_years(tmp_path: Path, settings) -> None:
    a_country_that_keeps(tmp_path, settings, f'{KNOWN}, checked = "official"')


@pytest.fixture
def keeps_perhaps_for_five_years(tmp_path: Path, settings) -> None:
    a_country_that_keeps(tmp_path, settings, KNOWN)


def listed(
    case: Case,
    by: User,
    *,
    reason: str = "court",
    vouched: bool = False,
    at: dt.datetime = YEARS_LATER,
) -> RetentionList:
    return services.make_list(
        institution=case.holder,
        cases=[case.pk],
        vouched=[case.pk] if vouched else [],
        reason=reason,
        by=actor(by),
        at=at,
    )


def agreed(made: RetentionList, by: User) -> RetentionList:
    return services.agree_to_list(listed=made, by=actor(by), at=YEARS_LATER)


def hold(case: Case, by: User, words: str = "request 12"):
    return services.place_hold(
        case=case, reason="inspection", words=words, by=actor(by), at=YEARS_LATER
    )
