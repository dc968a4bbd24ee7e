"""The pages of referrals as signed-in people see them."""

import datetime as dt
import uuid

import pytest

from arasha.appeals.models import Appeal
from arasha.cases.models import Allegation, Case
from arasha.country import local_day
from arasha.handoffs.appeals_to_appeals import services as forwards
from arasha.handoffs.appeals_to_cases import agenda
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.crossings import Answer
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.desk.signing_in import signed_in
from tests.handoffs.bodies import add_header
from tests.walk import (
    DAY,
    FILED_AT,
    NOW,
    REFERRED_AT,
    REGISTERED_AT,
    WORDS,
    accept,
    actor,
    person,
    refer,
)


def page_of(referral: Referral) -> str:
    return f"/referrals/{referral.key}/"


def written(office: Institution, **changes: object) -> dict[str, object]:
    return {
        "named": "named",
        "receiver": str(office.key),
        "place": "PRISON-1",
        "happened": (local_day(FILED_AT) - DAY).isoformat(),
        "account": WORDS,
        "conduct": "torture",
        "criteria": ["coercion"],
        "capacity": "official",
        "consent": "named",
    } | changes


def number(**changes: object) -> dict[str, object]:
    said = {"register": "erdr", "number": "26-0131", "given_day": local_day(NOW)}
    return said | {"issuer": "Samal"} | changes


@pytest.mark.parametrize("act", ["", "accept/", "refuse/"])
def test_a_stranger_gets_the_same_answer_as_for_an_unknown_key(
    act: str, referral: Referral, other_prosecutor: User
) -> None:
    desk = signed_in(other_prosecutor)
    ask = desk.post if act else desk.get

    forbidden, unknown = ask(page_of(referral) + act), ask(f"/referrals/{uuid.uuid4()}/{act}")

    assert forbidden.status_code == unknown.status_code == 404


@pytest.mark.parametrize("act", ["accept/", "refuse/"])
def test_the_sender_does_not_answer_for_the_receiver(
    act: str, referral: Referral, officer: User
) -> None:
    assert signed_in(officer).post(page_of(referral) + act, number()).status_code == 404


def test_a_prosecutor_refers_no_appeal(recorded: Appeal, prosecutor: User) -> None:
    assert signed_in(prosecutor).get(f"/referrals/from/{recorded.key}/").status_code == 404


def test_before_whom_it_complains_of_is_recorded_the_page_asks_for_that_and_for_no_account(
    opened: Appeal, officer: User
) -> None:
    page = signed_in(officer).get(f"/referrals/from/{opened.key}/").content.decode()

    assert "Record it first" in page
    assert f"/appeals/{opened.key}/classify/" in page
    assert "<textarea" not in page


def test_an_account_that_was_sent_all_the_same_is_refused_and_not_lost(
    opened: Appeal, officer: User, prosecution: Institution, prosecutor: User, place: Place
) -> None:
    answer = signed_in(officer).post(f"/referrals/from/{opened.key}/", written(prosecution))

    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert not Allegation.objects.exists()


def test_the_card_says_where_and_what_but_not_the_account(
    referral: Referral, prosecutor: User
) -> None:
    page = signed_in(prosecutor).get(page_of(referral)).content.decode()

    assert "Prison No. 1" in page
    assert WORDS not in page
    assert Entry.objects.filter(act="record.read", subject_key=referral.key).exists()


def test_an_officer_writes_the_account_down_and_refers(
    recorded: Appeal, officer: User, prosecution: Institution, prosecutor: User, place: Place
) -> None:
    answer = signed_in(officer).post(f"/referrals/from/{recorded.key}/", written(prosecution))

    made = Referral.objects.get()
    assert answer.headers["Location"] == page_of(made)
    assert (made.place, made.receiver) == (place, prosecution)
    assert Allegation.objects.get().account == WORDS


