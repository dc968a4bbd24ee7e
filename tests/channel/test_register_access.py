"""Who sees what of terminals, against the table that people wrote by hand."""

from pathlib import Path

import pytest

from arasha.access.policy import BY_POST, ROLES
from arasha.access.posts import open_to, opens
from arasha.actors import Actor
from arasha.channel.upkeep.selectors import canaries, register
from arasha.channel.upkeep.services.canaries import begin_canary
from arasha.places.models import Device
from arasha.problems import NotFoundProblem
from tests.channel.upkeep import NOW, hear, place, somebody, terminal

pytestmark = pytest.mark.django_db
LINES = [
    line.split()
    for line in (Path(__file__).parent / "upkeep_matrix.txt").read_text().splitlines()
    if not line.startswith("#")
]
WRITTEN = {what: dict(zip(LINES[0], cells, strict=True)) for what, *cells in LINES[1:]}


def test_the_table_names_every_post_and_everything_a_post_opens() -> None:
    assert set(LINES[0]) == set(ROLES)
    assert WRITTEN.keys() == BY_POST.keys()


@pytest.mark.parametrize("what", WRITTEN)
def test_a_post_opens_what_the_table_says(what: str) -> None:
    mine, other = terminal(), terminal()

    for role in ROLES:
        viewer = somebody(role, leads=mine.place)
        seen = Device.objects.filter(open_to(viewer=viewer, what=what, at=NOW))
        assert _reach(set(seen), mine, other) == WRITTEN[what][role]
        assert opens(viewer=viewer, what=what, at=NOW) == (WRITTEN[what][role] == "all")


def test_the_list_of_a_head_is_the_own_place() -> None:
    mine, _other = terminal(), terminal()
    head = somebody("head", leads=mine.place)

    assert [each.pk for each in register.terminals(viewer=head, at=NOW)] == [mine.pk]


def test_somebody_unknown_sees_no_terminal_and_is_told_as_of_one_that_does_not_exist() -> None:
    device = terminal()

    with pytest.raises(NotFoundProblem):
        register.find_terminal(
            viewer=Actor.user("8e3f7ac2-0d5c-4f5a-9a53-6f3f0c6ad0a1"), key=device.pk, at=NOW
        )


def test_the_hour_in_which_a_terminal_was_heard_is_for_those_who_run_it() -> None:
    device = terminal()
    hear(device)

    of_head = register.heard(viewer=somebody("head", leads=device.place), device=device, at=NOW)
    of_registrar = register.heard(viewer=somebody("registrar"), device=device, at=NOW)

    assert of_head is not None
    assert of_head.hour is None
    assert of_registrar is not None
    assert of_registrar.hour is not None


def test_a_head_is_not_told_that_a_test_is_under_way() -> None:
    device = terminal(place())
    canary = begin_canary(device=device, by=somebody("monitor"), at=NOW)
    head = somebody("head", leads=device.place)

    assert not canaries.canaries(viewer=head, at=NOW).exists()
    assert canaries.last_result(viewer=head, device=device, at=NOW) is None
    with pytest.raises(NotFoundProblem):
        canaries.find_canary(viewer=head, key=canary.pk, at=NOW)


def _reach(seen: set[Device], mine: Device, other: Device) -> str:
    return "all" if {mine, other} <= seen else "own" if mine in seen else "-"
