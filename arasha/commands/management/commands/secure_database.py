"""`arasha secure_database`: build the second lock, row-level security. After every `migrate`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection

from arasha.access.rls import install


class Command(BaseCommand):
    help = "Build the roles, privileges and row-level security of PostgreSQL anew, as its owner."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            self.stdout.write("SQLite has no row-level security: nothing to do.")
            return
        try:
            locked = install(connection)
        except ProgrammingError as error:
            raise CommandError(
                f"{error}\nRun it as the role that owns the tables and may create roles"
                " (CREATE ROLE arasha_owner LOGIN CREATEROLE), after `arasha migrate`."
            ) from error
        self.stdout.write(f"Locked: {', '.join(locked)}.")
