import itertools

import pytest
from django.test import Client

from arasha.engines.notes import filing_code, grouped
from arasha.engines.translog import parse_policy, parse_proof, verify_proof
from tests.public.conftest import SIGNER

UNKNOWN = filing_code(b"u" * 32)
LANGUAGES = ("kk", "ru", "en")


def mistyped(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def test_a_found_code_shows_the_day_and_the_proof(door: Client, leaves: list[bytes]) -> None:
    code = filing_code(leaves[0])

    page = door.get("/en/code/", {"code": code}).content.decode()

    assert "In the log since 26 June 2026" in page or "In the log since June 26, 2026" in page
    assert f'href="/en/code/{code}.tlog-proof"' in page
    assert grouped(code) in page


def test_the_downloaded_proof_proves_this_code(door: Client, leaves: list[bytes]) -> None:
    code = filing_code(leaves[1])

    answer = door.get(f"/kk/code/{code}.tlog-proof")

    policy = parse_policy(f"log {SIGNER.verifier}\nquorum none\n".encode())
    proved = verify_proof(parse_proof(answer.content), policy, code=code)
    assert proved.leaf_hash == leaves[1]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{code}.tlog-proof"'


def test_an_unknown_code_is_not_called_wrong(door: Client, leaves: list[bytes]) -> None:
    page = door.get("/en/code/", {"code": UNKNOWN}).content.decode()

    assert "There is no record under this code yet" in page
    assert ".tlog-proof" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_found_unknown_mistyped_and_empty_have_the_same_size_and_headers(
    door: Client, leaves: list[bytes], language: str
) -> None:
    found = filing_code(leaves[0])
    asked = [found, grouped(found), UNKNOWN, mistyped(found), "нет", "1" * 500, "", None]

    answers = [
        door.get(f"/{language}/code/", {} if code is None else {"code": code}) for code in asked
    ]

    assert {(a.status_code, len(a.content)) for a in answers} == {(200, 16_384)}
    assert len({tuple(sorted(a.headers.items())) for a in answers}) == 1


@pytest.mark.parametrize(
    "spelling",
    [
        grouped,
        lambda code: "-".join(itertools.chain(code)),
        lambda code: code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda code: f"  {code[:10]}\u00a0{code[10:]}\t",
    ],
)
def test_a_code_is_found_in_any_spelling(door: Client, leaves: list[bytes], spelling) -> None:
    page = door.get("/en/code/", {"code": spelling(filing_code(leaves[2]))}).content.decode()

    assert "In the log since" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("12 34", "24 digits: six groups of four"),
        ("see you", "only digits"),
        (mistyped(UNKNOWN), "probably mistyped"),
    ],
)
def test_a_typing_mistake_is_told_kindly_and_kept(door: Client, typed: str, says: str) -> None:
    page = door.get("/en/code/", {"code": typed}).content.decode()

    assert says in page
    assert f'value="{typed}"' in page


def test_the_proof_of_an_unknown_code_says_the_same_as_the_page(door: Client) -> None:
    answer = door.get(f"/en/code/{UNKNOWN}.tlog-proof")

    assert answer.status_code == 404
    assert "There is no record under this code yet" in answer.content.decode()


def test_a_code_page_is_kept_by_no_cache_and_listed_by_no_search_engine(door: Client) -> None:
    headers = door.get("/en/code/", {"code": UNKNOWN}).headers

    assert headers["Cache-Control"] == "no-store, no-transform"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Disallow: /kk/code/" in door.get("/robots.txt").content.decode()


def test_the_address_that_a_slip_spells_out_asks_for_the_code(door: Client) -> None:
    answer = door.get("/c")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/ru/code/"


@pytest.mark.parametrize("short", [lambda h: filing_code(h), lambda h: h.hex()])
def test_the_link_in_a_slip_leads_to_its_code_in_the_readers_language(
    door: Client, leaves: list[bytes], short
) -> None:
    answer = door.get(f"/c/{short(leaves[0])}")

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/ru/code/?code={filing_code(leaves[0])}"
