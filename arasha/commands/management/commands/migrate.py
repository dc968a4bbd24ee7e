"""Django's `migrate`; afterwards the index of names is looked at, which some migrations of SQLite break."""

from typing import Any

from django.core.management.commands import migrate

from arasha.cases import name_index


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if name_index.keep(using=options["database"]):
            self.stdout.write("The index of names was made anew.")
