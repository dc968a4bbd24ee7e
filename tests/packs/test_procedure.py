"""The way of a case: every stage is reached, every way leads on, and each fault has its line."""

from pathlib import Path

import pytest

from arasha.packs import Pack, load
from arasha.packs.procedure import Procedure
from tests.packs.breaking import QAMAR, change, faults_of

FILE = "procedure.toml"


@pytest.fixture(scope="module")
def kz() -> Pack:
    return load("kz")


def walk(procedure: Procedure, *decisions: str) -> str:
    """Where a case stands after these decisions, each made when it may be."""
    stage = procedure.begins
    for code in decisions:
        kind = procedure.kinds[code]
        assert kind in procedure.kinds_after(stage), (code, stage)
        stage = kind.leads_to or stage
    return stage


@pytest.mark.parametrize("where", ["kz", QAMAR], ids=["kz", "qamar"])
def test_a_case_goes_from_its_registration_to_a_judgment_in_force(where: str | Path) -> None:
    procedure = load(where).procedure
    way = ("registered", "investigation_opened", "sent_to_court", "convicted", "in_force")

    assert walk(procedure, *way) == "in_force"
    assert procedure.stages["in_force"].is_final


def test_a_case_is_terminated_and_revived_as_often_as_it_happens(kz: Pack) -> None:
    again = ("terminated", "termination_reversed")

    assert walk(kz.procedure, "registered", *again, *again, "terminated") == "closed"
    assert kz.procedure.kinds["termination_reversed"].who == "head_of_office"
    assert kz.procedure.kinds["termination_reversed"].starts == ("returned_case",)


def test_what_the_prosecutor_withdraws_from_court_never_comes_back(kz: Pack) -> None:
    assert walk(kz.procedure, "registered", "sent_to_court", "withdrawn") == "withdrawn"
    assert kz.procedure.kinds_after("withdrawn") == ()


def test_a_reversed_interruption_gives_a_term_of_its_own(kz: Pack) -> None:
    reversed_ = kz.procedure.kinds["interruption_reversed"]

    assert walk(kz.procedure, "registered", "interrupted", reversed_.code) == "investigation"
    assert reversed_.starts == ("returned_case",)
    assert set(kz.procedure.kinds["interrupted"].suspends) == set(reversed_.meets)


def test_what_was_passed_on_may_be_registered_after_all(kz: Pack) -> None:
    assert walk(kz.procedure, "passed_on", "registered") == "registered"


def test_a_plea_agreement_leaves_the_case_where_it_is(kz: Pack) -> None:
    way = ("registered", "investigation_opened", "plea_agreement", "sent_to_court", "returned")

    assert walk(kz.procedure, *way) == "investigation"
    assert kz.procedure.kinds["plea_agreement"].ends == "plea"


def test_whoever_wins_an_appeal_is_before_a_court_again(kz: Pack) -> None:
    way = ("registered", "sent_to_court", "convicted", "appealed", "appeal_reversed", "acquitted")

    assert walk(kz.procedure, *way, "in_force") == "in_force"
    assert kz.procedure.kinds["appeal_reversed"].court == "enters"


@pytest.mark.parametrize("where", ["kz", QAMAR], ids=["kz", "qamar"])
def test_whatever_proceeding_a_move_opens_another_closes(where: str | Path) -> None:
    kinds = load(where).procedure.kinds.values()

    assert {kind.opens for kind in kinds} - {None} == {each for k in kinds for each in k.closes}


def test_everything_that_ends_a_case_is_told_to_the_victim(kz: Pack) -> None:
    final = {code for code, stage in kz.procedure.stages.items() if stage.is_final}
    ends = [kind for kind in kz.procedure.kinds.values() if kind.leads_to in final]

    assert len(ends) == 6
    assert all(kind.tells_victim for kind in ends)


def test_a_ground_that_is_a_relief_says_which(kz: Pack) -> None:
    grounds = kz.vocabularies["termination_grounds"].terms

    assert grounds["reconciliation"].relief == "reconciliation"
    assert grounds["limitation"].relief == "limitation_of_liability"
    assert grounds["no_event"].relief == ""


