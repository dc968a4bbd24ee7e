"""What the law says of a report and of whoever makes it."""

import datetime as dt
from dataclasses import replace

from arasha.engines.law import (
    anonymous_opens_case,
    answer,
    must_warn_of_false_denunciation,
    on_report,
    read,
)
from arasha.engines.law.rules import Report, Rule
from tests.engines.law.laws import law, version

NEW = dt.date(2025, 1, 1)
DAY = dt.timedelta(days=1)
PLAIN = law()
CODE: Report = "anonymous_opens_case"
WORDS = {f"report.{CODE}.{way}": {"en": f"{way} {{day}}"} for way in ("yes", "no")}
RULE = Rule("report", "step", (version(False, None, NEW - DAY), version(True, NEW)))
LAW = replace(PLAIN, reports={CODE: RULE}, sentences={**PLAIN.sentences, **WORDS})


def test_whether_a_message_without_a_name_opens_a_case_depends_on_its_day() -> None:
    assert anonymous_opens_case(LAW, NEW).holds is True
    assert anonymous_opens_case(LAW, NEW - DAY).holds is False


def test_each_answer_names_its_source() -> None:
    said = on_report(LAW, CODE, NEW - DAY)

    assert said.step.text == {"en": "no 2024-12-31"}
    assert (said.step.article, said.step.version_to) == ("1@None", NEW - DAY)


def test_a_law_without_the_rule_does_not_say() -> None:
    said = must_warn_of_false_denunciation(LAW, NEW)

    assert (said.holds, said.step.checked) == (None, "unverified")
    assert anonymous_opens_case(LAW, dt.date(1999, 1, 1)).holds is None


def test_a_report_is_asked_like_everything_else_and_needs_no_act() -> None:
    days = [
        {"report": CODE, "step_date": day} for day in ("2025-01-01", "2024-12-31", "1999-01-01")
    ]
    found = [
        answer(LAW, ask, zone=dt.UTC, is_working=lambda day: True)
        for ask in read({"ask": days}, LAW)
    ]

    assert [each.value for each in found] == ["yes", "no", None]
    assert [each.needs_review for each in found] == [False, False, True]
