"""`arasha world demo|links|national`: invented worlds to look at and to measure."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from arasha.access.rls import as_jobs
from arasha.commands import progress
from arasha.engines.notes import grouped
from arasha.people.models import Institution
from arasha.worlds import demo, signing_in
from arasha.worlds.national import building
from arasha.worlds.stage import VIEW_CODE


class Command(BaseCommand):
    help = "Build an invented world, or print the demo cast's one-time sign-in links."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("demo", "links", "national"))
        parser.add_argument(
            "--times",
            type=int,
            default=1,
            help="the national world at so many times its true scale",
        )

    def handle(self, *args: object, **options: object) -> None:
        if not settings.ARASHA_DEMO:
            raise CommandError(
                "Invented worlds are refused in a real build. Set ARASHA_DEMO=True on a machine of its own."
            )
        if options["what"] == "links":
            return self._links()
        if Institution.objects.exists():
            raise CommandError("There are records already: a world needs an empty database.")
        times = options["times"]
        # `./run` locks the tables before it builds the world, and the owner alone sees nothing then.
        with transaction.atomic(), as_jobs(connection):
            return self._demo() if options["what"] == "demo" else self._national(int(str(times)))

    def _demo(self) -> None:
        begun = time.monotonic()
        demo.build(folder=_folder(), at=timezone.now(), say=progress.on(sys.stderr))
        self.stdout.write(f"The demo world is built in {time.monotonic() - begun:.1f} s.")

    def _national(self, times: int) -> None:
        if times < 1:
            raise CommandError(f"--times is {times}; write 1 or more")
        begun = time.monotonic()
        building.build(at=timezone.now(), times=times, say=self.stdout.write)
        self.stdout.write(f"The national world is built in {time.monotonic() - begun:.0f} s.")
        self.stdout.write("Its leaves wait for the sequencer: start `arasha serve`.")

    def _links(self) -> None:
        for person in signing_in.links(at=timezone.now()):
            self.stdout.write(f"  {person.name:<20} {person.post}\n  {'':<20} {person.url}")
        self._view_code()

    def _view_code(self) -> None:
        """With which a victim of the demo follows the case, at the public door."""
        kept = _folder() / VIEW_CODE
        if kept.exists():
            code = grouped(kept.read_text())
            self.stdout.write(
                f"  A victim's code: {code}\n  {'':<20} {settings.ARASHA_PUBLIC_URL}/case"
            )


def _folder() -> Path:
    return Path(settings.ARASHA_VAR) / "demo"
