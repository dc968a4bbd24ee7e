"""What the kiosk's page may ask of the program on its own machine. Plain words never come here."""

import datetime as dt
import io
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import segno

from arasha.engines.notes import filing_code, grouped
from arasha.engines.sealing.envelope import check_card, check_envelope
from arasha.engines.sealing.errors import EnvelopeError, FilingError
from arasha.engines.sealing.filing import MOST_BYTES, Filing, parse_filing
from arasha.engines.sealing.recipient_set import RecipientSet
from arasha.engines.translog import leaf_hash
from arasha.packs import Pack
from arasha.programs.pages import files_beside
from arasha.programs.terminal.delivery import Delivery
from arasha.programs.terminal.directory import DUTY_LINE, Offer
from arasha.programs.terminal.knowledge import Knowledge
from arasha.programs.terminal.promises import WITHIN, promise
from arasha.programs.terminal.texts import languages
from arasha.wire.clock import Clock
from arasha.wire.keyfile import Device
from arasha.wire.loopback import Handler, Site, json_answer
from arasha.wire.serving import Answer, Refusal, Request
from arasha.wire.spool import Item

STATIC = Path(__file__).parent / "static"
FILES = files_beside(STATIC)
LEAF = re.compile("[0-9a-f]{64}")


class Kiosk:
    """The program behind the page: knows sets, keeps what is sealed, prints codes."""

    def __init__(
        self,
        *,
        device: Device,
        pack: Pack,
        delivery: Delivery,
        knowledge: Knowledge,
        public_url: str,
        clock: Clock,
    ) -> None:
        self._device = device
        self._pack = pack
        self._languages = languages(pack)
        self._delivery = delivery
        self._knowledge = knowledge
        self._public_url = public_url.rstrip("/")
        self._clock = clock

    def site(self) -> Site:
        routes: dict[tuple[str, str], Handler] = {
            ("GET", "/"): self.page,
            ("GET", "/qr/{leaf}"): self.qr,
            ("GET", "/api/start"): self.start,
            ("GET", "/api/bodies"): self.bodies,
            ("POST", "/api/filings"): self.file,
            ("GET", "/api/filings/{leaf}"): self.status,
        }
        site = Site(routes=routes, files=FILES, most_bytes=MOST_BYTES)
        self._page = (STATIC / "index.html").read_bytes().replace(b"{token}", site.token.encode())
        return site

    def page(self, _request: Request) -> Answer:
        return Answer(self._page, "text/html; charset=utf-8")

    def start(self, _request: Request) -> Answer:
        """What the pages say, and whether the country has a duty line to ask about."""
        asks_danger = self._pack.body_of(DUTY_LINE) is not None
        return json_answer({"languages": self._languages, "asks_danger": asks_danger})

    def bodies(self, _request: Request) -> Answer:
        """Whom one can write to now; refused while the terminal knows nobody's keys.

        `duty`: the duty line, apart from the bodies; None while the terminal cannot seal to one.
        """
        today, offers = self._today(), self._offers()
        bodies = [self._as_json(offer, today) for offer in offers if not offer.is_duty_line]
        if not bodies:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "no_bodies")
        lines = (self._as_json(offer, today) for offer in offers if offer.is_duty_line)
        place = self._knowledge.directory.place
        content = {"place": place, "today": today.isoformat(), "bodies": bodies}
        return json_answer(content | {"duty": next(lines, None)})

    def file(self, request: Request) -> Answer:
        """Take over a sealed filing. The same bytes again are the same filing."""
        filing = self._checked(request.body)
        leaf = leaf_hash(filing.leaf.encode())
        day = self._today()
        promised = promise(
            leaf,
            by=day + WITHIN,
            after=self._knowledge.checkpoint_before(day),
            signer=self._device.signer,
        )
        kept = self._delivery.keep(Item(leaf, request.body, str(promised)))
        return json_answer(self._slip(leaf, kept.promise), HTTPStatus.ACCEPTED)

    def status(self, _request: Request, leaf: str) -> Answer:
        found = self._delivery.status(_leaf(leaf))
        if found is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
        return json_answer(found)

    def qr(self, _request: Request, leaf: str) -> Answer:
        drawing = io.BytesIO()
        code = segno.make_qr(self._link(_leaf(leaf)), error="m")
        code.save(drawing, kind="svg", border=4, scale=4, dark="#000", light="#fff")
        return Answer(drawing.getvalue(), "image/svg+xml")

    def _offers(self) -> list[Offer]:
        return self._knowledge.offers(self._pack, today=self._today())

    def _as_json(self, offer: Offer, today: dt.date) -> dict[str, Any]:
        body, day = offer.body, self._knowledge.rules_day(today)
        members = offer.recipients.members
        return {
            "set": offer.recipients.set_id,
            "name": offer.name,
            "readers": dict(body.readers),
            "promise": dict(body.promise),
            "unnamed": body.receives_on(day, unnamed=True),
            "stale": self._knowledge.is_old(offer, at=self._clock(), today=today),
            "members": [{"role": m.role.value, "label": self._spoken(m.label)} for m in members],
            "recipients": offer.recipients.keys,
        }

    def _spoken(self, label: str) -> dict[str, str]:
        """A label with a part for each language, "… / … / …", or the same words in all of them."""
        codes = [each["code"] for each in self._languages]
        parts = label.split(" / ")
        if len(parts) != len(codes):
            return dict.fromkeys(codes, label)
        return dict(zip(codes, parts, strict=True))

    def _checked(self, posted: bytes) -> Filing:
        try:
            filing = parse_filing(posted)
            recipients = self._recipients(filing.set_id)
            header = check_envelope(filing.envelope, recipients=len(recipients.members))
            card = check_card(filing.card, recipients=len(recipients.members))
        except (FilingError, EnvelopeError) as error:
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "sealing") from error
        if {header.kind, card.kind} != {recipients.kind}:
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "sealing")
        return filing

    def _recipients(self, set_id: str) -> RecipientSet:
        for offer in self._offers():
            if offer.recipients.set_id == set_id:
                return offer.recipients
        raise Refusal(HTTPStatus.CONFLICT, "set_unknown")

    def _slip(self, leaf: bytes, promised: str) -> Mapping[str, Any]:
        by = promised.split("\n")[2].removeprefix("by ")
        return {
            "leaf": leaf.hex(),
            "code": grouped(filing_code(leaf)),
            "by": by,
            "link": self._link(leaf),
            "address": f"{self._public_url}/c",
            "promise": promised,
        }

    def _link(self, leaf: bytes) -> str:
        return f"{self._public_url}/c/{filing_code(leaf)}#{leaf.hex()}"

    def _today(self) -> dt.date:
        return self._clock().astimezone(self._pack.timezone).date()


def _leaf(text: str) -> bytes:
    if not LEAF.fullmatch(text):
        raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
    return bytes.fromhex(text)
