"""Who is refused in the reader's name, and how a session begins and is kept apart."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from arasha.access import services as access
from arasha.actors import WORLD
from arasha.appeals import services
from arasha.appeals.models import (
    Appeal,
    ErrandKind,
    ReaderSession,
)
from arasha.appeals.selectors import SESSION_IDLES
from arasha.people.models import User
from tests.appeals.reader import (
    Reader,
    reader_of,
)
from tests.desk.signing_in import signed_in
from tests.walk import (
    FILED_AT,
    actor,
    institution,
    person,
)

CALLS = [
    ("get", "cards"),
    ("get", "appeals/{key}"),
    ("get", "attachments/{key}/" + "0" * 64),
    ("put", "attachments/{key}/" + "0" * 64),
    ("post", "appeals/{key}/notes"),
    ("post", "appeals/{key}/replies"),
    ("post", "appeals/{key}/headers"),
    ("post", "appeals/{key}/recorded"),
    ("get", "appeals/{key}/receivers"),
    ("post", "appeals/{key}/receivers"),
    ("get", "session"),
    ("get", "entry"),
    ("post", "entered"),
    ("get", "headers"),
    ("post", "coverage"),
    ("get", "liveness"),
    ("post", "liveness"),
    ("post", "end"),
]
ABOUT_ONE = [call for call in CALLS if "{key}" in call[1]]
every_call = pytest.mark.parametrize(("method", "path"), CALLS)
every_call_about_one = pytest.mark.parametrize(("method", "path"), ABOUT_ONE)
FITTING: dict[str, object] = {
    "sealed": "",
    "kind": "note",
    "tag": "",
    "shown": "safe",
    "header": "",
    "set": "ombudsperson-1",
    "category": "",
    "urgency": "",
    "place": "",
    "accused_body": "",
}


def ask(reader: Reader, method: str, path: str):
    if method == "put":
        return reader.put(path, b"")
    return reader.get(path) if method == "get" else reader.post(path, **FITTING)


@every_call
def test_without_a_session_nothing_is_answered(method: str, path: str, appeal: Appeal) -> None:
    for token in ("", "somebody-s-guess"):
        status, told = ask(Reader(token), method, path.format(key=appeal.key))
        assert (status, told["problem"]) == (401, "session_over")
        assert told.keys() == {"problem", "happened", "next"}


@every_call
def test_a_session_that_was_ended_answers_nothing(
    method: str, path: str, appeal: Appeal, officer: User
) -> None:
    reader = reader_of(officer)
    assert reader.post("end") == (200, {})

    status, told = ask(reader, method, path.format(key=appeal.key))
    assert (status, told["problem"]) == (401, "session_over")


def test_the_cookie_of_a_signed_in_officer_is_no_session(appeal: Appeal, officer: User) -> None:
    answer = signed_in(officer).get(f"/reader/v1/appeals/{appeal.key}")

    assert (answer.status_code, answer.json()["problem"]) == (401, "session_over")


def test_signing_out_of_the_desk_ends_the_reader(officer: User) -> None:
    reader = reader_of(officer)

    signed_in(officer).post("/account/logout/")

    assert reader.get("cards")[0] == 401


def test_looking_whether_the_session_lasts_does_not_keep_it(officer: User) -> None:
    reader = reader_of(officer)
    almost = timezone.now() - SESSION_IDLES + dt.timedelta(minutes=1)
    ReaderSession.objects.update(used_at=almost)

    assert reader.get("session") == (200, {})
    assert ReaderSession.objects.get().used_at == almost
    ReaderSession.objects.update(used_at=almost - dt.timedelta(minutes=2))
    assert reader.get("session")[1]["problem"] == "session_over"


@every_call_about_one
def test_an_officer_of_another_body_is_told_that_there_is_no_such_appeal(
    method: str, path: str, appeal: Appeal
) -> None:
    stranger = reader_of(person("officer", institution("npm", "npm")))

    forbidden = ask(stranger, method, path.format(key=appeal.key))
    unknown = ask(stranger, method, path.format(key=uuid.uuid4()))
    assert forbidden == unknown
    assert (forbidden[0], forbidden[1]["problem"]) == (404, "not_found")


@every_call_about_one
def test_a_bar_counts_in_a_session_that_runs(
    method: str, path: str, appeal: Appeal, officer: User, reader: Reader
) -> None:
    access.bar(
        subject_kind="appeal",
        subject_key=appeal.key,
        user_key=officer.pk,
        reason_code="relative",
        by=WORLD,
        at=FILED_AT,
    )

    status, told = ask(reader, method, path.format(key=appeal.key))
    assert (status, told["problem"]) == (404, "not_found")
    assert reader.get("cards")[1]["cards"] == []


@pytest.mark.parametrize("body", ["", "[]", "not JSON", "[" * 50_000, '{"sealed": 5}'])
def test_a_request_that_is_not_understood_is_refused(
    body: str, opened: Appeal, reader: Reader
) -> None:
    answer = reader.client.post(
        f"/reader/v1/appeals/{opened.key}/notes",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {reader.token}"},
    )

    assert (answer.status_code, answer.json()["problem"]) == (400, "unreadable_request")


def test_a_giant_request_is_refused_before_it_is_read(opened: Appeal, reader: Reader) -> None:
    status, told = reader.post(f"appeals/{opened.key}/notes", kind="note", sealed="A" * 1_100_000)

    assert (status, told["problem"]) == (413, "too_large")


def test_a_refusal_speaks_the_language_of_the_reader(reader: Reader) -> None:
    answer = Client(headers={"accept-language": "ru"}).get("/reader/v1/cards")

    assert answer.json()["happened"] != Reader("").get("cards")[1]["happened"]


def test_an_errand_begins_a_session_once_and_says_what_it_is_for(
    appeal: Appeal, officer: User, settings
) -> None:
    token = services.begin_errand(
        kind=ErrandKind.OPEN, appeal=appeal, by=actor(officer), at=timezone.now()
    )

    first, second = (Client().post(f"/handover/{token}/") for _ in range(2))

    told = first.json()
    assert told["errand"] == {"kind": "open", "appeal": str(appeal.key)}
    assert told["officer"]["name"] == officer.full_name
    assert told["back"] == f"{settings.ARASHA_DESK_URL}/appeals/{appeal.key}/"
    assert Reader(told["session"]).get("cards")[0] == 200
    assert (second.status_code, second.json()["problem"]) == (410, "errand_spent")


def test_a_link_that_is_merely_visited_begins_nothing(officer: User) -> None:
    token = services.begin_errand(kind=ErrandKind.KEYS, by=actor(officer), at=timezone.now())

    assert Client().get(f"/handover/{token}/").status_code == 405


def test_no_answer_of_the_reader_may_be_kept_by_a_cache_or_framed(reader: Reader) -> None:
    answer = reader.client.get(
        "/reader/v1/cards", headers={"Authorization": f"Bearer {reader.token}"}
    )

    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    assert "Access-Control-Allow-Origin" not in answer.headers
