import ast
import shutil
from pathlib import Path

import pytest

import arasha
from arasha.cases import services
from arasha.cases.deciding.errors import DecisionBeforeActError
from arasha.cases.errors import (
    DecisionInFutureError,
    DecisionOutOfOrderError,
    DecisionTooEarlyError,
    NoPersonsError,
    TooManyPersonsError,
)
from arasha.cases.models import Allegation, Case, Decision
from arasha.country import country, local_day
from arasha.journal.models import Entry
from arasha.packs import load
from arasha.people.models import User
from arasha.problems import ChangedMeanwhileProblem
from tests.walk import DAY, REGISTERED_AT, actor, decide

KINDS = load("kz").procedure.kinds


@pytest.mark.parametrize("kind", ["convicted", "acquitted"])
def test_nobody_is_judged_before_court(kind: str, case: Case, prosecutor: User) -> None:
    with pytest.raises(DecisionOutOfOrderError, match="missing first"):
        decide(case, kind, prosecutor, persons=1)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "closed" not in KINDS[kind].after])
def test_nothing_but_its_approval_or_a_revival_follows_the_end(
    kind: str, case: Case, prosecutor: User, head_of_office: User
) -> None:
    decide(case, "terminated", prosecutor)

    by = head_of_office if KINDS[kind].who == "head_of_office" else prosecutor
    with pytest.raises(DecisionOutOfOrderError):
        decide(case, kind, by, persons=1)


def test_a_decision_before_the_registration_is_refused(case: Case, prosecutor: User) -> None:
    with pytest.raises(DecisionTooEarlyError, match=local_day(REGISTERED_AT).isoformat()):
        decide(case, "sent_to_court", prosecutor, days_later=-1, persons=1)


def test_a_judgment_dated_before_the_case_came_to_court_is_refused(
    case: Case, prosecutor: User
) -> None:
    decide(case, "sent_to_court", prosecutor, days_later=5, persons=1)

    with pytest.raises(DecisionTooEarlyError, match="Correct the day"):
        decide(case, "convicted", prosecutor, days_later=4, persons=1)


def test_a_decision_in_the_future_is_refused(case: Case, prosecutor: User) -> None:
    with pytest.raises(DecisionInFutureError):
        services.decide(
            case=case,
            kind="terminated",
            day=local_day(REGISTERED_AT) + DAY,
            persons=0,
            base_version=case.version,
            by=actor(prosecutor),
            at=REGISTERED_AT,
        )


def test_a_decision_before_the_act_ended_is_refused(case: Case, prosecutor: User) -> None:
    """An import may say of an act that it went on after the registration."""
    ended = local_day(REGISTERED_AT) + 5 * DAY
    Allegation.objects.update(
        happened_from=ended, happened_to=ended, received_at=REGISTERED_AT + 9 * DAY
    )

    with pytest.raises(DecisionBeforeActError, match=ended.isoformat()):
        decide(case, "investigation_opened", prosecutor, days_later=4)


@pytest.mark.parametrize(
    "kind", ["sent_to_court", "returned", "convicted", "acquitted", "court_terminated"]
)
def test_a_decision_about_people_says_how_many(kind: str, case: Case, prosecutor: User) -> None:
    assert KINDS[kind].counts_persons
    if kind != "sent_to_court":
        decide(case, "sent_to_court", prosecutor, persons=1)

    with pytest.raises(NoPersonsError, match="at least one"):
        decide(case, kind, prosecutor, persons=0)


def test_the_second_of_two_editors_is_refused_and_the_first_stays(
    case: Case, prosecutor: User
) -> None:
    decide(case, "sent_to_court", prosecutor, persons=2)

    with pytest.raises(ChangedMeanwhileProblem, match="Nothing you typed is lost"):
        decide(case, "terminated", prosecutor, base_version=case.version)
    assert Case.objects.get().stage == "court"


def test_a_double_click_enters_one_decision(case: Case, prosecutor: User) -> None:
    first = decide(case, "sent_to_court", prosecutor, persons=2)

    again = decide(case, "sent_to_court", prosecutor, persons=2, base_version=case.version)

    assert again == first
    assert Decision.objects.filter(kind="sent_to_court").count() == 1
    assert Entry.objects.filter(reason_code__startswith="sent_to_court ").count() == 1


def test_the_same_decision_with_another_number_of_persons_is_another(
    case: Case, prosecutor: User
) -> None:
    decide(case, "sent_to_court", prosecutor, persons=2)

    with pytest.raises(ChangedMeanwhileProblem):
        decide(case, "sent_to_court", prosecutor, persons=3, base_version=case.version)


