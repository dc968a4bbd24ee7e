from pathlib import Path

import pytest
from django.test import Client

from arasha.engines.notes import filing_code, open_note
from arasha.engines.translog import parse_policy, read_entry_bundle
from arasha.programs import log as auditor
from tests.public.conftest import SIGNER


@pytest.mark.parametrize("asked", ["kk", "ru", "en"])
def test_the_first_page_comes_in_the_language_of_the_browser(door: Client, asked: str) -> None:
    answer = door.get("/", headers={"accept-language": f"{asked},de;q=0.5"})

    assert answer.headers["Location"] == f"/{asked}/"
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("page", ["/en/", "/kk/", "/ru/code/", "/", "/c/1", "/en/nowhere/"])
def test_no_page_sets_a_cookie(door: Client, page: str) -> None:
    assert not door.get(page, headers={"cookie": "a=b"}).cookies


@pytest.mark.parametrize("page", ["/en/", "/en/code/", "/en/figures/"])
def test_every_page_of_a_demo_says_that_it_is_one(door: Client, db, settings, page: str) -> None:
    assert b"invented" not in door.get(page).content

    settings.ARASHA_DEMO = True

    assert b"every case here is invented" in door.get(page).content


def test_a_page_can_be_read_in_the_other_languages(door: Client) -> None:
    page = door.get("/en/code/", {"code": "1234"}).content.decode()

    assert 'href="/kk/code/?code=1234" hreflang="kk"' in page
    assert '<html lang="en"' in page


def test_a_server_called_by_another_name_says_what_to_open(door: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["arasha.example"]

    answer = door.get("/ru/", headers={"host": "203.0.113.7"})

    assert answer.status_code == 400
    assert "Откройте адрес" in answer.content.decode()


def test_a_wrong_address_says_where_to_start(door: Client) -> None:
    answer = door.get("/en/nowhere/")

    assert answer.status_code == 404
    assert "There is no page at this address" in answer.content.decode()


def test_the_log_is_served_as_its_files_are(door: Client, leaves: list[bytes]) -> None:
    checkpoint = door.get("/log/checkpoint")
    bundle = door.get("/log/tile/entries/000.p/3")

    assert "\n3\n" in open_note(checkpoint.content, [SIGNER.verifier])
    assert checkpoint.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert checkpoint.headers["Cache-Control"] == "public, no-cache"
    assert len(read_entry_bundle(bundle.content)) == 3
    assert bundle.headers["Content-Type"] == "application/octet-stream"
    assert "immutable" in bundle.headers["Cache-Control"]


def test_before_the_first_publication_there_is_no_policy_to_believe(door: Client) -> None:
    assert door.get("/log/policy").status_code == 404


def test_the_policy_names_the_key_of_the_log_and_warns_of_believing_it(
    door: Client, leaves: list[bytes]
) -> None:
    served = door.get("/log/policy")

    policy = parse_policy(served.content)
    assert (policy.logs, policy.quorum) == ([SIGNER.verifier], "none")
    assert served.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Get it from another source too" in served.content.decode()


def test_with_what_the_door_offers_an_auditor_proves_a_filing(
    door: Client, leaves: list[bytes], tmp_path: Path
) -> None:
    code = filing_code(leaves[0])
    proof, policy = tmp_path / "proof", tmp_path / "policy"
    proof.write_bytes(door.get(f"/en/code/{code}.tlog-proof").content)
    policy.write_bytes(door.get("/log/policy").content)

    assert auditor.main(["verify", str(proof), "--policy", str(policy), "--code", code]) == 0


@pytest.mark.parametrize("page", ["/en/", "/en/code/"])
def test_how_to_check_and_the_policy_are_one_click_away(door: Client, page: str) -> None:
    shown = door.get(page).content.decode()

    assert "How to check" in shown
    assert 'href="/log/policy"' in shown


@pytest.mark.parametrize("page", ["/en/", "/kk/code/"])
def test_who_may_see_what_is_linked_from_every_page(door: Client, page: str) -> None:
    assert f'href="{page[:3]}/who-may-see/"' in door.get(page).content.decode()


def test_a_code_file_is_served_and_one_that_is_not_there_yet_is_empty(
    door: Client, leaves: list[bytes]
) -> None:
    prefix = filing_code(leaves[0])[:4]
    taken = {filing_code(each)[:4] for each in leaves}
    free = next(f"{number:04d}" for number in range(10) if f"{number:04d}" not in taken)

    assert leaves[0].hex() in door.get(f"/log/code/{prefix}").content.decode()
    assert (door.get(f"/log/code/{free}").status_code, free in taken) == (200, False)
    assert door.get(f"/log/code/{free}").content == b""


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "..%2fsecret",
        "%2e%2e/secret",
        "code/../../secret",
        "tile/0/../../../secret",
        "tile/0/000/",
        "tile/00/000",
        "code/12a4",
        "code/１２３４",
        "/etc/passwd",
        ".checkpoint.new",
    ],
)
def test_no_other_file_leaves_the_folder(
    door: Client, leaves: list[bytes], settings, name: str
) -> None:
    Path(settings.ARASHA_LOG_DIR).with_name("secret").write_text("secret")
    (Path(settings.ARASHA_LOG_DIR) / ".checkpoint.new").write_text("half")

    assert door.get(f"/log/{name}").status_code == 404


def test_nothing_is_logged_about_who_asked_or_what(
    door: Client, leaves: list[bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    code = filing_code(leaves[0])
    for address in (f"/en/code/?code={code}", f"/c/{code}", f"/nowhere/{code}", f"/log/{code}"):
        door.get(address)

    written = "".join(capfd.readouterr())
    assert "203.0.113.77" not in written
    assert code not in written


def test_the_page_of_figures_is_one_click_away(door: Client) -> None:
    assert 'href="/en/figures/"' in door.get("/en/").content.decode()


def test_only_reading_is_allowed(door: Client) -> None:
    assert door.post("/en/code/", {"code": "1"}).status_code == 405
