"""What Chromium seals opens elsewhere, what Python seals opens in Chromium, and both say the same."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from arasha.engines.notes import filing_code
from arasha.engines.sealing.age import seal
from arasha.engines.sealing.card import title_of, unpack_card
from arasha.engines.sealing.envelope import check_card, check_envelope, record_digest, split
from arasha.engines.sealing.filing import parse_filing
from arasha.engines.sealing.payload import BUCKETS, pack_payload, unpack_payload
from arasha.engines.sealing.recipients import Kind, parse_recipient
from arasha.engines.translog import commitment, leaf, leaf_hash
from tests.browser.chromium import add_passkeys, launched
from tests.engines.sealing.browser import serving
from tests.engines.sealing.samples import (
    APPEALS,
    HYBRID,
    IDENTITIES,
    RECIPIENTS,
    VECTORS,
    appeal_of,
    opened,
    sealed,
)

pytestmark = pytest.mark.browser
by_name = pytest.mark.parametrize("vector", APPEALS, ids=lambda vector: vector["name"])

# Results cross between Python and the page as base64 and hex.
SEAL = """async ({ fields, recipients }) => {
  const { sealAppeal } = await import("/shared/sealing.js");
  const sealed = await sealAppeal({ fields, recipients });
  const leafHash = Array.from(sealed.leafHash, (b) => b.toString(16).padStart(2, "0")).join("");
  const [envelope, card] = [sealed.envelope, sealed.card].map((bytes) => btoa(String.fromCharCode(...bytes)));
  return { ...sealed, leafHash, envelope, card };
}"""
FILE = """async ({ fields, recipients, set }) => {
  const { buildFiling, sealAppeal } = await import("/shared/sealing.js");
  return buildFiling(set, await sealAppeal({ fields, recipients }));
}"""
MAKE_HYBRID = """async () => {
  const { generateHybridIdentity, identityToRecipient } = await import("/static/opening.js");
  const identity = await generateHybridIdentity();
  return [identity, await identityToRecipient(identity)];
}"""
SEAL_REFUSED = """async (asked) => {
  const { sealAppeal } = await import("/shared/sealing.js");
  return sealAppeal(asked).then(() => "sealed", (error) => `${error.name} ${error.code}: ${error.message}`);
}"""
OPEN = """async ({ envelope, identity }) => {
  const { openAppeal } = await import("/static/opening.js");
  const bytes = Uint8Array.from(atob(envelope), (letter) => letter.charCodeAt(0));
  return openAppeal(bytes, identity).then(
    ({ leafHash, fileKey: _key, evil: _evil, ...opened }) => ({
      ...opened,
      leafHash: Array.from(leafHash, (b) => b.toString(16).padStart(2, "0")).join(""),
    }),
    (error) => `${error.name} ${error.code}: ${error.message}`,
  );
}"""
PACK = """async ({ kind, fields }) => {
  const { packCard, unpackCard } = await import("/shared/card.js");
  const { packNote, packReply, unpackNote, unpackReply } = await import("/shared/correspondence.js");
  const { packIdentity, unpackIdentity } = await import("/shared/payload.js");
  const forms = { cards: [packCard, unpackCard], writers: [packIdentity, unpackIdentity], replies: [packReply, unpackReply], notes: [packNote, unpackNote] };
  const [pack, unpack] = forms[kind];
  const packed = pack(fields);
  return { packed: btoa(String.fromCharCode(...packed)), unpacked: unpack(packed) };
}"""
UNPACK = """async ({ kind, packed }) => {
  const { unpackCard } = await import("/shared/card.js");
  const { unpackNote, unpackReply } = await import("/shared/correspondence.js");
  const { unpackIdentity } = await import("/shared/payload.js");
  const forms = { refused_cards: unpackCard, refused_writers: unpackIdentity, refused_replies: unpackReply, refused_notes: unpackNote };
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  try {
    return forms[kind](bytes);
  } catch (error) {
    return `${error.name} ${error.code}: ${error.message}`;
  }
}"""
TITLES = """async (texts) => {
  const { titleOf } = await import("/shared/card.js");
  return texts.map(titleOf);
}"""
TAGS = """async ([tags, numbers]) => {
  const { replyTag } = await import("/shared/correspondence.js");
  return Promise.all(numbers.map((number) => replyTag(tags, number)));
}"""
WRAP = """async ({ rpId, passkeyHost }) => {
  const reader = await import("/static/opening.js");
  try {
    const passkey = await reader.createOpeningPasskey({ rpId: passkeyHost, keyName: "Opening key" });
    const identity = await reader.generateIdentity();
    const wrapped = await reader.wrapIdentity(identity, { passkey, rpId });
    const unwrapped = await reader.unwrapIdentity(wrapped, { passkey, rpId });
    const text = new TextDecoder("latin1").decode(wrapped);
    return { same: unwrapped === identity, passkey, text, identity };
  } catch (error) {
    return `${error.name} ${error.code}: ${error.message}`;
  }
}"""
# What a hostile page on another host tries with the passkey, without any of our code.
ASK_PASSKEY = """async (rpId) => navigator.credentials.get({
  publicKey: {
    rpId,
    challenge: new Uint8Array(16),
    userVerification: "required",
    extensions: { prf: { eval: { first: new Uint8Array(32) } } },
  },
}).then(() => "answered", (error) => error.name)"""


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright) as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not try anything its policy forbids."""
    page, refused = browser.new_page(), list[str]()
    page.on("console", lambda message: refused.append(message.text))
    yield page
    page.close()
    assert not [text for text in refused if "Content Security Policy" in text]


