"""The same form after Back, and two tabs with different drafts: one record, and nothing typed is lost."""

from arasha.appeals.models import Appeal
from arasha.cases.models import Case, Decision
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.cases.test_desk import form as decision
from tests.cases.test_desk import page_of as page_of_case
from tests.desk.signing_in import signed_in
from tests.handoffs.appeals_to_cases.test_desk import number, page_of, written
from tests.walk import decide

OTHER_WORDS = "What was written in the other tab"


def test_a_referral_from_a_second_tab_is_not_made_and_its_account_is_kept(
    recorded: Appeal, officer: User, prosecution: Institution, prosecutor: User, place: Place
) -> None:
    desk, address = signed_in(officer), f"/referrals/from/{recorded.key}/"
    desk.post(address, written(prosecution))

    second = desk.post(address, written(prosecution, account=OTHER_WORDS))

    page = second.content.decode()
    assert second.status_code == 422
    assert "already with that prosecutor" in page
    assert OTHER_WORDS in page
    assert page_of(Referral.objects.get()) in page


def test_who_goes_back_to_the_form_of_a_referral_reads_that_it_was_made(
    recorded: Appeal, officer: User, prosecution: Institution, prosecutor: User, place: Place
) -> None:
    desk, address = signed_in(officer), f"/referrals/from/{recorded.key}/"
    desk.post(address, written(prosecution))

    page = desk.get(address).content.decode()  # no-store: Back asks the server again

    assert "This appeal was referred on" in page
    assert page_of(Referral.objects.get()) in page


def test_an_acceptance_from_a_second_tab_makes_no_case_and_its_number_is_kept(
    referral: Referral, prosecutor: User
) -> None:
    desk, address = signed_in(prosecutor), page_of(referral) + "accept/"
    desk.post(address, number())

    second = desk.post(address, number(number="26-0999"))

    page = second.content.decode()
    assert "This was already answered" in page
    assert "26-0999" in page
    assert f"/cases/{Case.objects.get().key}/" in page


def test_a_decision_from_a_second_tab_is_not_entered_and_is_kept_as_typed(
    case: Case, prosecutor: User
) -> None:
    decide(case, "investigation_opened", prosecutor)

    second = signed_in(prosecutor).post(
        page_of_case(case) + "decide/sent_to_court/", decision(case, days_later=3, persons=7)
    )

    assert "What changed meanwhile" in second.content.decode()
    assert 'value="7"' in second.content.decode()
    assert not Decision.objects.filter(kind="sent_to_court").exists()


def test_a_decision_sent_again_after_back_is_told_that_it_stands_already(
    case: Case, prosecutor: User
) -> None:
    desk, address = signed_in(prosecutor), page_of_case(case) + "decide/sent_to_court/"
    desk.post(address, decision(case))
    asked_again = desk.get(address).context["case"]  # no-store: Back asks the server again

    second = desk.post(address, decision(asked_again))

    assert second.status_code == 422
    assert "cannot follow the stage" in second.content.decode()
    assert Decision.objects.filter(kind="sent_to_court").count() == 1
