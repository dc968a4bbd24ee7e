"""How long the desk takes to answer the inbox and the case list at ten times national scale.

    python -m bench.lists [TIMES]

Loads the national world into a SQLite file that is thrown away (ARASHA_BENCH_WORLD names a folder to keep
it in and use again), then asks the desk's own views, as an officer and as a supervising prosecutor.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import django

TIMES, ROUNDS = 10, 30
FOLDER = Path(os.environ.get("ARASHA_BENCH_WORLD") or tempfile.mkdtemp(prefix="arasha-bench-"))
os.environ["ARASHA_VAR"] = str(FOLDER)
os.environ["ARASHA_DEMO"] = "True"
os.environ["DJANGO_SETTINGS_MODULE"] = "arasha.config.settings.desk"
(FOLDER / "keys").mkdir(parents=True, exist_ok=True)
(FOLDER / "keys" / "django").write_text("only-for-the-bench-" * 3)
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from arasha.actors import WORLD  # noqa: E402
from arasha.people import services as people  # noqa: E402
from arasha.people.models import Institution, User  # noqa: E402
from arasha.worlds.national import building  # noqa: E402

ASKED = (
    ("officer@national.invalid", "/appeals/"),
    ("officer@national.invalid", "/appeals/?state=received"),
    ("officer@national.invalid", "/appeals/?only=late"),
    ("officer@national.invalid", "/appeals/?only=unopened"),
    ("officer@national.invalid", "/appeals/?only=mine"),
    ("officer@national.invalid", "/appeals/?category=torture"),
    ("officer@national.invalid", "/appeals/?state=&category=torture"),
    ("officer@national.invalid", "/appeals/?state=&urgency=now"),
    ("officer@national.invalid", "/appeals/?order=newest"),
    ("officer@national.invalid", "/appeals/?q=KUI-2026/17"),
    ("officer@national.invalid", "/appeals/?page=20"),
    ("officer@national.invalid", "/appeals/journal/"),
    ("officer@national.invalid", "/"),
    ("lead-prosecutor@national.invalid", "/cases/"),
    ("lead-prosecutor@national.invalid", "/cases/?stage=investigation"),
    ("lead-prosecutor@national.invalid", "/cases/?q=KZ-2024-0007"),
    ("prosecutor-abai@national.invalid", "/cases/"),
    ("prosecutor-abai@national.invalid", "/"),
)


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    if not Institution.objects.exists():
        building.build(at=timezone.now(), times=times, say=say)
    (FOLDER / "static").mkdir(exist_ok=True)
    say(f"national world x{times}, {FOLDER}")
    for email, address in ASKED:
        say(line(email, address))
    say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return 0


def line(email: str, address: str) -> str:
    client = signed_in(email)
    client.get(address)  # the first page of a session also notes that the session lives
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    asked = len(queries)  # now: the next request begins to count anew
    rounds = [timed(client, address) for _ in range(ROUNDS)]
    took, worked = (sorted(each) for each in zip(*rounds, strict=True))
    p95 = statistics.quantiles(took, n=20)[-1]
    return (
        f"{address:<28} {answer.status_code} {asked:>2} queries, p50 {statistics.median(took):6.1f} ms, "
        f"p95 {p95:6.1f} ms, of the processor {statistics.median(worked):6.1f} ms ({email})"
    )


def timed(client: Client, address: str) -> tuple[float, float]:
    """Milliseconds until the answer, and of them those of the processor: a busy machine tells them apart."""
    begun, worked = time.perf_counter(), time.process_time()
    client.get(address)
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000


def signed_in(email: str) -> Client:
    client = Client()
    token = people.make_sign_in_link(
        user=User.objects.get(email=email), by=WORLD, at=timezone.now()
    )
    answer = client.get(f"/sign-in/{token}/")
    if answer.status_code != 302:
        raise RuntimeError(f"{email} could not sign in: {answer.status_code}")
    return client


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
