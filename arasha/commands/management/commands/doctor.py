"""`arasha doctor`: what this machine lacks. A line is OK, says what to do, or why it does not apply."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.commands.diagnosis import examine


class Command(BaseCommand):
    help = "Look at settings, keys, disk, database, log and queue. Exit code 1: something to do."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        findings = []
        for finding in examine(at=timezone.now()):
            findings.append(finding)
            self.stdout.write(str(finding))
        if any(finding.advice for finding in findings):
            sys.exit(1)
