"""What a terminal does with people of the prison in a list, and with what a disk or a line spoilt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from arasha.packs import Pack, load
from arasha.wire.serving import Refusal
from tests.programs import stand
from tests.programs.stand import World
from tests.programs.test_terminal import Machine


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load("kz")


def test_a_list_in_which_people_of_a_commanding_body_read_is_not_offered(
    tmp_path: Path, pack: Pack
) -> None:
    world = World()
    own = stand.recipients(version=2)
    first, second, office = own.members
    guard = replace(second, office=world.commanders[0])
    world.offer(replace(own, members=(first, guard, office)))
    with stand.gateway(world) as door:
        machine = Machine(tmp_path, door.url, pack)
        machine.learn()

    with pytest.raises(Refusal, match="no_bodies"):
        machine.bodies()


SPOILT: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: "",
    "cut off": lambda text: text[: len(text) // 2],
    "no JSON": lambda text: "spoilt",
    "no object": lambda text: "[]",
    "other fields": lambda text: "{}",
    "other letters": lambda text: text.replace("ey", "@@"),
    "other metadata": lambda text: text.replace("ey", "AA"),
}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("fact", ["trust", "directory", "checkpoint", "stream"])
def test_what_a_disk_spoilt_is_learned_anew(
    tmp_path: Path, pack: Pack, fact: str, how: str
) -> None:
    with stand.gateway(World()) as door:
        before = Machine(tmp_path, door.url, pack)
        before.learn()
        known = before.bodies()
        noted = before.spool.noted(fact) or "{}"
        before.spool.note(fact, SPOILT[how](noted))

        after = Machine(tmp_path, door.url, pack)
        after.learn()

        assert after.bodies() == known
        after.knowledge.checkpoint_before(after.now.date())
