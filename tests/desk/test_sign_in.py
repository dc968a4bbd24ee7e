"""No record is shown before a second factor, and no page tells who has an account."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import NoReverseMatch, reverse

from arasha.people.models import User
from tests.desk.signing_in import signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence to remember"  # noqa: S105
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105
RECORDS = ["/", "/places/", "/people/", "/institutions/", "/search/?text=1", "/cases/", "/appeals/"]


@pytest.fixture
def with_password(aigerim: User) -> User:
    aigerim.set_password(PASSWORD)
    aigerim.save()
    return aigerim


@pytest.fixture
def with_codes(with_password: User) -> User:
    TOTP.activate(with_password, SECRET)
    return with_password


def code_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))


def log_in(user: User, password: str = PASSWORD) -> tuple[Client, str]:
    """A browser after the password, and where it was sent."""
    browser = Client()
    answer = browser.post("/account/login/", {"login": user.email, "password": password})
    return browser, answer.headers.get("Location", "")


@pytest.mark.parametrize("page", RECORDS)
def test_nobody_sees_anything_before_signing_in(page: str) -> None:
    answer = Client().get(page)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=%2F")


@pytest.mark.parametrize("page", RECORDS)
def test_a_password_alone_shows_no_record_but_the_way_to_a_second_factor(
    page: str, with_password: User
) -> None:
    browser, sent_to = log_in(with_password)
    assert sent_to == "/"

    answer = browser.get(page)

    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")
    assert b"make a second factor" in browser.get("/account/2fa/").content


def test_whoever_has_a_second_factor_is_not_signed_in_before_it_was_shown(with_codes: User) -> None:
    browser, sent_to = log_in(with_codes)

    assert sent_to == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in browser.session


def test_password_and_code_open_the_desk(with_codes: User) -> None:
    browser, sent_to = log_in(with_codes)

    browser.post(sent_to, {"code": code_now()})

    assert browser.get("/").status_code == 200


def test_a_wrong_code_opens_nothing_and_says_what_to_do(with_codes: User) -> None:
    browser, sent_to = log_in(with_codes)

    answer = browser.post(sent_to, {"code": "000000"})

    assert answer.status_code == 422
    assert b"Wait for the next one" in answer.content
    assert browser.get("/").status_code == 302


def test_a_recovery_code_stands_in_once(with_codes: User) -> None:
    browser = signed_in(with_codes)
    browser.post("/account/2fa/recovery-codes/generate/")
    codes = Authenticator.objects.get(user=with_codes, type="recovery_codes")
    [code, *_rest] = codes.wrap().get_unused_codes()

    first, sent_to = log_in(with_codes)
    first.post(sent_to, {"code": code})
    second, sent_to = log_in(with_codes)
    again = second.post(sent_to, {"code": code})

    assert first.get("/").status_code == 200
    assert again.status_code == 422


def test_making_codes_asks_for_them_once_before_the_desk_opens(with_password: User) -> None:
    browser, _sent_to = log_in(with_password)
    page = browser.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    made = browser.post("/account/2fa/totp/activate/", {"code": code})

    assert made["Location"] == "/account/2fa/recovery-codes/"
    assert browser.get("/")["Location"] == "/account/2fa/reauthenticate/?next=%2F"
    proved = browser.post("/account/2fa/reauthenticate/", {"code": code, "next": "/"})
    assert proved["Location"] == "/"
    assert browser.get("/").status_code == 200


def test_an_old_session_with_a_password_alone_cannot_touch_a_new_second_factor(
    with_codes: User,
) -> None:
    stale = signed_in(with_codes, method="password")

    for page in ("totp/deactivate/", "webauthn/add/", "recovery-codes/"):
        answer = stale.get(f"/account/2fa/{page}")
        assert answer["Location"].startswith("/account/2fa/reauthenticate/"), page


def test_another_persons_proof_is_worth_nothing(with_codes: User) -> None:
    browser = signed_in(with_codes)
    session = browser.session
    session["account_authentication_methods_user"] = "somebody-else"
    session.save()

    assert browser.get("/").status_code == 302


def test_the_demos_link_is_no_second_factor_in_a_real_build(aigerim: User, settings) -> None:
    browser = signed_in(aigerim, method="demo")
    assert browser.get("/").status_code == 302

    settings.ARASHA_DEMO_SIGN_IN = True
    assert browser.get("/").status_code == 200


def test_changing_how_to_sign_in_asks_again_after_a_while(with_codes: User) -> None:
    browser = signed_in(with_codes)
    session = browser.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()

    asked = browser.get("/account/2fa/webauthn/add/")
    typed = browser.post(asked["Location"], {"password": PASSWORD})

    assert asked["Location"].startswith("/account/reauthenticate/?next=")
    assert typed["Location"] == "/account/2fa/webauthn/add/"
    assert browser.get("/account/2fa/webauthn/add/").status_code == 200


def test_the_last_second_factor_stays(with_codes: User) -> None:
    browser = signed_in(with_codes)

    answer = browser.post("/account/2fa/totp/deactivate/")

    assert answer.status_code == 422
    assert b"only second factor" in answer.content
    assert Authenticator.objects.filter(user=with_codes, type="totp").exists()


def test_a_known_and_an_unknown_address_get_the_same_answer(with_password: User) -> None:
    known = Client().post("/account/login/", {"login": with_password.email, "password": "no"})
    unknown = Client().post("/account/login/", {"login": "x@arasha.example", "password": "no"})

    assert known.status_code == unknown.status_code == 422
    assert b"is not right" in known.content
    assert _without_input(known.content) == _without_input(unknown.content)


def test_guessing_is_slowed_down(with_password: User) -> None:
    for _try in range(5):
        log_in(with_password, "wrong")

    browser = Client()
    answer = browser.post("/account/login/", {"login": with_password.email, "password": PASSWORD})

    assert b"Wait five minutes" in answer.content
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_email", "account_set_password"]
)
def test_pages_that_tell_who_has_an_account_do_not_exist(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_sessions_are_listed_and_the_others_can_be_ended(aigerim: User) -> None:
    here, there = signed_in(aigerim), signed_in(aigerim)
    assert there.get("/").status_code == here.get("/").status_code == 200

    assert here.get("/account/sessions/").content.count(b"127.0.0.1") == 2
    here.post("/account/sessions/")

    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)


def test_pages_of_signing_in_hold_no_inline_script_or_style(with_codes: User) -> None:
    fresh, proved = Client(), signed_in(with_codes)
    pages = [fresh.get("/account/login/"), fresh.get("/account/forgotten/")]
    pages += [
        proved.get(f"/account/{path}", follow=True)
        for path in ("2fa/", "2fa/webauthn/add/", "2fa/webauthn/", "password/", "sessions/")
    ]

    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert " style=" not in text
        assert "<script" not in text.replace('<script type="module" src=', "").replace(
            "<script defer src=", ""
        )
        assert "script-src 'self'" in page["Content-Security-Policy"]


def _without_input(page: bytes) -> list[str]:
    """The page without what differs by itself: the typed address and the token."""
    return [line for line in page.decode().splitlines() if "value=" not in line]


def test_an_account_without_a_password_is_told_how_to_get_one(aigerim: User) -> None:
    aigerim.set_unusable_password()
    aigerim.save()

    answer = signed_in(aigerim).get("/account/password/")

    assert (answer.status_code, answer["Location"]) == (302, "/account/forgotten/")
