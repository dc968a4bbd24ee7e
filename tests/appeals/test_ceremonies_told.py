"""The second person of an export hears of it: by a bell and on “Today”, until somebody has answered."""

import pytest
from django.utils import timezone

from arasha.appeals import agenda
from arasha.appeals.models import Appeal, Export
from arasha.appeals.services import ceremonies as services
from arasha.notices.models import Notice
from arasha.people.models import User
from arasha.rows import AgendaItem
from tests.appeals.test_ceremonies import ask, bar, confirm
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor


@pytest.fixture
def asked(appeal: Appeal, officer: User, second_officer: User, supervisor: User) -> Export:
    return ask(appeal, officer)


def rung() -> set[User]:
    found = Notice.objects.filter(kind="appeal.export_asked", handled_at=None)
    return {each.user for each in found.select_related("user")}


def told(viewer: User) -> list[AgendaItem]:
    rows = agenda.agenda(viewer=actor(viewer), at=timezone.now())
    return [each for each in rows if isinstance(each, AgendaItem) and "/ceremonies/" in each.url]


def test_everybody_who_may_be_the_second_is_rung_and_who_asked_is_not(
    asked: Export, officer: User, second_officer: User, supervisor: User
) -> None:
    assert rung() == {second_officer, supervisor}
    assert told(officer) == []


def test_whoever_is_barred_from_one_of_its_appeals_is_not_told(
    appeal: Appeal, officer: User, second_officer: User, supervisor: User
) -> None:
    bar(second_officer, appeal)

    ask(appeal, officer)

    assert rung() == {supervisor}
    assert told(second_officer) == []


def test_the_bell_and_the_agenda_lead_to_the_export(asked: Export, supervisor: User) -> None:
    [row] = told(supervisor)
    desk = signed_in(supervisor)

    place = desk.get(row.url).headers["Location"]
    assert place == f"/offices/ceremonies/#{asked.key}"
    assert f'id="{asked.key}"' in desk.get("/offices/ceremonies/").content.decode()
    notice = Notice.objects.get(user=supervisor)
    assert desk.get(f"/notices/{notice.pk}/").headers["Location"] == row.url


def test_once_one_has_confirmed_nobody_is_told_any_more(
    asked: Export, second_officer: User, supervisor: User
) -> None:
    confirm(asked, supervisor)

    assert rung() == set()
    assert told(second_officer) == []


def test_nor_once_it_was_declined(asked: Export, officer: User, supervisor: User) -> None:
    services.decline_export(export=asked, by=actor(officer), at=NOW)

    assert rung() == set()
    assert told(supervisor) == []


def test_a_stranger_is_led_nowhere(asked: Export, prosecutor: User) -> None:
    assert signed_in(prosecutor).get(f"/offices/ceremonies/{asked.key}/").status_code == 404
