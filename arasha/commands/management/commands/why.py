"""`arasha why PERSON RECORD`: may they see it, and by which grant or for want of which."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.access.errors import UnknownPersonError, UnknownRecordError
from arasha.access.explaining import Answer, explain, find_person
from arasha.access.policy import POLICY
from arasha.access.records import find_record
from arasha.access.viewing import viewing
from arasha.actors import Actor
from arasha.problems import Problem
from arasha.references import Reference

ALLOWED, NOT_ALLOWED, BAD_INPUT = 0, 1, 2
WHY = Actor.job("why")


class Command(BaseCommand):
    help = "Say why a person may or may not see a record. Exit code: 0 allowed, 1 not, 2 bad input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="e-mail of the person's account")
        parser.add_argument("record", help="kind:key (case:6f1c…), or a number as it is printed")
        parser.add_argument(
            "--compartment", help="the one that decides the exit code; the first if not given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with viewing(WHY):
                answers = self._ask(options["person"], options["record"], options["compartment"])
        except Problem as problem:
            self.stderr.write(str(problem))
            sys.exit(BAD_INPUT)
        sys.exit(ALLOWED if answers[0].allowed else NOT_ALLOWED)

    def _ask(self, email: str, text: str, compartment: str | None) -> list[Answer]:
        person = find_person(viewer=WHY, email=email)
        if person is None:
            raise UnknownPersonError(email=email)
        record = find_record(text)
        if record is None or (compartment and compartment not in POLICY[record.kind]):
            raise UnknownRecordError(record=f"{text} {compartment or ''}".strip())
        answers = explain(viewer=WHY, person=person, record=record, at=timezone.now())
        self._print(person.full_name, record, answers)
        return sorted(answers, key=lambda answer: answer.compartment != compartment)

    def _print(self, name: str, record: Reference, answers: list[Answer]) -> None:
        self.stdout.write(f"{name}, {record}")
        for answer in answers:
            verdict = "yes" if answer.allowed else "no"
            self.stdout.write(f"  {answer.compartment}: {verdict}: {answer.reason}")
