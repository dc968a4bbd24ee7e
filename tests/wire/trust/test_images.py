"""Who may say what runs on a terminal: two of three image keys, and nobody else."""

import datetime as dt
from pathlib import Path

import pytest
from tuf.api.metadata import DelegatedRole

from arasha.engines.notes import MalformedError
from arasha.wire.image import FileFacts, Manifest
from arasha.wire.trust import Held, first, follow, making
from arasha.wire.trust.errors import Why
from arasha.wire.trust.names import IMAGES, image_path, metadata_name
from arasha.worlds.ceremony import Ceremony

AT = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def ceremony(tmp_path: Path) -> Ceremony:
    made = Ceremony.begin(tmp_path / "trust", at=AT, demo=False)
    made.trust_images()
    made.publish_image(build(1))
    made.freshen(AT)
    return made


@pytest.fixture
def held(ceremony: Ceremony) -> Held:
    followed = follow(first(ceremony.root, demo=False), ceremony.folder.fetch, demo=False)
    assert followed.refused == ()
    return followed.held


def build(version: int, content: str = "0" * 64) -> bytes:
    return Manifest(version, {"arasha/screen": FileFacts(content, 7)}).to_json()


def force(ceremony: Ceremony, *, keys: int) -> None:
    """Bring the proposed images into the folder with so many signatures."""
    for key in ceremony.images[:keys]:
        ceremony.folder.sign(IMAGES, key.signer)
    proposed = ceremony.folder.proposed(IMAGES)
    assert proposed is not None
    name = metadata_name(IMAGES, proposed.signed.version)
    ceremony.folder.write(name, proposed.to_bytes())
    ceremony.freshen(AT)


def refusals(held: Held, ceremony: Ceremony) -> tuple[list[int], list[Why]]:
    followed = follow(held, ceremony.folder.fetch, demo=False)
    return sorted(followed.held.images()), [each.why for each in followed.refused]


def test_a_build_with_one_signature_is_refused_and_the_one_held_stands(
    ceremony: Ceremony, held: Held
) -> None:
    making.propose_image(ceremony.folder, manifest=build(2), at=AT)
    force(ceremony, keys=1)

    assert refusals(held, ceremony) == ([1], [Why.TOO_FEW])


@pytest.mark.parametrize(("keys", "threshold"), [(3, 1), (2, 2)])
def test_keepers_who_let_fewer_than_two_of_three_sign_are_not_believed(
    ceremony: Ceremony, held: Held, keys: int, threshold: int
) -> None:
    targets = ceremony.folder.newest("targets")
    assert targets is not None
    roles = targets.signed.delegations.roles
    own = roles[IMAGES].keyids[:keys]
    roles[IMAGES] = DelegatedRole(IMAGES, own, threshold, terminating=True, paths=["kiosk/*"])
    targets.signed.version += 1
    ceremony.folder.propose("targets", targets.signed)
    ceremony.sign()
    ceremony.freshen(AT)

    assert refusals(held, ceremony) == ([1], [Why.OTHERS_PATH])


def test_nobody_proposes_fewer_than_two_of_three(ceremony: Ceremony) -> None:
    keys = [key.public for key in ceremony.images]

    for some, threshold in ((keys, 1), (keys[:2], 2)):
        with pytest.raises(MalformedError, match="2 signatures of 3 keys"):
            making.trust_images(ceremony.folder, keys=some, threshold=threshold, at=AT)


def test_the_keepers_cannot_sign_a_build_themselves(ceremony: Ceremony, held: Held) -> None:
    targets = ceremony.folder.newest("targets")
    assert targets is not None
    path = image_path(2)
    targets.signed.targets[path] = ceremony.folder.put_target(path, build(2))
    targets.signed.version += 1
    ceremony.folder.propose("targets", targets.signed)
    ceremony.sign()
    ceremony.freshen(AT)

    assert refusals(held, ceremony) == ([1], [Why.OTHERS_PATH])


def test_image_keys_cannot_sign_for_another_s_path(ceremony: Ceremony, held: Held) -> None:
    role = ceremony.folder.newest(IMAGES)
    assert role is not None
    role.signed.version += 1
    role.signed.targets["log/vkey"] = ceremony.folder.put_target("log/vkey", b"key\n")
    ceremony.folder.propose(IMAGES, role.signed)
    force(ceremony, keys=2)

    assert refusals(held, ceremony) == ([1], [Why.OTHERS_PATH])


def test_the_same_version_is_never_another_build(ceremony: Ceremony, held: Held) -> None:
    role = ceremony.folder.newest(IMAGES)
    assert role is not None
    role.signed.version += 1
    role.signed.targets[image_path(1)] = ceremony.folder.put_target(
        image_path(1), build(1, "f" * 64)
    )
    ceremony.folder.propose(IMAGES, role.signed)
    force(ceremony, keys=2)

    assert refusals(held, ceremony) == ([1], [Why.ROLLED_BACK])


def test_an_older_build_alone_is_refused(ceremony: Ceremony, held: Held) -> None:
    ceremony.publish_image(build(3))
    ceremony.freshen(AT)
    newer = follow(held, ceremony.folder.fetch, demo=False).held
    role = ceremony.folder.newest(IMAGES)
    assert role is not None
    role.signed.version += 1
    del role.signed.targets[image_path(3)]
    ceremony.folder.propose(IMAGES, role.signed)
    force(ceremony, keys=2)

    assert refusals(newer, ceremony) == ([1, 3], [Why.ROLLED_BACK])


def test_the_build_before_stays_for_terminals_that_cannot_start_the_new_one(
    ceremony: Ceremony, held: Held
) -> None:
    for version in (2, 3):
        ceremony.publish_image(build(version))
    ceremony.freshen(AT)

    assert refusals(held, ceremony) == ([2, 3], [])


def test_a_build_that_does_not_come_after_the_newest_is_not_proposed(ceremony: Ceremony) -> None:
    with pytest.raises(MalformedError, match="1 does not come after it"):
        ceremony.publish_image(build(1))


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        build(1) + b"\n",
        build(1).replace(b'"version":1', b'"version":true'),
        build(1).replace(b'"version":1', b'"version":0'),
        build(1).replace(b"arasha/screen", b"../screen"),
        build(1).replace(b"arasha/screen", b"arasha/../../screen"),
        build(1).replace(b"arasha/screen", b"/etc/passwd"),
        build(1).replace(b"arasha/screen", b"arasha//screen"),
        build(1).replace(b"arasha/screen", b"manifest.json"),
        build(1).replace(b":7", b":-7"),
        build(1).replace(b'"' + b"0" * 64 + b'"', b'"' + b"0" * 63 + b'"'),
        b"[" * 100_000,
    ],
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedError):
        Manifest.parse(content)
