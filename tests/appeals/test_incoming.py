"""The journal of incoming appeals: the columns of the country, a period, nothing that is sealed."""

import csv
import io

import pytest
from django.test import Client

from arasha.appeals import incoming, services
from arasha.appeals.models import Appeal
from arasha.country import country, local_day
from arasha.engines.notes import grouped
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.appeals.day import READ_AT, classified, closed
from tests.desk.signing_in import signed_in
from tests.walk import DAY, FILED_AT, NOW, WORDS, Terminal, actor, at_most, file, posted

FIRST, LAST = local_day(FILED_AT - DAY), local_day(FILED_AT)
PERIOD = f"first={FIRST}&last={LAST}"


def table(user: User, language: str = "en") -> list[list[str]]:
    return read(signed_in(user, language=language))


def read(desk: Client) -> list[list[str]]:
    answer = desk.get(f"/appeals/journal/csv/?{PERIOD}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_every_column_of_the_country_is_one_that_we_can_fill() -> None:
    assert set(country().vocabularies["journal_columns"].terms) == set(incoming.CELLS)


def test_the_form_says_that_nobody_checked_it(appeal: Appeal, officer: User) -> None:
    page = signed_in(officer).get(f"/appeals/journal/?{PERIOD}").content.decode()

    assert incoming.checked() == "unverified"
    assert "The national form of this journal was not found." in page
    assert grouped(appeal.code) in page


@pytest.mark.parametrize(
    ("language", "head"), [("en", "Filing code"), ("ru", "Код подачи"), ("kk", "Тіркеу коды")]
)
def test_the_table_has_its_head_in_the_language_of_the_reader(
    language: str, head: str, appeal: Appeal, officer: User
) -> None:
    assert table(officer, language)[0][0] == head


def test_a_row_tells_what_the_server_knows_and_no_word_of_the_appeal(
    opened: Appeal, officer: User
) -> None:
    classified(opened, officer)
    services.add_number(
        appeal=opened,
        issuer="Court",
        number="3-77",
        on_day=local_day(READ_AT),
        by=actor(officer),
        at=READ_AT,
    )
    closed(opened, officer)

    head, row = table(officer)

    told = dict(zip(head, row, strict=True))
    assert told["Filing code"] == grouped(opened.code)
    assert told["How it came"] == "By a terminal"
    assert told["About what"] == "Conditions of detention"
    assert told["Numbers given by other bodies"].startswith("Court 3-77")
    assert told["Outcome"] == "Rights restored"
    assert WORDS not in str(row)


def test_what_a_spreadsheet_would_run_is_text(appeal: Appeal, officer: User) -> None:
    services.add_number(
        appeal=appeal,
        issuer="=HYPERLINK(1)",
        number="1",
        on_day=local_day(READ_AT),
        by=actor(officer),
        at=READ_AT,
    )

    assert any(cell.startswith("'=HYPERLINK") for cell in table(officer)[1])


def test_another_period_is_another_journal(appeal: Appeal, officer: User) -> None:
    answer = signed_in(officer).get("/appeals/journal/?first=2020-01-01&last=2020-12-31")

    assert "Nothing was received in this period." in answer.content.decode()


def test_without_a_period_the_journal_begins_with_what_is_overdue(
    terminal: Terminal, recipients: RecipientSet, officer: User
) -> None:
    file(terminal, posted(recipients), at=FILED_AT - 90 * DAY)
    late = Appeal.objects.get()

    page = signed_in(officer).get("/appeals/journal/").content.decode()

    assert f"first={late.received_day.replace(day=1)}&amp;" in page
    assert grouped(late.code) in page


def test_without_anything_overdue_the_journal_is_that_of_this_month(officer: User) -> None:
    page = signed_in(officer).get("/appeals/journal/").content.decode()

    assert f"first={local_day(NOW).replace(day=1)}&amp;" in page


def test_a_period_that_ends_before_it_begins_is_given_back(appeal: Appeal, officer: User) -> None:
    answer = signed_in(officer).get("/appeals/journal/csv/?first=2026-02-01&last=2026-01-01")

    assert answer.status_code == 422
    assert "The last day is before the first." in answer.content.decode()


def test_nobody_exports_what_is_not_theirs(appeal: Appeal, prosecutor: User) -> None:
    assert len(table(prosecutor)) == 1


def test_taking_the_journal_along_is_in_the_journal_of_acts(appeal: Appeal, officer: User) -> None:
    table(officer)

    [entry] = Entry.objects.filter(act="appeals.journal_taken")
    assert entry.actor_key == str(officer.pk)


def test_sixty_rows_cost_as_many_queries_as_one(
    terminal: Terminal, recipients: RecipientSet, officer: User
) -> None:
    for _ in range(60):
        file(terminal, posted(recipients))
    desk = signed_in(officer)
    read(desk)

    with at_most(queries=12):
        assert len(read(desk)) == 61
