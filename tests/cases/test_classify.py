"""A classification is a signed act: who may sign, what is refused, what stays visible."""

import datetime as dt
from dataclasses import replace

import pytest

from arasha.actors import TICK
from arasha.cases import agenda, selectors, services
from arasha.cases.errors import (
    BodyInConflictError,
    CriteriaMissingError,
    FactorNotFreshError,
    NotTheProsecutorError,
    ReclassificationReasonError,
    SameClassificationError,
)
from arasha.cases.models import Case, Classification, Conflict, Person
from arasha.cases.services.classifying import Finding
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.problems import ChangedMeanwhileProblem
from arasha.rows import AgendaItem
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor, person

TORTURE = Finding(
    conduct="torture",
    part=None,
    capacity="official",
    criteria=["information"],
    body_kind="prosecutor",
)
ILL_TREATMENT = replace(TORTURE, conduct="ill_treatment", criteria=[], body_kind="prosecutor")


def sign(case: Case, by: User, finding: Finding = TORTURE, **changes: object) -> Classification:
    given: dict[str, object] = {"factor_at": NOW, "base_version": case.version}
    return services.classify(
        case=case,
        finding=finding,
        by=actor(by),
        at=NOW,
        **(given | changes),  # type: ignore[arg-type]
    )


def test_whoever_does_not_conduct_the_case_does_not_sign(
    case: Case, other_prosecutor: User
) -> None:
    with pytest.raises(NotTheProsecutorError, match="Ask a prosecutor of that office"):
        sign(case, other_prosecutor)


def test_a_clerk_of_the_office_enters_and_does_not_sign(
    case: Case, prosecution: Institution
) -> None:
    with pytest.raises(NotTheProsecutorError):
        sign(case, person("clerk", prosecution))
    assert not Classification.objects.exists()


@pytest.mark.parametrize("factor_at", [None, NOW - dt.timedelta(minutes=6)])
def test_an_old_second_factor_signs_nothing(
    factor_at: dt.datetime | None, case: Case, prosecutor: User
) -> None:
    with pytest.raises(FactorNotFreshError, match="what you wrote is kept"):
        sign(case, prosecutor, factor_at=factor_at)


def test_torture_without_a_purpose_is_refused(case: Case, prosecutor: User) -> None:
    with pytest.raises(CriteriaMissingError, match="ill-treatment"):
        sign(case, prosecutor, replace(TORTURE, criteria=[]))


def test_the_first_signature_says_what_the_case_is_and_by_which_wording(
    case: Case, prosecutor: User
) -> None:
    signed = sign(case, prosecutor)

    case.refresh_from_db()
    assert (signed.number, signed.provision) == (1, "146.2")
    assert case.provision == "146.2"
    assert case.provision_from_day == signed.provision_from_day is not None
    assert signed.pack_hash == signed.law_answer["pack_hash"]
    entry = Entry.objects.get(act="case.classified")
    assert entry.reason_code == f"torture 146.2 {signed.provision_from_day}"


def test_signed_twice_by_a_double_click_it_is_signed_once(case: Case, prosecutor: User) -> None:
    first = sign(case, prosecutor)

    assert sign(case, prosecutor) == first
    assert Entry.objects.filter(act="case.classified").count() == 1


def test_two_prosecutors_at_once_do_not_overwrite_each_other(case: Case, prosecutor: User) -> None:
    sign(case, prosecutor)

    with pytest.raises(ChangedMeanwhileProblem):
        sign(case, prosecutor, replace(TORTURE, criteria=["punishment"]))


def test_the_same_once_more_is_refused(case: Case, prosecutor: User) -> None:
    sign(case, prosecutor)
    case.refresh_from_db()

    with pytest.raises(SameClassificationError):
        sign(case, prosecutor)