def test_a_decision_says_which_way_out_of_punishment_it_is(kz: Pack) -> None:
    assert kz.relief_of("terminated", "reconciliation") == "reconciliation"
    assert kz.relief_of("terminated", "no_event") is None
    assert kz.relief_of("relief_granted", "parole") == "parole"
    assert kz.relief_of("convicted", "") is None


def test_a_sentence_that_nobody_serves_is_a_relief_that_may_be_barred(kz: Pack) -> None:
    reliefs = {code: term.relief for code, term in kz.vocabularies["sentences"].terms.items()}

    assert reliefs["suspended"] == "suspended_sentence"
    assert reliefs["released_with_surety"] == "surety"
    assert reliefs["imprisonment"] == ""


def test_a_list_of_the_law_says_where_it_was_read_and_a_list_of_ours_says_nothing(kz: Pack) -> None:
    lists = kz.vocabularies
    read = [code for code, found in lists.items() if found.checked == "secondary"]

    assert {"termination_grounds", "interruption_grounds", "clock_suspensions"} <= set(read)
    assert all(lists[code].source.startswith("https://") for code in read)
    assert lists["hold_reasons"].checked is None


def test_a_way_of_telling_that_told_nobody_is_known_as_one(kz: Pack) -> None:
    assert kz.vocabularies["telling_ways"].meaning("untold") == {"not_found"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('begins = "received"', 'begins = "recieved"', "begins = 'recieved' is not one of"),
        ('after = ["decided"]', 'after = ["decide"]', "after: 'decide' is not one of"),
        ('after = ["decided"]', "after = []", "after is empty"),
        ('leads_to = "court"', 'leads_to = "curt"', "leads_to = 'curt' is not one of"),
        ('starts = ["investigation"]', 'starts = ["inquest"]', "starts: 'inquest' is not one of"),
        ('needs = ["persons"]', 'needs = ["people"]', "needs: 'people' is not one of"),
        (
            'needs = ["persons", "reason"]',
            'needs = ["reason"]',
            "who comes before the court or leaves it",
        ),
        ('grounds = "pass_on_reasons"', 'grounds = "whims"', "grounds = 'whims' is not one of"),
        ('grounds = "pass_on_reasons"\n', "", "a ground needs its vocabulary"),
        ('who = "head_of_office"', 'who = "king"', "who = 'king' is not one of"),
        ('ends = "convicted"', 'ends = "hanged"', "ends = 'hanged' is not one of"),
        ('court = "leaves"\njudges', "judges", "whoever is judged leaves the court"),
        ('opens = "court_first"', 'opens = "cort"', "opens = 'cort' is not one of"),
        ('closes = ["court_appeal"]', 'closes = ["apeal"]', "closes: 'apeal' is not one of"),
        ('code = "acquitted"', 'code = "convicted"', "the code 'convicted' is given twice"),
        ('code = "acquitted"', 'code = "freed"', "decisions.toml has no name for 'freed'"),
        ('code = "acquitted"', 'code = "freed"', "the kind 'acquitted' is missing"),
        ('leads_to = "appeal"', 'leads_to = "court"', "no decision leads to the stage 'appeal'"),
        (
            'resumes = ["investigation"]\n',
            "",
            "suspends the clock 'investigation', and no decision",
        ),
    ],
)
def test_a_way_that_leads_nowhere_is_refused(pack: Path, old: str, new: str, fault: str) -> None:
    line = change(pack, FILE, old, new)

    [found, *_] = [each for each in faults_of(pack) if fault in each]
    assert found.startswith(FILE)
    if "is not one of" in fault:
        assert found.startswith(f"{FILE}:{line} ")


def test_a_stage_without_a_way_out_is_final_or_refused(pack: Path) -> None:
    words = (pack / FILE).read_text(encoding="utf-8")
    (pack / FILE).write_text(words.replace('after = ["decided"]', 'after = ["court"]'), "utf-8")

    assert any(
        "no decision leads out of the stage 'decided', which is not final" in each
        for each in faults_of(pack)
    )


def test_a_term_names_a_relief_that_the_country_knows(pack: Path) -> None:
    change(pack, "vocabularies/termination_grounds.toml", 'relief = "amnesty"', 'relief = "mercy"')

    assert any("unknown relief 'mercy'" in each for each in faults_of(pack))
