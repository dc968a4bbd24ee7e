"""What the kiosk's page may ask of the program on its own machine. Plain words never come here."""

import datetime as dt
import io
import re
import secrets
from collections.abc import Collection, Mapping
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

import segno

from arasha.engines.channel.objects import APPEAL, COVER, AttachmentObject, FilingObject
from arasha.engines.channel.pages import TAG_BYTES
from arasha.engines.channel.up import LARGEST_OBJECT
from arasha.engines.notes import b64, filing_code, grouped
from arasha.engines.sealing.correspondence import MOST_REPLIES
from arasha.engines.sealing.envelope import check_card, check_envelope
from arasha.engines.sealing.errors import EnvelopeError, FilingError
from arasha.engines.sealing.filing import Filing, parse_filing
from arasha.engines.sealing.recipient_set import RecipientSet
from arasha.engines.translog import leaf_hash
from arasha.packs import Pack
from arasha.programs.pages import files_beside
from arasha.programs.terminal.delivery import Delivery
from arasha.programs.terminal.directory import DUTY_LINE, Offer
from arasha.programs.terminal.kept import NoRoomError
from arasha.programs.terminal.knowledge import REPLY_BYTES, Knowledge
from arasha.programs.terminal.promises import WITHIN, promise
from arasha.programs.terminal.scans import Scans
from arasha.programs.terminal.texts import languages, saying
from arasha.wire.clock import Clock
from arasha.wire.keyfile import Device
from arasha.wire.loopback import Handler, Site, json_answer
from arasha.wire.serving import Answer, Refusal, Request
from arasha.wire.spool import Item