def test_who_took_a_forwarded_appeal_over_refers_it_in_its_own_name(
    read: Appeal,
    officer: User,
    mechanism: Institution,
    mechanism_officer: User,
    prosecution: Institution,
    prosecutor: User,
) -> None:
    add_header(read, mechanism, officer)
    forward = forwards.forward(
        appeal=read, receiver=mechanism, named=True, by=actor(officer), at=REFERRED_AT
    )
    forwards.accept(crossing=forward, by=actor(mechanism_officer), at=REGISTERED_AT)

    signed_in(mechanism_officer).post(f"/referrals/from/{read.key}/", written(prosecution))

    assert Referral.objects.get().sender == mechanism


def test_the_recorded_place_is_chosen_already_and_by_its_name(
    recorded: Appeal, officer: User, place: Place
) -> None:
    recorded.place = place
    recorded.save(update_fields=["place"])

    page = signed_in(officer).get(f"/referrals/from/{recorded.key}/").content.decode()

    assert f'<option value="{place.code}" selected>Prison No. 1</option>' in page


def test_whether_it_has_a_name_is_asked_first_and_one_can_go_back(
    recorded: Appeal, officer: User
) -> None:
    page = signed_in(officer).get(f"/referrals/from/{recorded.key}/").content.decode()

    assert page.index('name="named"') < page.index('name="receiver"')
    assert "nothing is sent: propose a special visit" in page
    assert "Go back without doing it" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"receiver": ""}, "Prosecutor&#x27;s office – "),
        ({"place": "nowhere"}, "No such place is registered"),
        ({"happened": "01.01.2099"}, "The day is in the future"),
        ({"happened": "31.02.2021"}, "This month has no such day"),
        ({"criteria": []}, "Tick at least one"),
        ({"consent": "none"}, "Respect it"),
        ({"named": "unnamed"}, "opens no case"),
        ({"named": ""}, "Does the appeal give the person&#x27;s name? – "),
        ({"capacity": ""}, "Who is said to have done it?"),
    ],
)
def test_a_refused_referral_is_given_back_and_loses_nothing(
    changes: dict[str, object],
    said: str,
    recorded: Appeal,
    officer: User,
    prosecution: Institution,
    prosecutor: User,
    place: Place,
) -> None:
    answer = signed_in(officer).post(
        f"/referrals/from/{recorded.key}/", written(prosecution, **changes)
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert WORDS in page
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("typed", "read", "days"),
    [
        ("March 2021", "March 2021", (dt.date(2021, 3, 1), dt.date(2021, 3, 31))),
        ("наурыз 2021", "March 2021", (dt.date(2021, 3, 1), dt.date(2021, 3, 31))),
        ("2021-03-05", "5 March 2021", (dt.date(2021, 3, 5), dt.date(2021, 3, 5))),
        ("2021-03/..", "not before: March 2021", (dt.date(2021, 3, 1), None)),
        ("", "The day is not known", (None, None)),
    ],
)
def test_a_date_of_which_only_a_part_is_known_is_kept_as_told_and_read_in_the_reader_s_language(
    typed: str,
    read: str,
    days: tuple[dt.date | None, dt.date | None],
    recorded: Appeal,
    officer: User,
    prosecution: Institution,
    prosecutor: User,
    place: Place,
) -> None:
    address = f"/referrals/from/{recorded.key}/"
    signed_in(officer).post(address, written(prosecution, happened=typed))

    told, made = Allegation.objects.get(), Referral.objects.get()
    assert (told.happened_from, told.happened_to) == days
    assert told.happened_words == made.happened_words == typed
    assert read in signed_in(prosecutor).get(page_of(made)).content.decode()


def test_a_double_click_refers_once_and_shows_the_referral(
    recorded: Appeal, officer: User, prosecution: Institution, prosecutor: User, place: Place
) -> None:
    desk, address = signed_in(officer), f"/referrals/from/{recorded.key}/"
    desk.post(address, written(prosecution))

    again = desk.post(address, written(prosecution))

    assert Referral.objects.count() == 1
    assert page_of(Referral.objects.get()) in again.content.decode()


