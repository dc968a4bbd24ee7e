import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from tuf.api.metadata import Root

from arasha.actors import Actor
from arasha.engines import sealing
from arasha.engines.notes import MalformedError
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.trust import selectors
from arasha.trust.errors import (
    DemoRootError,
    FreshnessKeyError,
    NoRootError,
    NotBelievedError,
    NotStampedError,
    OlderFolderError,
    OtherRootError,
    SetNameTakenError,
    SpoiltFolderError,
    TrustDamagedError,
    UnknownBodyError,
)
from arasha.trust.models import RecipientSet, Standing, TrustFile
from arasha.wire.keyfile import KeyFileError, read_private
from arasha.wire.trust import (
    Fetch,
    Held,
    RepositoryDamagedError,
    SignedSet,
    TrustRefusedError,
    first,
    follow,
)
from arasha.wire.trust import leaves as trust_leaves
from arasha.wire.trust import names as trust_names
from arasha.wire.trust.errors import Why
from arasha.wire.trust.folder import TrustFolder
from arasha.wire.trust.held import delegations
from arasha.wire.trust.keys import KeeperKey, WrongPassphraseError, open_key
from arasha.wire.trust.making import Stamped, stamp, versions

FRESHNESS_KEY = "freshness"
# A day's tick may fail twice before anybody sees a mark.
STAMP_AGAIN_AFTER = dt.timedelta(days=1)
STAMPS = (trust_names.TIMESTAMP, trust_names.SNAPSHOT)
_BY_KIND = {
    Why.DEMO: DemoRootError,
    Why.ROLLED_BACK: OlderFolderError,
    Why.DAMAGED: SpoiltFolderError,
    Why.MISSING: SpoiltFolderError,
}


@transaction.atomic
def import_folder(*, path: Path, by: Actor, at: dt.datetime, root: bytes | None = None) -> Held:
    """Take what a ceremony signed: all of it or nothing, checked as every terminal checks it.

    `root` pins the first root, once. Raises NoRootError, OtherRootError, TrustDamagedError,
    FreshnessKeyError, NotBelievedError, UnknownBodyError, SetNameTakenError; what was believed
    before stands then.
    """
    folder = TrustFolder(path)
    try:
        before = _begin(root)
        named = folder.root().signed
        fetch = _with_stamps(folder.fetch, before, named, versions(folder), at=at)
        return _take(before, fetch, by=by, at=at)
    except (RepositoryDamagedError, MalformedError) as error:
        raise TrustDamagedError(why=str(error)) from error


@transaction.atomic
def refresh(*, by: Actor, at: dt.datetime) -> bool:
    """Stamp what is believed anew, if a day has gone by and this server has the freshness key."""
    Standing.objects.select_for_update().first()
    before = selectors.held(viewer=by)
    if before is None or not _is_due(before, at):
        return False
    if _freshness_key(before.root_metadata) is None:
        return False
    found = {name: before.role(name) for name in (trust_names.TARGETS, *_bodies(before))}
    roles = {name: role.version for name, role in found.items() if role}
    fetch = _with_stamps(lambda _name: None, before, before.root_metadata, roles, at=at)
    _take(before, fetch, by=by, at=at)
    return True


def _begin(root: bytes | None) -> Held:
    standing = Standing.objects.select_for_update().first()  # of two imports the second one waits
    if standing is None and root is None:
        raise NoRootError
    try:
        pinned = first(root, demo=settings.ARASHA_DEMO) if root is not None else None
    except TrustRefusedError as error:
        raise not_believed(error) from error
    if standing is None:
        return pinned or Held(b"")
    if pinned and not TrustFile.objects.filter(pk=_root_name(pinned), content=root).exists():
        raise OtherRootError
    return Held.parse(standing.held)


def not_believed(*refused: TrustRefusedError) -> NotBelievedError:
    """The refusal whose advice fits what was wrong first."""
    why, subject = refused[0].why, refused[0].subject
    details = {"why": "; ".join(map(str, refused)), "key": settings.ARASHA_KEYS_DIR / FRESHNESS_KEY}
    if subject in STAMPS and why in {Why.MISSING, Why.TOO_FEW}:
        return NotStampedError(**details)
    return _BY_KIND.get(why, NotBelievedError)(**details)


def _take(before: Held, fetch: Fetch, *, by: Actor, at: dt.datetime) -> Held:
    followed = follow(before, fetch, demo=settings.ARASHA_DEMO)
    if followed.refused:
        raise not_believed(*followed.refused)
    after = followed.held
    for name, content in _files(before, after, fetch):
        _keep_file(name, content, at=at)
    known = set(RecipientSet.objects.values_list("code", "version", "text"))
    for signed in after.sets():
        each = signed.recipients
        if (each.set_id, each.version, signed.text) not in known:
            _publish(signed, by=by, at=at)
    named = [each.recipients.set_id for each in after.sets()]
    RecipientSet.objects.exclude(pk__in=named).filter(withdrawn_at=None).update(withdrawn_at=at)
    RecipientSet.objects.filter(pk__in=named).update(withdrawn_at=None)  # a body that came back
    Standing.objects.update_or_create(pk=1, defaults={"held": after.to_json(), "changed_at": at})
    return after


