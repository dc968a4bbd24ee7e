import datetime as dt

import pytest
from django.utils import translation

from arasha.actors import WORLD
from arasha.country import country
from arasha.journal.models import Entry
from arasha.places import selectors, services
from arasha.places.errors import (
    ClosedPlaceError,
    CodeTakenError,
    UnknownAuthorityError,
    UnknownKindError,
)
from arasha.places.models import Place
from arasha.places.templatetags.places import article_in_words
from arasha.problems import ChangedMeanwhileProblem
from tests.people.cast import NOW
from tests.places.cast import KIND, NAME, correct, place, region

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


def test_a_code_is_given_once() -> None:
    place("KZ-AKM-007")

    with pytest.raises(CodeTakenError, match="KZ-AKM-007"):
        place("KZ-AKM-007")
    assert Place.objects.count() == Entry.objects.filter(act="place.registered").count() == 1


def test_a_kind_that_the_country_lacks_is_refused() -> None:
    with pytest.raises(UnknownKindError, match="castle"):
        place(kind="castle")


def test_an_authority_that_the_country_lacks_is_refused() -> None:
    with pytest.raises(UnknownAuthorityError, match="the moon"):
        services.register_place(
            code="X", name=NAME, region=region(), kind=KIND, authority="the moon", by=WORLD, at=NOW
        )


def test_every_official_place_says_by_which_article_the_npm_may_enter() -> None:
    bases = {
        kind.code: place(kind=kind.code).legal_basis
        for kind in country().place_kinds.values()
        if kind.authority
    }

    assert bases["correctional-institution"] == "Penal Enforcement Code 40"
    assert all(bases.values())


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Факультативтік хаттама, 4-бап"), ("ru", "Факультативный протокол, статья 4")],
)
def test_the_article_of_entry_is_told_in_the_language_of_the_reader(
    language: str, words: str
) -> None:
    with translation.override(language):
        assert article_in_words("OPCAT 4") == words
        assert (
            article_in_words("An article of another country 9") == "An article of another country 9"
        )


def test_a_place_that_nobody_admits_to_stands_on_the_treaty() -> None:
    cellar = place(official=False)

    assert (cellar.legal_basis, cellar.authority) == ("OPCAT 4", "")


def test_a_correction_keeps_the_code_and_changes_the_basis() -> None:
    one = place("KZ-AKM-009")
    correct(one, official=False)

    one.refresh_from_db()
    assert (one.code, one.legal_basis) == ("KZ-AKM-009", "OPCAT 4")


def test_the_second_of_two_editors_of_a_place_is_refused_and_the_first_stays() -> None:
    seen = place()
    correct(seen, closed_date=DAY)

    with pytest.raises(ChangedMeanwhileProblem, match="Nothing you typed is lost"):
        correct(seen, official=False)
    stands = Place.objects.get()
    assert (stands.closed_date, stands.official, stands.version) == (DAY, True, 2)


def test_the_same_correction_sent_twice_is_made_once() -> None:
    seen = place()
    first, again = (correct(seen, closed_date=DAY) for _click in range(2))

    assert again.version == first.version == 2
    assert Entry.objects.filter(act="place.corrected").count() == 1


def test_nothing_is_counted_after_a_place_has_closed() -> None:
    one = place()
    one.closed_date = DAY

    with pytest.raises(ClosedPlaceError, match="2026-03-01"):
        services.record_headcount(
            place=one, day=DAY + dt.timedelta(days=1), persons=5, by=WORLD, at=NOW
        )


def test_the_capacity_of_a_day_is_the_last_one_set_before_it() -> None:
    one = place()
    for from_day, persons in [(DAY, 100), (DAY + dt.timedelta(days=10), 120)]:
        services.set_capacity(place=one, from_day=from_day, persons=persons, by=WORLD, at=NOW)

    known = [
        selectors.capacity_on(viewer=WORLD, place=one, day=DAY + dt.timedelta(days=days))
        for days in (-1, 9, 10)
    ]
    assert [capacity and capacity.persons for capacity in known] == [None, 100, 120]


def test_the_same_day_again_corrects_the_headcount() -> None:
    one = place()
    for persons in (90, 91):
        services.record_headcount(place=one, day=DAY, persons=persons, by=WORLD, at=NOW)

    assert selectors.headcounts(viewer=WORLD, place=one).get().persons == 91
    assert Entry.objects.filter(act="place.headcount_recorded").count() == 2


@pytest.mark.parametrize(
    "typed", ["kz akm 007", "KZ–AKM–007", "КZ-АКМ-007", "kzakm٠٠٧", "КОЛОНИЯ № 7", "colony"]
)
def test_a_place_is_found_however_it_is_typed(typed: str) -> None:
    one = place("KZ-AKM-007")
    services.register_place(
        code="KZ-AKM-010",
        name={"kk": "Ауруxана", "ru": "Больница", "en": "Hospital"},
        region=region(),
        kind=KIND,
        by=WORLD,
        at=NOW,
    )

    assert list(selectors.places(viewer=WORLD, text=typed)) == [one]
