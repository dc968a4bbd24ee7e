"""The pages of cases as signed-in people see them."""

import re
import uuid
from html import unescape

import pytest

from arasha.actors import WORLD
from arasha.cases import agenda, answers, panels, search
from arasha.cases.models import Case, Decision
from arasha.country import country, local_day
from arasha.journal.models import Entry
from arasha.people.models import User
from arasha.rows import AgendaItem
from tests.access.cast import give
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, REGISTERED_AT, WORDS, actor, at_most, decide

MOST_QUERIES = 12


def page_of(case: Case) -> str:
    return f"/cases/{case.key}/"


def form(case: Case, *, days_later: int = 2, **changes: object) -> dict[str, object]:
    day = local_day(REGISTERED_AT) + days_later * DAY
    return {"day": day.isoformat(), "persons": 2, "base_version": case.version} | changes


@pytest.mark.parametrize("act", ["", "decide/terminated/", "decide/nonsense/"])
def test_a_stranger_gets_the_same_answer_as_for_an_unknown_key(
    act: str, case: Case, other_prosecutor: User
) -> None:
    desk = signed_in(other_prosecutor)

    forbidden, unknown = desk.get(page_of(case) + act), desk.get(f"/cases/{uuid.uuid4()}/{act}")

    assert forbidden.status_code == unknown.status_code == 404
    assert "There is no such record" in forbidden.content.decode()
    assert "There is no such record" in unknown.content.decode()


def test_the_sender_reads_the_case_and_enters_nothing(case: Case, officer: User) -> None:
    desk = signed_in(officer)

    assert desk.get(page_of(case)).status_code == 200
    assert "/decide/" not in desk.get(page_of(case)).content.decode()
    assert desk.post(page_of(case) + "decide/terminated/", form(case)).status_code == 404
    assert Decision.objects.count() == 1


def test_the_page_shows_numbers_account_rules_and_that_it_was_looked_at(
    case: Case, prosecutor: User
) -> None:
    page = signed_in(prosecutor).get(page_of(case)).content.decode()

    for shown in (case.number, "26-0131", WORDS, "Suspended sentence", "CC 146"):
        assert shown in page
    assert Entry.objects.filter(act="record.read", subject_key=case.key).count() == 1


@pytest.mark.parametrize(("language", "code"), [("kk", "ҚК"), ("ru", "УК")])
def test_the_page_speaks_the_reader_s_language(
    language: str, code: str, case: Case, prosecutor: User
) -> None:
    page = signed_in(prosecutor, language=language).get(page_of(case)).content.decode()

    assert country().term("reliefs", "suspended_sentence").in_(language) in page
    assert f"<strong>{code} 146." in page
    assert "CC 63(6)" not in page
    assert f"{code} 63(6)" in page


def test_a_decision_is_entered_on_its_page(case: Case, prosecutor: User) -> None:
    answer = signed_in(prosecutor).post(page_of(case) + "decide/sent_to_court/", form(case))

    made = Decision.objects.get(kind="sent_to_court")
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(case))
    assert (made.persons, made.base_version) == (2, 1)


def test_a_double_click_ends_on_the_case_with_one_decision(case: Case, prosecutor: User) -> None:
    desk = signed_in(prosecutor)

    first = desk.post(page_of(case) + "decide/sent_to_court/", form(case))
    again = desk.post(page_of(case) + "decide/sent_to_court/", form(case))

    assert first.headers["Location"] == again.headers["Location"] == page_of(case)
    assert Decision.objects.filter(kind="sent_to_court").count() == 1


