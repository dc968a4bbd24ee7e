"""Incidents say what is seen, ring for those who can mend it, and close themselves."""

import datetime as dt
import uuid

import pytest

from arasha.access.panels import traces
from arasha.actors import TICK
from arasha.channel.models import Alarm, Chain, DeliveryDay, Incident
from arasha.channel.upkeep import agenda, tick
from arasha.channel.upkeep.errors import AlarmSettledError
from arasha.channel.upkeep.services import keeping
from arasha.country import country
from arasha.engines.channel.window import Run, Window
from arasha.journal.selectors import entries_of
from arasha.notices.models import Notice
from arasha.people.errors import NotRegistrarError
from arasha.places.models import Device
from arasha.places.services import revoke_device
from tests.channel.upkeep import DAY, HOUR, NOW, TODAY, hear, somebody, terminal

pytestmark = pytest.mark.django_db
SILENT_AFTER = country().upkeep.silent_hours * HOUR


def only(kind: str) -> Incident:
    return Incident.objects.get(kind=kind)


def alarm(device: Device, kind: str = "two_devices") -> Alarm:
    return Alarm.objects.create(device=device, chain=1, kind=kind, seq=7, on_day=TODAY)


def chain_with_a_gap(device: Device, *, known_since: dt.date) -> Chain:
    runs = (Run(1, 4, b"", b"a"), Run(6, 9, b"b", b"c"))
    made = Chain.objects.create(
        device=device, number=1, window=Window(runs).to_content(), opened_at=NOW
    )
    DeliveryDay.objects.create(
        chain=made, day=known_since, count=8, first_seq=1, last_seq=9, head=b"c"
    )
    return made


def test_only_a_registrar_settles_an_alarm() -> None:
    device = terminal()

    with pytest.raises(NotRegistrarError):
        keeping.settle_alarm(
            alarm=alarm(device),
            finding="line",
            by=somebody("head", leads=device.place),
            at=NOW,
        )


def test_a_settled_alarm_is_not_settled_again() -> None:
    found, registrar = alarm(terminal()), somebody("registrar")
    keeping.settle_alarm(alarm=found, finding="line", by=registrar, at=NOW)

    with pytest.raises(AlarmSettledError, match="settled already"):
        keeping.settle_alarm(alarm=found, finding="line", by=registrar, at=NOW)


def test_a_terminal_that_was_heard_within_the_hours_is_no_incident() -> None:
    hear(terminal(), at=NOW - SILENT_AFTER + HOUR)

    assert tick.tick(at=NOW) == 0


def test_a_silent_terminal_rings_for_the_head_of_its_place_and_for_registrars() -> None:
    device = terminal()
    hear(device, at=NOW - SILENT_AFTER - HOUR)
    head, registrar = somebody("head", leads=device.place), somebody("registrar")
    somebody("head", leads=terminal(enrolled_at=NOW).place)  # of another place: not rung

    tick.tick(at=NOW)

    rung = set(Notice.objects.filter(kind="incident.opened").values_list("user_id", flat=True))
    assert rung == {uuid.UUID(head.key), uuid.UUID(registrar.key)}
    assert (
        only("silent").since_day
        == (NOW - SILENT_AFTER - HOUR).astimezone(country().timezone).date()
    )
    assert only("silent").mend_by_day == TODAY + country().upkeep.mend_days * DAY


def test_a_terminal_that_was_never_heard_is_an_incident_after_the_same_time() -> None:
    terminal(enrolled_at=NOW - SILENT_AFTER - HOUR)
    terminal(enrolled_at=NOW - HOUR)

    tick.tick(at=NOW)

    assert Incident.objects.count() == 1


def test_an_incident_is_opened_once_and_closes_when_the_terminal_is_heard_again() -> None:
    device = terminal()
    somebody("registrar")
    tick.tick(at=NOW)
    assert tick.tick(at=NOW) == 0

    hear(device, at=NOW)
    assert tick.tick(at=NOW) == 1

    assert only("silent").closed_how == "heard"
    assert not Notice.objects.filter(handled_at=None).exists()
    assert tick.tick(at=NOW) == 0


def test_what_was_opened_and_closed_stands_in_the_journal_in_words() -> None:
    device = terminal()
    tick.tick(at=NOW)
    hear(device, at=NOW)
    tick.tick(at=NOW)

    found = entries_of(viewer=TICK, subject_kind="incident", subject_key=only("silent").pk)

    assert {trace.act for trace in traces(entries=list(found))} == {
        "An incident was opened",
        "The incident was closed",
    }


def test_missing_bundles_become_an_incident_only_after_the_days_in_which_they_may_still_come() -> (
    None
):
    gap = country().upkeep.gap_days
    early, late = terminal(), terminal()
    for device, days in ((early, gap - 1), (late, gap)):
        hear(device)
        chain_with_a_gap(device, known_since=TODAY - days * DAY)

    tick.tick(at=NOW)

    assert only("gap").device == late


def test_a_gap_that_was_filled_closes_its_incident() -> None:
    device = terminal()
    hear(device)
    chain = chain_with_a_gap(device, known_since=TODAY - 30 * DAY)
    tick.tick(at=NOW)

    chain.window = Window((Run(1, 9, b"", b"c"),)).to_content()
    chain.save()
    tick.tick(at=NOW)

    assert only("gap").closed_how == "filled"


@pytest.mark.parametrize(
    ("kind", "opened"),
    [("two_devices", "two_devices"), ("broken", "broken_chain"), ("unopened", "unopened_chain")],
)
def test_an_alarm_opens_an_incident_until_it_is_settled(kind: str, opened: str) -> None:
    device, registrar = terminal(), somebody("registrar")
    hear(device)
    found = alarm(device, kind)
    tick.tick(at=NOW)
    assert only(opened).closed_day is None

    keeping.settle_alarm(alarm=found, finding="restored", by=registrar, at=NOW)

    assert only(opened).closed_how == "settled"
    assert tick.tick(at=NOW) == 0


def test_a_revoked_terminal_has_no_open_incident() -> None:
    device = terminal()
    tick.tick(at=NOW)

    revoke_device(device=device, reason_code="stolen", by=somebody("registrar"), at=NOW)
    tick.tick(at=NOW)

    assert only("silent").closed_how == "revoked"


def test_today_shows_a_head_the_incidents_of_the_own_place_with_their_day() -> None:
    mine, other = terminal(), terminal()
    tick.tick(at=NOW)
    head = somebody("head", leads=mine.place)

    [row] = agenda.agenda(viewer=head, at=NOW)

    assert str(only_of(mine).pk) in row.url
    assert "Not heard" in getattr(row, "title", "")
    assert len(agenda.agenda(viewer=somebody("registrar"), at=NOW)) == 2
    assert agenda.agenda(viewer=somebody("officer"), at=NOW) == []
    assert only_of(other).closed_day is None


def only_of(device: Device) -> Incident:
    return Incident.objects.get(device=device)
