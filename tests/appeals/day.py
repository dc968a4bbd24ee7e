"""What the tests of an officer's day share: who stands beside the officer, and how an appeal ends."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from arasha.appeals import services
from arasha.appeals.models import Appeal, Closing
from arasha.country import local_day
from arasha.packs.files import folder_of
from arasha.people.models import Institution, User
from tests.walk import DAY, OPENED_AT, actor, person

__all__ = ["keeps_for_a_year", "supervisor"]

READ_AT = OPENED_AT + dt.timedelta(hours=1)


@pytest.fixture
def supervisor(ombudsperson: Institution) -> User:
    return person("supervisor", ombudsperson)


def classified(appeal: Appeal, officer: User, category: str = "conditions") -> Appeal:
    return services.classify(appeal=appeal, category=category, by=actor(officer), at=READ_AT)


def closed(
    appeal: Appeal,
    officer: User,
    outcome: str = "restored",
    *,
    answered: str = "in_person",
    joined_to: Appeal | None = None,
    at: dt.datetime = READ_AT + DAY,
) -> Closing:
    return services.close(
        appeal=appeal,
        outcome=outcome,
        outcome_day=local_day(at),
        answered=answered,
        joined_to=joined_to,
        by=actor(officer),
        at=at,
    )


@pytest.fixture
def keeps_for_a_year(tmp_path: Path, settings) -> None:
    """The same country with one more rule: an appeal that has ended is kept for twelve months."""
    pack = Path(shutil.copytree(folder_of("kz"), tmp_path / "kz"))
    bodies, terms = pack / "recipients.toml", pack / "deadlines.toml"
    answer = 'answer_deadline = "ombudsperson_answer"\n'
    bodies.write_text(bodies.read_text().replace(answer, answer + 'retention = "kept"\n'))
    terms.write_text(terms.read_text() + KEPT)
    settings.ARASHA_PACK = str(pack)


KEPT = """
[[deadline]]
code = "kept"
name = { kk = "Сақтау", ru = "Хранение", en = "Keeping" }
starts = "ended"

  [[deadline.version]]
  by = "appk"
  article = "A rule of this test"
  amount = 12
  unit = "months"
  checked = "unverified"
"""
