"""A case that was destroyed takes no further act, and its pages say so: every service is in the table."""

import importlib
import inspect
import pkgutil
import re
import uuid
from collections.abc import Callable
from io import BytesIO
from types import FunctionType
from typing import Any

import pytest

from arasha.actors import IMPORTS, RETENTION
from arasha.cases import services, tick
from arasha.cases.deciding.content import Content
from arasha.cases.errors.allegations import CaseNotOpenError
from arasha.cases.errors.keeping import ErasedError, NotOverError
from arasha.cases.models import Case, LegalHold, LetterCounter, RetentionList, SameEvent
from arasha.cases.services import Outcome, documents
from arasha.cases.services.events import Done, Happened
from arasha.cases.services.settling import JOINED, PASSED_ON
from arasha.cases.telling_apart import About
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.cases.keeping import listed
from tests.cases.people import version, who
from tests.cases.reports import register, take
from tests.cases.tables import line, taken_in
from tests.cases.test_classify import TORTURE
from tests.cases.test_import import ready
from tests.cases.whole import TODAY, Whole, address_of, addresses, whole
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor, at_work, decide, needed_by

__all__ = ["whole"]

SAID: dict[str, Any] = {"day": TODAY, "base_version": 1}
PDF = b"%PDF-1.7\n9 0 obj\n<<>>\nendobj\n%%EOF\n"

SAYS = {
    "kk": "жойылды. Нөмірі",
    "ru": "уничтожены. Номер",
    "en": "was destroyed. The number",
}
NAMES = sorted(addresses())
clerk = at_work("clerk", "prosecution")

Act = tuple[Callable[..., Any], Callable[[Whole], dict[str, Any]]]

# Every act on a case or on a row of one, with what it takes besides `by` and `at`.
ACTS: dict[str, Act] = {
    "act_on_document": (services.act_on_document, lambda w: {"document": w.document, "act": "given", "words": "To the expert."}),
    "add_act": (services.add_act, lambda w: {"event": w.event, "done": Done(), "base_version": 1}),
    "add_document": (services.add_document, lambda w: {"case": w.case, "kind": "record", "title": "T", "file": BytesIO(PDF), "name": "b.pdf", "sending": uuid.uuid4()}),
    "add_event": (services.add_event, lambda w: {"case": w.case, "happened": Happened(), "base_version": 1}),
    "add_note": (services.add_note, lambda w: {"case": w.case, "text": "A word."}),
    "add_number": (services.add_number, lambda w: {"case": w.case, "register": "kui", "number": "77-1", "given_day": TODAY}),
    "add_person": (services.add_person, lambda w: {"case": w.case, "about": About(role="witness"), "who": who("Another"), "base_version": 1}),
    "add_step": (services.add_step, lambda w: {"proceeding": w.proceeding, "kind": "interview", **SAID}),
    "answer_motion": (services.answer_motion, lambda w: {"extension": w.motion, "granted": True, **SAID}),
    "answer_request": (services.answer_request, lambda w: {"request": w.request, "until_day": TODAY, **SAID}),
    "ask_for_term": (services.ask_for_term, lambda w: {"case": w.case, "person": w.victim, **SAID}),
    "change_state": (services.change_state, lambda w: {"part": w.part, "state": "charged", "since_day": TODAY, "base_version": 1}),
    "charge": (services.charge, lambda w: {"person": w.suspect, "conduct": "torture", "part": 2, **SAID}),
    "classify": (services.classify, lambda w: {"case": w.case, "finding": TORTURE, "factor_at": NOW, "base_version": 1}),
    "close_proceeding": (services.close_proceeding, lambda w: {"proceeding": w.proceeding, "closed_day": TODAY, "base_version": 1}),
    "compare": (services.compare, lambda w: {"case": w.case}),
    "copy_out": (services.copy_out, lambda w: {"document": w.document}),
    "correct_act": (services.correct_act, lambda w: {"act": w.act, "done": Done(), "base_version": 1}),
    "correct_allegation": (services.correct_allegation, lambda w: {"allegation": w.allegation, "what": "account", "account": "Other.", "reason": "Read again.", "base_version": 1}),
    "correct_event": (services.correct_event, lambda w: {"event": w.event, "happened": Happened(where="Yard"), "base_version": 1}),
    "correct_person": (services.correct_person, lambda w: {"person": w.victim, "about": About(role="victim"), "who": who("Other"), "base_version": 1}),
    "decide": (services.decide, lambda w: {"case": w.case, "kind": "terminated", "content": Content(), **SAID}),
    "documents.enter": (documents.enter, lambda w: {"case": w.case, "key": uuid.uuid4(), "file": BytesIO(PDF), "digest": "ab" * 32, "said": {"kind": "record"}}),
    "enter_in_book": (services.enter_in_book, lambda w: {"allegation": w.allegation, "register": "kui", "number": "78-1", "given_day": TODAY}),
    "export_documents": (services.export_documents, lambda w: {"case": w.case}),
    "file_motion": (services.file_motion, lambda w: {"deadline": w.clock, "amount": 4, "reason": "More.", **SAID}),
    "involve": (services.involve, lambda w: {"act": w.act, "person": w.suspect, "degree": "ordered", "capacity": "official", "state": "alleged", "since_day": TODAY, "base_version": 1}),
    "lift_hold": (services.lift_hold, lambda w: {"hold": w.hold, "words": "Over."}),
    "make_code": (services.make_code, lambda w: {"person": w.victim}),
    "note_conflict": (services.note_conflict, lambda w: {"case": w.case, "conflicts": ["same_office"], "body_kind": "police"}),
    "note_warning": (services.note_warning, lambda w: {"allegation": w.allegation, "day": TODAY}),
    "open_proceeding": (services.open_proceeding, lambda w: {"case": w.case, "kind": "civil", "body_name": "C", "opened_day": TODAY, "base_version": 1}),
    "pass_on": (services.pass_on, lambda w: {"allegation": w.allegation, "outcome": Outcome(kind=PASSED_ON, day=TODAY, reason="x"), "seen": 0, "office": w.case.holder}),
    "place_hold": (services.place_hold, lambda w: {"case": w.case, "reason": "inspection", "words": "Again."}),
    "register": (services.register, lambda w: {"allegation": w.allegation, "holder": w.case.holder, "number_register": "erdr", "number": "9", "number_day": TODAY}),
    "replace_code": (services.replace_code, lambda w: {"code": w.code}),
    "resume_term": (services.resume_term, lambda w: {"deadline": w.clock, **SAID}),
    "revoke_code": (services.revoke_code, lambda w: {"code": w.code}),
    "set_retention": (services.set_retention, lambda w: {"case": w.case, "retention": "case_to_court", "base_version": 1}),
    "same_events.settle": (services.settle, lambda w: {"pair": w.pair, "answer": "linked", "words": "", "base_version": 1}),
    "settle_change": (services.settle_change, lambda w: {"change": w.change, "words": "Nothing.", "base_version": 1}),
    "suspend_term": (services.suspend_term, lambda w: {"deadline": w.clock, "reason": "approval", **SAID}),
    "tell_victim": (services.tell_victim, lambda w: {"decision": w.decision, "person": w.victim, "way": "letter", **SAID}),
    "withdraw_charge": (services.withdraw_charge, lambda w: {"charge": w.charge, **SAID}),
    "withdraw_document": (services.withdraw_document, lambda w: {"document": w.document, "words": "A mistake."}),
}  # fmt: skip

