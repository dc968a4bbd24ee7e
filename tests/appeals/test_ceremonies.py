"""Sealed envelopes go to the office key only by two people's word, and what came of it is journaled."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from arasha.access import services as access
from arasha.actors import WORLD
from arasha.appeals.errors.ceremonies import (
    AskedItYourselfError,
    ExportAnsweredError,
    ExportOverError,
    NotConfirmedError,
    NothingSealedError,
    ProtocolKnownError,
)
from arasha.appeals.models import Appeal, Export, Protocol
from arasha.appeals.selectors import ceremonies as selectors
from arasha.appeals.services import ceremonies as services
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.problems import NotFoundProblem
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, Terminal, actor, attach, institution, person

PAPER = "ab" * 32
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def asked(appeal: Appeal, officer: User) -> Export:
    return ask(appeal, officer)


@pytest.fixture
def confirmed(asked: Export, supervisor: User) -> Export:
    return confirm(asked, supervisor)


@pytest.fixture
def stranger(db: None) -> User:
    return person("officer", institution("office-akmola", "ombuds-office"))


def ask(appeal: Appeal, by: User, *, at: dt.datetime = NOW) -> Export:
    return services.ask_export(
        institution=Institution.objects.get(code="ombudsperson"),
        appeals=[appeal],
        reason_code="keys_lost",
        by=actor(by),
        at=at,
    )


def confirm(export: Export, by: User, *, at: dt.datetime = NOW) -> Export:
    return services.confirm_export(export=export, by=actor(by), at=at)


def fetched(export: Export, by: User, *, at: dt.datetime = NOW + HOUR) -> zipfile.ZipFile:
    return zipfile.ZipFile(services.fetch_export(export=export, by=actor(by), at=at))


def enter(appeal: Appeal, by: User) -> Protocol:
    return services.enter_protocol(
        institution=appeal.recipient_set.institution,
        appeals=[appeal],
        reason_code="keys_lost",
        held_day=local_day(NOW),
        sheets=2,
        present=3,
        protocol_sha256=PAPER,
        by=actor(by),
        at=NOW,
    )


def bar(user: User, appeal: Appeal) -> None:
    access.bar(
        user_key=user.pk,
        subject_kind="appeal",
        subject_key=appeal.key,
        reason_code="relative",
        by=WORLD,
        at=NOW,
    )


def acts(appeal: Appeal) -> list[str]:
    found = Entry.objects.filter(subject_key=appeal.key, reason_code="keys_lost")
    return list(found.order_by("recorded_at").values_list("act", flat=True))


def test_one_person_alone_lets_nothing_out(asked: Export, officer: User) -> None:
    with pytest.raises(AskedItYourselfError, match="two people must agree"):
        confirm(asked, officer)
    with pytest.raises(NotConfirmedError):
        fetched(asked, officer)


def test_nobody_of_another_body_asks_confirms_or_sees_it(
    appeal: Appeal, asked: Export, stranger: User
) -> None:
    with pytest.raises(NotFoundProblem):
        ask(appeal, stranger)
    with pytest.raises(NotFoundProblem):
        confirm(asked, stranger)
    assert not selectors.exports(viewer=actor(stranger), at=NOW).exists()


def test_a_supervisor_confirms_and_never_asks(appeal: Appeal, supervisor: User) -> None:
    with pytest.raises(NotFoundProblem):
        ask(appeal, supervisor)


def test_whoever_is_barred_from_one_appeal_neither_asks_nor_confirms(
    appeal: Appeal, officer: User, second_officer: User
) -> None:
    export = ask(appeal, officer)
    bar(second_officer, appeal)

    with pytest.raises(NotFoundProblem):
        confirm(export, second_officer)
    with pytest.raises(NotFoundProblem):
        ask(appeal, second_officer)


def test_whoever_is_barred_after_the_confirmation_fetches_nothing(
    appeal: Appeal, confirmed: Export, officer: User
) -> None:
    bar(officer, appeal)

    with pytest.raises(NotFoundProblem):
        fetched(confirmed, officer)


def test_only_who_asked_fetches_it(confirmed: Export, second_officer: User) -> None:
    with pytest.raises(NotFoundProblem):
        fetched(confirmed, second_officer)


def test_after_one_day_it_must_be_asked_again(confirmed: Export, officer: User) -> None:
    assert fetched(confirmed, officer, at=NOW + DAY - HOUR).namelist()

    with pytest.raises(ExportOverError, match="Ask for it again"):
        fetched(confirmed, officer, at=NOW + DAY)


def test_what_is_answered_is_not_answered_again(asked: Export, supervisor: User) -> None:
    services.decline_export(export=asked, by=actor(supervisor), at=NOW)

    with pytest.raises(ExportAnsweredError):
        confirm(asked, supervisor)


def test_what_was_declined_is_never_fetched(asked: Export, officer: User, supervisor: User) -> None:
    services.decline_export(export=asked, by=actor(supervisor), at=NOW)

    with pytest.raises(NotConfirmedError):
        fetched(asked, officer)


def test_nothing_is_no_export(ombudsperson: Institution, officer: User) -> None:
    with pytest.raises(NothingSealedError):
        services.ask_export(
            institution=ombudsperson, appeals=[], reason_code="court", by=actor(officer), at=NOW
        )


def test_the_folder_holds_what_was_filed_byte_for_byte_and_nothing_else(
    appeal: Appeal, terminal: Terminal, officer: User, supervisor: User, settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    sealed = bytes(appeal.ciphertext.envelope)
    kept = attach(appeal, sealed, terminal)
    folder = fetched(confirm(ask(appeal, officer), supervisor), officer)

    assert {each: folder.read(each) for each in folder.namelist()} == {
        f"export/{appeal.code}.age": sealed,
        f"export/{appeal.code}/{kept.sha256}.age": sealed,
    }
    assert {each.date_time for each in folder.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_each_step_stands_in_the_journal_of_each_appeal(
    appeal: Appeal, confirmed: Export, officer: User
) -> None:
    fetched(confirmed, officer)

    assert acts(appeal) == [
        "appeal.export_asked",
        "appeal.export_confirmed",
        "appeal.exported",
    ]


def test_what_was_destroyed_meanwhile_is_not_in_the_folder(
    appeal: Appeal, confirmed: Export, officer: User
) -> None:
    Appeal.objects.update(erased_day=local_day(NOW))

    with pytest.raises(NothingSealedError):
        fetched(confirmed, officer)


def test_a_protocol_of_another_body_is_not_entered(appeal: Appeal, stranger: User) -> None:
    with pytest.raises(NotFoundProblem):
        enter(appeal, stranger)


def test_a_protocol_is_entered_once(appeal: Appeal, officer: User, second_officer: User) -> None:
    enter(appeal, officer)

    with pytest.raises(ProtocolKnownError):
        enter(appeal, second_officer)


def test_the_journal_names_a_protocol_by_all_that_it_says(appeal: Appeal, officer: User) -> None:
    made = enter(appeal, officer)

    assert Entry.objects.get(act="ceremony.held").subject_key == made.key
    assert acts(appeal) == ["appeal.ceremony_held"]
    assert services.key_of(protocol=made, codes=[appeal.code]) == made.key
    made.present = 9
    assert services.key_of(protocol=made, codes=[appeal.code]) != made.key


def test_two_people_carry_an_appeal_from_the_desk_to_the_ceremony(
    appeal: Appeal, officer: User, supervisor: User
) -> None:
    mine, other = signed_in(officer), signed_in(supervisor)
    sent = mine.post(
        "/offices/ceremonies/ask/",
        {
            "institution": appeal.recipient_set.institution.pk,
            "reason_code": "keys_lost",
            "which": "unopened",
        },
    )
    assert sent.status_code == 302
    [export] = Export.objects.all()
    place = f"/offices/ceremonies/{export.key}"

    assert mine.post(f"{place}/confirm/").status_code == 409
    assert f"{place}/confirm/" not in mine.get("/offices/ceremonies/").content.decode()
    assert f"{place}/confirm/" in other.get("/offices/ceremonies/").content.decode()
    assert other.post(f"{place}/confirm/").status_code == 302
    assert other.post(f"{place}/fetch/").status_code == 404

    folder = io.BytesIO(b"".join(mine.post(f"{place}/fetch/")))
    assert zipfile.ZipFile(folder).namelist() == [f"export/{appeal.code}.age"]
    assert (
        appeal.code in mine.get(f"/offices/ceremonies/protocol/?of={export.key}").content.decode()
    )


def test_a_code_that_is_closed_to_the_officer_is_named_and_nothing_is_asked(
    appeal: Appeal, officer: User
) -> None:
    bar(officer, appeal)
    answer = signed_in(officer).post(
        "/offices/ceremonies/ask/",
        {
            "institution": appeal.recipient_set.institution.pk,
            "reason_code": "court",
            "which": "codes",
            "codes": f"{appeal.code}\n1234",
        },
    )

    assert answer.status_code == 422
    assert "Not sealed to this body, or not open to you" in answer.content.decode()
    assert not Export.objects.exists()


def test_the_form_of_the_protocol_takes_no_name_and_no_day_ahead(
    appeal: Appeal, officer: User
) -> None:
    said = {
        "institution": appeal.recipient_set.institution.pk,
        "reason_code": "keys_lost",
        "held_day": local_day(NOW).isoformat(),
        "sheets": "2",
        "present": "3",
        "protocol_sha256": PAPER.upper(),
        "codes": appeal.code,
    }
    place, client = "/offices/ceremonies/protocol/", signed_in(officer)
    ahead = (local_day(NOW) + DAY).isoformat()
    assert client.post(place, said | {"held_day": ahead}).status_code == 422
    assert client.post(place, said | {"present": "A. Name"}).status_code == 422
    assert client.post(place, said | {"protocol_sha256": "A. Name"}).status_code == 422

    assert client.post(place, said).status_code == 302
    assert PAPER in client.get("/offices/ceremonies/").content.decode()
