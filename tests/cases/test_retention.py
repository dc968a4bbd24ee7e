"""What is destroyed: who agrees, what goes, what stays, and what wins over two people's word."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from arasha.access.protected import PROTECTED
from arasha.actors import RETENTION
from arasha.cases import file_store, selectors, services
from arasha.cases.errors import HeldError
from arasha.cases.errors.keeping import (
    EmptyListError,
    ErasedError,
    ListAnsweredError,
    ListedYourselfError,
    NoReasonError,
    NotOverError,
    NotTheLeaderError,
    NotVouchedError,
)
from arasha.cases.models import (
    Allegation,
    Case,
    Custody,
    Decision,
    Document,
    Identity,
    Note,
    Number,
    Person,
    PlainState,
    RetentionEntry,
    RetentionList,
    ViewCode,
)
from arasha.cases.services.destroying import GONE, WORDS
from arasha.cases.terms_of_keeping import over_day
from arasha.cases.tick import erase
from arasha.commands.references import dangling_references
from arasha.journal.checks import faults_of_entries
from arasha.journal.models import Entry, Leaf, Salt
from arasha.notices.models import Notice
from arasha.packs.model import Keep
from arasha.people.models import User
from tests.cases.keeping import YEARS_LATER, agreed, hold, listed
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor, person
from tests.walk import WORDS as TOLD

LONGEST_CODE = 64  # of codes, numbers of ours and hashes; what is longer was written by somebody


@pytest.fixture
def full(terminated: Case, victim: Person, prosecutor: User) -> Case:
    """A row in every table that says who somebody is, or in whose words it was told."""
    Identity.objects.create(case=terminated, person=victim, name="Somebody")
    services.make_code(person=victim, by=actor(prosecutor), at=NOW)
    services.add_note(case=terminated, text="Ask the guard.", by=actor(prosecutor), at=NOW)
    digest = "ab" * 32
    default_storage.save(file_store.path_of(digest), ContentFile(b"a letter"))
    document = Document.objects.create(
        case=terminated, kind="other", title="Letter", sha256=digest, size=8, added_at=NOW
    )
    Custody.objects.create(
        case=terminated, document=document, index=0, act="received", sha256=digest,
        at=NOW, by_kind="job", previous="", link="1" * 64,
    )  # fmt: skip
    return Case.objects.get()


def test_an_open_case_is_not_destroyed(case: Case, prosecutor: User) -> None:
    with pytest.raises(NotOverError, match=case.number):
        listed(case, prosecutor)


def test_a_held_case_comes_onto_no_list(terminated: Case, prosecutor: User) -> None:
    hold(terminated, prosecutor)

    with pytest.raises(HeldError):
        listed(terminated, prosecutor)


def test_a_list_of_nothing_is_refused(terminated: Case, prosecutor: User) -> None:
    with pytest.raises(EmptyListError):
        services.make_list(
            institution=terminated.holder, cases=[], vouched=[], reason="court",
            by=actor(prosecutor), at=NOW,
        )  # fmt: skip


def test_where_the_country_knows_no_time_nothing_is_over(
    terminated: Case, prosecutor: User
) -> None:
    who = actor(prosecutor)

    assert not selectors.proposals(
        viewer=who, office=terminated.holder, at=YEARS_LATER + dt.timedelta(days=99_999)
    ).exists()
    with pytest.raises(NotOverError):
        listed(terminated, prosecutor, reason="term_over", vouched=True)


@pytest.mark.usefixtures("keeps_for_five_years")
def test_by_a_rule_that_is_known_a_case_is_due_when_its_time_is_over(
    terminated: Case, prosecutor: User
) -> None:
    who, office = actor(prosecutor), terminated.holder

    assert not selectors.proposals(viewer=who, office=office, at=NOW).exists()
    found = selectors.proposals(viewer=who, office=office, at=YEARS_LATER)
    [due] = selectors.proposed(viewer=who, found=list(found))

    assert (due.case, due.term.retention, due.term.is_verified) == (
        terminated, "case_terminated", True,
    )  # fmt: skip
    listed(terminated, prosecutor, reason="term_over")
    assert not selectors.proposals(viewer=who, office=office, at=YEARS_LATER).exists()


@pytest.mark.usefixtures("keeps_perhaps_for_five_years")
def test_a_term_that_nobody_verified_needs_a_person_s_word_for_each_case(
    terminated: Case, prosecutor: User
) -> None:
    with pytest.raises(NotVouchedError, match=terminated.number):
        listed(terminated, prosecutor, reason="term_over")

    listed(terminated, prosecutor, reason="term_over", vouched=True)

    assert RetentionEntry.objects.get().checked == "unverified"


@pytest.mark.usefixtures("keeps_for_five_years")
def test_what_is_kept_for_ever_is_never_due(terminated: Case, prosecutor: User) -> None:
    services.set_retention(
        case=terminated, retention="for_ever", base_version=terminated.version,
        by=actor(prosecutor), at=NOW,
    )  # fmt: skip

    with pytest.raises(NotOverError):
        listed(terminated, prosecutor, reason="term_over")


def test_five_years_after_29_february_is_28_february() -> None:
    keep = Keep(stages=(), years=5, checked="official", source="")

    assert over_day(keep, dt.date(2024, 2, 29)) == dt.date(2029, 2, 28)


def test_nobody_agrees_to_their_own_list(terminated: Case, head_of_office: User) -> None:
    with pytest.raises(ListedYourselfError, match="Another person"):
        agreed(listed(terminated, head_of_office), head_of_office)


def test_whoever_does_not_lead_the_office_agrees_to_nothing(
    terminated: Case, prosecutor: User
) -> None:
    colleague = person("prosecutor", terminated.holder)

    with pytest.raises(NotTheLeaderError):
        agreed(listed(terminated, prosecutor), colleague)


def test_who_leads_the_office_is_told_of_a_list(
    terminated: Case, prosecutor: User, head_of_office: User
) -> None:
    made = listed(terminated, prosecutor)

    assert Notice.objects.get(kind="retention_list.made").user_id == head_of_office.pk
    agreed(made, head_of_office)
    assert not Notice.objects.filter(kind="retention_list.made", handled_at=None).exists()


def test_a_hold_that_came_meanwhile_hinders_that_two_agree(
    terminated: Case, prosecutor: User, head_of_office: User
) -> None:
    made = listed(terminated, prosecutor)
    hold(terminated, prosecutor)

    with pytest.raises(HeldError):
        agreed(made, head_of_office)


@pytest.mark.usefixtures("keeps_for_five_years")
def test_a_case_that_is_to_be_kept_longer_meanwhile_hinders_that_two_agree(
    terminated: Case, prosecutor: User, head_of_office: User
) -> None:
    made = listed(terminated, prosecutor, reason="term_over")
    keep_for_ever(terminated, prosecutor)

    with pytest.raises(NotOverError, match=terminated.number):
        agreed(made, head_of_office)


def test_what_a_court_ordered_to_destroy_is_no_question_of_its_class(
    full: Case, prosecutor: User, head_of_office: User
) -> None:
    made = listed(full, prosecutor, reason="court")
    keep_for_ever(full, prosecutor)

    agreed(made, head_of_office)

    assert erase(at=YEARS_LATER) == 1


def test_a_case_is_taken_out_with_a_reason_only(
    terminated: Case, prosecutor: User, head_of_office: User
) -> None:
    made = listed(terminated, prosecutor)
    entry = made.entries.get()

    with pytest.raises(NoReasonError):
        services.take_out(entry=entry, words="", by=actor(head_of_office), at=YEARS_LATER)
    services.take_out(entry=entry, words="A claim runs.", by=actor(head_of_office), at=YEARS_LATER)
    with pytest.raises(EmptyListError):
        agreed(made, head_of_office)


@pytest.mark.parametrize("words", ["held", "reopened", "longer"])
def test_a_person_s_word_is_never_read_as_the_job_s_own_reason(
    terminated: Case, prosecutor: User, head_of_office: User, words: str
) -> None:
    made = listed(terminated, prosecutor, reason="court", at=NOW)
    desk, entry = signed_in(head_of_office), made.entries.get()
    address = f"/cases/keeping/{made.key}/"

    for said in (words, "something else"):
        desk.post(f"{address}take-out/{entry.pk}/", {"words": said})

    page = " ".join(desk.get(address).content.decode().split())
    assert f'Kept: {words}<span class="a-sub">{head_of_office.full_name}' in page
    for job_says in ("a legal hold was placed", "taken up again", "not over any more"):
        assert job_says not in page


def test_the_job_s_own_reason_is_told_in_its_words(
    full: Case, prosecutor: User, head_of_office: User
) -> None:
    made = agreed(listed(full, prosecutor, reason="court", at=NOW), head_of_office)
    hold(full, prosecutor)
    erase(at=YEARS_LATER)

    page = signed_in(prosecutor).get(f"/cases/keeping/{made.key}/").content.decode()

    assert "Kept: a legal hold was placed" in page


def test_what_was_answered_is_not_answered_again(
    terminated: Case, prosecutor: User, head_of_office: User
) -> None:
    made = agreed(listed(terminated, prosecutor), head_of_office)

    with pytest.raises(ListAnsweredError):
        services.withdraw_list(listed=made, by=actor(prosecutor), at=YEARS_LATER)


def test_without_a_second_person_nothing_is_destroyed(full: Case, prosecutor: User) -> None:
    made = listed(full, prosecutor)

    assert erase(at=YEARS_LATER) == 0
    with pytest.raises(ListAnsweredError):
        services.carry_out(listed=made, by=RETENTION, at=YEARS_LATER)
    assert Identity.objects.exists()


def test_a_hold_after_both_agreed_wins(full: Case, prosecutor: User, head_of_office: User) -> None:
    agreed(listed(full, prosecutor), head_of_office)
    hold(full, prosecutor)

    assert erase(at=YEARS_LATER) == 0

    assert RetentionEntry.objects.get().taken_out == "held"
    assert RetentionList.objects.get().carried_out_at == YEARS_LATER
    assert Identity.objects.exists() and Case.objects.get().erased_at is None


@pytest.mark.usefixtures("keeps_for_five_years")
def test_a_longer_term_after_both_agreed_wins(
    full: Case, prosecutor: User, head_of_office: User
) -> None:
    agreed(listed(full, prosecutor, reason="term_over"), head_of_office)
    keep_for_ever(full, prosecutor)

    assert erase(at=YEARS_LATER) == 0

    assert RetentionEntry.objects.get().taken_out == "longer"
    assert Identity.objects.exists() and Case.objects.get().erased_at is None


def keep_for_ever(case: Case, by: User) -> None:
    services.set_retention(
        case=case,
        retention="for_ever",
        base_version=Case.objects.get(pk=case.pk).version,
        by=actor(by),
        at=NOW,
    )


def test_who_and_what_in_words_goes_and_a_tombstone_stays(
    full: Case, prosecutor: User, head_of_office: User
) -> None:
    before = Decision.objects.values_list("kind", "day", "persons")
    kept = list(before)
    agreed(listed(full, prosecutor), head_of_office)

    assert erase(at=YEARS_LATER) == 1

    for gone in (Identity, ViewCode, PlainState, Note, Document, Custody, Number):
        assert not gone.objects.exists(), gone.__name__
    assert not default_storage.exists(file_store.path_of("ab" * 32))
    assert Allegation.objects.get().account == ""
    assert not Entry.objects.filter(reason_code__contains=TOLD).exists()
    left = Case.objects.get()
    assert (left.number, left.stage, left.erased_at) == (full.number, "closed", YEARS_LATER)
    assert list(before.all()) == kept
    assert Person.objects.get().code == "V1"


def test_bytes_that_another_case_holds_stay(
    full: Case, prosecutor: User, head_of_office: User
) -> None:
    other = Case.objects.create(number="KZ-2026-9999", holder=full.holder, registered_at=NOW)
    Document.objects.create(
        case=other, kind="other", title="Copy", sha256="ab" * 32, size=8, added_at=NOW
    )
    agreed(listed(full, prosecutor), head_of_office)
    erase(at=YEARS_LATER)

    assert default_storage.exists(file_store.path_of("ab" * 32))


def test_the_log_and_the_references_are_none_the_worse(
    full: Case, prosecutor: User, head_of_office: User
) -> None:
    leaves, before = Leaf.objects.count(), list(dangling_references())
    agreed(listed(full, prosecutor), head_of_office)
    erase(at=YEARS_LATER)

    told = Salt.objects.filter(entry__subject_kind="case", entry__subject_key=full.pk)
    assert set(told.values_list("entry__act", flat=True)) <= {
        "journal.salts_erased", "case.erased",
    }  # fmt: skip
    assert Leaf.objects.count() > leaves
    assert list(faults_of_entries()) == []
    assert list(dangling_references()) == before


def test_nothing_is_written_into_what_was_destroyed(
    full: Case, prosecutor: User, head_of_office: User
) -> None:
    agreed(listed(full, prosecutor), head_of_office)
    erase(at=YEARS_LATER)

    with pytest.raises(ErasedError, match="destroyed"):
        services.add_note(case=full, text="more", by=actor(prosecutor), at=YEARS_LATER)
    with pytest.raises(ErasedError):
        hold(full, prosecutor)
    desk = signed_in(prosecutor)
    assert desk.get(f"/cases/{full.pk}/").status_code == 200
    assert "was destroyed" in desk.get(f"/cases/{full.pk}/keeping/").content.decode()


def test_carrying_out_again_is_harmless(full: Case, prosecutor: User, head_of_office: User) -> None:
    agreed(listed(full, prosecutor), head_of_office)

    assert [erase(at=YEARS_LATER), erase(at=YEARS_LATER)] == [1, 0]
    assert Entry.objects.filter(act="case.erased").count() == 1


def test_of_every_text_about_a_case_it_is_said_that_it_goes() -> None:
    ours = {table.table for table in PROTECTED if table.kind == "case"}
    left = [
        f"{model.__name__}.{field.name}"
        for model in _models()
        if model._meta.db_table in ours and model not in GONE
        for field in model._meta.get_fields()
        if _is_long(field) and field.name not in WORDS.get(model, ())
    ]

    assert left == [], "let services/destroying.py destroy it"


def _is_long(field: object) -> bool:
    if isinstance(field, models.CharField):
        return (field.max_length or 0) > LONGEST_CODE
    return isinstance(field, (models.TextField, models.BinaryField))


def _models() -> list[type[models.Model]]:
    return list(Case._meta.apps.get_app_config("cases").get_models())


def test_the_pages_lead_from_a_case_to_its_protocol(
    terminated: Case, prosecutor: User, head_of_office: User
) -> None:
    desk, boss = signed_in(prosecutor), signed_in(head_of_office)

    answer = desk.post("/cases/keeping/", {"number": terminated.number, "reason": "court"})
    page = answer.headers["Location"]
    assert "must agree" in desk.get(page).content.decode()
    assert desk.post(f"{page}agree/").status_code == 403
    assert desk.get(f"{page}protocol/").status_code == 404
    assert boss.post(f"{page}agree/").headers["Location"] == page
    erase(at=NOW)

    protocol = boss.get(f"{page}protocol/").content.decode()
    for shown in (terminated.number, prosecutor.full_name, head_of_office.full_name, "Destroyed"):
        assert shown in protocol


@pytest.mark.usefixtures("terminated")
def test_the_page_refuses_a_case_of_another_office(case: Case, other_prosecutor: User) -> None:
    answer = signed_in(other_prosecutor).post(
        "/cases/keeping/", {"number": case.number, "reason": "court"}
    )

    assert answer.status_code == 422
    assert "No case is chosen" in answer.content.decode()
    assert not RetentionList.objects.exists()


def test_a_stranger_finds_no_list(
    terminated: Case, prosecutor: User, other_prosecutor: User
) -> None:
    made = listed(terminated, prosecutor)

    assert signed_in(other_prosecutor).get(f"/cases/keeping/{made.pk}/").status_code == 404
