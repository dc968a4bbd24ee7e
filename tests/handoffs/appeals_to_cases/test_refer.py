from pathlib import Path

import pytest

from arasha.actors import TICK, WORLD
from arasha.appeals.errors.work import AlreadyClosedError, NotYetOpenedError
from arasha.appeals.models import Appeal, State
from arasha.cases import selectors as cases
from arasha.cases.errors import NumberTakenError
from arasha.cases.models import Allegation, Case
from arasha.country import local_day
from arasha.handoffs.appeals_to_cases import selectors, services, tick
from arasha.handoffs.appeals_to_cases.errors import AlreadyReferredError, NoConsentError
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.crossings import Answer
from arasha.handoffs.errors import (
    AccusedBodyError,
    AccusedNotRecordedError,
    AlreadyAnsweredError,
    CommandingReceiverError,
    NotCompetentError,
    UnnamedOpensNothingError,
)
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people import services as people
from arasha.people.models import Institution, User
from arasha.places.models import Place
from arasha.problems import NotFoundProblem
from tests.walk import (
    DAY,
    FILED_AT,
    LONG_AGO,
    NOW,
    REFERRED_AT,
    REGISTERED_AT,
    WORDS,
    accept,
    account,
    actor,
    command,
    institution,
    refer,
)

QAMAR = Path(__file__).parents[2] / "packs" / "qamar"


def refuse(referral: Referral, by: User) -> Referral:
    return services.refuse(crossing=referral, reason="insufficient", by=actor(by), at=REGISTERED_AT)


def test_an_appeal_that_nobody_has_read_is_not_referred(
    appeal: Appeal, officer: User, prosecution: Institution
) -> None:
    with pytest.raises(NotYetOpenedError, match="Open it in the reader first"):
        refer(appeal, prosecution, officer)
    assert not Allegation.objects.exists()


def test_an_appeal_that_has_ended_is_not_referred(
    recorded: Appeal, officer: User, prosecution: Institution
) -> None:
    recorded.outcome = "unconfirmed"

    with pytest.raises(AlreadyClosedError, match="open it again"):
        refer(recorded, prosecution, officer)


def test_whom_it_complains_of_is_recorded_first(
    opened: Appeal, officer: User, prosecution: Institution
) -> None:
    with pytest.raises(AccusedNotRecordedError, match="Record it first"):
        refer(opened, prosecution, officer)
    assert not Allegation.objects.exists()


def test_the_office_complained_of_gets_no_referral(
    recorded: Appeal, officer: User, prosecution: Institution
) -> None:
    recorded.accused_body = prosecution

    with pytest.raises(AccusedBodyError, match="nothing to do with it"):
        refer(recorded, prosecution, officer)


def test_neither_does_an_office_above_or_below_it(
    recorded: Appeal, officer: User, prosecution: Institution, accused: Institution
) -> None:
    accused.parent, branch = prosecution, institution("branch", "prosecutor")
    recorded.accused_body, branch.parent = accused, accused

    for office in (prosecution, branch):
        with pytest.raises(AccusedBodyError):
            refer(recorded, office, officer)


def test_a_complaint_of_prosecutors_goes_to_no_prosecutor(
    recorded: Appeal, officer: User, prosecution: Institution, other_prosecution: Institution
) -> None:
    recorded.accused_body = other_prosecution

    with pytest.raises(NotCompetentError, match="may not receive this matter"):
        refer(recorded, prosecution, officer)


def test_a_matter_that_the_rules_give_to_others_goes_to_no_prosecutor(
    recorded: Appeal, officer: User, prosecution: Institution
) -> None:
    recorded.category = "health"

    with pytest.raises(NotCompetentError, match="correct what the appeal is about"):
        refer(recorded, prosecution, officer)
    assert not Allegation.objects.exists()


def test_a_body_that_the_country_names_no_receiver_gets_no_referral(
    recorded: Appeal, officer: User
) -> None:
    with pytest.raises(NotCompetentError):
        refer(recorded, institution("ministry", "ministry"), officer)


def test_an_appeal_without_a_name_opens_no_case_and_what_may_help_is_said(
    recorded: Appeal, officer: User, prosecution: Institution
) -> None:
    with pytest.raises(UnnamedOpensNothingError, match="Propose a special visit"):
        refer(recorded, prosecution, officer, is_named=False)
    assert not Allegation.objects.exists()


