import base64
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from arasha.appeals import services
from arasha.appeals.errors.filing import (
    CommandingBodyError,
    LeafTakenError,
    MalformedFilingError,
    NotARecipientError,
    UnknownSetError,
)
from arasha.appeals.models import Appeal, Ciphertext
from arasha.country import local_day
from arasha.engines import sealing
from arasha.engines.notes import canonical_json
from arasha.engines.sealing import RecipientSet
from arasha.journal import services as journal
from arasha.journal.models import Leaf
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.worlds.ceremony import Ceremony
from tests.together import at_once
from tests.walk import (
    DAY,
    FILED_AT,
    LONG_AGO,
    NOW,
    WORDS,
    Terminal,
    command,
    file,
    identities,
    institution,
    posted,
    publish,
    read_also_by,
    recipient_set,
)

Break = Callable[[bytes], bytes]


def with_envelope(body: bytes, envelope: bytes) -> bytes:
    return canonical_json(json.loads(body) | {"envelope": base64.b64encode(envelope).decode()})


def with_card(body: bytes, card: bytes) -> bytes:
    return canonical_json(json.loads(body) | {"card": base64.b64encode(card).decode()})


def envelope_of(body: bytes) -> bytes:
    return base64.b64decode(json.loads(body)["envelope"])


def card_of(body: bytes) -> bytes:
    return base64.b64decode(json.loads(body)["card"])


def sealed_to(count: int, plaintext: bytes = b"x" * 4096) -> bytes:
    keys = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(count)]
    randomness = bytes(range(sealing.randomness_bytes(count)))
    return sealing.seal(plaintext, recipients=keys, randomness=randomness)


BROKEN: dict[str, Break] = {
    "nothing at all": lambda body: b"",
    "cut off": lambda body: body[:-40],
    "no JSON": lambda body: b"appeal",
    "not canonical": lambda body: body.replace(b'"v":2', b'"v": 2'),
    "the version without a card": lambda body: body.replace(b'"v":2', b'"v":1'),
    "a card cut off": lambda body: with_card(body, card_of(body)[:-1]),
    "no card": lambda body: with_card(body, b""),
    "a card of an appeal's size": lambda body: with_card(body, envelope_of(body)),
    "a card for fewer people": lambda body: with_card(body, sealed_to(2, b"x" * 1024)),
    "an envelope cut off": lambda body: with_envelope(body, envelope_of(body)[:-1]),
    "something behind the envelope": lambda body: with_envelope(body, envelope_of(body) + b"!"),
    "a foreign format": lambda body: with_envelope(body, b"-----BEGIN PGP MESSAGE-----"),
    "a stanza that nobody asked for": lambda body: with_envelope(
        body, pyrage.encrypt(b"x" * 4096, [each.to_public() for each in identities()])
    ),
    "too few stanzas": lambda body: with_envelope(body, sealed_to(2)),
    "too many stanzas": lambda body: with_envelope(body, sealed_to(4)),
}


