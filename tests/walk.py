"""The first walk as fixtures: through services, with real keys, and only what a test asks for.

A folder's conftest takes them with `from tests.walk import *`.
"""

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arasha.actors import WORLD, Actor
from arasha.appeals import services as appeals
from arasha.appeals.models import Appeal, Attachment
from arasha.cases import services as cases
from arasha.cases.deciding.content import Content
from arasha.cases.models import Case, Decision
from arasha.channel import services as channel
from arasha.country import country, local_day
from arasha.engines import sealing
from arasha.engines.notes import NOTE, SignerKey
from arasha.handoffs.appeals_to_cases import services as handoff
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.people import services as people
from arasha.people.models import Institution, User
from arasha.places import services as places
from arasha.places.models import Device, Place
from arasha.trust.models import RecipientSet
from arasha.wire.ingest import IngestKey
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed_filing

__all__ = [
    "accused",
    "administration",
    "analyst",
    "appeal",
    "case",
    "ceremony",
    "ingest_key",
    "officer",
    "ombudsperson",
    "opened",
    "other_prosecution",
    "other_prosecutor",
    "place",
    "prosecution",
    "prosecutor",
    "recipients",
    "recorded",
    "referral",
    "second_officer",
    "terminal",
]

# In the past of every view's own clock, so that what was granted at NOW counts on a page.
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
DAY = dt.timedelta(days=1)
LONG_AGO = NOW - 400 * DAY
FILED_AT = NOW - 20 * DAY
OPENED_AT = NOW - 19 * DAY
REFERRED_AT = NOW - 18 * DAY
REGISTERED_AT = NOW - 17 * DAY
WORDS = "They put a bag over my head and told me to sign."
ACK = SignerKey("arasha.example/ack", NOTE, bytes([2] * 32))


@cache
def identities() -> list[pyrage.x25519.Identity]:
    """Two officers and the office: what is sealed in a test can be opened in it."""
    return [pyrage.x25519.Identity.generate() for _ in range(3)]


def actor(user: User) -> Actor:
    return Actor.user(user.pk)


def institution(code: str, kind: str) -> Institution:
    return people.register_institution(
        code=code, kind=kind, name={"en": code}, by=WORLD, at=LONG_AGO
    )


def person(role: str, at: Institution) -> User:
    """Somebody who has held a post for long."""
    post = people.open_post(institution=at, role=role, title={"en": role}, by=WORLD, at=LONG_AGO)
    user = people.add_person(
        email=f"{secrets.token_hex(6)}@arasha.example",
        full_name=f"{role} of {at.code}",
        by=WORLD,
        at=LONG_AGO,
    )
    people.appoint(user=user, post=post, from_day=LONG_AGO.date(), by=WORLD, at=LONG_AGO)
    return user


def body(code: str, kind: str) -> object:
    """A fixture: an institution of this kind."""

    @pytest.fixture
    def made(db: None) -> Institution:
        return institution(code, kind)

    return made


def at_work(role: str, at: str) -> object:
    """A fixture: somebody with a role in the institution of another fixture."""

    @pytest.fixture
    def somebody(request: pytest.FixtureRequest, db: None) -> User:
        return person(role, request.getfixturevalue(at))

    return somebody


ombudsperson = body("ombudsperson", "ombudsperson")
officer = at_work("officer", "ombudsperson")
second_officer = at_work("officer", "ombudsperson")
analyst = at_work("analyst", "ombudsperson")
prosecution = body("prosecution", "prosecutor")
prosecutor = at_work("prosecutor", "prosecution")
other_prosecution = body("other-prosecution", "prosecutor")
other_prosecutor = at_work("prosecutor", "other_prosecution")
accused = body("prison-service", "administration")


@pytest.fixture
def place(db: None) -> Place:
    region = places.register_region(code="samal", name={"en": "Samal"})
    return places.register_place(
        code="PRISON-1",
        name={"en": "Prison No. 1"},
        region=region,
        kind="correctional-institution",
        by=WORLD,
        at=LONG_AGO,
    )


@pytest.fixture
def administration(place: Place) -> Institution:
    """The body that commands the place."""
    made = institution("administration", "administration")
    command(made, place)
    return made