def test_the_account_stays_where_the_person_does_not_consent(
    recorded: Appeal, officer: User, prosecution: Institution
) -> None:
    with pytest.raises(NoConsentError, match="leave the account empty"):
        refer(recorded, prosecution, officer, consent="none")


def test_without_consent_the_bare_fact_can_be_reported(
    recorded: Appeal, officer: User, prosecution: Institution
) -> None:
    made = refer(recorded, prosecution, officer, consent="none", account="")

    assert (made.consent, Allegation.objects.get().account) == ("none", "")


def test_a_body_that_commands_the_place_is_not_a_receiver(
    recorded: Appeal, officer: User, prosecution: Institution, place: Place
) -> None:
    command(prosecution, place)

    with pytest.raises(CommandingReceiverError, match="does not command it"):
        refer(recorded, prosecution, officer, place=place)


def test_a_body_that_commanded_the_place_when_it_happened_is_not_a_receiver(
    recorded: Appeal, officer: User, prosecution: Institution, place: Place
) -> None:
    people.give_command(
        institution=prosecution,
        place=place,
        from_day=local_day(LONG_AGO),
        until_day=local_day(FILED_AT - 3 * DAY),
        by=WORLD,
        at=LONG_AGO,
    )

    with pytest.raises(CommandingReceiverError):
        refer(recorded, prosecution, officer, place=place)


def test_whoever_stands_above_the_commander_is_not_a_receiver(
    recorded: Appeal, officer: User, prosecution: Institution, administration: Institution
) -> None:
    administration.parent = prosecution
    administration.save(update_fields=["parent"])
    place = Place.objects.get()

    with pytest.raises(CommandingReceiverError):
        refer(recorded, prosecution, officer, place=place)


def test_the_place_recorded_with_the_appeal_counts_like_the_one_in_the_account(
    recorded: Appeal, officer: User, prosecution: Institution, place: Place
) -> None:
    command(prosecution, place)
    recorded.place = place

    with pytest.raises(CommandingReceiverError):
        refer(recorded, prosecution, officer)


def test_a_body_that_commands_such_places_by_the_country_s_pack_is_not_a_receiver(
    recorded: Appeal, officer: User, place: Place, settings
) -> None:
    settings.ARASHA_PACK, place.authority = str(QAMAR), "keys"
    recorded.category = "conditions"

    with pytest.raises(CommandingReceiverError):
        refer(recorded, institution("inspectorate", "inspectorate"), officer, place=place)


def test_an_appeal_is_referred_to_an_office_once(
    referral: Referral, recorded: Appeal, officer: User, prosecution: Institution
) -> None:
    with pytest.raises(AlreadyReferredError, match="Open the referral"):
        refer(recorded, prosecution, officer)
    assert (Referral.objects.count(), Allegation.objects.count()) == (1, 1)


def test_another_office_may_get_it_too(
    referral: Referral, recorded: Appeal, officer: User, other_prosecution: Institution
) -> None:
    refer(recorded, other_prosecution, officer)

    assert Referral.objects.count() == 2


def test_a_referral_moves_the_appeal_starts_a_clock_and_rings(
    referral: Referral, prosecutor: User
) -> None:
    assert Appeal.objects.get().state == State.PASSED_ON
    assert (referral.answer_due_at - REFERRED_AT).total_seconds() == 24 * 3600
    assert Notice.objects.get().user == prosecutor
    assert Entry.objects.filter(act="referral.made", subject_key=referral.key).exists()


def test_before_accepting_the_receiver_sees_the_card_and_not_the_account(
    referral: Referral, prosecutor: User
) -> None:
    assert selectors.REFERRALS.find(viewer=actor(prosecutor), key=referral.key) == referral
    with pytest.raises(NotFoundProblem):
        cases.find_allegation(viewer=actor(prosecutor), key=referral.allegation_key)


def test_after_accepting_the_receiver_sees_the_account(
    referral: Referral, prosecutor: User
) -> None:
    accept(referral, prosecutor)

    seen = cases.find_allegation(viewer=actor(prosecutor), key=referral.allegation_key)
    assert seen.account == WORDS


def test_the_sender_sees_the_case_that_it_became_and_changes_nothing_in_it(
    case: Case, officer: User
) -> None:
    assert cases.find_case(viewer=actor(officer), key=case.key) == case
    assert not cases.may_change(viewer=actor(officer), case=case)


