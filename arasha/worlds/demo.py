"""The demo world: a fictional region with a named cast, built through the services that people use."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

from django.conf import settings
from django.db import transaction

from arasha.access.viewing import viewing
from arasha.actors import WORLD, Actor
from arasha.appeals.bulk import keys_shown
from arasha.channel import services as channel
from arasha.country import country, local_day
from arasha.engines import sealing
from arasha.engines.notes import SignerKey
from arasha.people import services as people
from arasha.people.models import Institution, Post
from arasha.places import services as places
from arasha.places.models import Region
from arasha.publications import services as publications
from arasha.trust.services import FRESHNESS_KEY
from arasha.wire import keyfile
from arasha.wire.trust.names import LOG_KEY
from arasha.worlds import cast, crossings, stories, terminals
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.identities import new_identity, new_signer, write_identities
from arasha.worlds.letters import LETTERS, Letter
from arasha.worlds.register import beside, playing
from arasha.worlds.register.cases import CASES
from arasha.worlds.register.scripts import Script
from arasha.worlds.register.timing import due_today
from arasha.worlds.stage import Demo
from arasha.worlds.told import names_sets

Say = Callable[[str], object]
SET_LASTS = dt.timedelta(days=365)
INGEST_KEYS, INGEST_KEY_LASTS = 27, dt.timedelta(days=14)  # a year ahead, as a ceremony signs them


@transaction.atomic
def build(*, folder: Path, at: dt.datetime, say: Say = lambda _line: None) -> Demo:
    """Build the world and leave its keys in `folder` (demo keys: a real build refuses them)."""
    demo = Demo(folder, at)
    with viewing(WORLD):
        say("Institutions and places")
        _regions(demo)
        _institutions(demo)
        _places(demo)
        say("People and their keys")
        _people(demo)
        sets = _recipient_sets(demo)
        _terminal(demo)
        say(f"{len(LETTERS)} appeals and what became of them")
        _stories(demo, sets["ombudsperson"])
        crossings.play(demo, sets)
        terminals.play(demo)
        say("The figures")
        publications.release(by=demo.actor("analyst", "ombudsperson"), at=at)
    return demo


def _stories(demo: Demo, recipients: sealing.RecipientSet) -> None:
    """The oldest first: cases get their numbers in the order in which they came."""
    matters = {}
    told: list[Letter | Script] = [*LETTERS, *CASES]
    for story in sorted(told, key=lambda each: each.days_ago, reverse=True):
        if isinstance(story, Letter):
            stories.play(demo, story, recipients)
        else:
            matters[story.code] = playing.play(demo, story, registered_at=due_today(demo, story))
    beside.play(demo, matters)


def _regions(demo: Demo) -> None:
    for region in country().regions.values():
        places.register_region(code=region.code, name=dict(region.name))
    places.register_region(code=cast.REGION_CODE, name=_in_every_language(cast.REGION))


def _institutions(demo: Demo) -> None:
    region = Region.objects.get(code=cast.REGION_CODE)
    for code, (kind, name) in cast.INSTITUTIONS.items():
        demo.institutions[code] = people.register_institution(
            code=code,
            kind=_kind(kind),
            name=_in_every_language(name),
            region=region,
            parent=demo.institutions.get(cast.SUPERIOR.get(code, "")),
            by=WORLD,
            at=demo.begun_at,
        )
    _regional_offices(demo)


def _regional_offices(demo: Demo) -> None:
    """Every region of the country has an office of the watching body, where the pack knows such."""
    if "ombuds-office" not in country().institution_kinds:
        return
    kind = country().institution_kinds["ombuds-office"]
    for region in country().regions.values():
        people.register_institution(
            code=f"office-{region.code}",
            kind="ombuds-office",
            name={lang: f"{kind.name.in_(lang)}: {text}" for lang, text in region.name.items()},
            region=Region.objects.get(code=region.code),
            parent=demo.institutions["ombudsperson"],
            by=WORLD,
            at=demo.begun_at,
        )


def _places(demo: Demo) -> None:
    region = Region.objects.get(code=cast.REGION_CODE)
    kinds = list(country().place_kinds)
    for code, kind, name, capacity, headcount in cast.PLACES:
        place = places.register_place(
            code=code,
            name=_in_every_language(name),
            region=region,
            kind=kind if kind in kinds else kinds[0],
            by=WORLD,
            at=demo.begun_at,
        )
        first = local_day(demo.begun_at)
        places.set_capacity(place=place, from_day=first, persons=capacity, by=WORLD, at=demo.at)
        places.record_headcount(
            place=place, day=local_day(demo.at), persons=headcount, by=WORLD, at=demo.at
        )
        demo.places[code] = place
    code, name = cast.UNOFFICIAL
    demo.places[code] = places.register_place(
        code=code,
        name=_in_every_language(name),
        region=region,
        kind="unofficial" if "unofficial" in kinds else kinds[0],
        official=False,
        by=WORLD,
        at=demo.begun_at,
    )
    people.give_command(
        institution=demo.institutions["administration-1"],
        place=demo.places[cast.COMMANDED],
        from_day=local_day(demo.begun_at),
        by=WORLD,
        at=demo.begun_at,
    )


def _people(demo: Demo) -> None:
    for seat in cast.SEATS:
        post = _post(demo, seat)
        user = people.add_person(
            email=seat.email,
            full_name=seat.person,
            language=_language(seat.language),
            by=WORLD,
            at=demo.begun_at,
        )
        people.appoint(
            user=user, post=post, from_day=local_day(demo.begun_at), by=WORLD, at=demo.begun_at
        )
        demo.people[seat.email] = user


def _post(demo: Demo, seat: cast.Seat) -> Post:
    return people.open_post(
        institution=demo.institutions[seat.institution],
        role=seat.role,
        title=_in_every_language(seat.title),
        place=demo.places[cast.COMMANDED] if seat.role == "head" else None,
        manages_people=seat.manages_people,
        on_duty=seat.on_duty,
        by=WORLD,
        at=demo.begun_at,
    )


def _recipient_sets(demo: Demo) -> dict[str, sealing.RecipientSet]:
    """A root of trust, the keys of gateway and log, and for each body a set that its own keys sign."""
    for old in ("trust", "relay"):  # of a world that was thrown away
        rmtree(demo.folder / old, ignore_errors=True)
    ceremony = Ceremony.begin(demo.folder / "trust", at=demo.begun_at)
    ceremony.add(LOG_KEY, f"{_signer('log').verifier}\n".encode())
    ceremony.add("ingest/gateway.json", json.dumps({"ack": str(_signer("ack").verifier)}).encode())
    ceremony.add_ingest_keys(
        channel.make_keys(
            count=INGEST_KEYS,
            each=INGEST_KEY_LASTS,
            from_day=local_day(demo.at),
            by=WORLD,
            at=demo.begun_at,
        )
    )
    sets = {body.code: _set_of(demo, body) for body in _bodies(demo)}
    told = names_sets(demo, until=local_day(demo.at + SET_LASTS))
    for recipients in (*sets.values(), *told):
        ceremony.publish(recipients)
    ceremony.trust_images()
    ceremony.keep_keys(demo.folder / "trust-keys")
    freshness = settings.ARASHA_KEYS_DIR / FRESHNESS_KEY
    keyfile.replace_private(freshness, ceremony.freshness.to_json())
    demo.root = ceremony.root
    ceremony.bring(by=WORLD, at=demo.at)
    owners = {each.recipient: demo.people[each.email].pk for each in demo.identities}
    keys_shown(owners=owners, day=local_day(demo.at))
    write_identities(demo.folder / "identities.json", demo.identities)
    return sets


def _bodies(demo: Demo) -> list[Institution]:
    """The institutions whose people hold keys, where the country lets people write to such."""
    codes = dict.fromkeys(seat.institution for seat in cast.SEATS if seat.opens)
    found = [demo.institutions[code] for code in codes]
    return [each for each in found if country().body_of(each.kind)]


def _set_of(demo: Demo, body: Institution) -> sealing.RecipientSet:
    return sealing.RecipientSet(
        set_id=f"{body.code}-1",
        body=body.code,
        version=1,
        valid_from=local_day(demo.begun_at),
        valid_until=local_day(demo.at + SET_LASTS),
        members=tuple(_members(demo, body)),
    )


def _members(demo: Demo, body: Institution) -> list[sealing.Member]:
    members = []
    for seat in cast.SEATS:
        if seat.opens and seat.institution == body.code:
            identity = new_identity(name=seat.person, email=seat.email)
            demo.identities.append(identity)
            label = " / ".join(_in_every_language(seat.opens).values())
            members.append(
                sealing.Member(sealing.Role.OFFICER, identity.recipient, label, body.code)
            )
    office = new_identity(name=cast.OFFICE_KEY, email="")
    # The office key's secret is thrown away here: nobody in the demo can open with it.
    members.append(sealing.Member(sealing.Role.OFFICE, office.recipient, cast.OFFICE_KEY))
    return members


def _terminal(demo: Demo) -> None:
    """A terminal in the demo's prison, enrolled by two people, with whom it believes pinned."""
    signer = new_signer("device/new")
    offer = places.offer_device(
        place=demo.places[cast.COMMANDED],
        kind="terminal",
        public_key=signer.verifier.public,
        by=demo.actor("registrar", "ombudsperson"),
        at=demo.begun_at,
    )
    enrolled = places.enrol_device(offer=offer, by=WORLD, at=demo.begun_at)
    demo.terminal = Actor.device(enrolled.key)
    device = keyfile.new_device(key=str(offer.key), seed=signer.seed).trusting(root=demo.root)
    keyfile.replace_private(demo.folder / "terminal" / "device.json", device.to_json())


def _signer(name: str) -> SignerKey:
    return SignerKey.parse((settings.ARASHA_KEYS_DIR / name).read_text().strip())


def _kind(kind: str) -> str:
    """An institution kind of this pack: the watching and the investigating body go by what they may do."""
    bodies = country().bodies.values()
    if kind == "watcher":
        return next(body.institution_kind for body in bodies if body.receives[-1].unnamed)
    if kind == "investigator":
        return next(body.institution_kind for body in bodies if body.opens_case)
    kinds = country().institution_kinds
    return kind if kind in kinds else list(kinds)[-1]


def _in_every_language(name: cast.Name) -> cast.Name:
    """The cast speaks kk, ru and en; another country's demo shows the English name."""
    return {each.code: name.get(each.code, name["en"]) for each in country().languages}


def _language(code: str) -> str:
    codes = [each.code for each in country().languages]
    return code if code in codes else codes[0]
