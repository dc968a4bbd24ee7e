"""What an officer's reader fetches, and for whom it seals."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from hashlib import sha256
from hmac import compare_digest

from django.db.models import Q, QuerySet

from arasha.access.selectors import gave, visible
from arasha.actors import USER, Actor
from arasha.appeals.models import (
    CARD,
    AddedHeader,
    Appeal,
    Attachment,
    Ciphertext,
    Reply,
    SealedNote,
)
from arasha.engines import sealing
from arasha.people.models import User
from arasha.people.roles import OFFICER
from arasha.people.selectors import posts_held
from arasha.trust.models import RecipientSet
from arasha.trust.selectors import newest_sets

ROWS_AT_ONCE = 1_000


def appeal_filed_as(*, viewer: Actor, code: str, envelope_sha256: str) -> Appeal | None:
    """The appeal of a code, as long as it is kept, for whoever knows the hash of its envelope (hex)."""
    found = Ciphertext.objects.filter(appeal__code=code, appeal__erased_day__isnull=True)
    kept = found.select_related("appeal__recipient_set").first()
    known = sha256(bytes(kept.envelope)).hexdigest() if kept else ""
    is_known = compare_digest(known.encode(), envelope_sha256.encode())
    return kept.appeal if kept and is_known else None


def entered_by(*, viewer: Actor, appeal: Appeal) -> bool:
    """Whether this officer entered the appeal from paper or speech: then the grant was theirs to give."""
    return viewer.kind == USER and gave(
        viewer=viewer, kind="appeal", key=appeal.key, basis="assigned"
    )


def lost_files(*, viewer: Actor) -> int:
    """How many sealed files have a row and are not where files are kept."""
    may = visible(viewer=viewer, kind="appeal", compartment="sealed", field="appeal_id")
    rows = Attachment.objects.filter(may).iterator(chunk_size=ROWS_AT_ONCE)
    return sum(not each.file.storage.exists(str(each.file.name)) for each in rows)


def openable(*, viewer: Actor, at: dt.datetime) -> QuerySet[Appeal]:
    """The appeals whose ciphertext may go to this viewer's reader."""
    may = visible(viewer=viewer, kind="appeal", compartment="sealed", at=at)
    return Appeal.objects.filter(may, erased_day__isnull=True)


def may_write(*, viewer: Actor, appeal: Appeal) -> bool:
    """Whether the viewer writes notes, replies and headers to it."""
    may = visible(viewer=viewer, kind="appeal", compartment="correspondence", action="rw")
    return Appeal.objects.filter(may, pk=appeal.pk).exists()


def sealed_of(*, viewer: Actor, appeals: Collection[Appeal]) -> dict[uuid.UUID, Ciphertext]:
    """What was filed with these appeals, as far as the viewer may fetch it."""
    may = visible(viewer=viewer, kind="appeal", compartment="sealed", field="appeal_id")
    found = Ciphertext.objects.filter(may, appeal__in=[each.pk for each in appeals])
    return {each.appeal_id: each for each in found}


def attachments_of(*, viewer: Actor, appeal: Appeal) -> QuerySet[Attachment]:
    may = visible(viewer=viewer, kind="appeal", compartment="sealed", field="appeal_id")
    return Attachment.objects.filter(may, appeal=appeal).order_by("sha256")


def notes_of(*, viewer: Actor, appeal: Appeal) -> QuerySet[SealedNote]:
    return SealedNote.objects.filter(_written(viewer), appeal=appeal).order_by("on_day", "key")


def replies_of(*, viewer: Actor, appeal: Appeal) -> QuerySet[Reply]:
    return Reply.objects.filter(_written(viewer), appeal=appeal).order_by("on_day", "key")


def answers_of(*, viewer: Actor, appeal: Appeal) -> QuerySet[Reply]:
    """The replies in words, without those that only tell a state."""
    return replies_of(viewer=viewer, appeal=appeal).filter(state="")


def added_headers_of(*, viewer: Actor, appeal: Appeal) -> QuerySet[AddedHeader]:
    """The headers that were added, the newest last."""
    return AddedHeader.objects.filter(_written(viewer), appeal=appeal).order_by("added_at", "key")