@pytest.fixture
def terminal(page: Page) -> Iterator[Page]:
    with serving("terminal", host="localhost") as address:
        page.goto(address)
        yield page


@pytest.fixture
def reader(page: Page) -> Iterator[Page]:
    with serving("reader", host="reader.localhost") as address:
        page.goto(address)
        yield page


def without_salt(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "salt"}


@by_name
def test_what_the_terminal_seals_every_recipient_opens(
    terminal: Page, vector: dict[str, Any]
) -> None:
    fields = without_salt(vector["fields"])

    made = terminal.evaluate(SEAL, {"fields": fields, "recipients": RECIPIENTS})
    envelope = base64.b64decode(made["envelope"])
    check_envelope(envelope, recipients=3)
    for identity in IDENTITIES:
        appeal = unpack_payload(opened(envelope, identity))
        assert appeal == appeal_of({**fields, "salt": appeal.salt.hex()})


@by_name
def test_leaf_and_code_of_the_terminal_are_those_of_the_log(
    terminal: Page, vector: dict[str, Any]
) -> None:
    fields = without_salt(vector["fields"])

    made = terminal.evaluate(SEAL, {"fields": fields, "recipients": RECIPIENTS})
    envelope = base64.b64decode(made["envelope"])
    salt = unpack_payload(opened(envelope, IDENTITIES[0])).salt
    entry = leaf("event", commitment(salt, record_digest(*split(envelope))))
    assert made["leaf"] == entry.decode()
    assert made["leafHash"] == leaf_hash(entry).hex()
    assert made["code"] == filing_code(leaf_hash(entry))


@by_name
def test_the_reader_opens_the_shared_vectors_and_computes_the_same_leaf(
    reader: Page, vector: dict[str, Any]
) -> None:
    plaintext = pack_payload(appeal_of(vector["fields"]))
    drawn = bytes.fromhex(vector["randomness"])
    envelope = seal(plaintext, recipients=RECIPIENTS, randomness=drawn)

    asked = {"envelope": base64.b64encode(envelope).decode(), "identity": IDENTITIES[1]}
    assert reader.evaluate(OPEN, asked) == {
        "fields": vector["fields"],
        "leaf": vector["leaf"],
        "leafHash": vector["leaf_hash"],
        "code": vector["code"],
    }


@by_name
def test_the_terminal_seals_a_title_card_that_belongs_to_the_envelope(
    terminal: Page, vector: dict[str, Any]
) -> None:
    fields = without_salt(vector["fields"])

    made = terminal.evaluate(SEAL, {"fields": fields, "recipients": RECIPIENTS})
    card, envelope = base64.b64decode(made["card"]), base64.b64decode(made["envelope"])
    check_card(card, recipients=3)
    for identity in IDENTITIES:
        read = unpack_card(opened(card, identity))
        assert read.digest == record_digest(*split(envelope))
        assert (read.title, read.place) == (title_of(fields["text"]), fields["place"])