def test_the_prosecutor_accepts_with_the_number_of_the_register(
    referral: Referral, prosecutor: User
) -> None:
    answer = signed_in(prosecutor).post(page_of(referral) + "accept/", number())

    assert answer.headers["Location"] == f"/cases/{Case.objects.get().key}/"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": ""}, "Number in the register"),
        ({"number": "—"}, "as it stands in the register"),
        ({"given_day": "2099-01-01"}, "The day is in the future"),
        ({"register": "nonsense"}, "Register"),
    ],
)
def test_a_refused_number_is_given_back(
    changes: dict[str, object], said: str, referral: Referral, prosecutor: User
) -> None:
    answer = signed_in(prosecutor).post(page_of(referral) + "accept/", number(**changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Case.objects.exists()


def test_accepting_twice_is_told_with_a_way_to_the_case(
    referral: Referral, prosecutor: User
) -> None:
    desk = signed_in(prosecutor)
    desk.post(page_of(referral) + "accept/", number())

    again = desk.post(page_of(referral) + "accept/", number())

    assert again.status_code == 422
    assert f"/cases/{Case.objects.get().key}/" in again.content.decode()
    assert Case.objects.count() == 1


def test_the_prosecutor_refuses_with_a_reason(
    referral: Referral, prosecutor: User, officer: User
) -> None:
    signed_in(prosecutor).post(page_of(referral) + "refuse/", {"reason": "not_competent"})

    assert Referral.objects.get().answer == Answer.REFUSED
    assert "Not within our competence" in signed_in(officer).get(page_of(referral)).content.decode()


def test_refusing_what_was_accepted_is_told_on_the_page(
    referral: Referral, prosecutor: User
) -> None:
    accept(referral, prosecutor)

    answer = signed_in(prosecutor).post(page_of(referral) + "refuse/", {"reason": "other"})

    assert answer.status_code == 422
    assert "already answered" in answer.content.decode()


def test_a_refusal_without_a_reason_is_given_back(referral: Referral, prosecutor: User) -> None:
    assert signed_in(prosecutor).post(page_of(referral) + "refuse/").status_code == 422


def test_each_side_sees_what_waits_for_it(
    referral: Referral, prosecutor: User, officer: User
) -> None:
    [waiting] = agenda.agenda(viewer=actor(prosecutor), at=NOW)
    assert waiting.due_at == referral.answer_due_at
    assert agenda.agenda(viewer=actor(officer), at=NOW) == []

    signed_in(prosecutor).post(page_of(referral) + "refuse/", {"reason": "other"})

    assert agenda.agenda(viewer=actor(prosecutor), at=NOW) == []
    assert [each.url for each in agenda.agenda(viewer=actor(officer), at=NOW)] == [
        page_of(referral)
    ]


def test_the_appeal_s_page_says_where_it_was_referred(referral: Referral, officer: User) -> None:
    page = signed_in(officer).get(f"/appeals/{referral.appeal_key}/").content.decode()

    assert f'href="{page_of(referral)}"' in page
    assert "Nothing was passed on yet" not in page


def test_a_referral_is_offered_until_there_is_one_and_again_when_it_was_refused(
    recorded: Appeal, officer: User, prosecution: Institution, prosecutor: User
) -> None:
    desk, offer = signed_in(officer), f'href="/referrals/from/{recorded.key}/"'
    address = f"/appeals/{recorded.key}/"
    assert offer in desk.get(address).content.decode()

    made = refer(recorded, prosecution, officer)
    assert offer not in desk.get(address).content.decode()

    signed_in(prosecutor).post(page_of(made) + "refuse/", {"reason": "other"})
    assert offer in desk.get(address).content.decode()


def test_an_appeal_that_has_ended_is_not_offered_to_a_prosecutor(
    recorded: Appeal, officer: User
) -> None:
    recorded.outcome = "unconfirmed"
    recorded.save(update_fields=["outcome"])

    page = signed_in(officer).get(f"/appeals/{recorded.key}/").content.decode()

    assert "/referrals/from/" not in page


def test_who_may_not_work_on_an_appeal_is_offered_no_way_to_pass_it_on(
    recorded: Appeal, ombudsperson: Institution
) -> None:
    leader = signed_in(person("supervisor", ombudsperson))

    assert "/from/" not in leader.get(f"/appeals/{recorded.key}/").content.decode()


def test_the_list_shows_both_sides(referral: Referral, prosecutor: User, officer: User) -> None:
    for somebody in (prosecutor, officer):
        assert page_of(referral) in signed_in(somebody).get("/referrals/").content.decode()
