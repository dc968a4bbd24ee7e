"""The pages of the register of allegations as signed-in people see them."""

import io
import re
import uuid
import zipfile
from typing import Any

import pytest

from arasha.cases import agenda, search
from arasha.cases.models import Allegation, AllegationOutcome, Case
from arasha.cases.receiving import ANONYMOUS
from arasha.country import country, local_day
from arasha.people.models import Institution, User
from arasha.places.models import Place
from arasha.rows import AgendaItem
from tests.cases.reports import RECEIVED_AT, TELLER, join, pass_on, register, take
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, WORDS, actor, at_most, person

ANONYM: dict[str, Any] = {"source": ANONYMOUS, "teller": None, "warned_day": None}


def page_of(allegation: Allegation) -> str:
    return f"/cases/reports/{allegation.key}/"


def typed(of: Institution, **changes: object) -> dict[str, object]:
    then = RECEIVED_AT.astimezone(country().timezone)
    return {
        "key": str(uuid.uuid4()),
        "office": str(of.key),
        "source": "citizen",
        "received_day": then.date().isoformat(),
        "received_time": then.strftime("%H:%M"),
        "name": TELLER.name,
        "warned_day": then.date().isoformat(),
        "account": WORDS,
        "happened": "March 2021",
        "conduct": "torture",
        "criteria": ["coercion"],
        "capacity": "official",
    } | changes


@pytest.fixture
def taken(prosecution: Institution, prosecutor: User) -> Allegation:
    return take(prosecution, prosecutor)


ACTS = ("", "register/", "pass-on/", "join/", "number/", "warning/", "notice/1/")


@pytest.mark.parametrize("act", ACTS)
def test_the_report_of_another_office_is_like_one_that_is_not_there(
    act: str, taken: Allegation, other_prosecutor: User
) -> None:
    desk = signed_in(other_prosecutor)

    assert desk.get(page_of(taken) + act).status_code == 404
    assert desk.get(f"/cases/reports/{uuid.uuid4()}/{act}").status_code == 404


@pytest.mark.parametrize("role", ["officer", "monitor", "analyst"])
def test_no_report_comes_in_where_nobody_takes_one(role: str, prosecution: Institution) -> None:
    assert signed_in(person(role, prosecution)).get("/cases/reports/new/").status_code == 404


def test_whoever_leads_reads_and_changes_nothing(
    taken: Allegation, prosecution: Institution
) -> None:
    desk = signed_in(person("supervisor", prosecution))

    page = desk.get(page_of(taken)).content.decode()
    assert WORDS in page
    assert "pass-on/" not in page
    assert desk.get(page_of(taken) + "pass-on/").status_code == 404