@pytest.mark.parametrize("kind", ["cards", "replies", "notes", "writers"])
def test_the_browser_packs_cards_replies_notes_and_names_to_the_same_bytes(
    reader: Page, kind: str
) -> None:
    for vector in VECTORS[kind]:
        made = reader.evaluate(PACK, {"kind": kind, "fields": vector["fields"]})
        packed = base64.b64decode(made["packed"])
        assert hashlib.sha256(packed).hexdigest() == vector["plaintext_sha256"]
        assert made["unpacked"] == vector["fields"]


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("refused_cards", 1024),
        ("refused_replies", 8192),
        ("refused_notes", 1024),
        ("refused_writers", 1024),
    ],
)
def test_the_browser_refuses_cards_replies_notes_and_names_out_of_form(
    reader: Page, kind: str, size: int
) -> None:
    for vector in VECTORS[kind]:
        packed = base64.b64encode(vector["text"].encode().ljust(size, b"\0")).decode()
        said = reader.evaluate(UNPACK, {"kind": kind, "packed": packed})
        assert str(said).startswith("SealingError payload: "), vector["name"]


def test_the_browser_still_reads_a_reply_of_the_first_version(reader: Page) -> None:
    [vector] = VECTORS["first_replies"]
    packed = base64.b64encode(vector["text"].encode().ljust(8192, b"\0")).decode()

    read = reader.evaluate(UNPACK, {"kind": "refused_replies", "packed": packed})
    assert read == {**vector["fields"], "kind": "text", "state": "", "next_day": ""}


def test_titles_and_tags_are_the_same_in_both_languages(reader: Page) -> None:
    titles = reader.evaluate(TITLES, [vector["text"] for vector in VECTORS["titles"]])
    tags = reader.evaluate(TAGS, [VECTORS["reply_tags"]["tags"], [0, 1, 9, 10, 365]])

    assert titles == [vector["title"] for vector in VECTORS["titles"]]
    assert tags == list(VECTORS["reply_tags"]["of"].values())


def test_two_seals_of_the_same_words_have_nothing_in_common(terminal: Page) -> None:
    asked = {"fields": without_salt(APPEALS[0]["fields"]), "recipients": RECIPIENTS}

    first, second = terminal.evaluate(SEAL, asked), terminal.evaluate(SEAL, asked)
    assert first["leaf"] != second["leaf"]
    assert first["code"] != second["code"]
    assert len(first["envelope"]) == len(second["envelope"])


@pytest.mark.parametrize(
    ("recipients", "reason"),
    [
        ([], "at least one recipient"),
        ([RECIPIENTS[0], RECIPIENTS[0]], "each once"),
        ([RECIPIENTS[0], HYBRID], "must all be X25519 or all post-quantum"),
        (["age1tag1" + "q" * 50], "must all be X25519 or all post-quantum"),
        ([RECIPIENTS[0][:-2] + "qq"], "is not a recipient"),
    ],
)
def test_the_terminal_refuses_recipients_that_do_not_go_together(
    terminal: Page, recipients: list[str], reason: str
) -> None:
    asked = {"fields": without_salt(APPEALS[0]["fields"]), "recipients": recipients}

    said = terminal.evaluate(SEAL_REFUSED, asked)
    assert said.startswith("SealingError recipients: ")
    assert reason in said


def test_the_terminal_refuses_an_appeal_too_long_with_both_numbers(terminal: Page) -> None:
    fields = {**without_salt(APPEALS[0]["fields"]), "text": "ы" * 200_000}

    said = terminal.evaluate(SEAL_REFUSED, {"fields": fields, "recipients": RECIPIENTS})
    assert said.startswith("SealingError too-long: the payload takes 400")


def test_the_reader_refuses_every_payload_out_of_form(reader: Page) -> None:
    for vector in VECTORS["refused_payloads"]:
        envelope = sealed(vector["text"].encode().ljust(BUCKETS[0], b"\0"))
        asked = {"envelope": base64.b64encode(envelope).decode(), "identity": IDENTITIES[0]}

        said = reader.evaluate(OPEN, asked)
        assert str(said).startswith("SealingError payload: "), vector["name"]


@pytest.mark.parametrize(
    ("envelope", "identity", "code"),
    [
        (sealed(recipients=RECIPIENTS[:2]), IDENTITIES[2], "not-for-this-key"),
        (sealed()[:-1] + bytes([sealed()[-1] ^ 1]), IDENTITIES[0], "damaged"),
        (sealed()[:-100], IDENTITIES[0], "damaged"),
        (sealed()[:100], IDENTITIES[0], "damaged"),
        (b"no age file", IDENTITIES[0], "damaged"),
        (sealed(), "AGE-SECRET-KEY-1", "identity"),
        (sealed(), IDENTITIES[0][:-2] + "QQ", "identity"),
    ],
)
def test_the_reader_says_what_is_wrong(
    reader: Page, envelope: bytes, identity: str, code: str
) -> None:
    asked = {"envelope": base64.b64encode(envelope).decode(), "identity": identity}

    assert reader.evaluate(OPEN, asked).startswith(f"SealingError {code}: ")