def command(body: Institution, place: Place) -> None:
    day = local_day(LONG_AGO)
    people.give_command(institution=body, place=place, from_day=day, by=WORLD, at=LONG_AGO)


@dataclass(frozen=True)
class Terminal:
    """An enrolled machine with its key."""

    device: Device
    seed: bytes

    @property
    def actor(self) -> Actor:
        return Actor.device(self.device.pk)


@pytest.fixture
def terminal(place: Place) -> Terminal:
    seed = secrets.token_bytes(32)
    public_key = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    offer = places.offer_device(
        place=place,
        kind="terminal",
        public_key=public_key,
        by=Actor.user("0b6f3c1e-0000-4000-8000-000000000001"),
        at=LONG_AGO,
    )
    return Terminal(places.enrol_device(offer=offer, by=WORLD, at=LONG_AGO), seed)


def recipient_set(
    body: str = "ombudsperson",
    *,
    version: int = 1,
    from_day: dt.date | None = None,
    until_day: dt.date | None = None,
) -> sealing.RecipientSet:
    keys = [str(identity.to_public()) for identity in identities()]
    return sealing.RecipientSet(
        set_id=f"{body}-{version}",
        body=body,
        version=version,
        valid_from=from_day or local_day(LONG_AGO),
        valid_until=until_day or local_day(NOW + 30 * DAY),
        members=(
            sealing.Member(sealing.Role.OFFICER, keys[0], "First officer", body),
            sealing.Member(sealing.Role.OFFICER, keys[1], "Second officer", body),
            sealing.Member(sealing.Role.OFFICE, keys[2], "Office key"),
        ),
    )


def read_also_by(office: str) -> sealing.RecipientSet:
    """The Ombudsperson's set, whose second reader works in another office."""
    own = recipient_set()
    first, second, key = own.members
    return replace(own, members=(first, replace(second, office=office), key))


@pytest.fixture
def ceremony(db: None, tmp_path: Path) -> Ceremony:
    """A root of trust of this test, with everybody's keys; `bring` imports what was signed."""
    return Ceremony.begin(tmp_path / "trust", at=LONG_AGO, demo=False)


@pytest.fixture
def ingest_key(db: None, tmp_path: Path, settings: Any) -> IngestKey:
    """The key that terminals seal to now; the gateway has its secret half and its own signing key."""
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")
    first = local_day(NOW) - 7 * DAY
    (key,) = channel.make_keys(count=1, each=14 * DAY, from_day=first, by=WORLD, at=LONG_AGO)
    return key


def publish(ceremony: Ceremony, which: sealing.RecipientSet) -> RecipientSet:
    """Let a body sign a set, and import it."""
    ceremony.publish(which)
    ceremony.bring(by=WORLD, at=LONG_AGO)
    return RecipientSet.objects.get(pk=which.set_id)


def list_of(institution: Institution) -> RecipientSet:
    """A list of recipients as it is in the register; nothing was signed for it."""
    return RecipientSet.objects.create(
        code=f"{institution.code}-1",
        institution=institution,
        version=1,
        recipients=3,
        from_day=local_day(LONG_AGO),
        until_day=local_day(NOW + 30 * DAY),
        published_at=LONG_AGO,
    )


@pytest.fixture
def recipients(ombudsperson: Institution, ceremony: Ceremony) -> sealing.RecipientSet:
    """The published recipient set of the Ombudsperson."""
    made = recipient_set()
    publish(ceremony, made)
    return made


def posted(to: sealing.RecipientSet, text: str = WORDS) -> bytes:
    """What a terminal posts: sealed to a set."""
    return sealed_filing(
        text=text, language="ru", place="PRISON-1", written_on=local_day(FILED_AT), recipients=to
    )


def file(terminal: Terminal, body: bytes, *, at: dt.datetime = FILED_AT) -> appeals.Filed:
    return appeals.file(posted=body, place=terminal.device.place, by=terminal.actor, at=at)


def hash_of_envelope(appeal: Appeal) -> str:
    return sha256(bytes(appeal.ciphertext.envelope)).hexdigest()


def attach(appeal: Appeal, body: bytes, terminal: Terminal) -> Attachment:
    """A sealed file that follows the appeal, from the terminal that filed it."""
    return appeals.keep_attachment(
        code=appeal.code,
        envelope_sha256=hash_of_envelope(appeal),
        sha256=sha256(body).hexdigest(),
        file=ContentFile(body),
        by=terminal.actor,
    )


