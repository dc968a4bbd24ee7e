"""Prints sealed filings of the demo's terminal: base64 of the body, and the code, a line each."""

import base64
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings.jobs")
django.setup()

from django.utils import timezone  # noqa: E402

from arasha.country import local_day  # noqa: E402
from arasha.engines import sealing  # noqa: E402
from arasha.engines.notes import filing_code  # noqa: E402
from arasha.engines.translog import leaf_hash  # noqa: E402
from arasha.trust.models import RecipientSet  # noqa: E402
from arasha.worlds.sealing import sealed_filing  # noqa: E402

TEXT = "Өтініш. Обращение."


def main(count: int) -> None:
    recipients = sealing.parse_text(RecipientSet.objects.get(institution__code="ombudsperson").text)
    for _ in range(count):
        posted = sealed_filing(
            text=TEXT,
            language="kk",
            place="DEMO-1",
            written_on=local_day(timezone.now()),
            recipients=recipients,
        )
        code = filing_code(leaf_hash(sealing.parse_filing(posted).leaf.encode()))
        sys.stdout.write(f"{base64.b64encode(posted).decode()} {code}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
