"""A root of trust with image keys, a small build that they signed, and a place where it is applied."""

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from arasha.programs.kiosk import applying
from arasha.programs.kiosk.folder import manifest_of
from arasha.programs.kiosk.wheels import zipped
from arasha.wire.image import MANIFEST
from arasha.wire.trust import Held, first
from arasha.worlds.ceremony import Ceremony

AT = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TO = Path("/opt/arasha")
FILES = {
    "units.txt": "mask swap.target\nwant multi-user.target arasha-terminal.service\n",
    "packages.txt": "+ cage\n- openssh-server\n",
    "bin/arasha": "#!/bin/sh\n",
    "system/etc/systemd/system/arasha-terminal.service": "[Service]\nExecStart=/bin/true\n",
    "system/etc/nftables.conf": "flush ruleset\n",
}


@dataclass
class Bench:
    path: Path
    ceremony: Ceremony

    @classmethod
    def begin(cls, path: Path) -> "Bench":
        ceremony = Ceremony.begin(path / "trust", at=AT, demo=False)
        ceremony.trust_images()
        ceremony.freshen(AT)
        (path / "root.json").write_bytes(ceremony.root)
        return cls(path, ceremony)

    @property
    def pinned(self) -> Held:
        return first(self.ceremony.root, demo=False)

    @property
    def root(self) -> Path:
        """The disk of the terminal."""
        return self.path / "disk"

    @property
    def place(self) -> Path:
        return self.root / TO.relative_to("/")

    def build(self, version: int) -> Path:
        """An unsigned build of a few files."""
        folder = self.path / f"build{version}"
        for name, text in {**FILES, "pack/pack.toml": f"version = {version}\n"}.items():
            where = folder / name
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_text(text)
        (folder / "wheels").mkdir()
        wheel = zipped({"arasha/__init__.py": f"version = {version}\n".encode()})
        (folder / "wheels/arasha-1-py3-none-any.whl").write_bytes(wheel)
        (folder / MANIFEST).write_bytes(manifest_of(folder, version=version).to_json())
        return folder

    def signed(self, version: int) -> Path:
        folder = self.build(version)
        self.ceremony.publish_image((folder / MANIFEST).read_bytes())
        self.ceremony.freshen(AT)
        return folder

    def apply(self, folder: Path) -> int:
        return applying.apply(
            folder,
            pinned=self.pinned,
            trust=self.ceremony.folder.path,
            to=TO,
            root=self.root,
            demo=False,
        )

    def copy(self, folder: Path) -> Path:
        return Path(shutil.copytree(folder, folder.with_name(f"{folder.name}-copy"), symlinks=True))

    def running(self) -> str:
        """What the packages of the build that runs would say."""
        return (self.place / "current/lib/arasha/__init__.py").read_text().strip()
