"""`arasha verify`: the log is intact, and every reference resolves."""

import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand

from arasha.access.viewing import viewing
from arasha.actors import VERIFY
from arasha.cases.custody import faults_of_custody
from arasha.commands.references import dangling_references
from arasha.journal.checks import faults_of_entries, faults_of_leaves, faults_of_log
from arasha.journal.log import log_of_settings

SHOWN = 20


class Command(BaseCommand):
    help = "Recompute the log and the journal, and resolve every reference. Exit code 1: a fault."
    requires_system_checks = ()  # pages and forms are not its business

    def handle(self, *args: Any, **options: Any) -> None:
        log = log_of_settings()
        parts: dict[str, Iterator[str]] = {
            "The tiles lead from the entries to the signed checkpoint": faults_of_log(
                log.folder, log.keys
            ),
            "Each leaf of the database stands at its place": faults_of_leaves(log.folder),
            "Each entry of the journal is what its leaf commits to": faults_of_entries(),
            "Each reference resolves": dangling_references(),
            "Each document is what was received, and its chain of custody is whole": faults_of_custody(),
        }
        with viewing(VERIFY):
            results = [self.tell(what, faults) for what, faults in parts.items()]
        if not all(results):
            sys.exit(1)

    def tell(self, what: str, faults: Iterator[str]) -> bool:
        self.stdout.write(f"{what} … ", ending="")
        self.stdout.flush()
        shown = list(islice(faults, SHOWN))
        self.stdout.write("no:" if shown else "yes")
        for fault in shown:
            self.stdout.write(f"  {fault}")
        if next(faults, None) is not None:
            self.stdout.write("  … and more")
        return not shown
