"""A referral that nobody registered in its twenty-four hours: the office hears it, and its superior."""

import pytest

from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.appeals_to_cases.tick import tick
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from tests.desk.signing_in import signed_in
from tests.walk import DAY, accept, institution, person

HOUR = DAY / 24


@pytest.fixture
def superior(prosecution: Institution) -> User:
    above = institution("oblast", "prosecutor")
    prosecution.parent = above
    prosecution.save(update_fields=["parent"])
    return person("supervisor", above)


def ringing(user: User) -> set[str]:
    return set(Notice.objects.filter(user=user, handled_at=None).values_list("kind", flat=True))


def test_before_its_end_nobody_above_is_told(referral: Referral, superior: User) -> None:
    tick(at=referral.answer_due_at - HOUR)

    assert ringing(superior) == set()


def test_after_its_end_the_office_and_its_superior_are_told_once(
    referral: Referral, prosecutor: User, superior: User
) -> None:
    for hours in (1, 2, 3):
        tick(at=referral.answer_due_at + hours * HOUR)

    assert ringing(superior) == {"referral.escalated"}
    assert "referral.late" in ringing(prosecutor)
    assert Notice.objects.filter(kind="referral.escalated").count() == 1


def test_the_page_names_who_was_told_to_both(
    referral: Referral, prosecutor: User, superior: User
) -> None:
    tick(at=referral.answer_due_at + HOUR)

    for reader in (prosecutor, superior):
        page = signed_in(reader).get(f"/referrals/{referral.key}/").content.decode()
        assert "The superior was told on" in page
        assert "oblast" in page


def test_without_anybody_above_the_page_says_so(referral: Referral, prosecutor: User) -> None:
    tick(at=referral.answer_due_at + HOUR)

    page = signed_in(prosecutor).get(f"/referrals/{referral.key}/").content.decode()
    assert "nobody above could be told" in page


def test_what_is_registered_falls_silent(
    referral: Referral, prosecutor: User, superior: User
) -> None:
    tick(at=referral.answer_due_at + HOUR)
    accept(Referral.objects.get(), prosecutor)

    tick(at=referral.answer_due_at + 2 * HOUR)
    assert ringing(superior) == set()