def test_nobody_else_sees_the_card_the_account_or_the_case(
    case: Case, referral: Referral, other_prosecutor: User
) -> None:
    stranger = actor(other_prosecutor)

    with pytest.raises(NotFoundProblem):
        selectors.REFERRALS.find(viewer=stranger, key=referral.key)
    with pytest.raises(NotFoundProblem):
        cases.find_allegation(viewer=stranger, key=referral.allegation_key)
    with pytest.raises(NotFoundProblem):
        cases.find_case(viewer=stranger, key=case.key)


def test_a_referral_is_accepted_once(case: Case, referral: Referral, prosecutor: User) -> None:
    with pytest.raises(AlreadyAnsweredError, match="Open it to read the answer"):
        accept(referral, prosecutor, number="another")
    assert Case.objects.count() == 1


def test_what_was_accepted_is_not_refused(case: Case, referral: Referral, prosecutor: User) -> None:
    with pytest.raises(AlreadyAnsweredError):
        refuse(referral, prosecutor)


def test_a_number_that_is_taken_leaves_the_referral_waiting(
    case: Case,
    recorded: Appeal,
    officer: User,
    other_prosecution: Institution,
    other_prosecutor: User,
) -> None:
    other = refer(recorded, other_prosecution, officer)

    with pytest.raises(NumberTakenError):
        accept(other, other_prosecutor, number="26 0131")

    other.refresh_from_db()
    assert (other.answer, other.case_key) == (Answer.WAITING, None)
    with pytest.raises(NotFoundProblem):
        cases.find_allegation(viewer=actor(other_prosecutor), key=other.allegation_key)


def test_accepting_stops_the_receiver_s_bell_and_rings_the_sender_s(
    case: Case, officer: User
) -> None:
    waiting = Notice.objects.filter(handled_at__isnull=True)

    assert [(each.kind, each.user) for each in waiting] == [("referral.answered", officer)]


def test_a_refusal_keeps_its_reason_and_the_sender_sees_it(
    referral: Referral, prosecutor: User, officer: User
) -> None:
    refuse(referral, prosecutor)

    [refused] = selectors.refused_to(viewer=actor(officer), at=NOW)
    assert (refused.answer, refused.reason_code) == (Answer.REFUSED, "insufficient")
    assert not Case.objects.exists()


def test_the_receiver_changes_nothing_of_the_sender_s_appeal(
    referral: Referral, prosecutor: User
) -> None:
    refuse(referral, prosecutor)

    assert Appeal.objects.get().state == State.PASSED_ON


def test_the_sender_s_side_takes_a_refused_appeal_back_once(
    referral: Referral, prosecutor: User
) -> None:
    refuse(referral, prosecutor)

    assert tick.tick(at=REGISTERED_AT) == 1
    assert tick.tick(at=REGISTERED_AT) == 0
    assert Appeal.objects.get().state == State.CHECKED
    assert Entry.objects.get(act="appeal.checked").actor_key == TICK.key


def test_an_appeal_that_was_referred_anew_is_not_taken_back(
    referral: Referral,
    prosecutor: User,
    recorded: Appeal,
    officer: User,
    other_prosecution: Institution,
) -> None:
    refuse(referral, prosecutor)
    refer(recorded, other_prosecution, officer, at=REGISTERED_AT + DAY)

    assert tick.tick(at=REGISTERED_AT + DAY) == 0
    assert not selectors.refused_to(viewer=actor(officer), at=NOW).exists()


def test_what_waits_stands_before_what_was_answered(
    referral: Referral, prosecutor: User, recorded: Appeal, officer: User, prosecution: Institution
) -> None:
    refuse(referral, prosecutor)
    waiting = refer(recorded, prosecution, officer, at=REGISTERED_AT + DAY)

    assert list(selectors.REFERRALS.seen(viewer=actor(officer))) == [waiting, referral]


def test_after_a_refusal_the_same_office_can_be_asked_again(
    referral: Referral, prosecutor: User, recorded: Appeal, officer: User, prosecution: Institution
) -> None:
    refuse(referral, prosecutor)

    assert refer(recorded, prosecution, officer, at=REGISTERED_AT).answer == Answer.WAITING


def test_what_the_officer_wrote_down_is_kept_word_for_word(referral: Referral) -> None:
    told, wrote = Allegation.objects.get(), account()

    assert (told.account, told.criteria) == (wrote.account, list(wrote.criteria))
    assert (told.happened_from, told.happened_to) == wrote.happened
    assert told.source_key == referral.appeal_key
