"""How long the desk takes to hand an officer's reader its title cards, and the headers to try.

    python -m bench.handover [APPEALS]
    python -m tests.postgres .venv/bin/python -m bench.handover [APPEALS]

The body of `bench.inbox`; a thirtieth of what waits has no term. All but 5,000 headers were tried before, and
those come last: the walk to them is walked whole.
"""

import os
import secrets
import statistics
import sys
from collections.abc import Iterator

import pyrage

from bench import inbox, lists  # isort: skip  # sets up Django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from arasha.access.viewing import viewing
from arasha.actors import USER, WORLD, Actor
from arasha.appeals import services
from arasha.appeals.models import Appeal, Ciphertext, Coverage, ErrandKind
from arasha.country import local_day
from arasha.engines.sealing.age import randomness_bytes, seal
from arasha.engines.sealing.card import CARD_BYTES
from arasha.people.models import User

UNTRIED, TERMLESS_EVERY, MOST_PAGES = 5_000, 30, 150
READERS = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(3)]
HEADERS = f"headers?recipient={inbox.KEY}"


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else inbox.APPEALS
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    with viewing(WORLD):
        if not Appeal.objects.exists():
            inbox.build(count)
            _seal_and_try()
        officer = User.objects.get(email=inbox.OFFICER)
    lists.say(f"{count:,} appeals, {UNTRIED:,} headers not tried, {connection.vendor}")
    client = _reader_of(officer)
    for what, first in (
        ("open cards", "cards?state=open"),
        ("all cards", "cards?state=all"),
        ("headers, from the first to the last", HEADERS),
        ("headers for the office key", f"{HEADERS}-other&closed=1"),
    ):
        report(what, list(_walk(client, first)))
    lists.say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return 0


def _seal_and_try() -> None:
    keys = list(Appeal.objects.order_by("pk").values_list("pk", "waits"))
    termless = [key for key, waits in keys if waits][::TERMLESS_EVERY]
    for first in range(0, len(termless), 500):
        Appeal.objects.filter(pk__in=termless[first : first + 500]).update(answer_by_day=None)
    envelope, card = (
        seal(bytes(size), recipients=READERS, randomness=secrets.token_bytes(randomness_bytes(3)))
        for size in (4096, CARD_BYTES)
    )
    Ciphertext.objects.bulk_create(
        (
            Ciphertext(appeal_id=key, envelope=envelope, card=card)
            for place, (key, waits) in enumerate(keys)
            if waits or place >= len(keys) - UNTRIED
        ),
        500,
    )
    officer = User.objects.get(email=inbox.OFFICER).pk
    today = local_day(timezone.now())
    Coverage.objects.bulk_create(
        (
            Coverage(appeal_id=key, recipient=inbox.KEY, user_key=officer, opens=True, on_day=today)
            for key, _waits in keys[:-UNTRIED]
        ),
        500,
    )
    connection.cursor().execute("ANALYZE")


def _reader_of(officer: User) -> Client:
    now = timezone.now()
    by = Actor(kind=USER, key=str(officer.pk))
    with viewing(WORLD):
        token = services.begin_errand(kind=ErrandKind.INBOX, by=by, at=now)
        session = services.redeem_errand(token=token, at=now)[1]
    return Client(headers={"Authorization": f"Bearer {session}"})


def _walk(client: Client, first: str) -> Iterator[tuple[float, float]]:
    """The times of the pages, one behind the other."""
    address, after = f"/reader/v1/{first}", ""
    for _ in range(MOST_PAGES):
        asked = f"{address}&after={after}" if after else address
        yield lists.timed(client, asked)
        after = client.get(asked).json()["next"]
        if after is None:
            return


def report(what: str, pages: list[tuple[float, float]]) -> None:
    took, worked = (sorted(each) for each in zip(*pages, strict=True))
    p95 = statistics.quantiles([*took, took[-1]], n=20)[-1]
    lists.say(
        f"{what:<36} {len(pages):>4} pages, p50 {statistics.median(took):6.1f} ms, p95 {p95:6.1f} ms, "
        f"of the processor {statistics.median(worked):6.1f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