def test_an_identity_is_wrapped_with_a_passkey_of_the_reader_s_own_host(reader: Page) -> None:
    add_passkeys(reader)
    host = "reader.localhost"

    kept = reader.evaluate(WRAP, {"rpId": host, "passkeyHost": host})
    assert not isinstance(kept, str), kept
    assert kept["same"] is True
    assert kept["text"].startswith("age-encryption.org/v1\n-> age-encryption.org/fido2prf ")
    assert kept["text"].count("\n-> ") == 1
    assert kept["identity"] not in kept["text"]


@pytest.mark.parametrize("host", ["localhost", "desk.localhost", "READER.localhost"])
def test_a_passkey_for_a_wider_or_another_host_is_never_made(reader: Page, host: str) -> None:
    add_passkeys(reader)

    said = reader.evaluate(WRAP, {"rpId": host, "passkeyHost": host})
    assert said == f"SealingError passkey: the reader runs on reader.localhost, not on {host}"


@pytest.mark.parametrize(
    ("host", "rp_id", "answer"),
    [
        ("reader.localhost", "reader.localhost", "answered"),
        ("desk.localhost", "reader.localhost", "SecurityError"),
        ("localhost", "reader.localhost", "SecurityError"),
        ("desk.localhost", "desk.localhost", "NotAllowedError"),
    ],
)
def test_only_the_reader_s_own_host_gets_an_answer_from_its_passkey(
    page: Page, host: str, rp_id: str, answer: str
) -> None:
    add_passkeys(page)
    with serving("reader", host="reader.localhost") as address:
        page.goto(address)
        page.evaluate(WRAP, {"rpId": "reader.localhost", "passkeyHost": "reader.localhost"})

    with serving("reader", host=host) as address:
        page.goto(address)
        assert page.evaluate(ASK_PASSKEY, rp_id) == answer


def test_an_authenticator_without_prf_is_refused_and_says_so(reader: Page) -> None:
    add_passkeys(reader, hasPrf=False)

    said = reader.evaluate(WRAP, {"rpId": "reader.localhost", "passkeyHost": "reader.localhost"})
    assert said.startswith("SealingError passkey: PRF extension not available")


def test_the_browser_packs_the_vectors_to_the_same_bytes(terminal: Page) -> None:
    pack = """async (fields) => {
      const { packPayload } = await import("/shared/payload.js");
      return btoa(String.fromCharCode(...packPayload(fields)));
    }"""

    for vector in APPEALS:
        packed = base64.b64decode(terminal.evaluate(pack, vector["fields"]))
        assert hashlib.sha256(packed).hexdigest() == vector["plaintext_sha256"]


def test_what_the_terminal_posts_is_a_filing_also_of_the_largest_size(terminal: Page) -> None:
    fields = {**without_salt(APPEALS[0]["fields"]), "text": "ы" * 100_000}
    asked = {"fields": fields, "recipients": RECIPIENTS, "set": "ombudsman-2026-1"}

    filing = parse_filing(terminal.evaluate(FILE, asked).encode())
    assert filing.set_id == "ombudsman-2026-1"
    assert check_envelope(filing.envelope, recipients=3).kind is Kind.X25519
    salt = unpack_payload(opened(filing.envelope, IDENTITIES[0])).salt
    committed = commitment(salt, record_digest(*split(filing.envelope)))
    assert filing.leaf == leaf("event", committed).decode()


def test_post_quantum_recipients_seal_and_open_and_pass_the_gate(page: Page) -> None:
    fields = without_salt(APPEALS[1]["fields"])
    with serving("reader", host="reader.localhost") as address:
        page.goto(address)
        identities, recipients = zip(*(page.evaluate(MAKE_HYBRID) for _ in range(3)), strict=True)
    with serving("terminal", host="localhost") as address:
        page.goto(address)
        made = page.evaluate(SEAL, {"fields": fields, "recipients": recipients})
    assert {parse_recipient(text).kind for text in recipients} == {Kind.HYBRID}
    assert check_envelope(base64.b64decode(made["envelope"]), recipients=3).kind is Kind.HYBRID

    with serving("reader", host="reader.localhost") as address:
        page.goto(address)
        read = page.evaluate(OPEN, {"envelope": made["envelope"], "identity": identities[1]})
    assert without_salt(read["fields"]) == fields
    assert (read["leaf"], read["code"]) == (made["leaf"], made["code"])
