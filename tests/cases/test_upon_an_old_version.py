"""Who saves upon an old version wins nothing, at every address of a case: the table follows the URLconf."""

from collections.abc import Callable
from typing import Any

import pytest

from arasha.cases.models import Person
from arasha.journal.digests import READ
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.cases.people import add, version
from tests.cases.test_terms import suspend
from tests.cases.whole import TODAY, Whole, address_of, addresses, whole
from tests.desk.signing_in import signed_in

__all__ = ["whole"]

DAY = TODAY.isoformat()
Sent = Callable[[Whole], dict[str, Any]]

# What changes what others saw: what a person would send, besides the version.
VERSIONED: dict[str, Sent] = {
    "number": lambda w: {"register": "kui", "number": "77-1", "issuer": "Samal", "given_day": DAY},
    "classify": lambda w: {"conduct": "torture", "capacity": "official", "criteria": ["information"], "body_kind": "prosecutor"},
    "settle": lambda w: {"words": "Nothing follows."},
    "same_event": lambda w: {"answer": "linked"},
    "add_person": lambda w: {"role": "witness", "name": "Another"},
    "correct_person": lambda w: {"role": "victim", "name": "Another"},
    "add_event": lambda w: {"happened": "2021", "where": "Yard"},
    "correct_event": lambda w: {"happened": "2021", "where": "Yard"},
    "add_act": lambda w: {"methods": ["beating"]},
    "correct_act": lambda w: {"methods": ["beating"]},
    "involve": lambda w: {"person": str(w.suspect.pk), "degree": "ordered", "capacity": "official", "state": "alleged", "since_day": DAY},
    "change_state": lambda w: {"state": "charged", "since_day": DAY},
    "correct_allegation": lambda w: {"account": "Other words.", "reason": "Read again."},
    "decide": lambda w: {"day": DAY, "ground": "no_elements", "reason": "As it says."},
    "open_proceeding": lambda w: {"kind": "civil", "body_name": "A court", "day": DAY},
    "add_step": lambda w: {"kind": "interview", "day": DAY},
    "close_proceeding": lambda w: {"day": DAY},
    "tell": lambda w: {"person": str(w.victim.pk), "way": "letter", "day": DAY},
    "charge": lambda w: {"person": str(_another(w).pk), "conduct": "torture", "part": "2", "day": DAY},
    "withdraw_charge": lambda w: {"day": DAY},
    "suspend_term": lambda w: {"reason": "approval", "day": DAY},
    "resume_term": lambda w: {"day": DAY},
    "file_motion": lambda w: {"amount": "3", "reason": "An expert.", "day": DAY},
    "answer_motion": lambda w: {"answer": "granted", "amount": "3", "day": DAY},
    "ask_for_term": lambda w: {"person": str(w.victim.pk), "day": DAY},
    "answer_request": lambda w: {"day": DAY, "until_day": DAY},
    "retention_class": lambda w: {"retention": "case_to_court"},
}  # fmt: skip

# Rows of their own, which nobody overwrites: two people who write at once have both written. What can be
# done to such a row is done once, and whoever comes second is told so, or finds it done.
OF_ITS_OWN: dict[str, str] = {
    "notes": "a note is never edited",
    "hold": "two holds stand beside each other",
    "lift_hold": "lifted once (HoldLiftedError)",
    "codes": "one live code a person (CodeStandsError)",
    "replace_code": "replaced once (CodeRevokedError)",
    "revoke_code": "revoked once (CodeRevokedError)",
    "add_document": "a file beside others; a large one is not sent again for a colleague's note",
    "document_act": "a link of a chain: the next one, whoever adds it",
    "withdraw_document": "struck out once, and it stays to be seen",
    "copy_document": "gives out, and says so",
    "export_documents": "gives out, and says so",
    "letter": "a document with a number of its own",
}

