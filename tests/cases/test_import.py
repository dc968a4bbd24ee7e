"""A register of another office comes in whole or not at all, and goes out again whole."""

import datetime as dt

import pytest

from arasha.actors import IMPORTS
from arasha.cases import errors, selectors, services
from arasha.cases.importing.preview import checked
from arasha.cases.models import (
    Case,
    Classification,
    Deadline,
    Decision,
    Identity,
    Import,
    Number,
    Person,
    TakenBack,
)
from arasha.commands.references import dangling_references
from arasha.country import local_day
from arasha.journal.models import Entry, Leaf
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.cases.tables import as_csv, line, mapped, taken_in, uploaded
from tests.walk import DAY, NOW, actor, at_work

clerk = at_work("clerk", "prosecution")
supervisor = at_work("supervisor", "prosecution")
TODAY = local_day(NOW)


def ready(by: User, to: Institution, *lines: list[str]) -> Import:
    return mapped(uploaded(as_csv(*lines), by, to), by)


def remarks(imported: Import, by: User) -> set[tuple[int, str]]:
    found = checked(imported, viewer=actor(by), today=TODAY)
    return {(each.line, each.code) for each in found.remarks if each.is_error}


def test_nobody_imports_for_an_office_that_is_not_theirs(
    clerk: User, other_prosecution: Institution
) -> None:
    with pytest.raises(errors.NotYourOfficeError):
        uploaded(as_csv(line()), clerk, other_prosecution)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n", b"PK\x03\x04rest", b"number\n", b'a,b\n"c']
)
def test_what_is_no_table_is_refused_with_the_reason(
    content: bytes, clerk: User, prosecution: Institution
) -> None:
    with pytest.raises(errors.UnreadableTableError, match="Save it as CSV"):
        uploaded(content, clerk, prosecution)
    assert Import.objects.count() == 0