def test_the_second_editor_sees_what_changed_and_loses_nothing(
    case: Case, prosecutor: User
) -> None:
    decide(case, "investigation_opened", prosecutor)

    answer = signed_in(prosecutor).post(
        page_of(case) + "decide/sent_to_court/", form(case, days_later=3, persons=7)
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What changed meanwhile" in page
    assert "Investigation opened" in page
    assert 'value="7"' in page


def test_the_second_editor_can_send_it_again_after_reading(case: Case, prosecutor: User) -> None:
    decide(case, "investigation_opened", prosecutor)
    desk, address = signed_in(prosecutor), page_of(case) + "decide/sent_to_court/"
    page = desk.post(address, form(case, days_later=3)).content.decode()

    assert 'name="base_version" value="2"' in page
    assert desk.post(address, form(case, days_later=3, base_version=2)).status_code == 302


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"persons": 0}, "persons"),
        ({"persons": ""}, "persons"),
        ({"day": "yesterday"}, "Day of the decision"),
        ({"days_later": -3}, "dated before it"),
        ({"days_later": 90}, "in the future"),
    ],
)
def test_a_refused_decision_is_given_back_with_what_to_correct(
    changes: dict[str, object], said: str, case: Case, prosecutor: User
) -> None:
    sent = form(case, **changes)  # type: ignore[arg-type]
    answer = signed_in(prosecutor).post(page_of(case) + "decide/sent_to_court/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Decision.objects.count() == 1


def test_the_list_of_sixty_costs_few_queries(case: Case, prosecutor: User) -> None:
    for number in range(2, 61):
        made = Case.objects.create(
            number=f"KZ-2020-{number:04}",
            holder=case.holder,
            place=case.place,
            registered_at=NOW,
            next_due_at=NOW + DAY,
            next_due_rule="investigation",
        )
        give("case", made.key, case.holder, "assigned", by=WORLD)
    desk = signed_in(prosecutor)
    desk.get("/cases/")

    with at_most(queries=MOST_QUERIES):
        page = desk.get("/cases/?page=2").content.decode()
    assert "60 cases" in page


def test_the_page_of_a_case_costs_few_queries(case: Case, prosecutor: User) -> None:
    decide(case, "sent_to_court", prosecutor, persons=2)
    desk = signed_in(prosecutor)
    desk.get(page_of(case))

    with at_most(queries=31):
        desk.get(page_of(case))


def test_the_timeline_is_in_the_order_of_days_and_says_what_runs(
    case: Case, prosecutor: User
) -> None:
    moments = panels.timeline(viewer=actor(prosecutor), case=case, at=NOW, language="en")

    assert [moment.title for moment in moments] == [
        "Said to have happened",
        "Registered",
        "Investigation",
    ]
    assert [moment.state for moment in moments] == ["done", "done", "running"]
    assert moments[0].note == "Prison No. 1"


def test_a_clock_that_ran_out_is_late_and_one_that_was_stopped_is_done(
    case: Case, prosecutor: User
) -> None:
    def states(days: int) -> dict[str, str]:
        at = NOW + days * DAY
        found = panels.timeline(viewer=actor(prosecutor), case=case, at=at, language="en")
        return {moment.title: moment.state for moment in found}

    assert states(0)["Investigation"] == "running"
    assert states(90)["Investigation"] == "late"
    decide(case, "terminated", prosecutor)
    assert states(90)["Investigation"] == "done"


def test_who_may_not_see_the_account_sees_no_day_of_it(case: Case, prosecutor: User) -> None:
    moments = panels.timeline(viewer=WORLD, case=case, at=NOW, language="en")
    nobody = panels.timeline(viewer=actor(User()), case=case, at=NOW, language="en")

    assert len(moments) == 3
    assert nobody == []


def test_an_answer_shows_article_version_act_and_how_it_was_checked(
    case: Case, prosecutor: User
) -> None:
    rules = panels.what_the_rules_say(
        viewer=actor(prosecutor), decision=case.decisions.get(), language="en"
    )

    assert {said.question for said in rules.first} == {"Provision", "Who may investigate"}
    assert len(rules.ways_out) == len(country().law.bars)
    steps = [step for said in (*rules.first, *rules.ways_out) for step in said.steps]
    assert all(step.article and step.checked for step in steps)


@pytest.mark.parametrize(
    ("language", "day", "name"),
    [
        ("kk", "{0:%d.%m.%Y} күні", "17.03.2023 № 212-VII Заңы"),
        ("ru", "На {0:%d.%m.%Y}", "Закон от 17.03.2023 № 212-VII"),
        ("en", "On {0.day} {0:%b %Y}", "Law of 17.03.2023 No 212-VII"),
    ],
)
def test_an_answer_has_days_and_acts_in_the_reader_s_language(
    language: str, day: str, name: str, case: Case, prosecutor: User
) -> None:
    page = signed_in(prosecutor, language=language).get(page_of(case)).content.decode()
    rules = page[page.index("a-rules") :]

    assert day.format(local_day(REGISTERED_AT)) in rules
    assert name in rules
    assert not answers.ISO_DAY.search(rules[: rules.index("<h2")])


def test_an_answer_stored_before_acts_had_names_shows_how_the_act_is_cited(
    case: Case, prosecutor: User
) -> None:
    stored = case.decisions.get()
    for answer in stored.law_answer["answers"]:
        for step in answer["steps"]:
            del step["instrument_name"]

    rules = panels.what_the_rules_say(viewer=actor(prosecutor), decision=stored, language="kk")

    assert "Law of 17.03.2023 No 212-VII" in {
        step.instrument for said in rules.first for step in said.steps
    }


def test_what_waits_for_a_prosecutor_comes_with_its_clock(
    case: Case, prosecutor: User, officer: User
) -> None:
    [waiting, untold, *_others] = agenda.agenda(viewer=actor(prosecutor), at=NOW)

    assert isinstance(waiting, AgendaItem)
    assert (waiting.url, waiting.due_at, waiting.kind) == (
        page_of(case),
        case.next_due_at or Case.objects.get().next_due_at,
        "Investigation",
    )
    assert isinstance(untold, AgendaItem)
    assert (untold.title, untold.kind) == (f"Case {case.number}: Registered", "Tell the victim")
    assert agenda.agenda(viewer=actor(officer), at=NOW) == []


def test_search_finds_a_case_by_the_register_s_number(case: Case, prosecutor: User) -> None:
    [hit] = search.search(viewer=actor(prosecutor), text="26 0131")

    assert (hit.title, hit.detail) == (case.number, "26-0131")


def test_the_rules_can_be_asked_about_another_day_without_leaving_the_desk(
    case: Case, prosecutor: User
) -> None:
    desk = signed_in(prosecutor)
    found = re.search(r'href="(/cases/law/[^"]*)"', desk.get(page_of(case)).content.decode())
    assert found

    answer = desk.get(unescape(found[1]))

    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Suspended sentence: <strong>" in page
    assert 'action="/cases/law/"' in page