def test_another_classification_needs_its_reason_and_the_first_stays(
    case: Case, prosecutor: User
) -> None:
    sign(case, prosecutor)
    case.refresh_from_db()

    with pytest.raises(ReclassificationReasonError, match="earlier one stays visible"):
        sign(case, prosecutor, ILL_TREATMENT)
    sign(case, prosecutor, replace(ILL_TREATMENT, reason="purpose_not_found"))

    conducts = [
        each.conduct for each in selectors.classifications(viewer=actor(prosecutor), case=case)
    ]
    assert conducts == ["torture", "ill_treatment"]
    assert Entry.objects.filter(act="case.reclassified").count() == 1


def test_torture_does_not_go_to_the_police_unless_somebody_says_why(
    case: Case, prosecutor: User
) -> None:
    police = replace(TORTURE, body_kind="police")

    with pytest.raises(BodyInConflictError) as refused:
        sign(case, prosecutor, police)
    assert Conflict.NOT_COMPETENT in refused.value.conflicts

    answered = replace(police, conflict_answer="no_other_body", conflict_words="By court order.")
    assert Conflict.NOT_COMPETENT in sign(case, prosecutor, answered).conflicts


def test_the_suspect_s_own_service_does_not_investigate(case: Case, prosecutor: User) -> None:
    Person.objects.create(
        case=case, code="S1", role="suspect", agency="interior-police", added_at=NOW
    )

    with pytest.raises(BodyInConflictError) as refused:
        sign(case, prosecutor, replace(ILL_TREATMENT, body_kind="police"))
    assert Conflict.SAME_SERVICE in refused.value.conflicts


def test_the_suspect_s_own_office_does_not_investigate(
    case: Case, prosecutor: User, accused: Institution
) -> None:
    Person.objects.create(case=case, code="S1", role="suspect", office=accused, added_at=NOW)

    with pytest.raises(BodyInConflictError) as refused:
        sign(case, prosecutor, replace(TORTURE, body=accused))
    assert refused.value.conflicts == (Conflict.SAME_OFFICE,)


def test_until_it_is_signed_it_waits_on_the_prosecutor_s_day(case: Case, prosecutor: User) -> None:
    def waiting() -> list[str]:
        found = agenda.agenda(viewer=actor(prosecutor), at=NOW)
        return [str(item.kind) for item in found if isinstance(item, AgendaItem)]

    assert "Classification to sign" in waiting()
    sign(case, prosecutor)
    assert "Classification to sign" not in waiting()


def posted(case: Case, **changes: object) -> dict[str, object]:
    return {
        "conduct": "torture",
        "criteria": ["information"],
        "part": "",
        "capacity": "official",
        "body_kind": "prosecutor",
        "body": "",
        "base_version": case.version,
    } | changes


def test_the_page_signs_and_shows_who_signed(case: Case, prosecutor: User) -> None:
    desk = signed_in(prosecutor)

    answer = desk.post(f"/cases/{case.key}/law/classify/", posted(case), follow=True)

    page = answer.content.decode()
    assert prosecutor.full_name in page
    assert "CC 146.2" in page


def test_without_a_fresh_factor_the_page_asks_for_it_and_keeps_what_was_written(
    case: Case, prosecutor: User
) -> None:
    desk = signed_in(prosecutor)
    session = desk.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()

    answer = desk.post(f"/cases/{case.key}/law/classify/", posted(case))

    assert answer.status_code == 302
    assert "/2fa/reauthenticate/" in answer["Location"]
    assert "information" in desk.session["account_reauthentication_state"]["request"]
    assert not Classification.objects.exists()


def test_a_warning_is_logged_whatever_follows(case: Case, prosecutor: User) -> None:
    desk = signed_in(prosecutor)

    answer = desk.post(f"/cases/{case.key}/law/classify/", posted(case, body_kind="police"))

    assert answer.status_code == 422
    assert "By the rules of that day another body investigates." in answer.content.decode()
    assert Entry.objects.filter(act="case.conflict_warned").exists()
    assert not Classification.objects.exists()


def test_the_tick_sees_no_change_while_the_rules_stand(case: Case, prosecutor: User) -> None:
    sign(case, prosecutor)

    assert services.review_answers(by=TICK, at=NOW) == 0
