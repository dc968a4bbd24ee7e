import datetime as dt

import pytest

from arasha.access.models import Grant
from arasha.appeals.errors.work import NotYetOpenedError
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.handoffs import passing
from arasha.handoffs.appeals_to_support import selectors, services
from arasha.handoffs.appeals_to_support.errors import (
    AlreadyWithdrawnError,
    ConsentNotYetError,
    NobodyToFindError,
    NoConsentError,
)
from arasha.handoffs.appeals_to_support.models import Consent, SupportReferral
from arasha.handoffs.crossings import Answer
from arasha.handoffs.errors import AlreadyAnsweredError, AlreadyPassedError
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from arasha.problems import NotFoundProblem
from tests.walk import DAY, REFERRED_AT, REGISTERED_AT, actor, institution, person

GIVEN = local_day(REFERRED_AT)
TELEPHONE = "8 7172 00 00 00"


@pytest.fixture
def centre(db: None) -> Institution:
    return institution("arqau", "crisis-centre")


@pytest.fixture
def worker(centre: Institution) -> User:
    return person("support_worker", centre)


def agreed(
    by: User, *, covers: tuple[str, ...] = ("name",), day: dt.date = GIVEN
) -> services.Agreed:
    return services.Agreed(
        covers=covers, given_how="written", from_day=day, asked_by_key=by.pk, language="kk"
    )


def ask(
    appeal: Appeal, by: User, to: Institution | None, consent: services.Agreed | None
) -> SupportReferral:
    return services.ask_for_support(
        appeal=appeal,
        sender=appeal.recipient_set.institution,
        receiver=to,
        needs=["doctor"],
        agreed=consent,
        call_back=TELEPHONE,
        by=actor(by),
        at=REFERRED_AT,
    )


@pytest.fixture
def asked(opened: Appeal, officer: User, centre: Institution, worker: User) -> SupportReferral:
    return ask(opened, officer, centre, agreed(officer))


def withdraw(asked: SupportReferral, by: User) -> Consent:
    return services.withdraw_consent(referral=asked, by=actor(by), at=REGISTERED_AT)


def test_what_nobody_has_read_asks_for_no_help(
    appeal: Appeal, officer: User, centre: Institution
) -> None:
    with pytest.raises(NotYetOpenedError):
        ask(appeal, officer, centre, agreed(officer))


def test_without_recorded_consent_nothing_goes_to_a_crisis_centre(
    opened: Appeal, officer: User, centre: Institution
) -> None:
    for consent in (None, agreed(officer, covers=())):
        with pytest.raises(NoConsentError, match="Without consent nothing goes there"):
            ask(opened, officer, centre, consent)
    assert not Grant.objects.filter(holder_key=centre.key).exists()


def test_a_centre_that_could_find_nobody_is_not_asked(
    opened: Appeal, officer: User, centre: Institution
) -> None:
    covers = ("that_help_is_wanted", "health", "what_happened")

    with pytest.raises(NobodyToFindError, match="neither that their name be told nor where"):
        ask(opened, officer, centre, agreed(officer, covers=covers))
    assert not SupportReferral.objects.exists()


@pytest.mark.parametrize("covers", [("name",), ("where",), ("name", "where", "health")])
def test_by_the_name_or_the_place_the_centre_can(
    covers: tuple[str, ...], opened: Appeal, officer: User, centre: Institution
) -> None:
    assert ask(opened, officer, centre, agreed(officer, covers=covers)).call_back == TELEPHONE


def test_a_consent_to_nobody_in_particular_is_none(opened: Appeal, officer: User) -> None:
    with pytest.raises(NoConsentError):
        ask(opened, officer, None, agreed(officer))


def test_a_consent_that_begins_tomorrow_does_not_hold_today(
    opened: Appeal, officer: User, centre: Institution
) -> None:
    with pytest.raises(ConsentNotYetError):
        ask(opened, officer, centre, agreed(officer, day=GIVEN + DAY))


def test_the_same_centre_is_not_asked_twice(
    asked: SupportReferral, opened: Appeal, officer: User, centre: Institution
) -> None:
    with pytest.raises(AlreadyPassedError):
        ask(opened, officer, centre, agreed(officer))


def test_a_consent_is_withdrawn_once(asked: SupportReferral, officer: User) -> None:
    withdraw(asked, officer)

    with pytest.raises(AlreadyWithdrawnError):
        withdraw(asked, officer)


def test_the_centre_does_not_record_a_withdrawal(asked: SupportReferral, worker: User) -> None:
    with pytest.raises(NotFoundProblem):
        withdraw(asked, worker)


def test_a_second_answer_is_refused(asked: SupportReferral, worker: User) -> None:
    passing.accept(crossing=asked, by=actor(worker), at=REGISTERED_AT)

    with pytest.raises(AlreadyAnsweredError):
        passing.accept(crossing=asked, by=actor(worker), at=REGISTERED_AT)


def test_the_record_says_what_to_whom_from_when_and_who_asked(
    asked: SupportReferral, officer: User, centre: Institution, worker: User
) -> None:
    consent = selectors.consent_to(viewer=actor(worker), referral=asked)

    assert consent is not None
    assert (consent.covers, consent.from_day, asked.receiver) == (["name"], GIVEN, centre)
    assert consent.asked_by_key == officer.pk
    assert Notice.objects.get(kind="support_referral.arrived").user == worker


def test_withdrawn_the_centre_sees_nothing_at_once(
    asked: SupportReferral, officer: User, worker: User
) -> None:
    withdraw(asked, officer)

    with pytest.raises(NotFoundProblem):
        selectors.REQUESTS.find(viewer=actor(worker), key=asked.key)
    assert selectors.consent_to(viewer=actor(worker), referral=asked) is None
    assert Notice.objects.get(kind="support_referral.arrived").handled_at == REGISTERED_AT
    assert Entry.objects.filter(act="consent.withdrawn", subject_key=asked.key).exists()


def test_the_officer_still_sees_that_it_was_withdrawn(
    asked: SupportReferral, officer: User
) -> None:
    withdraw(asked, officer)

    found = selectors.REQUESTS.find(viewer=actor(officer), key=asked.key)
    consent = selectors.consent_to(viewer=actor(officer), referral=found)
    assert consent is not None
    assert consent.withdrawn_day == local_day(REGISTERED_AT)


def test_a_centre_without_room_returns_it_with_a_reason(
    asked: SupportReferral, worker: User, officer: User
) -> None:
    passing.send_back(crossing=asked, reason="no_capacity", by=actor(worker), at=REGISTERED_AT)

    asked.refresh_from_db()
    assert (asked.answer, asked.reason_code) == (Answer.RETURNED, "no_capacity")
    assert Notice.objects.get(kind="support_referral.answered").user == officer