STATIC = Path(__file__).parent / "static"
FILES = files_beside(STATIC)
HASH = re.compile("[0-9a-f]{64}")
SEALED = b"age-encryption.org/v1\n"
MOST_VOICE = 180  # seconds
MOST_ATTACHMENTS, MOST_ATTACHMENT_BYTES = 10, 10 * 1024 * 1024
MOST_FILES = MOST_ATTACHMENTS + 1  # beside a voice and papers a name may lie apart
TAG = re.compile(f"[0-9a-f]{{{2 * TAG_BYTES}}}")
TAGS = MOST_REPLIES  # in each look into a mailbox, whatever is in it
SOUND = ".ogg"


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
        scans: Path | None = None,
        audio: Path | None = None,
        word_lists: Collection[str] = (),
        can_print: bool = True,
    ) -> None:
        """`scans`: where a scanner writes. `audio`: a folder with <language>/<key of a text>.ogg.

        `word_lists`: the languages in which a mailbox's words are offered; without one, no mailbox is.
        `can_print`: whether the browser may print a slip.
        """
        self._device = device
        self._pack = pack
        self._languages = languages(pack)
        self._delivery = delivery
        self._knowledge = knowledge
        self._public_url = public_url.rstrip("/")
        self._clock = clock
        self._scans = Scans(scans)
        self._audio = audio
        self._word_lists = word_lists
        self._can_print = can_print

    def site(self) -> Site:
        routes: dict[tuple[str, str], Handler] = {
            ("GET", "/"): self.page,
            ("GET", "/health"): self.ready,
            ("GET", "/qr/{leaf}"): self.qr,
            ("GET", "/api/start"): self.start,
            ("GET", "/api/bodies"): self.bodies,
            ("POST", "/api/appeals"): self.appeal,
            ("POST", "/api/covers"): self.cover,
            ("POST", "/api/attachments/{leaf}/{digest}"): self.attach,
            ("GET", "/api/filings/{leaf}"): self.status,
            ("POST", "/api/mailbox"): self.mailbox,
            ("GET", "/api/scans"): self._scans.listing,
            ("GET", "/api/scans/{name}"): self._scans.one,
            ("DELETE", "/api/scans"): self._scans.remove,
            ("POST", "/api/leave"): self._scans.remove,
        }
        files = FILES | ({"/audio/": self._audio} if self._audio else {})
        site = Site(routes=routes, files=files, most_bytes=LARGEST_OBJECT)
        self._page = (STATIC / "index.html").read_bytes().replace(b"{token}", site.token.encode())
        return site

    def page(self, _request: Request) -> Answer:
        return Answer(self._page, "text/html; charset=utf-8")

    def ready(self, _request: Request) -> Answer:
        """Refused until the stream was read to its end: before that nobody can be written to."""
        if not self._knowledge.is_whole:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "no_bodies")
        return Answer(b"Arasha terminal: ready\n", "text/plain; charset=utf-8")

    def start(self, _request: Request) -> Answer:
        """What the pages say, and whether the country has a duty line to ask about."""
        content = {
            "languages": self._languages,
            "asks_danger": self._pack.body_of(DUTY_LINE) is not None,
            **saying(self._pack),
            "limits": {
                "voice_seconds": MOST_VOICE,
                "attachments": MOST_ATTACHMENTS,
                "attachment_bytes": MOST_ATTACHMENT_BYTES,
            },
            "audio": {each["code"]: self._spoken_texts(each["code"]) for each in self._languages},
            "can_print": self._can_print,
            "word_lists": [
                each["code"] for each in self._languages if each["code"] in self._word_lists
            ],
        }
        return json_answer(content)

    def bodies(self, _request: Request) -> Answer:
        """Whom one can write to now; refused while the terminal knows nobody's keys.

        `duty`: the duty line, apart from the bodies; None while the terminal cannot seal to one.
        """
        today, offers = self.today(), self._offers()
        bodies = [self._as_json(offer, today) for offer in offers if not offer.is_duty_line]
        if not bodies:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "no_bodies")
        lines = (self._as_json(offer, today) for offer in offers if offer.is_duty_line)
        place = self._knowledge.directory.place
        content = {"place": place, "today": self._day().isoformat(), "bodies": bodies}
        return json_answer(content | {"duty": next(lines, None)})

    def appeal(self, request: Request) -> Answer:
        """Take over a sealed appeal. The same bytes again are the same filing."""
        return self._file(request.body, APPEAL)

    def cover(self, request: Request) -> Answer:
        """Take over the cover of another use, which nobody but the gateway can tell from an appeal."""
        return self._file(request.body, COVER)

    def attach(self, request: Request, leaf: str, digest: str) -> Answer:
        """Take over a sealed file of an appeal that was handed over before."""
        filing = self._delivery.filing(_hash(leaf))
        if filing is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
        if sha256(request.body).hexdigest() != digest or not request.body.startswith(SEALED):
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "sealing")
        known = {each.file for each in self._delivery.files(filing.leaf)}
        if len(known | {digest}) > MOST_FILES:
            raise Refusal(HTTPStatus.CONFLICT, "too_many")
        envelope = parse_filing(FilingObject.parse(filing.body).filing).envelope
        body = AttachmentObject(filing.leaf, sha256(envelope).digest(), request.body).to_bytes()
        if len(body) > LARGEST_OBJECT:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_long")
        self._keep(Item.of_file(filing.leaf, body, digest))
        return json_answer({"kept": digest}, HTTPStatus.ACCEPTED)

    def mailbox(self, request: Request) -> Answer:
        """The sealed replies to these tags; noise for a tag without one, so that all looks look alike."""
        tags = request.json().get("tags")
        if not isinstance(tags, list) or len(tags) != TAGS or not all(map(_is_tag, tags)):
            raise Refusal(HTTPStatus.BAD_REQUEST, "sealing")
        asked = [bytes.fromhex(tag) for tag in tags]
        found = self._knowledge.replies(asked)
        noise = (secrets.token_bytes(REPLY_BYTES) for _ in asked)
        replies = [found.get(tag, other) for tag, other in zip(asked, noise, strict=True)]
        return json_answer({"replies": [b64.encode(each) for each in replies]})

    def status(self, _request: Request, leaf: str) -> Answer:
        found = self._delivery.status(_hash(leaf))
        if found is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
        return json_answer(found)

    def qr(self, _request: Request, leaf: str) -> Answer:
        drawing = io.BytesIO()
        code = segno.make_qr(self._link(_hash(leaf)), error="m")
        code.save(drawing, kind="svg", border=4, scale=4, dark="#000", light="#fff")
        return Answer(drawing.getvalue(), "image/svg+xml")

    def _offers(self) -> list[Offer]:
        return self._knowledge.offers(self._pack, today=self.today())

    def _as_json(self, offer: Offer, today: dt.date) -> dict[str, Any]:
        body, day = offer.body, self._knowledge.rules_day(today)
        return {
            "set": offer.recipients.set_id,
            "name": offer.name,
            "readers": dict(body.readers),
            "promise": dict(body.promise),
            "unnamed": body.receives_on(day, unnamed=True),
            "stale": self._knowledge.is_old(offer, at=self._clock(), today=today),
            "members": self._members(offer.recipients),
            "recipients": offer.recipients.keys,
            "names": self._names(offer.names),
        }

    def _names(self, names: RecipientSet | None) -> dict[str, Any] | None:
        if names is None:
            return None
        return {
            "set": names.set_id,
            "members": self._members(names),
            "recipients": names.keys,
        }

    def _members(self, recipients: RecipientSet) -> list[dict[str, Any]]:
        return [
            {"role": each.role.value, "label": self._spoken(each.label)}
            for each in recipients.members
        ]

    def _spoken(self, label: str) -> dict[str, str]:
        """A label with a part for each language, "… / … / …", or the same words in all of them."""
        codes = [each["code"] for each in self._languages]
        parts = label.split(" / ")
        if len(parts) != len(codes):
            return dict.fromkeys(codes, label)
        return dict(zip(codes, parts, strict=True))

    def _file(self, posted: bytes, mark: bytes) -> Answer:
        filing = self._checked(posted)
        leaf = leaf_hash(filing.leaf.encode())
        day = self.today()
        key = self._knowledge.ingest_key(day)
        if key is None:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "no_bodies")
        promised = promise(
            leaf,
            by=self._day() + WITHIN,
            after=self._knowledge.checkpoint_before(day),
            signer=self._device.signer,
        )
        body = FilingObject(key.seal_mark(mark, leaf_hash=leaf), posted).to_bytes()
        kept = self._keep(Item.of_filing(leaf, body, str(promised)))
        return json_answer(self._slip(leaf, kept.promise), HTTPStatus.ACCEPTED)

    def _keep(self, item: Item) -> Item:
        try:
            return self._delivery.keep(item)
        except NoRoomError as error:
            raise Refusal(HTTPStatus.INSUFFICIENT_STORAGE, "no_room") from error

    def _spoken_texts(self, language: str) -> list[str]:
        """The keys of the texts that there is a recording of."""
        folder = self._audio / language if self._audio else None
        found = folder.glob(f"*{SOUND}") if folder else ()
        return sorted(path.name.removesuffix(SOUND) for path in found)

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

    def _day(self) -> dt.date:
        """Today, but no day before the last one that was signed for: a clock that is behind promises nothing past."""
        today = self.today()
        return max(today, self._knowledge.rules_day(today))

    def today(self) -> dt.date:
        return self._clock().astimezone(self._pack.timezone).date()


def _hash(text: str) -> bytes:
    if not HASH.fullmatch(text):
        raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
    return bytes.fromhex(text)


def _is_tag(text: object) -> bool:
    return isinstance(text, str) and TAG.fullmatch(text) is not None