# What takes no case, or takes it out of the hands of an act that is in the table.
BESIDE: dict[str, str] = {
    **dict.fromkeys(
        ("agree_to_list", "carry_out", "take_out", "withdraw_list"),
        "a list: what was destroyed in it stays destroyed, and the list is answered as a list",
    ),
    "make_list": "takes many cases; refuses with the number of the one (below)",
    "keep_letter": "its words come before the case; refuses below",
    "join": "an allegation of no case is joined; refuses below",
    "undo": "an import goes out whole or not at all; refuses below",
    **dict.fromkeys(
        ("ask_for", "entering.enter", "enter_from_paper", "fail", "give_up", "map_columns"),
        "makes cases, or nothing",
    ),
    **dict.fromkeys(("take_in", "upload", "receive_allegation", "take_report"), "of no case yet"),
    **dict.fromkeys(("make_feed", "revoke_feed"), "of a person"),
    **dict.fromkeys(("fold_anew", "review_answers"), "jobs over all that are not destroyed"),
    **dict.fromkeys(
        ("start_clock", "stop_clocks", "suspend_clocks", "resume_clocks", "run_anew", "run_as"),
        "part of an act that holds the case: registration, decision, motion, suspension",
    ),
    **dict.fromkeys(("store_decision", "follow_move", "settling.settle"), "part of such an act"),
    "ring": "a bell of a clock that runs; a case in which one runs is not destroyed",
}


def every_service() -> set[str]:
    """The names of all that is done by somebody at a moment; with their module's where two have one name."""
    found: dict[str, list[str]] = {}
    for module in pkgutil.iter_modules(services.__path__):
        held = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, value in vars(held).items():
            if _is_service(value, of=held.__name__):
                found.setdefault(name, []).append(module.name)
    return {
        f"{module}.{name}" if len(modules) > 1 else name
        for name, modules in found.items()
        for module in modules
    }


def _is_service(value: object, *, of: str) -> bool:
    if not isinstance(value, FunctionType) or value.__module__ != of:
        return False
    takes = inspect.signature(value).parameters.keys()
    return not value.__name__.startswith("_") and {"by", "at"} <= takes


def erase(whole: Whole) -> None:
    """Only marked: the rows stay, so that nothing but the mark can refuse an act on them."""
    Case.objects.filter(pk=whole.case.pk).update(erased_at=NOW)


def test_every_service_is_in_the_table() -> None:
    assert every_service() == ACTS.keys() | BESIDE.keys()
    assert not ACTS.keys() & BESIDE.keys()


