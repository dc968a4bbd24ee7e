"""What figures see of appeals: five recorded columns, and nothing that is sealed."""

from typing import get_args

import pytest

from arasha.actors import FIGURES
from arasha.appeals import figures, services
from arasha.appeals.figures import Seen
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.people.models import User
from arasha.places.models import Place
from tests.appeals.day import READ_AT, closed
from tests.walk import NOW, actor


@pytest.fixture
def recorded(opened: Appeal, officer: User, place: Place) -> Appeal:
    services.classify(
        appeal=opened,
        category="health",
        urgency="soon",
        place=place,
        by=actor(officer),
        at=READ_AT,
    )
    closed(opened, officer)
    return opened


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("category", "health"),
        ("urgency", "soon"),
        ("place", "PRISON-1"),
        ("outcome", "restored"),
        ("channel", "terminal"),
    ],
)
def test_figures_count_by_what_an_officer_recorded(
    field: Seen, code: str, recorded: Appeal
) -> None:
    counted = figures.received_by(viewer=FIGURES, field=field, until=local_day(NOW))

    assert counted == {code: 1}


def test_what_nobody_recorded_is_counted_as_such(appeal: Appeal) -> None:
    for field in ("category", "urgency", "place", "outcome"):
        assert figures.received_by(viewer=FIGURES, field=field, until=local_day(NOW)) == {"": 1}


def test_whom_a_person_complains_of_is_in_no_figure() -> None:
    assert set(get_args(Seen)) == {"category", "urgency", "place", "outcome", "channel"}
