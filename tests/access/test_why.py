"""`arasha why`: the words name the row and the cell."""

import pytest
from django.core.management import call_command

from arasha.access import services
from arasha.actors import WORLD
from arasha.cases.models import Case
from arasha.people.models import User
from tests.access import cast, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return rows.case()


@pytest.fixture
def prosecutor() -> User:
    return cast.person("prosecutor")


@pytest.fixture
def why(capsys):
    def ask(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            call_command("why", *words)
        told = capsys.readouterr()
        return int(str(ended.value.code)), told.out + told.err

    return ask


def test_it_names_the_grant_and_the_cell_that_allow(why, case: Case, prosecutor: User) -> None:
    given = cast.give("case", case.key, prosecutor, "assigned")

    code, said = why(prosecutor.email, f"case:{case.key}")

    assert code == 0
    assert str(given.key) in said
    assert "assigned × prosecutor gives “rw”" in said


def test_it_finds_a_record_by_its_number(why, case: Case, prosecutor: User) -> None:
    code, said = why(prosecutor.email.upper(), case.number.replace("-", " ").lower())

    assert code == 1
    assert str(case.key) in said


def test_it_names_the_grant_that_is_missing(why, case: Case, prosecutor: User) -> None:
    code, said = why(prosecutor.email, f"case:{case.key}")

    assert code == 1
    assert "missing: a live grant “assigned” / “breakglass”" in said


def test_it_names_the_bar(why, case: Case, prosecutor: User) -> None:
    cast.give("case", case.key, prosecutor, "assigned")
    cast.keep_away("case", case.key, prosecutor, "relative")

    code, said = why(prosecutor.email, f"case:{case.key}")

    assert code == 1
    assert "relative" in said
    assert "beats every grant" in said


def test_it_names_a_grant_that_ended(why, case: Case, prosecutor: User) -> None:
    given = cast.give("case", case.key, prosecutor, "assigned")
    services.withdraw(grant=given, reason_code="reassigned", by=WORLD, at=cast.YESTERDAY)

    assert "was withdrawn on" in why(prosecutor.email, f"case:{case.key}")[1]


def test_it_says_that_no_grant_could_open_it_to_this_role(why, case: Case) -> None:
    administrator = cast.person("administrator")
    cast.give("case", case.key, administrator, "assigned")

    code, said = why(administrator.email, f"case:{case.key}")

    assert code == 1
    assert "no cell for the role administrator" in said


def test_it_says_that_rights_hang_on_posts(why, case: Case) -> None:
    without_post = cast.person()
    cast.give("case", case.key, without_post, "assigned")

    assert "holds no post" in why(without_post.email, f"case:{case.key}")[1]


def test_the_compartment_decides_the_exit_code(why) -> None:
    supervisor, appeal = cast.person("supervisor"), rows.appeal()
    cast.give("appeal", appeal.key, supervisor, "supervises")

    assert why(supervisor.email, f"appeal:{appeal.key}")[0] == 0
    assert why(supervisor.email, f"appeal:{appeal.key}", "--compartment", "sealed")[0] == 1


@pytest.mark.parametrize(
    ("person", "record"),
    [("nobody@arasha.example", "case:"), (None, "KZ-1999-1"), (None, "drawer:1"), (None, " ")],
)
def test_bad_input_says_what_to_write(
    why, prosecutor: User, person: str | None, record: str
) -> None:
    code, said = why(person or prosecutor.email, record)

    assert code == 2
    assert "address" in said or "kind:key" in said
