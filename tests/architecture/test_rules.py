"""Rules of the house that no linter knows. Each is broken on purpose in test_planted_breaks.py."""

from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command

from tests.architecture import foreign_keys, rules
from tests.architecture.tree import CHECKOUT, PACKAGE, code, label, rooms, templates

Exceptions = dict[str, set[str]]
OUR_APPS = [app for app in apps.get_app_configs() if app.name.startswith("arasha.")]
# Writes without `by` or `at`, each for a reason.
UNSIGNED_BY_DESIGN = {
    "arasha/access/services/grants.py": {
        "grant_by_rule",  # an appeal arrives: it must name nobody
        "grant_many",  # bulk: each row says when
    },
    # The folder of files must not know the minute.
    "arasha/appeals/services/attachments.py": {"keep_attachment"},
    # Whose errand or session it is, is in the token.
    "arasha/appeals/services/opening.py": {"redeem_errand", "use_session"},
    # The tick's.
    "arasha/channel/services/broadcast.py": {"broadcast", "move_on", "overwrite", "put_bookmark"},
    "arasha/channel/services/delivery.py": {"close_days"},
    "arasha/channel/services/hearing.py": {"hear", "first_chain"},  # the device is named
    # No piece of a sealed object may lead to a terminal, nor to a minute.
    "arasha/channel/services/pieces.py": {
        "keep_pieces",
        "whole_objects",
        "drop",
        "refuse",
        "take",
        "forget_abandoned",
    },
    "arasha/journal/services.py": {
        "add_device_leaf",
        "add_leaf",
        "add_leaves",  # a leaf names nobody and no moment: that makes the log publishable
        "record_filing",  # as an appeal arrives: it must name nobody
        "record_many",  # bulk: each act says who and when
        "record_reads",  # a read is the viewer's
    },
    "arasha/people/services/invitations.py": {"accept_invitation"},  # the link says who
    "arasha/people/services/restorations.py": {"restore"},  # the link says who
    "arasha/people/services/sign_in.py": {"use_sign_in_link"},  # the link says who
    "arasha/places/services.py": {"register_region"},  # the pack's reference data, nobody's act
}
# They look at the policy, not at a record.
READS_NO_RECORD = {"arasha/access/selectors.py": {"first_compartment"}}


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=label)


@each(sorted(rooms("services")))
def test_services_name_their_arguments(path: Path) -> None:
    assert rules.positional_arguments(path.read_text()) == []


@each(sorted(rooms("services")))
def test_services_that_write_say_who_and_when(path: Path) -> None:
    faults = rules.unsigned_writes(path.read_text())
    assert beyond(UNSIGNED_BY_DESIGN, path, faults) == []


@each(sorted(rooms("selectors")))
def test_nothing_is_read_without_a_viewer(path: Path) -> None:
    faults = rules.reads_without_viewer(path.read_text())
    assert beyond(READS_NO_RECORD, path, faults) == []


@pytest.mark.parametrize("exceptions", [UNSIGNED_BY_DESIGN, READS_NO_RECORD])
def test_no_exception_outlives_its_function(exceptions: Exceptions) -> None:
    for name, functions in exceptions.items():
        text = (CHECKOUT / name).read_text()
        assert functions <= {function.name for function in rules.public_functions(text)}


def test_only_a_process_itself_asks_its_tables() -> None:
    # The commands keep the whole installation: the contracts say which tables they may name.
    files = [path for path in code() if PACKAGE / "commands" not in path.parents]
    found = {label(path): rules.tables_of_others(path.read_text(), home_of(path)) for path in files}

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_engines_open_nothing_and_ask_no_clock() -> None:
    assert all_faults(rules.outside_world, code("engines")) == {}


def test_models_are_thin() -> None:
    assert all_faults(rules.saves_of_their_own, list(rooms("models"))) == {}


def test_nothing_happens_behind_a_signal_or_after_a_commit() -> None:
    assert all_faults(rules.hidden_wires, code()) == {}


def test_there_is_no_django_admin() -> None:
    assert all_faults(rules.admin_pages, code()) == {}
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert list(PACKAGE.rglob("admin.py")) == []


def test_no_file_is_too_long_to_know() -> None:
    assert all_faults(rules.too_long, code()) == {}


def test_no_drawer_for_everything() -> None:
    assert [path for path in code() if rules.DRAWERS & {path.stem, path.parent.name}] == []


def test_no_page_carries_inline_code() -> None:
    assert all_faults(rules.inline_code, templates()) == {}


def test_every_word_of_a_page_can_be_translated() -> None:
    assert all_faults(rules.untranslated, templates()) == {}


@pytest.mark.parametrize("app", OUR_APPS, ids=lambda app: app.label)
def test_foreign_keys_stay_at_home(app: AppConfig) -> None:
    assert foreign_keys.abroad(app.get_models(), home=app.label) == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def beyond(exceptions: Exceptions, path: Path, faults: list[str]) -> list[str]:
    """The faults of functions that nobody excepted; a fault begins with the function's name."""
    excepted = exceptions.get(label(path), set())
    return [fault for fault in faults if fault.split()[0] not in excepted]


def home_of(path: Path) -> str:
    """The package of a file: `arasha.cases`, `arasha.handoffs.appeals_to_cases`."""
    depth = 3 if "handoffs" in path.parts else 2
    return ".".join(path.relative_to(CHECKOUT).parts[:depth])


def all_faults(rule: rules.Rule, paths: list[Path]) -> dict[str, list[str]]:
    assert paths, "the rule looked at no file"
    found = {label(path): rule(path.read_text()) for path in paths}
    return {name: faults for name, faults in found.items() if faults}