def test_the_way_to_a_conviction(case: Case, prosecutor: User) -> None:
    for kind, persons in [("investigation_opened", 0), ("sent_to_court", 2), ("convicted", 2)]:
        decide(case, kind, prosecutor, persons=persons)

    ended = Case.objects.get()
    assert (ended.stage, ended.version) == ("decided", 4)
    assert [k.code for k in country().procedure.kinds_after(ended.stage)] == [
        "appealed",
        "in_force",
    ]


@pytest.mark.parametrize("kind", ["convicted", "acquitted"])
def test_nobody_is_judged_who_was_not_sent_to_court(
    kind: str, case: Case, prosecutor: User
) -> None:
    decide(case, "sent_to_court", prosecutor, persons=2)

    with pytest.raises(TooManyPersonsError, match="at most 2"):
        decide(case, kind, prosecutor, persons=3)
    assert Case.objects.get().stage == "court"


def test_nobody_is_judged_twice(case: Case, prosecutor: User) -> None:
    decide(case, "sent_to_court", prosecutor, persons=3)
    decide(case, "convicted", prosecutor, persons=2)

    with pytest.raises(TooManyPersonsError, match=r"Judged already: 2.* at most 1"):
        decide(case, "acquitted", prosecutor, persons=2)


def test_one_convicted_and_another_acquitted_are_two_decisions(
    case: Case, prosecutor: User
) -> None:
    decide(case, "sent_to_court", prosecutor, persons=2)

    decide(case, "convicted", prosecutor, days_later=2, persons=1)
    between = Case.objects.get()
    decide(case, "acquitted", prosecutor, days_later=9, persons=1)

    assert (between.stage, Case.objects.get().stage) == ("court", "decided")
    with pytest.raises(DecisionOutOfOrderError):
        decide(case, "acquitted", prosecutor, persons=1)


def test_sending_to_court_stops_the_clock_of_the_investigation(
    case: Case, prosecutor: User
) -> None:
    decide(case, "sent_to_court", prosecutor, persons=1)

    assert case.deadlines.get().met_at == REGISTERED_AT + 2 * DAY
    assert Case.objects.get().next_due_at is None


def test_a_decision_stores_what_the_rules_say_on_its_day(case: Case, prosecutor: User) -> None:
    made = decide(case, "sent_to_court", prosecutor, persons=1)

    days = {each.get("decision_date") or each.get("step_date") for each in made.law_question["ask"]}
    assert days - {None} == {made.day.isoformat()}
    assert made.pack_hash == made.law_answer["pack_hash"] == country().hash
    assert len(made.law_answer["answers"]) == len(made.law_question["ask"])


def test_a_stored_answer_is_not_asked_again(
    case: Case, prosecutor: User, settings, tmp_path: Path
) -> None:
    """Another pack tomorrow leaves the answers of today as they are."""
    before = Decision.objects.get(kind="registered")
    settings.ARASHA_PACK = tomorrows_pack(tmp_path / "kz")

    later = decide(case, "terminated", prosecutor)

    kept = Decision.objects.get(kind="registered")
    assert (kept.law_answer, kept.pack_hash) == (before.law_answer, before.pack_hash)
    assert later.pack_hash == country().hash != before.pack_hash


def tomorrows_pack(folder: Path) -> str:
    """The country's pack with a longer term of one clock."""
    shutil.copytree(Path(arasha.__path__[0]) / "jurisdictions" / "kz", folder)
    deadlines = folder / "deadlines.toml"
    deadlines.write_text(deadlines.read_text().replace("amount = 15", "amount = 16"))
    return str(folder)


NEVER_EDITED = {
    *("Allegation", "Decision", "Ruling", "Telling", "Number"),
    *("Release", "Cell", "Total", "RecipientSet"),
}


@pytest.mark.parametrize("process", ["appeals", "cases", "publications", "handoffs"])
def test_no_service_edits_or_deletes_what_is_never_edited(process: str) -> None:
    """An allegation only learns, once, which case it became."""
    ours = (Path(arasha.__path__[0]) / process).rglob("*.py")
    services_of = [path for path in ours if "services" in (path.stem, path.parent.name)]

    found = [edit for path in services_of for edit in edits(ast.parse(path.read_text()))]

    assert services_of
    assert found == []


def edits(tree: ast.AST) -> list[str]:
    """`Model.objects…update(…)` and `….delete()` on the rows that must stay as they are."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("update", "delete", "bulk_update", "update_or_create")
        and NEVER_EDITED & {each.id for each in ast.walk(node.func) if isinstance(each, ast.Name)}
    ]


def test_the_whole_walk_leaves_every_earlier_row_as_it_was(case: Case, prosecutor: User) -> None:
    told, number = case.allegations.values().get(), case.numbers.values().get()
    registered = case.decisions.values().get()

    decide(case, "sent_to_court", prosecutor, persons=2)
    decide(case, "convicted", prosecutor, persons=2)

    assert case.allegations.values().get() == told
    assert case.numbers.values().get() == number
    assert case.decisions.values().get(kind="registered") == registered