READ_ONLY = {
    *("case", "people", "in_law", "decisions", "documents", "medical_documents"),
    *("keeping", "terms_of", "motion_draft"),
}


def _another(whole: Whole) -> Person:
    """A suspect who is not charged yet."""
    return whole.case.persons.get(code="S2")


@pytest.fixture
def ready(whole: Whole, prosecutor: User) -> Whole:
    add(whole.case, prosecutor, "Second", role="suspect")
    return whole


def acts() -> int:
    return Entry.objects.exclude(act=READ).count()


def test_every_address_is_in_the_table() -> None:
    assert addresses().keys() == VERSIONED.keys() | OF_ITS_OWN.keys() | READ_ONLY


@pytest.mark.parametrize("name", sorted(READ_ONLY))
def test_what_only_shows_takes_nothing(name: str, whole: Whole, prosecutor: User) -> None:
    assert signed_in(prosecutor).post(address_of(name, whole), {}).status_code == 405


@pytest.mark.parametrize("name", VERSIONED)
def test_upon_an_old_version_nothing_is_saved_and_what_changed_is_shown(
    name: str, ready: Whole, prosecutor: User
) -> None:
    desk, case = signed_in(prosecutor), ready.case
    if name == "file_motion":
        ready.motion.delete()
    if name == "resume_term":
        suspend(ready.clock, prosecutor)
    sent = VERSIONED[name](ready)
    seen = version(case)
    add(case, prosecutor, "Somebody whom a colleague entered", role="witness")
    before = acts()

    answer = desk.post(address_of(name, ready), sent | {"base_version": seen})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else changed this record" in page
    assert "What was entered meanwhile" in page
    assert "Added a person" in page
    assert f'name="base_version" value="{seen + 1}"' in page
    assert (version(case), acts()) == (seen + 1, before)

    again = desk.post(address_of(name, ready), sent | {"base_version": seen + 1})
    assert again.status_code == 302, again.content.decode()
    assert acts() > before


@pytest.mark.parametrize("name", VERSIONED)
def test_a_form_without_its_version_saves_nothing(
    name: str, ready: Whole, prosecutor: User
) -> None:
    sent, before = VERSIONED[name](ready), acts()

    assert signed_in(prosecutor).post(address_of(name, ready), sent).status_code == 422
    assert acts() == before


def test_a_fault_in_an_old_form_does_not_hide_what_changed(whole: Whole, prosecutor: User) -> None:
    """Else it would come back with the newer version, and the change would be merged unseen."""
    seen = version(whole.case)
    add(whole.case, prosecutor, "Somebody", role="witness")

    page = signed_in(prosecutor).post(
        address_of("suspend_term", whole), {"reason": "approval", "day": "", "base_version": seen}
    )

    assert page.status_code == 422
    assert "What was entered meanwhile" in page.content.decode()


def test_on_the_newest_version_nothing_is_said_to_have_changed(
    whole: Whole, prosecutor: User
) -> None:
    page = signed_in(prosecutor).post(
        address_of("suspend_term", whole),
        {"reason": "approval", "day": "", "base_version": version(whole.case)},
    )

    assert "What was entered meanwhile" not in page.content.decode()


@pytest.mark.parametrize("name", ["lift_hold", "replace_code", "revoke_code"])
def test_what_is_done_once_is_not_done_by_whoever_comes_second(
    name: str, whole: Whole, prosecutor: User
) -> None:
    desk = signed_in(prosecutor)
    desk.post(address_of(name, whole), {"words": "Over."})
    before = acts()

    answer = desk.post(address_of(name, whole), {"words": "Over, I say."})

    assert answer.status_code in (409, 422)
    assert acts() == before


def test_two_who_write_a_note_have_both_written(whole: Whole, prosecutor: User) -> None:
    desk = signed_in(prosecutor)

    for text in ("One.", "Two."):
        assert desk.post(address_of("notes", whole), {"text": text}).status_code == 302

    assert whole.case.notes.count() == 2
