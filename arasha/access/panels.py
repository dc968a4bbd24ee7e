"""Who has seen a record, and who may: rows for a page."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from arasha.access.models import Bar, Grant
from arasha.access.policy import INSTITUTION
from arasha.access.words import ACTS, BAR_REASONS, BASES_IN_SHORT
from arasha.actors import JOB, USER
from arasha.people.models import Institution, User
from arasha.places.templatetags.names import in_language

Names = dict[str, str]


class Recorded(Protocol):
    """What a page needs of an entry of the journal."""

    at: dt.datetime
    act: str
    actor_kind: str
    actor_key: str


@dataclass(frozen=True, slots=True)
class Trace:
    """An entry of the journal in words."""

    at: dt.datetime
    who: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A grant or a bar in words. `until_at` is when it stopped, or will stop, to count."""

    key: uuid.UUID
    who: str
    why: str
    since_at: dt.datetime
    until_at: dt.datetime | None
    withdrawn: bool = False


def conflicts(*, bars: Sequence[Bar]) -> list[Reason]:
    names = _people(str(bar.user_key) for bar in bars)
    return [
        Reason(
            key=bar.key,
            who=names.get(str(bar.user_key), _("somebody who is no longer here")),
            why=str(BAR_REASONS.get(bar.reason_code, bar.reason_code)),
            since_at=bar.since_at,
            until_at=bar.lifted_at,
        )
        for bar in bars
    ]


def traces(*, entries: Sequence[Recorded]) -> list[Trace]:
    names = _people(entry.actor_key for entry in entries if entry.actor_kind == USER)
    return [
        Trace(entry.at, _who(entry, names), str(ACTS.get(entry.act, entry.act)))
        for entry in entries
    ]


def reasons(*, grants: Sequence[Grant]) -> list[Reason]:
    offices = _offices(grant.holder_key for grant in grants if grant.holder_kind == INSTITUTION)
    names = offices | _people(str(grant.holder_key) for grant in grants)
    return [
        Reason(
            key=grant.key,
            who=names.get(str(grant.holder_key), _("somebody who is no longer here")),
            why=str(BASES_IN_SHORT.get(grant.basis, grant.basis)),
            since_at=grant.since_at,
            until_at=grant.withdrawn_at or grant.until_at,
            withdrawn=grant.withdrawn_at is not None,
        )
        for grant in grants
    ]


def _who(entry: Recorded, names: Names) -> str:
    if entry.actor_kind == USER:
        return names.get(entry.actor_key, _("somebody who is no longer here"))
    if entry.actor_kind == JOB:
        return _("the system itself (%(job)s)") % {"job": entry.actor_key}
    return _("nobody is named")


def _people(keys: Iterable[str]) -> Names:
    found = User.objects.filter(pk__in=set(keys)).values_list("pk", "full_name")
    return {str(key): name for key, name in found}


def _offices(keys: Iterable[uuid.UUID]) -> Names:
    found = Institution.objects.filter(pk__in=set(keys)).values_list("pk", "name")
    return {str(key): in_language(name) for key, name in found}