def card_headers_of(
    *, viewer: Actor, appeals: Collection[Appeal]
) -> dict[uuid.UUID, list[AddedHeader]]:
    """The headers that were added to the title cards of these appeals, the newest last."""
    mine = AddedHeader.objects.filter(_written(viewer), part=CARD, appeal__in=appeals)
    found: dict[uuid.UUID, list[AddedHeader]] = {}
    for each in mine.order_by("added_at", "key"):
        found.setdefault(each.appeal_id, []).append(each)
    return found


def names_of(*, viewer: Actor, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of the officers who wrote the notes that the viewer reads."""
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "full_name"))


def own_sets(*, viewer: Actor, at: dt.datetime) -> list[RecipientSet]:
    """The newest set of each body where the viewer reads appeals; none of a body that was dissolved."""
    posts = posts_held(viewer=viewer, at=at).filter(role=OFFICER)
    mine = set(posts.values_list("institution_id", flat=True))
    return [each for each in newest_sets(viewer=viewer) if each.institution_id in mine]


def sets_with(*, viewer: Actor, recipient: str, at: dt.datetime) -> list[RecipientSet]:
    """The sets, of whatever version, in which a key stands for an office where the viewer reads appeals."""
    posts = posts_held(viewer=viewer, at=at).filter(role=OFFICER)
    mine = set(posts.values_list("institution__code", flat=True))
    return [
        each
        for each in RecipientSet.objects.all()
        if any(one["recipient"] == recipient and one["office"] in mine for one in each.officers)
    ]


def is_other_bodys_set(*, viewer: Actor, appeal: Appeal, set_code: str, at: dt.datetime) -> bool:
    """Whether a set is of neither the viewer's bodies nor the one to which the appeal was filed."""
    posts = posts_held(viewer=viewer, at=at).filter(role=OFFICER)
    mine = {*posts.values_list("institution_id", flat=True), appeal.recipient_set.institution_id}
    return RecipientSet.objects.filter(pk=set_code).exclude(institution__in=mine).exists()


def readers_now(*, viewer: Actor, appeal: Appeal, at: dt.datetime) -> list[str]:
    """The age recipients of the newest set of the viewer's own body: whom a note is sealed to."""
    mine = {each.institution_id: each for each in own_sets(viewer=viewer, at=at)}
    body = appeal.recipient_set.institution_id
    newest = mine.get(body) or next(iter(mine.values()), appeal.recipient_set)
    return list(recipients_of(viewer=viewer, recipient_set=newest))


def recipients_of(*, viewer: Actor, recipient_set: RecipientSet) -> Sequence[str]:
    """The age recipients of a set in its order, officers and the office key."""
    return sealing.parse_text(recipient_set.text).keys


def reader_counts(*, viewer: Actor, appeal: Appeal, at: dt.datetime) -> set[int]:
    """To how many keys a note on an appeal may be sealed."""
    own = {each.recipients for each in own_sets(viewer=viewer, at=at)}
    return own | {appeal.recipient_set.recipients}


def told_names(*, viewer: Actor, appeal: Appeal) -> list[str]:
    """How a kiosk names those to whom the names of this appeal's body are sealed now."""
    told = sealing.names_code(appeal.recipient_set.institution.code)
    sets = [each for each in newest_sets(viewer=viewer) if each.institution.code == told]
    return [one["label"] for each in sets for one in each.officers]


def file_counts(*, viewer: Actor, appeal: Appeal) -> set[int]:
    """To how many keys a file of an appeal may be sealed: a name goes to fewer than the rest.

    Also to those of an older set for names: a terminal seals to the newest one that it holds.
    """
    told = sealing.names_code(appeal.recipient_set.institution.code)
    sets = RecipientSet.objects.filter(institution__code=told)
    return {appeal.recipient_set.recipients, *sets.values_list("recipients", flat=True)}


def _written(viewer: Actor) -> Q:
    return visible(viewer=viewer, kind="appeal", compartment="correspondence", field="appeal_id")
