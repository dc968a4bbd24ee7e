"""What everybody may ask has a limit for each address, and says so; a code tells nothing by its answer or its work."""

import importlib
import json
import re
import secrets
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from arasha.cases import services
from arasha.cases.models import Case, Person
from arasha.cases.views import public
from arasha.engines.notes import filing_code
from arasha.people import rates
from arasha.people.errors import TooOftenError
from arasha.people.models import User
from arasha.people.rates import limit_questions
from arasha.public import following
from tests.walk import *  # noqa: F403
from tests.walk import NOW, REGISTERED_AT, actor

pytestmark = pytest.mark.django_db

HERE = "203.0.113.77"  # of the door's client
UNKNOWN = filing_code(b"u" * 32)
MALFORMED = ("", "12", "x" * 5_000, "\x00", UNKNOWN[:-1] + "0")
SAYS = {
    "kk": "Қысқа уақытта сіздің мекенжайыңыздан тым көп сұрақ келді.",
    "ru": "С вашего адреса за короткое время пришло слишком много вопросов.",
    "en": "Too many questions came from your address in a short time.",
}
QUESTION = {
    "jurisdiction": "kz",
    "act": {"from": "2022-05-10", "to": "2022-05-10"},
    "conduct": "torture",
    "capacity": "official",
    "ask": [{"provision": True}],
}


@pytest.fixture
def revoked(case: Case, prosecutor: User) -> str:
    victim = Person.objects.create(case=case, code="V1", role="victim", added_at=REGISTERED_AT)
    made = services.make_code(person=victim, by=actor(prosecutor), at=NOW)
    services.revoke_code(code=made.row, by=actor(prosecutor), at=NOW)
    return made.digits


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """It stands still: the count begins anew with each minute, wherever in it a test happens to be."""
    still = SimpleNamespace(moment=time.time())
    still.time = lambda: still.moment
    monkeypatch.setattr(rates, "time", still)
    return still


def used_up(what: str, most: int, address: str = HERE) -> None:
    for _ in range(most):
        limit_questions(RequestFactory().get("/", REMOTE_ADDR=address), what=what, most=most)


def ask(door: Client, *, address: str = HERE) -> HttpResponse:
    said, kind = json.dumps(QUESTION), "application/json"
    answer: HttpResponse = door.post("/law/ask", said, content_type=kind, REMOTE_ADDR=address)  # type: ignore[assignment]
    return answer


@pytest.mark.parametrize("language", SAYS)
def test_too_many_codes_from_one_address_are_refused_with_a_sentence(
    language: str, door: Client
) -> None:
    used_up("case", following.MOST_A_MINUTE)

    refused = door.post(f"/{language}/case/", {"code": UNKNOWN})

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert SAYS[language] in refused.content.decode()
    assert not refused.cookies


def test_the_refusal_tells_nothing_of_the_code(door: Client, revoked: str) -> None:
    used_up("case", following.MOST_A_MINUTE)

    told = {
        door.post("/en/case/", {"code": each}).content.split(b"Wait ")[0]
        for each in (UNKNOWN, revoked, "12")
    }

    assert len(told) == 1


def test_to_look_at_the_page_costs_nothing(door: Client) -> None:
    used_up("case", following.MOST_A_MINUTE)

    assert door.get("/en/case/").status_code == 200


def test_with_the_next_minute_one_may_ask_again(door: Client, clock: SimpleNamespace) -> None:
    used_up("case", following.MOST_A_MINUTE)
    wait = int(door.post("/en/case/", {"code": UNKNOWN}).headers["Retry-After"])

    clock.moment += wait

    assert door.post("/en/case/", {"code": UNKNOWN}).status_code == 200


def test_another_address_is_not_held_back(door: Client) -> None:
    used_up("case", following.MOST_A_MINUTE)

    assert door.post("/en/case/", {"code": UNKNOWN}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_behind_a_proxy_of_the_house_the_one_before_it_counts(door: Client, settings) -> None:
    settings.ARASHA_PROXIES = 1
    used_up("case", following.MOST_A_MINUTE, address="192.0.2.7")

    def post(said: str) -> int:
        headers = {"x-forwarded-for": said}
        return door.post("/en/case/", {"code": UNKNOWN}, headers=headers).status_code

    assert post("192.0.2.7") == 429
    assert post("192.0.2.99, 192.0.2.7") == 429  # whatever it claims of somebody before it
    assert post("192.0.2.8") == 200


def test_one_home_is_one_address(door: Client) -> None:
    used_up("case", 3, address="2001:db8:1:2::1")

    with pytest.raises(TooOftenError):
        request = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2:ffff::9")
        limit_questions(request, what="case", most=3)


def test_no_address_is_kept(door: Client, settings, tmp_path: Path) -> None:
    where = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    settings.CACHES = {"default": where}

    used_up("case", 1, address="192.0.2.7")

    kept = [*tmp_path.rglob("*.djcache")]
    assert kept
    assert all(b"192.0.2.7" not in each.read_bytes() for each in kept)


def test_too_many_questions_to_the_law_are_refused_as_json(door: Client) -> None:
    used_up("law", public.MOST_A_MINUTE)

    refused = ask(door)

    told = json.loads(refused.content)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] in told["next"]
    assert told["problem"] == "too_often"
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert refused.headers["Access-Control-Expose-Headers"] == "Retry-After"
    assert ask(door, address="192.0.2.7").status_code == 200


def test_questions_to_the_law_and_codes_are_counted_apart(door: Client) -> None:
    used_up("law", public.MOST_A_MINUTE)

    assert door.post("/en/case/", {"code": UNKNOWN}).status_code == 200


def test_an_unknown_a_revoked_and_a_malformed_code_get_the_same_bytes_after_the_same_work(
    door: Client, revoked: str
) -> None:
    answers, work = set(), set()
    for typed in (UNKNOWN, revoked, filing_code(secrets.token_bytes(32)), *MALFORMED):
        with CaptureQueriesContext(connection) as asked:
            answer = door.post("/en/case/", {"code": typed})
        answers.add((answer.status_code, answer.content, tuple(sorted(answer.headers.items()))))
        work.add(tuple(_shape(each["sql"]) for each in asked.captured_queries))

    assert len(answers) == len(work) == 1


def test_the_real_door_has_all_that_the_limit_needs() -> None:
    settings = importlib.import_module("arasha.config.settings.public")

    assert settings.ARASHA_PROXIES == 0
    assert settings.CACHES["default"]["BACKEND"].endswith("FileBasedCache")


def _shape(sql: str) -> str:
    """A question without the hash that it asks about, a savepoint without its number."""
    return re.sub(r'"s\d+_x\d+"', "", sql).partition("WHERE")[0]