@pytest.mark.parametrize("name", ACTS)
def test_no_act_is_done_on_what_was_destroyed(name: str, whole: Whole, prosecutor: User) -> None:
    act, takes = ACTS[name]
    erase(whole)
    acts = Entry.objects.count()

    with pytest.raises(ErasedError, match="Nothing can be added"):
        act(**takes(whole), by=actor(prosecutor), at=NOW)
    assert Entry.objects.count() == acts


def test_it_comes_onto_no_other_list(whole: Whole, prosecutor: User) -> None:
    LegalHold.objects.all().delete()
    erase(whole)

    with pytest.raises(NotOverError, match=whole.case.number):
        services.make_list(
            institution=whole.case.holder,
            cases=[whole.case.pk],
            vouched=[],
            reason="court",
            by=actor(prosecutor),
            at=NOW,
        )


def test_no_letter_is_kept_in_it_and_no_number_is_taken(whole: Whole, prosecutor: User) -> None:
    desk = signed_in(prosecutor)
    address = address_of("letter", whole)
    erase(whole)

    assert desk.post(address, {}).status_code == 409
    assert not LetterCounter.objects.exists()


def test_no_report_is_joined_to_it(whole: Whole, prosecutor: User) -> None:
    report = take(whole.case.holder, prosecutor)
    erase(whole)

    with pytest.raises(ErasedError):
        services.join(
            allegation=report,
            outcome=Outcome(kind=JOINED, day=TODAY, reason="told_twice", case=whole.case),
            seen=0,
            office=whole.case.holder,
            by=actor(prosecutor),
            at=NOW,
        )


def test_no_case_is_joined_to_it(whole: Whole, prosecutor: User) -> None:
    erase(whole)
    other = register(take(whole.case.holder, prosecutor), prosecutor)

    into = Case.objects.get(pk=whole.case.pk)
    with pytest.raises(CaseNotOpenError):
        decide(other, "joined", prosecutor, content=needed_by("joined", into=into))


def test_an_import_of_which_one_case_was_destroyed_is_not_taken_back(
    prosecution: Institution, clerk: User, place: Place
) -> None:
    imported = taken_in(ready(clerk, prosecution, line(place=place.code)), clerk)
    Case.objects.update(erased_at=NOW)

    with pytest.raises(ErasedError):
        services.undo(imported=imported, on_behalf=actor(clerk), by=IMPORTS, at=NOW)
    assert Case.objects.exists()


def test_the_job_that_compares_cases_passes_it_by(whole: Whole) -> None:
    erase(whole)

    tick.compare(at=NOW)

    assert Case.objects.get(pk=whole.case.pk).compared_version == 0


def test_what_was_said_of_it_beside_another_case_goes_too(
    whole: Whole, prosecutor: User, head_of_office: User
) -> None:
    services.settle(
        pair=whole.pair,
        answer="not_the_same",
        words="Another.",
        base_version=version(whole.case),
        by=actor(prosecutor),
        at=NOW,
    )

    decide(whole.case, "terminated", prosecutor, days_later=17)
    LegalHold.objects.all().delete()
    made = listed(whole.case, prosecutor, at=NOW)
    services.agree_to_list(listed=made, by=actor(head_of_office), at=NOW)

    services.carry_out(listed=RetentionList.objects.get(), by=RETENTION, at=NOW)

    assert Case.objects.get(pk=whole.case.pk).erased_at == NOW
    assert set(SameEvent.objects.values_list("words", flat=True)) == {""}


@pytest.mark.parametrize("language", SAYS)
def test_its_pages_say_that_it_was_destroyed(language: str, whole: Whole, prosecutor: User) -> None:
    erase(whole)
    desk = signed_in(prosecutor, language=language)

    for name in ("case", "people", "in_law", "decisions", "documents", "notes", "terms_of"):
        assert SAYS[language] in desk.get(address_of(name, whole)).content.decode(), name


def test_no_page_offers_to_write_in_it(whole: Whole, prosecutor: User) -> None:
    """Whatever a page of it links to can still be opened."""
    erase(whole)
    desk = signed_in(prosecutor)

    for name in (
        "case",
        "people",
        "in_law",
        "decisions",
        "documents",
        "notes",
        "codes",
        "keeping",
        "terms_of",
    ):
        page = desk.get(address_of(name, whole)).content.decode()
        for link in set(re.findall(rf'href="(/cases/{whole.case.pk}/[^"]*)"', page)):
            assert desk.get(link).status_code == 200, (name, link)


@pytest.mark.parametrize("name", NAMES)
def test_every_address_that_writes_says_that_it_was_destroyed(
    name: str, whole: Whole, prosecutor: User
) -> None:
    erase(whole)
    before = Case.objects.get(pk=whole.case.pk).version

    answer = signed_in(prosecutor).post(address_of(name, whole), {"base_version": before})

    assert answer.status_code in (405, 409), name
    assert answer.status_code == 405 or "has been destroyed" in answer.content.decode()
    assert Case.objects.get(pk=whole.case.pk).version == before


def test_whoever_may_see_nothing_of_it_is_told_nothing(
    whole: Whole, other_prosecutor: User
) -> None:
    erase(whole)
    desk = signed_in(other_prosecutor)

    for name in NAMES:
        assert desk.post(address_of(name, whole), {}).status_code in (404, 405)
