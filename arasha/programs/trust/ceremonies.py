"""What keepers do: propose, sign, stamp. Nothing comes into force before enough of them have signed."""

import argparse
from pathlib import Path

from securesystemslib.signer import SSlibKey

from arasha.engines.sealing import SetTextError
from arasha.programs.trust.talk import NotDoneError, secret
from arasha.programs.trust.telling import tell_missing, tell_proposal, title
from arasha.wire import clock
from arasha.wire.keyfile import read_private, write_private
from arasha.wire.talk import Talk
from arasha.wire.trust import making
from arasha.wire.trust.folder import TrustFolder
from arasha.wire.trust.keys import (
    KeeperKey,
    fingerprint,
    is_sealed,
    new_key,
    open_key,
    public_json,
    read_public,
)

SHORTEST_PASSPHRASE = 16


def key(talk: Talk, given: argparse.Namespace) -> bool:
    """Make a key: the private file stays with its holder, the public one is handed in."""
    made = new_key(given.holder)
    passphrase = "" if given.online else _new_passphrase(talk)
    write_private(given.file, made.to_json(passphrase))
    public = given.file.with_name(f"{given.file.name}.pub")
    public.write_bytes(public_json(made.public))
    talk.say("key_made", file=given.file, public=public)
    talk.say("fingerprint", fingerprint=fingerprint(made.public))
    return True


def init(talk: Talk, given: argparse.Namespace) -> bool:
    folder = TrustFolder(given.folder)
    making.begin(
        folder,
        country=given.country,
        keepers=_publics(given.keeper),
        threshold=given.threshold,
        freshness=_public(given.freshness),
        demo=given.demo,
        at=clock.now(),
    )
    return _proposed(talk, folder)


def rotate(talk: Talk, given: argparse.Namespace) -> bool:
    if not (given.keeper or given.threshold or given.freshness):
        raise NotDoneError("rotate_what")
    folder = TrustFolder(given.folder)
    making.rotate(
        folder,
        keepers=_publics(given.keeper),
        threshold=given.threshold,
        freshness=_public(given.freshness) if given.freshness else None,
        at=clock.now(),
    )
    return _proposed(talk, folder)


def body(talk: Talk, given: argparse.Namespace) -> bool:
    folder = TrustFolder(given.folder)
    if given.dissolve:
        making.dissolve_body(folder, body=given.code, at=clock.now())
    else:
        making.trust_body(
            folder,
            body=given.code,
            keys=_publics(given.key),
            threshold=given.threshold,
            at=clock.now(),
        )
    return _proposed(talk, folder)


def images(talk: Talk, given: argparse.Namespace) -> bool:
    """Let keys sign what runs on terminals, or propose the next build for their signatures."""
    if not (given.key or given.manifest):
        raise NotDoneError("images_what")
    folder = TrustFolder(given.folder)
    if given.key:
        keys = _publics(given.key)
        making.trust_images(folder, keys=keys, threshold=given.threshold, at=clock.now())
    if given.manifest:
        making.propose_image(folder, manifest=given.manifest.read_bytes(), at=clock.now())
    return _proposed(talk, folder)


def propose_set(talk: Talk, given: argparse.Namespace) -> bool:
    folder = TrustFolder(given.folder)
    making.propose_set(folder, text=_text(given.file), at=clock.now())
    return _proposed(talk, folder)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise SetTextError(f"{path} is no text") from error


def add(talk: Talk, given: argparse.Namespace) -> bool:
    folder = TrustFolder(given.folder)
    making.add_target(folder, path=given.name, data=given.file.read_bytes(), at=clock.now())
    return _proposed(talk, folder)


def sign(talk: Talk, given: argparse.Namespace) -> bool:
    """Show in words what waits for this key, ask about each, and add the signatures."""
    folder, signer = TrustFolder(given.folder), _opened(talk, given.key)
    waiting = [each for each in folder.proposals() if each.may_sign(signer.public.keyid)]
    if not waiting:
        talk.say("nothing_to_sign", holder=signer.holder)
        return False
    for proposal in waiting:
        tell_proposal(talk, folder, proposal)
        if lacking := folder.lacking(proposal.metadata.signed):
            raise NotDoneError("lacking", files=", ".join(lacking))
        if talk.agrees("sign_this", holder=signer.holder):
            folder.sign(proposal.role, signer.signer)
            talk.say("signed")
        else:
            talk.say("not_signed")
    for role in folder.settle():
        talk.say("in_force", what=title(talk, role))
    tell_missing(talk, folder)
    return True


def timestamp(talk: Talk, given: argparse.Namespace) -> bool:
    folder = TrustFolder(given.folder)
    now = clock.now()
    making.freshen(folder, signer=_opened(talk, given.key).signer, at=now)
    talk.say("stamped", day=(now + making.FRESH).date())
    return True


def _proposed(talk: Talk, folder: TrustFolder) -> bool:
    for proposal in folder.proposals():
        tell_proposal(talk, folder, proposal)
    tell_missing(talk, folder)
    return True


def _opened(talk: Talk, path: Path) -> KeeperKey:
    data = read_private(path)
    return open_key(data, secret(talk, "passphrase", file=path.name) if is_sealed(data) else "")


def _new_passphrase(talk: Talk) -> str:
    passphrase = secret(talk, "new_passphrase")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise NotDoneError("passphrase_short", least=SHORTEST_PASSPHRASE)
    if secret(talk, "again") != passphrase:
        raise NotDoneError("passphrase_differs")
    return passphrase


def _publics(paths: list[Path]) -> list[SSlibKey]:
    return [_public(path) for path in paths]


def _public(path: Path) -> SSlibKey:
    return read_public(path.read_bytes())
