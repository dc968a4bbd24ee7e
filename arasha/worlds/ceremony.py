"""A ceremony of trust that one machine holds by itself: for worlds and tests, where no key is a secret."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from arasha.actors import Actor
from arasha.engines import sealing
from arasha.trust import services
from arasha.wire.ingest import IngestKey
from arasha.wire.keyfile import replace_private
from arasha.wire.trust import Held, making
from arasha.wire.trust.folder import TrustFolder
from arasha.wire.trust.keys import KeeperKey, new_key
from arasha.wire.trust.names import INGEST, ROOT, metadata_name

KEEPERS, THRESHOLD = 3, 2


@dataclass
class Ceremony:
    """A repository of trust, and everybody's keys. Real builds refuse a root that is a `demo`."""

    folder: TrustFolder
    at: dt.datetime
    keepers: Sequence[KeeperKey]
    freshness: KeeperKey
    bodies: dict[str, Sequence[KeeperKey]] = field(default_factory=dict)
    images: Sequence[KeeperKey] = ()

    @classmethod
    def begin(cls, folder: Path, *, at: dt.datetime, demo: bool = True) -> "Ceremony":
        begun = cls(TrustFolder(folder), at, _keys("keeper"), new_key("freshness"))
        making.begin(
            begun.folder,
            country="demo",
            keepers=[key.public for key in begun.keepers],
            threshold=THRESHOLD,
            freshness=begun.freshness.public,
            demo=demo,
            at=at,
        )
        begun.sign()
        return begun

    @property
    def root(self) -> bytes:
        """The first root, as devices pin it."""
        return self.folder.fetch(metadata_name(ROOT, 1)) or b""

    def trust_body(self, body: str) -> None:
        """Let a body's own keys sign its sets: two of three."""
        self.bodies[body] = _keys(body)
        keys = [key.public for key in self.bodies[body]]
        making.trust_body(self.folder, body=body, keys=keys, threshold=THRESHOLD, at=self.at)
        self.sign()

    def publish(self, recipients: sealing.RecipientSet) -> None:
        """Let the body sign its next set."""
        if recipients.body not in self.bodies:
            self.trust_body(recipients.body)
        making.propose_set(self.folder, text=sealing.build_text(recipients), at=self.at)
        self.sign()

    def trust_images(self) -> None:
        """Let three keys sign what runs on terminals, two of them each time."""
        self.images = _keys("image")
        keys = [key.public for key in self.images]
        making.trust_images(self.folder, keys=keys, threshold=THRESHOLD, at=self.at)
        self.sign()

    def publish_image(self, manifest: bytes) -> None:
        """Let the image keys sign the next build."""
        making.propose_image(self.folder, manifest=manifest, at=self.at)
        self.sign()

    def add(self, path: str, data: bytes) -> None:
        self.add_all({path: data})

    def add_all(self, files: Mapping[str, bytes]) -> None:
        """Let the keepers sign these files by their paths, all at once."""
        for path, data in files.items():
            making.add_target(self.folder, path=path, data=data, at=self.at)
        self.sign()

    def add_ingest_keys(self, keys: Iterable[IngestKey]) -> None:
        self.add_all({f"{INGEST}{key.from_day}.json": key.to_json() for key in keys})

    def sign(self) -> None:
        """Everybody signs what they may, as many as it takes."""
        own = (*self.bodies.values(), self.images)
        keys = [*self.keepers, *(key for each in own for key in each)]
        for proposal in list(self.folder.proposals()):
            able = [key for key in keys if proposal.may_sign(key.public.keyid)]
            for key in able[:THRESHOLD]:
                self.folder.sign(proposal.role, key.signer)
        self.folder.settle()

    def freshen(self, at: dt.datetime) -> None:
        making.freshen(self.folder, signer=self.freshness.signer, at=at)

    def bring(self, *, by: Actor, at: dt.datetime) -> Held:
        """Stamp the folder and import it into this server."""
        self.freshen(at)
        return services.import_folder(path=self.folder.path, root=self.root, by=by, at=at)

    def keep_keys(self, folder: Path) -> None:
        """Leave the keys in files, for whoever wants to try `arasha trust sign`."""
        for name, keys in {"keepers": self.keepers, "images": self.images, **self.bodies}.items():
            for number, key in enumerate(keys, 1):
                replace_private(folder / name / str(number), key.to_json())


def _keys(name: str) -> list[KeeperKey]:
    return [new_key(f"{name} {number}") for number in range(1, KEEPERS + 1)]
