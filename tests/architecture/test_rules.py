"""Rules of the house that no linter knows. Each is broken on purpose in test_planted_breaks.py."""

from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command

from tests.architecture import foreign_keys, rules
from tests.architecture.tree import PACKAGE, code, label, rooms, templates

OUR_APPS = [app for app in apps.get_app_configs() if app.name.startswith("arasha.")]
# Leaves name nobody and no moment: that is what makes the log publishable.
UNSIGNED_BY_DESIGN = {"arasha/journal/services.py": {"add_leaf"}}


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=label)


@each(sorted(rooms("services")))
def test_services_name_their_arguments(path: Path) -> None:
    assert rules.positional_arguments(path.read_text()) == []


@each(sorted(rooms("services")))
def test_services_that_write_say_who_and_when(path: Path) -> None:
    designed = UNSIGNED_BY_DESIGN.get(label(path), set())
    faults = rules.unsigned_writes(path.read_text())
    assert [fault for fault in faults if fault.split()[0] not in designed] == []


@each(sorted(rooms("selectors")))
def test_nothing_is_read_without_a_viewer(path: Path) -> None:
    assert rules.reads_without_viewer(path.read_text()) == []


@each(code("engines"))
def test_engines_open_nothing_and_ask_no_clock(path: Path) -> None:
    assert rules.outside_world(path.read_text()) == []


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


def all_faults(rule: rules.Rule, paths: list[Path]) -> dict[str, list[str]]:
    assert paths, "the rule looked at no file"
    found = {label(path): rule(path.read_text()) for path in paths}
    return {name: faults for name, faults in found.items() if faults}
