"""Which clock of a case runs out next: kept with the case, so that lists need not look for it."""

from arasha.cases.models import Case


def point_to_next_deadline(case: Case) -> None:
    running = case.deadlines.filter(met_at=None, is_standing=False).order_by("due_at").first()
    case.next_due_at = running.due_at if running else None
    case.next_due_rule = running.rule if running else ""
    case.save(update_fields=["next_due_at", "next_due_rule"])