def _publish(signed: SignedSet, *, by: Actor, at: dt.datetime) -> RecipientSet:
    each = signed.recipients
    known = set(Institution.objects.values_list("code", flat=True))
    if unknown := {each.body, *each.offices} - known:
        raise UnknownBodyError(name=each.set_id, body=", ".join(sorted(unknown)))
    if RecipientSet.objects.filter(pk=each.set_id).exists():
        raise SetNameTakenError(name=each.set_id)
    institution = Institution.objects.get(code=each.body)
    published = RecipientSet.objects.create(
        code=each.set_id,
        institution=institution,
        version=each.version,
        text=signed.text,
        recipients=len(each.keys),
        offices=list(each.offices),
        officers=list(_officers(each)),
        from_day=each.valid_from,
        until_day=each.valid_until,
        published_at=at,
    )
    journal.record(
        act="trust.set_published",
        subject_kind="institution",
        subject_key=institution.key,
        by=by,
        at=at,
    )
    return published


def _officers(recipients: sealing.RecipientSet) -> Iterator[dict[str, str]]:
    for member in recipients.members:
        if member.office:
            yield {
                "office": member.office,
                "recipient": member.key,
                "label": member.label,
                "role": member.role.value,
            }


def _keep_file(name: str, content: bytes, *, at: dt.datetime) -> None:
    _file, is_new = TrustFile.objects.get_or_create(
        pk=name, defaults={"content": content, "imported_at": at}
    )
    if is_new:
        journal.add_leaf(text=leaf_of(name=name, content=content))


def leaf_of(*, name: str, content: bytes) -> str:
    """The leaf of one file of the root of trust: unsalted, so that everybody can compute it."""
    return trust_leaves.leaf_of(name=name, content=content).decode()


def _files(before: Held, after: Held, fetch: Fetch) -> Iterator[tuple[str, bytes]]:
    """Every file on the way from what was held to what is, by the name under which it is served."""
    if not before.timestamp:
        yield _root_name(before), before.root
    for version in range(before.root_metadata.version + 1, after.root_metadata.version + 1):
        name = trust_names.metadata_name(trust_names.ROOT, version)
        yield name, fetch(name) or b""
    snapshot, timestamp = after.snapshot_metadata, after.timestamp_metadata
    if snapshot and timestamp:
        yield trust_names.metadata_name(trust_names.SNAPSHOT, snapshot.version), after.snapshot
        yield trust_names.metadata_name(trust_names.TIMESTAMP, timestamp.version), after.timestamp
    for role, content in after.roles.items():
        found = after.role(role)
        assert found is not None  # noqa: S101 (its content is what we go through)
        yield trust_names.metadata_name(role, found.version), content
        for path, target in found.targets.items():
            yield trust_names.target_name(path, target), after.files[path]


def _with_stamps(
    fetch: Fetch, held: Held, root: Root, roles: dict[str, int], *, at: dt.datetime
) -> Fetch:
    """Lay this server's own stamps over a folder, if it holds the freshness key that the root names."""
    key = _freshness_key(root)
    if key is None or trust_names.TARGETS not in roles:
        return fetch
    made = stamp(
        roles,
        snapshot=held.snapshot_metadata,
        timestamp=held.timestamp_metadata,
        signer=key.signer,
        at=at,
    )
    return _overlaid(fetch, made)


def _overlaid(fetch: Fetch, made: Stamped) -> Fetch:
    snapshot = trust_names.metadata_name(trust_names.SNAPSHOT, made.snapshot_version)
    ours = {trust_names.STAMP: made.timestamp, snapshot: made.snapshot}
    return lambda name: ours.get(name) or fetch(name)


def _freshness_key(root: Root) -> KeeperKey | None:
    where = settings.ARASHA_KEYS_DIR / FRESHNESS_KEY
    try:
        key = open_key(read_private(where)) if where.exists() else None
    except WrongPassphraseError as error:
        raise FreshnessKeyError(key=where, why="it is sealed with a passphrase") from error
    except (KeyFileError, MalformedError) as error:
        raise FreshnessKeyError(key=where, why=error) from error
    named = root.roles[trust_names.TIMESTAMP].keyids
    return key if key and key.public.keyid in named else None


def _is_due(held: Held, at: dt.datetime) -> bool:
    standing = Standing.objects.get(pk=1)
    return at - standing.changed_at >= STAMP_AGAIN_AFTER or not held.is_fresh_at(at)


def _bodies(held: Held) -> list[str]:
    return [role.name for role in delegations(held.role(trust_names.TARGETS))]


def _root_name(held: Held) -> str:
    return trust_names.metadata_name(trust_names.ROOT, held.root_metadata.version)
