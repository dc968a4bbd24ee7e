"""The export of sealed appeals behind PostgreSQL's own lock."""

import io
import zipfile

import pytest

from arasha.access.viewing import viewing
from arasha.appeals.models import Appeal, CeremonyAppeal
from arasha.appeals.selectors import ceremonies as selectors
from arasha.appeals.services import ceremonies as services
from arasha.notices.models import Notice
from arasha.people.models import User
from tests.access.conftest import become as become
from tests.access.locking import Become
from tests.appeals.test_ceremonies import HOUR, ask, bar, confirm, enter
from tests.walk import NOW, actor

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_two_people_let_it_out_at_the_desk_and_enter_the_protocol(
    appeal: Appeal, officer: User, supervisor: User, become: Become
) -> None:
    become("arasha_desk")
    with viewing(actor(officer)):
        export = ask(appeal, officer)
    assert [each.user for each in Notice.objects.all()] == [supervisor]
    with viewing(actor(supervisor)):
        confirm(export, supervisor)

    with viewing(actor(officer)):
        packed = services.fetch_export(export=export, by=actor(officer), at=NOW + HOUR)
        enter(appeal, officer)

    names = zipfile.ZipFile(io.BytesIO(packed.read())).namelist()
    assert names == [f"export/{appeal.code}.age"]


def test_whoever_is_barred_does_not_see_which_appeal_was_asked_for(
    appeal: Appeal, officer: User, second_officer: User, become: Become
) -> None:
    ask(appeal, officer)
    bar(second_officer, appeal)
    become("arasha_desk")

    with viewing(actor(second_officer)):
        assert not selectors.exports(viewer=actor(second_officer), at=NOW).exists()
        assert not CeremonyAppeal.objects.exists()
