"""The pages of access, walked as the people they are for."""

import uuid
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from arasha.access.agenda import agenda
from arasha.access.models import Breaking
from arasha.access.policy import POLICY
from arasha.cases.models import Case
from arasha.journal import services as journal
from arasha.people.models import Institution, User
from tests.access import cast, rows
from tests.desk.signing_in import signed_in

pytestmark = pytest.mark.django_db
TYPED = {"reason_code": "danger", "reason": "He is in danger"}


@pytest.fixture
def office() -> Institution:
    return cast.institution()


@pytest.fixture
def on_duty(office: Institution) -> User:
    return cast.person("prosecutor", office, on_duty=True)


@pytest.fixture
def told(office: Institution) -> list[User]:
    return [cast.person("supervisor", office) for _ in range(2)]


@pytest.fixture
def case() -> Case:
    return rows.case()


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_anybody_signed_in_may_read_who_may_see_what(language: str) -> None:
    page = text_of(signed_in(cast.person("administrator"), language=language), "/access/")

    assert page.count('class="govuk-table__caption') == sum(map(len, POLICY.values()))
    assert f'<html lang="{language}"' in page


def test_everybody_may_read_it_at_the_public_door(settings, client: Client) -> None:
    settings.ROOT_URLCONF = "arasha.config.urls.public"
    settings.MIDDLEWARE = import_module("arasha.config.settings.public").MIDDLEWARE
    settings.ARASHA_DOOR = "public"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # or WhiteNoise warns

    answer = client.get("/en/who-may-see/")

    assert answer.status_code == 200
    assert "never what is sealed" in answer.content.decode()


def test_who_has_seen_a_record_is_shown_to_who_may_see_it(case: Case, office: Institution) -> None:
    reader = cast.person("prosecutor", office)
    cast.give("case", case.key, office, "assigned")
    journal.record_reads(
        viewer=cast.actor(reader), subjects=[("case", case.key)], at=timezone.now()
    )
    path = f"/access/case/{case.key}/seen/"

    page = text_of(signed_in(cast.person("prosecutor", office)), path)

    assert reader.full_name in page
    assert "Read it" in page
    assert "Prosecutor&#x27;s office" in page
    assert signed_in(cast.person("prosecutor")).get(path).status_code == 404


@pytest.mark.parametrize("kind", ["case", "drawer"])
def test_an_unknown_record_looks_like_a_forbidden_one(kind: str, case: Case) -> None:
    known = signed_in(cast.person("prosecutor")).get(f"/access/case/{case.key}/seen/")
    unknown = signed_in(cast.person("prosecutor")).get(f"/access/{kind}/{uuid.uuid4()}/seen/")

    assert known.status_code == unknown.status_code == 404


@pytest.mark.usefixtures("told")
def test_the_glass_is_broken_by_the_number_and_leads_to_the_case(case: Case, on_duty: User) -> None:
    answer = signed_in(on_duty).post(
        "/access/break-glass/", TYPED | {"record": f" {case.number.lower()} "}
    )

    assert answer.headers["Location"] == f"/cases/{case.key}/"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"record": "KZ-1999-1"}, "no such record"),
        ({"reason": ""}, "In your own words"),
        ({"reason_code": ""}, "Why can it not wait?"),
    ],
)
def test_a_refusal_keeps_what_was_typed(
    case: Case, on_duty: User, changed: dict[str, str], says: str
) -> None:
    typed = TYPED | {"record": case.number} | changed

    answer = signed_in(on_duty).post("/access/break-glass/", typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page.split("error-summary-title", 2)[2].split("</ul>")[0]
    assert all(value in page for value in typed.values())


@pytest.mark.usefixtures("told")
def test_a_sealed_appeal_says_why_it_stays_sealed(on_duty: User) -> None:
    appeal = rows.appeal()

    answer = signed_in(on_duty).post("/access/break-glass/", TYPED | {"record": appeal.code})

    assert "Appeals stay sealed" in answer.content.decode()
    assert not Breaking.objects.exists()


@pytest.mark.usefixtures("told")
def test_the_review_waits_in_the_agenda_of_a_third(
    case: Case, on_duty: User, office: Institution
) -> None:
    signed_in(on_duty).post("/access/break-glass/", TYPED | {"record": case.number})
    breaking, third = Breaking.objects.get(), cast.person("supervisor", office)
    [waiting] = agenda(viewer=cast.actor(third), at=timezone.now())

    assert waiting.url == f"/access/breakings/{breaking.pk}/"
    assert waiting.due_at == breaking.review_by_at
    assert agenda(viewer=cast.actor(on_duty), at=timezone.now()) == []
    answer = signed_in(third).post(waiting.url, {"justified": "no", "finding": "It could wait"})

    assert answer.status_code == 302
    assert agenda(viewer=cast.actor(third), at=timezone.now()) == []
    assert "It could wait" in text_of(signed_in(on_duty), waiting.url)


def test_the_told_read_the_reason_and_do_not_review(
    case: Case, on_duty: User, told: list[User]
) -> None:
    signed_in(on_duty).post("/access/break-glass/", TYPED | {"record": case.number})
    path = f"/access/breakings/{Breaking.objects.get().pk}/"

    page = text_of(signed_in(told[0]), path)
    refused = signed_in(told[0]).post(path, {"justified": "yes", "finding": "Fine"})

    assert "He is in danger" in page
    assert "Give the review" not in page
    assert refused.status_code == 403
    assert signed_in(cast.person("supervisor")).get(path).status_code == 404
