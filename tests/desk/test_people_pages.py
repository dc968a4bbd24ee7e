"""The pages of people walked as two managers walk them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from arasha.people.models import Institution, Invitation, Restoration, User
from tests.desk.signing_in import signed_in
from tests.people.cast import manager, person, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(office: Institution) -> Client:
    return signed_in(manager(office))


def test_two_managers_invite_and_the_third_person_joins(
    office: Institution, aigerim: User, second: Client
) -> None:
    first = signed_in(aigerim)
    typed = {"full_name": "Dana Sadyk", "email": "dana@arasha.example", "language": "kk"}
    first.post("/people/invite/", typed | {"post": post(office).pk})
    invitation = Invitation.objects.get()

    alone = first.post(f"/people/invitations/{invitation.pk}/confirm/")
    shown = second.post(f"/people/invitations/{invitation.pk}/confirm/")

    assert alone.status_code == 422
    [path] = re.findall(r"http://localhost:8000(/join/[\w-]+/)", shown.content.decode())
    assert b"Welcome, Dana Sadyk" in Client().get(path).content


def test_a_list_in_a_file_comes_back_as_text_with_the_bad_lines_named(
    office: Institution, aigerim: User
) -> None:
    content = "dana@arasha.example;Dana Sadyk;kk\nnobody;Әли;ru\n".encode("utf-8-sig")
    file = SimpleUploadedFile("people.csv", content)

    answer = signed_in(aigerim).post(
        "/people/invite/list/", {"post": post(office).pk, "file": file, "people": ""}
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Line 2:" in page
    assert "nobody;Әли;ru" in page
    assert not Invitation.objects.exists()


def test_a_file_in_another_encoding_is_refused_with_advice(
    office: Institution, aigerim: User
) -> None:
    file = SimpleUploadedFile("people.csv", "a@arasha.example;Әли;ru".encode("utf-16"))

    answer = signed_in(aigerim).post(
        "/people/invite/list/", {"post": post(office).pk, "file": file, "people": ""}
    )

    assert answer.status_code == 422
    assert "CSV UTF-8" in answer.content.decode()


def test_two_managers_restore_a_lost_passkey(
    office: Institution, aigerim: User, second: Client
) -> None:
    loser = person(post(office))
    signed_in(aigerim).post(f"/people/{loser.pk}/lost-passkey/")
    asked = Restoration.objects.get()

    shown = second.post(f"/people/restorations/{asked.pk}/confirm/")

    assert re.search(r"http://localhost:8000/restore/[\w-]+/", shown.content.decode())


def test_a_manager_ends_a_post_and_an_account(office: Institution, aigerim: User) -> None:
    user, browser = person(post(office)), signed_in(aigerim)
    appointment = user.appointments.get()

    browser.post(
        f"/people/{user.pk}/appointments/{appointment.pk}/end/", {"until_day": "2030-01-01"}
    )
    browser.post(f"/people/{user.pk}/leave/")

    user.refresh_from_db()
    assert user.left_at is not None


def test_a_double_click_on_leaving_is_told_kindly(office: Institution, aigerim: User) -> None:
    user, browser = person(post(office)), signed_in(aigerim)
    first = browser.post(f"/people/{user.pk}/leave/")
    again = browser.post(f"/people/{user.pk}/leave/")

    assert first.status_code == 302
    assert again.status_code == 404
    assert b"There is no such record" in again.content


@pytest.mark.parametrize("address", ["/people/?text=", "/institutions/?kind=", "/search/?text="])
def test_a_nul_in_an_address_finds_nothing_and_breaks_nothing(address: str, aigerim: User) -> None:
    answer = signed_in(aigerim).get(f"{address}a%00b")

    assert answer.status_code == 200
