"""The terminal's program: what it refuses, what it keeps, what it promises. No browser here."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arasha.engines.channel.objects import FilingObject
from arasha.engines.channel.pages import Kind
from arasha.engines.notes import b64, filing_code, grouped, open_note
from arasha.engines.sealing import build_text
from arasha.engines.translog import EMPTY_ROOT
from arasha.packs import Pack, load
from arasha.programs.terminal import kiosk as kiosk_module
from arasha.programs.terminal.chain import Chain
from arasha.programs.terminal.delivery import Delivery
from arasha.programs.terminal.exchange import Exchange, Line
from arasha.programs.terminal.health import Health
from arasha.programs.terminal.kiosk import Kiosk
from arasha.programs.terminal.knowledge import Knowledge
from arasha.programs.terminal.texts import KEYS, languages
from arasha.wire.client import Client
from arasha.wire.serving import Refusal, Request
from arasha.wire.spool import Item, Spool, SpoolFullError, State
from arasha.wire.trust import TrustRefusedError, making
from arasha.wire.trust.names import metadata_name
from arasha.worlds.ceremony import Ceremony
from tests.programs import stand
from tests.programs.gateway import Stand
from tests.programs.stand import LOG, World

NOON = dt.datetime(2026, 3, 2, 7, 0, tzinfo=dt.UTC)
STATIC = Path(kiosk_module.__file__).parent / "static"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load("kz")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def door(world: World) -> Iterator[Stand]:
    with stand.gateway(world) as server:
        yield server


class Machine:
    """A terminal put together by hand, so that a test can take one step at a time."""

    def __init__(self, folder: Path, url: str, pack: Pack, *, chain: int = 1) -> None:
        self.now = NOON
        self.url = url
        self.spool = Spool(folder)
        device, client = stand.trusting().in_chain(chain), Client(url, timeout=0.5)
        self.knowledge = Knowledge(self.spool, device, demo=False)
        self.delivery = Delivery(
            self.spool,
            lambda: self.knowledge.trust,
            is_urgent=lambda set_id: self.knowledge.is_duty_line(set_id, pack),
        )
        self.kiosk = Kiosk(
            device=device,
            pack=pack,
            delivery=self.delivery,
            knowledge=self.knowledge,
            public_url="https://public.example/",
            clock=lambda: self.now,
        )
        self.chain = Chain(folder / "chain", device)
        self.exchange = Exchange(
            Line(client, device),
            self.chain,
            self.delivery,
            self.knowledge,
            health=Health(self.spool, self.knowledge, build="7", today=self.kiosk.today),
            today=self.kiosk.today,
        )

    def beat(self, times: int = 1) -> None:
        for _ in range(times):
            self.exchange.once()

    def learn(self) -> None:
        """All that has come down so far."""
        self.beat()
        while (page := self.knowledge.stream.page) is not None:
            self.beat()
            if self.knowledge.stream.page == page:
                return

    def bodies(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.kiosk.bodies(get()).body)["bodies"]
        return found

    def file(self, posted: bytes) -> dict[str, str]:
        slip: dict[str, str] = json.loads(self.kiosk.appeal(Request("POST", "", {}, posted)).body)
        return slip

    def cover(self, posted: bytes) -> dict[str, str]:
        slip: dict[str, str] = json.loads(self.kiosk.cover(Request("POST", "", {}, posted)).body)
        return slip

    def state(self, posted: bytes) -> tuple[str | None, str | None]:
        status = self.delivery.status(stand.hash_of(posted))
        assert status is not None
        return status["state"], status["problem"]

    def kept(self, state: State) -> list[bytes]:
        """The filings in the spool that have come so far."""
        items = [self.spool.get(each.name) for each in self.spool.listed() if each.state is state]
        return [FilingObject.parse(item.body).filing for item in items if item]


def get() -> Request:
    return Request("GET", "", {})


@pytest.fixture
def machine(tmp_path: Path, door: Stand, pack: Pack) -> Machine:
    machine = Machine(tmp_path / "spool", door.url, pack)
    machine.learn()
    return machine


# Whom one can write to


def test_without_any_keys_the_page_is_told_so(tmp_path: Path, pack: Pack) -> None:
    machine = Machine(tmp_path, "http://127.0.0.1:9", pack)
    machine.learn()

    with pytest.raises(Refusal, match="no_bodies"):
        machine.bodies()


def test_a_body_that_commands_the_place_is_not_offered(
    tmp_path: Path, world: World, door: Stand, pack: Pack
) -> None:
    world.commanders.append("ombudsperson")
    machine = Machine(tmp_path / "spool", door.url, pack)
    machine.learn()

    with pytest.raises(Refusal, match="no_bodies"):
        machine.bodies()


def test_a_body_without_a_rule_in_the_pack_is_not_offered(machine: Machine, world: World) -> None:
    world.offer(stand.recipients(body="stranger"))

    machine.learn()

    assert [body["set"] for body in machine.bodies()] == ["ombudsperson-1"]


def test_those_who_are_told_names_are_offered_to_nobody_and_named_beside_their_body(
    machine: Machine, world: World, pack: Pack
) -> None:
    world.offer(stand.recipients(body="ombudsperson-names"))
    world.offer(stand.recipients(body="npm-samal-names"))

    machine.learn()

    [offer] = machine.knowledge.offers(pack, today=NOON.date())
    assert offer.recipients.set_id == "ombudsperson-1"
    assert offer.names and offer.names.set_id == "ombudsperson-names-1"


def test_a_set_with_one_signature_too_few_does_not_replace_the_one_held(
    machine: Machine, world: World
) -> None:
    role = "body-ombudsperson"
    text = build_text(stand.recipients(version=2))
    making.propose_set(world.trust.folder, text=text, at=NOON)
    world.trust.folder.sign(role, world.trust.bodies["ombudsperson"][0].signer)
    signed = world.trust.folder.proposed(role)
    assert signed is not None
    world.trust.folder.write(metadata_name(role, 2), signed.to_bytes())
    world.trust.freshen(NOON)

    machine.learn()

    assert [body["set"] for body in machine.bodies()] == ["ombudsperson-1"]


def test_a_clock_that_was_set_back_keeps_no_new_set_away(machine: Machine, world: World) -> None:
    world.offer(stand.recipients(version=2))

    machine.now -= dt.timedelta(days=30)
    machine.learn()

    assert [body["set"] for body in machine.bodies()] == ["ombudsperson-2"]


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_ten_years_off_changes_nothing_but_the_mark(machine: Machine, years: int) -> None:
    right = machine.bodies()

    machine.now += dt.timedelta(days=365 * years)
    machine.learn()
    wrong = machine.bodies()

    assert right[0]["stale"] is False
    assert wrong == [right[0] | {"stale": True}]
    assert machine.file(stand.sealed_filing())["code"]


def test_a_freshness_key_that_rests_marks_the_set_and_stops_no_filing(machine: Machine) -> None:
    machine.now += dt.timedelta(days=5)

    assert machine.bodies()[0]["stale"] is True
    assert machine.file(stand.sealed_filing())["code"]


def test_a_stale_set_is_marked_and_never_stops_a_filing(machine: Machine, world: World) -> None:
    stale = stand.recipients(version=2, until=dt.date(2026, 2, 1))
    world.offer(stale)
    machine.learn()

    assert machine.bodies()[0]["stale"] is True
    assert machine.file(stand.sealed_filing(to=stale))["code"]


def test_a_device_that_pins_another_root_forgets_what_it_believed(
    machine: Machine, tmp_path: Path
) -> None:
    other = Ceremony.begin(tmp_path / "other", at=NOON, demo=False)

    knowledge = Knowledge(machine.spool, stand.DEVICE.trusting(root=other.root), demo=False)

    assert list(knowledge.trust.sets()) == []


def test_a_real_terminal_refuses_a_demo_s_root(tmp_path: Path) -> None:
    demo = Ceremony.begin(tmp_path / "demo", at=NOON)
    device, spool = stand.DEVICE.trusting(root=demo.root), Spool(tmp_path / "spool")

    assert Knowledge(spool, device, demo=True).trust.is_demo()
    with pytest.raises(TrustRefusedError, match="everybody has its keys"):
        Knowledge(spool, device, demo=False)


def test_an_unnamed_letter_is_for_those_who_may_act_on_it(
    tmp_path: Path, world: World, door: Stand, pack: Pack
) -> None:
    world.offer(stand.recipients(body="prosecutor"))
    machine = Machine(tmp_path / "spool", door.url, pack)
    machine.learn()

    takes_unnamed = {body["set"]: body["unnamed"] for body in machine.bodies()}
    assert takes_unnamed == {"ombudsperson-1": True, "prosecutor-1": False}


def test_the_duty_line_is_told_apart_from_the_bodies(machine: Machine, world: World) -> None:
    assert json.loads(machine.kiosk.bodies(get()).body)["duty"] is None

    world.offer(stand.recipients(body="duty_line"))
    machine.learn()

    told = json.loads(machine.kiosk.bodies(get()).body)
    assert [body["set"] for body in told["bodies"]] == ["ombudsperson-1"]
    assert (told["duty"]["set"], told["duty"]["stale"]) == ("duty_line-1", False)


def test_an_old_list_of_the_duty_line_is_marked_and_stops_no_call(
    machine: Machine, world: World
) -> None:
    old = stand.recipients(body="duty_line", until=dt.date(2026, 2, 1))
    world.offer(old)
    machine.learn()

    assert json.loads(machine.kiosk.bodies(get()).body)["duty"]["stale"] is True
    assert machine.file(stand.sealed_filing(to=old))["code"]


def test_a_line_that_commands_the_place_is_never_sealed_to(machine: Machine, world: World) -> None:
    line = stand.recipients(body="duty_line")
    world.offer(line)
    world.commanders.append("duty_line")
    machine.learn()

    assert json.loads(machine.kiosk.bodies(get()).body)["duty"] is None
    with pytest.raises(Refusal, match="set_unknown"):
        machine.file(stand.sealed_filing(to=line))


def test_a_country_without_a_duty_line_is_not_asked_about_danger(machine: Machine) -> None:
    assert json.loads(machine.kiosk.start(get()).body)["asks_danger"] is True

    qamar = load(Path(__file__).parents[1] / "packs" / "qamar")
    machine.kiosk._pack = qamar

    assert json.loads(machine.kiosk.start(get()).body)["asks_danger"] is False


def test_the_bodies_are_remembered_while_the_line_is_down(
    machine: Machine, tmp_path: Path, pack: Pack
) -> None:
    restarted = Machine(tmp_path / "spool", "http://127.0.0.1:9", pack)
    restarted.learn()

    assert restarted.bodies() == machine.bodies()
    first = restarted.bodies()[0]["members"][0]
    assert first["role"] == "officer"
    assert set(first["label"].values()) == {"Айгерім Серікова"}


def test_a_label_in_three_languages_is_shown_in_one(
    tmp_path: Path, world: World, door: Stand, pack: Pack
) -> None:
    world.offer(stand.recipients(version=2, first="кезекші / дежурный / on duty"))
    machine = Machine(tmp_path / "spool", door.url, pack)
    machine.learn()

    first = machine.bodies()[0]["members"][0]
    assert first["label"] == {"kk": "кезекші", "ru": "дежурный", "en": "on duty"}


# Taking a filing over


def test_a_filing_to_a_set_that_is_not_offered_is_refused(machine: Machine) -> None:
    with pytest.raises(Refusal, match="set_unknown"):
        machine.file(stand.sealed_filing(to=stand.recipients(version=7)))


@pytest.mark.parametrize("cut", [1, 40, 2000])
def test_a_filing_that_is_not_whole_is_refused(machine: Machine, cut: int) -> None:
    with pytest.raises(Refusal, match="sealing"):
        machine.file(stand.sealed_filing()[:-cut])


def test_a_filing_for_fewer_readers_than_the_set_has_is_refused(machine: Machine) -> None:
    whole = stand.recipients()
    fewer = type(whole)(whole.set_id, whole.body, 1, NOON.date(), NOON.date(), whole.members[:2])

    with pytest.raises(Refusal, match="sealing"):
        machine.file(stand.sealed_filing(to=fewer))


def test_a_double_click_is_one_filing_with_one_slip(machine: Machine, world: World) -> None:
    posted = stand.sealed_filing()
    first = machine.file(posted)
    machine.now += dt.timedelta(days=1)

    assert machine.file(posted) == first
    machine.beat()
    machine.beat()
    assert world.filed == [posted]


def test_a_full_disk_holds_the_filing_in_memory_and_says_so(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted, keep = stand.sealed_filing(), Spool.keep
    monkeypatch.setattr(Spool, "keep", full)

    slip = machine.file(posted)

    assert slip["code"] == grouped(filing_code(stand.hash_of(posted)))
    assert machine.state(posted) == ("held", None)
    machine.beat()
    assert world.filed == [posted]
    assert machine.state(posted) == ("acknowledged", None)
    monkeypatch.setattr(Spool, "keep", keep)
    machine.beat()
    assert machine.kept(State.ACKNOWLEDGED) == [posted]


def full(_spool: Spool, _item: Item) -> Item:
    raise SpoolFullError("no space left")


# The slip


def test_the_promise_names_the_leaf_the_third_day_and_no_minute(machine: Machine) -> None:
    posted = stand.sealed_filing()
    slip = machine.file(posted)

    text = open_note(slip["promise"].encode(), [stand.DEVICE.signer.verifier])

    leaf64 = b64.encode(stand.hash_of(posted))
    empty = b64.encode(EMPTY_ROOT)
    assert text == f"arasha/promise/v1\n{leaf64}\nby 2026-03-05\nafter 0 {empty}\n"
    assert slip["by"] == "2026-03-05"


def test_a_clock_that_is_years_behind_promises_no_day_that_is_past(machine: Machine) -> None:
    machine.now -= dt.timedelta(days=3650)

    slip = machine.file(stand.sealed_filing())

    assert slip["by"] == (stand.BEGUN_AT.date() + dt.timedelta(days=3)).isoformat()
    assert json.loads(machine.kiosk.bodies(get()).body)["today"] == "2026-03-01"


def test_the_promise_comes_after_the_last_checkpoint_of_an_earlier_day(
    machine: Machine, world: World
) -> None:
    for day, text in ((0, "a"), (0, "b"), (1, "c")):
        machine.now = NOON + dt.timedelta(day)
        machine.file(stand.sealed_filing(text))
        machine.beat()
        world.publish()
        world.send(Kind.CHECKPOINT, world.checkpoint().encode())
        machine.beat()

    after = machine.knowledge.checkpoint_before(machine.now.date())

    assert (after.origin, after.size) == (LOG.name, 2)


def test_the_code_and_the_link_come_from_the_leaf(machine: Machine) -> None:
    posted = stand.sealed_filing()
    leaf, slip = stand.hash_of(posted), machine.file(posted)

    assert slip["code"] == grouped(filing_code(leaf))
    assert slip["link"] == f"https://public.example/c/{filing_code(leaf)}#{leaf.hex()}"
    drawing = machine.kiosk.qr(get(), leaf.hex())
    assert (drawing.content_type, drawing.body[:5]) == ("image/svg+xml", b"<?xml")


@pytest.mark.parametrize("leaf", ["", "zz", "../../etc", "A" * 64])
def test_a_leaf_out_of_form_is_not_found(machine: Machine, leaf: str) -> None:
    for ask in (machine.kiosk.qr, machine.kiosk.status):
        with pytest.raises(Refusal, match="not_found"):
            ask(get(), leaf)


# Words


PARTS = ("title", "lead")


def test_every_text_the_pages_ask_for_is_in_the_pack_and_the_other_way_round(pack: Pack) -> None:
    scripts = "".join(path.read_text() for path in STATIC.glob("*.js"))
    named = set(re.findall(r'"([a-z]+\.[a-z_]+)"', scripts))
    # A question is named once and has a title and a lead; others end in what was chosen.
    questions = {f"{key}.{part}" for key in re.findall(r'"([a-z]+)"', scripts) for part in PARTS}
    begun = tuple(re.findall(r"`([a-z]+\.)\$\{", scripts))

    assert asked_keys(scripts) <= KEYS
    assert {key for key in KEYS - named - questions if not key.startswith(begun)} == set()
    assert {each["code"] for each in languages(pack)} == {"kk", "ru", "en"}


def asked_keys(scripts: str) -> set[str]:
    return set(re.findall(r'(?:words|row|texts\[)\(?"([a-z]+\.[a-z_]+)"', scripts))
