"""Whatever is typed into a form of a case, it is taken, refused or not found: nothing breaks."""

import re
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from arasha.country import local_day
from arasha.people.models import Institution, User
from tests.cases.papers import PDF
from tests.cases.reports import RECEIVED_AT, take
from tests.cases.test_upon_an_old_version import OF_ITS_OWN, VERSIONED, ready
from tests.cases.whole import Whole, address_of, whole
from tests.desk.signing_in import signed_in

__all__ = ["ready", "whole"]

ODD = {
    "long": "ұ" * 100_000,
    "nul": "a\0b",
    "right to left": "\u202eمرحبا\u2069",
    "no day": "0000-00-00",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "huge": "9" * 40,
    "larger": str(2**63),
    "no key": "not-a-key",
    "no such key": "00000000-0000-4000-8000-000000000000",
    "markup": "'\"><script>{{ 7|add:7 }}%(x)s%s{0.__class__}",
    "lines": "a\r\nSet-Cookie: x=y\r\n",
}
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*?\bname="([^"]+)"')
UNBROKEN = {200, 302, 400, 404, 405, 409, 413, 422}
FORMS_OF_REPORTS = (
    "register_report",
    "pass_on_report",
    "join_report",
    "enter_report",
    "warn_complainant",
)


def fields_of(desk: Client, address: str) -> list[str]:
    """What its forms ask for, as the page shows them."""
    page = desk.get(address).content.decode().partition("<main")[2]
    return sorted(set(FIELD.findall(page)) - {"csrfmiddlewaretoken", "language", "next"})


def broken(desk: Client, address: str, valid: dict[str, str]) -> list[str]:
    """Which odd values break an address: in all of its fields at once, and in one among good ones."""
    fields = sorted({*fields_of(desk, address), *valid})
    found = []
    for number, (what, odd) in enumerate(ODD.items()):
        everywhere = {**dict.fromkeys(fields, odd), **version_of(valid)}
        alone = {**valid, fields[number % len(fields)]: odd} if fields else {}
        for sent in (everywhere, alone):
            status = sent_back(desk, address, sent)
            if status not in UNBROKEN:
                found.append(f"{what}: {status}")
    return found


def version_of(valid: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in valid.items() if name == "base_version"}


def sent_back(desk: Client, address: str, sent: dict[str, str]) -> int:
    """The answer; the case is afterwards what it was."""
    file = {"file": SimpleUploadedFile("a\r\n.pdf", PDF)} if "file" in sent else {}
    point = transaction.savepoint()
    with closing(desk.post(address, {**sent, **file})) as answer:
        transaction.savepoint_rollback(point)
        return int(answer.status_code)


@pytest.mark.parametrize("name", sorted({*VERSIONED, *OF_ITS_OWN}))
def test_no_value_breaks_a_form_of_a_case(name: str, ready: Whole, prosecutor: User) -> None:
    desk = patient(prosecutor)
    if name == "file_motion":
        ready.motion.delete()
    sent = VERSIONED[name](ready) if name in VERSIONED else {}
    valid = {key: str(value) for key, value in sent.items()}
    ready.case.refresh_from_db()
    valid |= {"base_version": str(ready.case.version)} if valid else {}

    assert broken(desk, address_of(name, ready), valid) == []


@pytest.mark.parametrize("name", FORMS_OF_REPORTS)
def test_no_value_breaks_a_form_of_a_report(
    name: str, prosecution: Institution, prosecutor: User
) -> None:
    day = None if name == "warn_complainant" else local_day(RECEIVED_AT)
    report = take(prosecution, prosecutor, warned_day=day)

    assert broken(patient(prosecutor), reverse(f"cases:{name}", args=[report.key]), {}) == []


@pytest.mark.parametrize("name", ["take_report", "enter", "imports", "retention"])
def test_no_value_breaks_a_form_that_begins_something(
    name: str, whole: Whole, prosecutor: User
) -> None:
    assert broken(patient(prosecutor), reverse(f"cases:{name}"), {}) == []


@pytest.mark.parametrize("name", ["list", "reports", "law", "retention", "imports"])
def test_no_value_breaks_a_question(name: str, whole: Whole, prosecutor: User) -> None:
    desk, address = patient(prosecutor), reverse(f"cases:{name}")
    fields = [*fields_of(desk, address), "page", "office", "from"]

    statuses = {
        what: {
            desk.get(address, dict.fromkeys(asked, odd[:2_000])).status_code
            for asked in (fields, *([field] for field in fields))
        }
        for what, odd in ODD.items()
    }

    assert {what: found for what, found in statuses.items() if found - UNBROKEN} == {}


def patient(user: User) -> Client:
    """Tells 500 instead of raising what broke."""
    desk = signed_in(user)
    desk.raise_request_exception = False
    return desk