@pytest.mark.parametrize("break_", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_whole_sealed_appeal_is_refused_and_leaves_nothing(
    break_: Break, terminal: Terminal, recipients: RecipientSet
) -> None:
    leaves = Leaf.objects.count()

    with pytest.raises(MalformedFilingError, match="It is kept, sealed, where it was written"):
        file(terminal, break_(posted(recipients)))

    assert not Appeal.objects.exists()
    assert Leaf.objects.count() == leaves


def test_an_unknown_set_is_refused(terminal: Terminal, recipients: RecipientSet) -> None:
    with pytest.raises(UnknownSetError, match="seal it again"):
        file(terminal, posted(recipient_set(version=7)))


def test_a_body_that_commands_the_place_gets_no_appeal_from_it(
    terminal: Terminal, recipients: RecipientSet, ombudsperson: Institution
) -> None:
    command(ombudsperson, terminal.device.place)

    with pytest.raises(CommandingBodyError, match="does not command"):
        file(terminal, posted(recipients))


@pytest.mark.parametrize("set_id", ["ombudsperson-1", "nobody-1"])
def test_a_public_leaf_is_refused_alike_whether_it_is_an_appeal_or_not(
    set_id: str, terminal: Terminal, recipients: RecipientSet
) -> None:
    leaf = Leaf.objects.get(hash=file(terminal, posted(recipients)).leaf_hash).text
    other = "arasha/v1\nevent\n" + "0" * 64
    journal.add_leaf(text=other)

    for taken in (leaf, other):
        forged = json.loads(posted(recipients)) | {"leaf": taken, "set": set_id}
        with pytest.raises(LeafTakenError):
            file(terminal, canonical_json(forged))


def test_nor_does_a_set_in_which_people_of_such_a_body_read(
    terminal: Terminal, ombudsperson: Institution, administration: Institution, ceremony: Ceremony
) -> None:
    shared = read_also_by(administration.code)
    publish(ceremony, shared)

    with pytest.raises(CommandingBodyError):
        file(terminal, posted(shared))
    assert not Appeal.objects.exists()


def test_a_body_that_the_rules_do_not_offer_gets_no_appeal(
    terminal: Terminal, ceremony: Ceremony
) -> None:
    institution("ministry", "ministry")
    publish(ceremony, recipient_set("ministry"))

    with pytest.raises(NotARecipientError, match="one of the bodies on the list"):
        file(terminal, posted(recipient_set("ministry")))


def test_another_envelope_under_the_same_leaf_is_refused(
    terminal: Terminal, recipients: RecipientSet
) -> None:
    first = posted(recipients)
    file(terminal, first)

    with pytest.raises(LeafTakenError, match="code of its own"):
        file(terminal, with_envelope(first, envelope_of(posted(recipients, "Something else."))))
    assert bytes(Ciphertext.objects.get().envelope) == envelope_of(first)


def test_a_leaf_of_something_else_in_the_log_is_refused(
    terminal: Terminal, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    journal.add_leaf(text=json.loads(body)["leaf"])

    with pytest.raises(LeafTakenError):
        file(terminal, body)
    assert not Appeal.objects.exists()


def test_the_same_bytes_get_the_same_answer_also_a_day_later(
    terminal: Terminal, recipients: RecipientSet
) -> None:
    body = posted(recipients)

    first = file(terminal, body, at=FILED_AT)

    assert file(terminal, body, at=FILED_AT + DAY) == first
    assert Appeal.objects.count() == 1


def test_the_same_bytes_get_the_same_answer_after_the_ciphertext_is_erased(
    terminal: Terminal, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    first = file(terminal, body)
    Ciphertext.objects.all().delete()

    assert file(terminal, body) == first


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_at_the_same_time_are_filed_once(
    terminal: Terminal, recipients: RecipientSet, tmp_path: Path
) -> None:
    body = posted(recipients)

    def post() -> tuple[services.Filed, int]:
        return file(terminal, body), Appeal.objects.count()

    answers = at_once(tmp_path, post, post, post, post)

    assert len(set(answers)) == 1
    assert answers[0][1] == 1


def test_what_was_sealed_is_kept_byte_for_byte_and_its_readers_can_open_it(
    terminal: Terminal, recipients: RecipientSet
) -> None:
    body = posted(recipients)

    file(terminal, body)

    kept = Ciphertext.objects.get()
    envelope = bytes(kept.envelope)
    assert (envelope, kept.card) == (envelope_of(body), card_of(body))
    digest = sealing.record_digest(*sealing.split(envelope))
    for identity in identities():
        assert WORDS in sealing.unpack_payload(pyrage.decrypt(envelope, [identity])).text
        assert sealing.unpack_card(pyrage.decrypt(kept.card, [identity])).digest == digest


def test_an_expired_set_is_accepted_and_marked(
    terminal: Terminal, ombudsperson: Institution, ceremony: Ceremony
) -> None:
    expired = recipient_set(until_day=local_day(LONG_AGO + 30 * DAY))
    publish(ceremony, expired)

    file(terminal, posted(expired))

    assert Appeal.objects.get().stale_set


def test_a_set_that_a_newer_one_replaced_is_accepted_and_marked(
    terminal: Terminal, recipients: RecipientSet, ceremony: Ceremony
) -> None:
    publish(ceremony, recipient_set(version=2))

    file(terminal, posted(recipients))
    file(terminal, posted(recipient_set(version=2)))

    marks = Appeal.objects.values_list("recipient_set__version", "stale_set")
    assert set(marks) == {(1, True), (2, False)}


def test_the_answer_is_due_after_the_days_that_the_pack_says(
    terminal: Terminal, recipients: RecipientSet
) -> None:
    """15 working days from Monday 2 March 2026; 9 (for 8) March and 23 to 25 (for 21 to 23) March."""
    file(terminal, posted(recipients), at=dt.datetime(2026, 3, 2, 7, tzinfo=dt.UTC))

    due = Appeal.objects.get().answer_by_day
    assert due is not None
    assert due == dt.date(2026, 3, 27)


def test_a_filing_a_minute_before_midnight_counts_for_that_day_in_the_country(
    terminal: Terminal, recipients: RecipientSet
) -> None:
    """19:01 in UTC is past midnight in Kazakhstan."""
    file(terminal, posted(recipients), at=dt.datetime(2026, 3, 2, 18, 59, tzinfo=dt.UTC))
    file(terminal, posted(recipients), at=dt.datetime(2026, 3, 2, 19, 1, tzinfo=dt.UTC))

    days = Appeal.objects.order_by("received_day").values_list("received_day", flat=True)
    assert list(days) == [dt.date(2026, 3, 2), dt.date(2026, 3, 3)]


def test_a_place_without_an_authority_may_write_to_the_bodies_of_the_pack(
    terminal: Terminal, recipients: RecipientSet, place: Place
) -> None:
    Place.objects.filter(pk=place.pk).update(authority="")
    terminal.device.place.refresh_from_db()

    assert file(terminal, posted(recipients), at=NOW).received_day == local_day(NOW)
