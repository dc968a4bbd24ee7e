"""Appeals that come on paper, by phone, by e-mail or in person: sealed by the officer who enters them."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.errors.filing import LeafTakenError
from arasha.appeals.errors.reader import (
    FutureDayError,
    LongAgoDayError,
    NotYourSetError,
    UnknownChannelError,
)
from arasha.appeals.models import SEALED_BY_WRITERS, Appeal, Channel
from arasha.appeals.recording import record
from arasha.appeals.services.filing import Filed, check_form, filed_before, keep_rows, parsed
from arasha.country import local_day, midnight
from arasha.engines import sealing
from arasha.engines.translog import leaf_hash
from arasha.journal import services as journal
from arasha.trust.models import RecipientSet

ENTERED = "appeal.entered"
LONGEST_AGO = dt.timedelta(days=3653)  # no rule: what is older is a mistyped year


def enter(
    *, posted: bytes, channel: str, received_day: dt.date, by: Actor, at: dt.datetime
) -> tuple[Appeal, Filed]:
    """Keep an appeal that an officer sealed for somebody; its term runs from the day it came.

    The same bytes again give the same answer. Raises MalformedFilingError, UnknownChannelError,
    FutureDayError, LongAgoDayError, NotYourSetError, LeafTakenError.
    """
    filing = parsed(posted=posted)
    if channel not in set(Channel) - SEALED_BY_WRITERS:
        raise UnknownChannelError
    if received_day > local_day(at):
        raise FutureDayError
    if received_day < local_day(at) - LONGEST_AGO:
        raise LongAgoDayError
    recipient_set = _own_set(filing.set_id, by=by, at=at)
    check_form(filing=filing, recipient_set=recipient_set)
    hashed = leaf_hash(filing.leaf.encode())
    if before := filed_before(filing=filing, hashed=hashed):
        return _entered(hashed), before
    try:
        with transaction.atomic():
            made = _keep(filing, recipient_set, channel, received_day, by=by, at=at)
    except IntegrityError as error:
        if before := filed_before(filing=filing, hashed=hashed):
            return _entered(hashed), before
        raise LeafTakenError from error
    return made, Filed(hashed, received_day)


def _own_set(code: str, *, by: Actor, at: dt.datetime) -> RecipientSet:
    """The set, if it is the newest one of a body where the officer works."""
    for each in selectors.own_sets(viewer=by, at=at):
        if each.code == code:
            return each
    raise NotYourSetError


def _entered(hashed: bytes) -> Appeal:
    return Appeal.objects.get(leaf_hash=hashed)


def _keep(
    filing: sealing.Filing,
    recipient_set: RecipientSet,
    channel: str,
    received_day: dt.date,
    *,
    by: Actor,
    at: dt.datetime,
) -> Appeal:
    key = uuid.uuid4()
    given = access.grant(
        subject_kind="appeal",
        subject_key=key,
        holder_kind=INSTITUTION,
        holder_key=recipient_set.institution_id,
        basis="assigned",
        by=by,
        at=at,
    )
    made = keep_rows(
        filing=filing,
        key=key,
        recipient_set=recipient_set,
        channel=channel,
        by=by,
        at=midnight(received_day),
    )
    journal.add_leaf(text=filing.leaf)
    record(ENTERED, key, grant_key=given.key, by=by, at=at)
    return made