@pytest.mark.parametrize("role", ["prosecutor", "clerk"])
def test_a_report_is_taken_in_at_the_desk_once(role: str, prosecution: Institution) -> None:
    desk, form = signed_in(person(role, prosecution)), typed(prosecution)

    first, again = desk.post("/cases/reports/new/", form), desk.post("/cases/reports/new/", form)

    made = Allegation.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == page_of(made)
    page = desk.get(page_of(made)).content.decode()
    assert "March 2021" in page
    assert TELLER.name in page
    assert "CPC 181(5)" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter the name"),
        ({"account": ""}, "Write down what was reported"),
        ({"received_day": "2099-01-01"}, "Correct the day or the hour"),
        ({"happened": "01.01.2099"}, "The day is in the future"),
        ({"happened": "autumn 2021"}, "Write months instead of a season"),
        ({"criteria": []}, "Tick at least one"),
        ({"source": ""}, "Source – "),
        ({"office": str(uuid.uuid4())}, "error-summary"),
        ({"warned_day": "2020-01-01"}, "the sheet that was signed"),
    ],
)
def test_a_report_that_was_refused_loses_nothing(
    changes: dict[str, object], said: str, prosecution: Institution, prosecutor: User
) -> None:
    answer = signed_in(prosecutor).post("/cases/reports/new/", typed(prosecution, **changes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert not Allegation.objects.exists()
    assert (WORDS in page) == ("account" not in changes)


def test_a_message_without_a_name_shows_the_article_and_what_is_possible(
    prosecution: Institution, prosecutor: User, place: Place
) -> None:
    message = take(prosecution, prosecutor, place=place, **ANONYM)
    desk = signed_in(prosecutor)

    page = desk.get(page_of(message)).content.decode()
    assert "CPC 181(6)" in page
    assert "read in a copy, not in the official text" in page
    assert "register/" not in page
    own = f"/cases/reports/new/?from={message.key}"
    assert own in page
    assert desk.post(page_of(message) + "register/", number()).status_code == 422

    form = desk.get(own).content.decode()
    assert str(message.key) in form
    assert WORDS not in form
    desk.post(own, typed(prosecution, source="own_report", drawn_from=str(message.key)))
    assert Allegation.objects.get(source_kind="own_report").source_key == message.key


def test_a_report_is_drawn_only_from_what_its_writer_may_read(
    prosecution: Institution,
    prosecutor: User,
    other_prosecution: Institution,
    other_prosecutor: User,
    place: Place,
) -> None:
    forbidden = take(other_prosecution, other_prosecutor, place=place, **ANONYM)
    desk = signed_in(prosecutor)

    answers = [
        desk.post(
            "/cases/reports/new/",
            typed(prosecution, source="own_report", drawn_from=str(each)),
        )
        for each in (forbidden.key, uuid.uuid4())
    ]

    said = [
        " ".join(re.findall(r"There is no such report[^<]*", each.content.decode()))
        for each in answers
    ]
    assert [each.status_code for each in answers] == [422, 422]
    assert said[0] == said[1] != ""
    assert WORDS in answers[0].content.decode()
    assert not Allegation.objects.filter(source_kind="own_report").exists()


def number(**changes: object) -> dict[str, object]:
    said = {"register": "erdr", "number": "26-0700", "given_day": local_day(NOW)}
    return said | {"issuer": "Samal"} | changes


def test_a_complaint_is_registered_once_the_warning_was_printed_and_its_day_entered(
    prosecution: Institution, prosecutor: User
) -> None:
    complaint, desk = take(prosecution, prosecutor, warned_day=None), signed_in(prosecutor)
    page = desk.get(page_of(complaint)).content.decode()
    assert f"{page_of(complaint)}warning/" in page
    assert f"{page_of(complaint)}register/" not in page

    sheet = desk.get(page_of(complaint) + "warning/").content.decode()
    assert "knowingly false denunciation" in sheet
    assert TELLER.name in sheet
    refused = desk.post(page_of(complaint) + "register/", number())
    assert "was not warned" in refused.content.decode()

    desk.post(page_of(complaint) + "warning/", {"day": local_day(NOW)})
    answer = desk.post(page_of(complaint) + "register/", number())
    assert answer.headers["Location"] == f"/cases/{Case.objects.get().key}/"


def passing(**changes: object) -> dict[str, object]:
    return {
        "seen": "0",
        "reason": "administrative_or_disciplinary",
        "body_name": "Audit office",
        "words": "Nobody was hurt.",
        "day": local_day(NOW).isoformat(),
    } | changes


def test_passing_on_is_shown_with_its_reason_its_clock_and_a_notice_to_draft(
    prosecution: Institution, prosecutor: User
) -> None:
    taken, desk = take(prosecution, prosecutor), signed_in(prosecutor)

    for _click in range(2):
        answer = desk.post(page_of(taken) + "pass-on/", passing())
        assert answer.headers["Location"] == page_of(taken)

    page = desk.get(page_of(taken)).content.decode()
    assert AllegationOutcome.objects.count() == 1
    assert "Signs of an administrative or disciplinary offence" in page
    assert "Audit office" in page
    assert "Late" in page
    drafted = desk.get(f"{page_of(taken)}notice/1/")
    with zipfile.ZipFile(io.BytesIO(drafted.content)) as letter:
        text = re.sub("<[^>]+>", "", letter.read("word/document.xml").decode())
    for said in (TELLER.name, "Audit office", "Nobody was hurt.", "CPC 181(5)"):
        assert said in text
    assert desk.get(f"{page_of(taken)}notice/2/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": ""}, "Why it is not registered"),
        ({"body_name": ""}, "To whom the report is passed on is missing"),
        ({"day": "2020-01-01"}, "The day lies before the report was received"),
        ({"seen": "nonsense"}, "error-summary"),
    ],
)
def test_a_refused_passing_on_keeps_what_was_written(
    changes: dict[str, object], said: str, taken: Allegation, prosecutor: User
) -> None:
    answer = signed_in(prosecutor).post(page_of(taken) + "pass-on/", passing(**changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Nobody was hurt." in answer.content.decode()
    assert not AllegationOutcome.objects.exists()


def test_a_report_is_joined_by_the_number_once_the_writer_has_seen_which_case_it_is(
    taken: Allegation, case: Case, prosecutor: User
) -> None:
    desk, address = signed_in(prosecutor), page_of(taken) + "join/"
    form = {"seen": "0", "reason": "same_event", "day": local_day(NOW), "number": "26 0131"}

    shown = desk.post(address, form)
    assert f"This is the case {case.number}" in shown.content.decode()
    assert f'value="{case.key}"' in shown.content.decode()

    assert desk.post(address, form | {"case": str(case.key)}).status_code == 302
    assert AllegationOutcome.objects.get(kind="joined").case == case
    assert WORDS in desk.get(f"/cases/{case.key}/").content.decode()


def test_no_report_is_joined_to_a_case_that_is_closed_or_elsewhere(
    case: Case, other_prosecution: Institution, other_prosecutor: User
) -> None:
    foreign = take(other_prosecution, other_prosecutor)
    form = {"seen": "0", "reason": "same_event", "day": local_day(NOW), "number": "26-0131"}

    answer = signed_in(other_prosecutor).post(page_of(foreign) + "join/", form)

    assert "No open case in your hands" in answer.content.decode()


def test_the_list_shows_what_waits_and_is_narrowed_by_outcome_source_day_and_number(
    prosecution: Institution, prosecutor: User, case: Case
) -> None:
    desk, waits = signed_in(prosecutor), take(prosecution, prosecutor)
    gone, joined = take(prosecution, prosecutor, **ANONYM), take(prosecution, prosecutor)
    pass_on(gone, prosecutor)
    join(joined, case, prosecutor)
    desk.post(page_of(gone) + "number/", number(register="kui", number="КУИ 7/26"))

    def shown(query: str) -> set[Allegation]:
        page = desk.get(f"/cases/reports/{query}").content.decode()
        return {each for each in (waits, gone, joined) if page_of(each) in page}

    assert shown("") == {waits}
    assert shown("?state=all") == {waits, gone, joined}
    assert shown("?state=passed_on") == shown("?state=all&source=anonymous") == {gone}
    assert shown("?q=куи-726") == {gone}
    assert shown(f"?state=all&until_day={local_day(RECEIVED_AT - DAY)}") == set()
    assert shown(f"?state=all&from_day={local_day(RECEIVED_AT)}") == {waits, gone, joined}
    assert shown("?state=nonsense&from_day=nonsense") == {waits, gone, joined}
    [hit] = search.search(viewer=actor(prosecutor), text="куи 7/26")
    assert hit.url == page_of(gone)


def test_the_list_asks_as_few_questions_for_many_as_for_few(
    prosecution: Institution, prosecutor: User
) -> None:
    desk = signed_in(prosecutor)
    for _each in range(8):
        take(prosecution, prosecutor)

    with at_most(20):
        desk.get("/cases/reports/")


def test_what_waits_stands_on_today_until_something_became_of_it(
    taken: Allegation, prosecutor: User, other_prosecutor: User
) -> None:
    def today(viewer: User) -> list[str]:
        rows = agenda.agenda(viewer=actor(viewer), at=NOW)
        return [row.url for row in rows if isinstance(row, AgendaItem)]

    assert today(prosecutor) == [page_of(taken)]
    assert today(other_prosecutor) == []
    register(taken, prosecutor)
    assert page_of(taken) not in today(prosecutor)