def test_a_table_with_one_bad_line_stays_out_whole(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    imported = ready(clerk, prosecution, line("24-1"), line("24-2", place="Nowhere"))

    with pytest.raises(errors.LinesRefusedError, match="Nothing was taken in"):
        taken_in(imported, clerk)
    assert Case.objects.count() == 0


def test_bad_lines_stay_out_where_somebody_chose_so(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    imported = ready(clerk, prosecution, line("24-1"), line("24-2", place="Nowhere"))

    taken = taken_in(imported, clerk, leaves_out=True)

    assert (taken.state, taken.left_out, Case.objects.count()) == ("in", 1, 1)


def test_a_line_becomes_a_case_with_all_that_belongs_to_it(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    taken_in(ready(clerk, prosecution, line()), clerk)

    case = Case.objects.get()
    allegation = case.allegations.get()
    assert (case.number, case.stage, case.place) == ("KZ-2024-0001", "court", place)
    assert case.numbers.get().folded == "240001"
    assert [each.kind for each in case.decisions.order_by("base_version")] == [
        "registered",
        "sent_to_court",
    ]
    assert case.decisions.get(kind="sent_to_court").persons == 1
    assert (allegation.happened_from, allegation.happened_to) == (
        dt.date(2024, 3, 1),
        dt.date(2024, 3, 31),
    )
    assert allegation.happened_words == "март 2024"
    assert {each.code for each in case.persons.all()} == {"V1", "S1"}
    assert list(selectors.cases(viewer=actor(clerk))) == [case]


def test_what_a_table_says_of_the_law_stands_unsigned(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    taken_in(ready(clerk, prosecution, line()), clerk)

    case, signed = Case.objects.get(), Classification.objects.get()
    assert (signed.signed_by_key, signed.conduct) == (None, "torture")
    assert (case.conduct, case.provision) == ("torture", signed.provision)
    assert signed.provision == "146.2"


def test_a_table_is_taken_in_once_however_often_it_is_asked(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    imported = ready(clerk, prosecution, line())
    asked = services.ask_for(imported=imported, leaves_out=False, by=actor(clerk), at=NOW)

    for _ in range(2):
        services.take_in(imported=asked, by=actor(clerk), at=NOW)
    assert Case.objects.count() == 1
    assert Entry.objects.filter(act="import.taken_in").count() == 1


def test_the_same_file_is_refused_while_it_is_in(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    taken_in(ready(clerk, prosecution, line()), clerk)

    with pytest.raises(errors.SameFileError, match="take it back first"):
        uploaded(as_csv(line()), clerk, prosecution)


def test_what_breaks_in_the_middle_leaves_nothing_and_can_be_done_again(
    clerk: User, prosecution: Institution, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported, before = ready(clerk, prosecution, line("24-1"), line("24-2")), Leaf.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(Decision.objects, "bulk_create", _breaks)
        with pytest.raises(ZeroDivisionError):
            taken_in(imported, clerk)
    assert (Case.objects.count(), Number.objects.count(), Leaf.objects.count()) == (0, 0, before)

    taken_in(imported, clerk)
    assert Case.objects.count() == 2


def _breaks(*_args: object, **_more: object) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "–"}, "no_number"),
        ({"number": ""}, "missing"),
        ({"registered_day": "весной"}, "day_unreadable"),
        ({"registered_day": "01.01.2090"}, "day_in_future"),
        ({"place": "Nowhere"}, "place_unknown"),
        ({"conduct": "bad weather"}, "not_in_list"),
        ({"happened": "06.03.2024"}, "before_act"),
        ({"decision.sent_to_court": "01.02.2024"}, "before_act"),
        ({"decision.sent_to_court": "04.03.2024"}, "before_registration"),
        ({"suspects": ""}, "persons_missing"),
        ({"decision.terminated": "07.05.2024"}, "impossible_order"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_and_reason(
    changes: dict[str, str], code: str, clerk: User, prosecution: Institution, place: Place
) -> None:
    bad = line(changes.pop("number", "24-2"), **changes)

    assert (3, code) in remarks(ready(clerk, prosecution, line("24-1"), bad), clerk)


def test_a_number_stands_once_in_a_table_and_once_in_the_register(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    taken_in(ready(clerk, prosecution, line("24-1")), clerk)
    again = ready(clerk, prosecution, line("24–1"), line("24-2"), line("24 2"))

    assert remarks(again, clerk) == {(2, "number_known"), (4, "number_twice")}


def test_partial_days_and_people_without_a_name_come_in(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    odd = line(
        "24-1", happened="весна 2023", victims="", suspects="", **{"decision.sent_to_court": ""}
    )

    taken_in(ready(clerk, prosecution, odd), clerk)

    allegation = Case.objects.get().allegations.get()
    assert (allegation.happened_words, allegation.happened_from) == ("весна 2023", None)
    assert Person.objects.count() == 0


def test_two_people_of_one_name_stay_two(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    twice = line(victims="Иванов Иван; Иванов Иван")

    taken_in(ready(clerk, prosecution, twice), clerk)

    assert Identity.objects.filter(name="Иванов Иван").count() == 2


def test_an_open_case_gets_its_clock_from_the_day_of_registration(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    taken_in(ready(clerk, prosecution, line(**{"decision.sent_to_court": ""})), clerk)

    case = Case.objects.get()
    assert case.next_due_rule == "investigation"
    assert case.next_due_at is not None
    assert local_day(case.next_due_at) == dt.date(2024, 5, 5)


def test_many_clocks_run_as_those_that_are_started_one_by_one(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    still_open = line(**{"decision.sent_to_court": ""})
    taken_in(ready(clerk, prosecution, still_open), clerk)
    case = Case.objects.get()
    (imported,) = case.deadlines.all()
    entries = Entry.objects.filter(act="case.clock_started")
    assert entries.filter(subject_key=case.key).count() == 1

    imported.delete()
    allegation = case.allegations.get()
    services.clocks.start_clock(
        case=case, allegation=allegation, rule=imported.rule, by=IMPORTS, at=imported.started_at
    )

    (alone,) = case.deadlines.all()
    fields = [each.attname for each in Deadline._meta.concrete_fields if not each.primary_key]
    assert [getattr(alone, name) for name in fields] == [getattr(imported, name) for name in fields]
    assert Case.objects.get().next_due_at == imported.due_at


def test_an_import_is_taken_back_whole_and_can_come_in_again(
    clerk: User, supervisor: User, prosecution: Institution, place: Place
) -> None:
    imported = taken_in(ready(clerk, prosecution, line("24-1"), line("24-2")), clerk)

    undone = services.undo(imported=imported, on_behalf=actor(supervisor), by=IMPORTS, at=NOW + DAY)

    assert (undone.state, Case.objects.count(), TakenBack.objects.count()) == ("undone", 0, 2)
    assert Number.objects.count() == Person.objects.count() == Decision.objects.count() == 0
    assert list(dangling_references()) == []
    assert list(selectors.cases(viewer=actor(clerk))) == []
    taken_in(ready(clerk, prosecution, line("24-1"), line("24-2")), clerk)
    assert Case.objects.count() == 2


def test_a_colleague_does_not_take_back_what_is_not_theirs(
    clerk: User, prosecutor: User, prosecution: Institution, place: Place
) -> None:
    imported = taken_in(ready(clerk, prosecution, line()), clerk)

    with pytest.raises(errors.NotYoursToUndoError):
        services.undo(imported=imported, on_behalf=actor(prosecutor), by=IMPORTS, at=NOW)


def test_a_case_that_somebody_worked_on_keeps_the_import_in(
    clerk: User, prosecutor: User, prosecution: Institution, place: Place
) -> None:
    imported = taken_in(ready(clerk, prosecution, line("24-1"), line("24-2")), clerk, at=NOW - DAY)
    worked = Case.objects.get(numbers__folded="242")
    services.add_number(
        case=worked, register="court", number="7", given_day=TODAY, by=actor(prosecutor), at=NOW
    )

    with pytest.raises(errors.WorkedOnError, match=worked.number):
        services.undo(imported=imported, on_behalf=actor(clerk), by=IMPORTS, at=NOW)
    assert Case.objects.count() == 2
