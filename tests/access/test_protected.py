"""The list behind row-level security is whole, and says the same as the policy."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from arasha.access.models import Cell, JobCell
from arasha.access.policy import JOBS, POLICY
from arasha.access.privileges import DESK, GATEWAY, PUBLIC, privileges_on
from arasha.access.privileges import JOBS as JOBS_ROLE
from arasha.access.protected import BROADCAST, EXEMPT, NUMBERED, PROTECTED
from arasha.access.rls import sync_cells

PROCESSES = [
    app
    for app in apps.get_app_configs()
    if app.label in {"appeals", "cases", "channel"} or "_to_" in app.label
]
TABLES = {model._meta.db_table: model for app in PROCESSES for model in app.get_models()}
JOURNAL = {model._meta.db_table for model in apps.get_app_config("journal").get_models()}


def test_every_table_of_a_process_is_protected_or_exempt_for_a_reason() -> None:
    protected = {each.table for each in PROTECTED}

    assert protected | set(EXEMPT) == set(TABLES)
    assert protected & set(EXEMPT) == set()
    assert all(EXEMPT.values())


@pytest.mark.parametrize("each", PROTECTED, ids=lambda each: f"{each.table}-{each.compartment}")
def test_a_protected_table_names_its_compartment_and_its_column(each) -> None:
    columns = {field.column for field in TABLES[each.table]._meta.concrete_fields}

    assert each.compartment in POLICY[each.kind]
    assert each.column in columns


@pytest.mark.parametrize("each", NUMBERED, ids=lambda each: f"{each.table}-{each.number}")
def test_a_number_stands_in_a_column_that_exists(each) -> None:
    columns = {field.column for field in TABLES[each.table]._meta.concrete_fields}

    assert {each.key, each.number} <= columns


def test_every_compartment_has_a_table() -> None:
    compartments = {(kind, name) for kind, inside in POLICY.items() for name in inside}

    assert {(each.kind, each.compartment) for each in PROTECTED} == compartments


@pytest.mark.django_db
def test_the_policy_and_its_tables_agree() -> None:
    sync_cells()
    sync_cells()

    cells = Cell.objects.values_list("kind", "compartment", "basis", "role", "right")
    assert set(cells) == {
        (kind, compartment, basis, role, right)
        for kind, compartments in POLICY.items()
        for compartment, rights in compartments.items()
        for (basis, role), right in rights.items()
    }
    jobs = JobCell.objects.values_list("job", "kind", "compartment", "right")
    assert set(jobs) == {
        (job, *cell, right) for job, own in JOBS.items() for cell, right in own.items()
    }


WRITTEN_AT_DOORS = {"journal_entry", "journal_salt"}


@pytest.mark.parametrize("table", sorted(WRITTEN_AT_DOORS))
def test_the_desk_only_adds_to_the_journal_and_the_gateway_adds_unread(table: str) -> None:
    assert privileges_on(table=table, role=DESK) == "SELECT, INSERT"
    assert privileges_on(table=table, role=GATEWAY) == "INSERT"


def test_of_a_leaf_a_door_may_change_only_that_its_record_is_missing() -> None:
    for role in (DESK, GATEWAY):
        assert privileges_on(table="journal_leaf", role=role) == (
            "SELECT, INSERT, UPDATE (record_missing)"
        )


@pytest.mark.parametrize("table", sorted(JOURNAL - WRITTEN_AT_DOORS - {"journal_leaf"}))
def test_what_the_sequencer_writes_no_gateway_can(table: str) -> None:
    assert privileges_on(table=table, role=GATEWAY) in {None, "SELECT"}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_public_door_has_no_key_to_a_table_of_a_process_but_to_what_is_noise_without_a_code(
    table: str,
) -> None:
    # Sealed replies are broadcast: noise to all but the one who can compute a tag. A plain state is a
    # stage and a term under the hash of a code that only a victim has.
    broadcast = "SELECT (tag, sealed, on_day)" if table in BROADCAST else None
    readable = {"cases_plainstate": "SELECT"}.get(table, broadcast)

    assert privileges_on(table=table, role=PUBLIC) == readable


@pytest.mark.parametrize("table", sorted(JOURNAL))
def test_nothing_rewrites_an_entry(table: str) -> None:
    may = privileges_on(table=table, role=JOBS_ROLE) or ""

    assert "DELETE" not in may or table == "journal_salt"
    assert "UPDATE," not in may
    assert not may.endswith("UPDATE")


@pytest.mark.django_db
def test_on_sqlite_the_command_says_that_there_is_nothing_to_do() -> None:
    said = io.StringIO()

    call_command("secure_database", stdout=said)

    wanted = "cases_case" if connection.vendor == "postgresql" else "nothing to do"
    assert wanted in said.getvalue()