@pytest.fixture
def appeal(terminal: Terminal, recipients: sealing.RecipientSet) -> Appeal:
    filed = file(terminal, posted(recipients))
    return Appeal.objects.get(leaf_hash=filed.leaf_hash)


@pytest.fixture
def opened(appeal: Appeal, officer: User) -> Appeal:
    """An appeal that an officer has opened in the reader."""
    return appeals.open_appeal(appeal=appeal, by=actor(officer), at=OPENED_AT)


@pytest.fixture
def recorded(opened: Appeal, officer: User, accused: Institution) -> Appeal:
    """An opened appeal of which is recorded whom it complains of."""
    return appeals.classify(
        appeal=opened, category="", accused_body=accused, by=actor(officer), at=OPENED_AT
    )


def account(**changes: object) -> handoff.Account:
    happened = local_day(FILED_AT) - 3 * DAY
    written: dict[str, object] = {
        "account": WORDS,
        "happened": (happened, happened),
        "place": None,
        "conduct": "torture",
        "capacity": "official",
        "criteria": list(country().vocabularies["criteria"].terms)[:2],
        "consent": "named",
    }
    return handoff.Account(**(written | changes))  # type: ignore[arg-type]


def refer(
    appeal: Appeal,
    receiver: Institution,
    by: User,
    *,
    at: dt.datetime = REFERRED_AT,
    **changes: object,
) -> Referral:
    return handoff.refer(
        appeal=appeal,
        sender=appeal.recipient_set.institution,
        receiver=receiver,
        account=account(**changes),
        by=actor(by),
        at=at,
    )


@pytest.fixture
def referral(
    recorded: Appeal, officer: User, prosecution: Institution, prosecutor: User, place: Place
) -> Referral:
    """A referral that waits for the prosecutor."""
    return refer(recorded, prosecution, officer, place=place)


def accept(
    referral: Referral, by: User, *, number: str = "26-0131", at: dt.datetime = REGISTERED_AT
) -> Case:
    return handoff.accept(
        crossing=referral,
        register="erdr",
        number=number,
        given_day=local_day(at),
        by=actor(by),
        at=at,
    )


@pytest.fixture
def case(referral: Referral, prosecutor: User) -> Case:
    """A registered case, with its number and its clock."""
    return accept(referral, prosecutor)


def decide(
    case: Case,
    kind: str,
    by: User,
    *,
    days_later: int = 2,
    persons: int = 0,
    base_version: int | None = None,
    content: Content | None = None,
) -> Decision:
    """Enter a decision that was made so many days after the registration, with what its kind needs."""
    version = Case.objects.get(pk=case.pk).version
    return cases.decide(
        case=case,
        kind=kind,
        day=local_day(REGISTERED_AT + days_later * DAY),
        persons=persons,
        base_version=version if base_version is None else base_version,
        content=content or needed_by(kind),
        by=actor(by),
        at=REGISTERED_AT + days_later * DAY,
    )


def needed_by(kind: str, **said: Any) -> Content:
    """What a kind of decision needs, besides persons and another case."""
    move = country().procedure.kinds[kind]
    if move.grounds == "reliefs":
        said.setdefault("ground", "pardon")
    elif move.grounds:
        said.setdefault("ground", next(iter(country().vocabularies[move.grounds].terms)))
    if "reason" in move.needs:
        said.setdefault("reason", "As the document says.")
    return Content(**said)


@contextmanager
def at_most(queries: int) -> Iterator[None]:
    """At most so many questions to tables; what marks a transaction or tells a viewer is none."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [each["sql"] for each in captured.captured_queries]
    asked = [sql for sql in asked if sql.startswith(ASKING) and "set_config(" not in sql]
    assert len(asked) <= queries, "\n".join(sql[:MOST_SHOWN] for sql in asked)


ASKING, MOST_SHOWN = ("SELECT", "INSERT", "UPDATE", "DELETE"), 300


def keep_keys(folder: Path) -> Path:
    """The gateway's signing key, as `arasha secrets` leaves it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ack").write_text(ACK.reveal())
    return folder
