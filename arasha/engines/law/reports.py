"""What the law says of a report and of whoever makes it, on a day."""

import datetime as dt
from dataclasses import dataclass

from arasha.engines.law.rules import Law, Report
from arasha.engines.law.steps import Step, report_sentence, step, unknown


@dataclass(frozen=True, slots=True)
class Said:
    """`holds` None: the rules do not say."""

    holds: bool | None
    step: Step


def on_report(law: Law, report: Report, day: dt.date) -> Said:
    """Whether `report` (one of REPORTS) is so on `day`, with its source."""
    rule = law.reports.get(report)
    version = rule.on(day) if rule else None
    if version is None:
        return Said(None, unknown(law, "report.unknown", day=day))
    sentence = report_sentence(report, version.value)
    return Said(version.value, step(law, sentence, version, day=day))


def anonymous_opens_case(law: Law, day: dt.date) -> Said:
    """Does a message without a name open a case?"""
    return on_report(law, "anonymous_opens_case", day)


def must_warn_of_false_denunciation(law: Law, day: dt.date) -> Said:
    """Must whoever reports be warned that false denunciation is a crime?"""
    return on_report(law, "false_denunciation_warning", day)
