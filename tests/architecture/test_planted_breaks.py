"""Each rule sees its break: a rule that cannot fail guards nothing."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture import foreign_keys, rules

KEEPS_THE_RULES = """
def decide(*, appeal, by, at):
    appeal.decided_at = at
    appeal.save(update_fields=["decided_at"])
    journal.record(act="appeal.decided", by=by, at=at)
"""

BREAKS = [
    (rules.positional_arguments, "def decide(appeal, *, by, at): ...", "positional"),
    (rules.unsigned_writes, "def decide(*, appeal, at):\n    appeal.save()", "without by="),
    (rules.unsigned_writes, "def decide(*, appeal, by):\n    appeal.save()", "without at="),
    (
        rules.unsigned_writes,
        "def decide(*, appeal):\n    _close(appeal)\ndef _close(appeal):\n    appeal.save()",
        "decide writes without by=",
    ),
    (rules.reads_without_viewer, "def overdue(*, day): return rows(day)", "no viewer"),
    (rules.reads_without_viewer, "def overdue(viewer, day): return rows(day)", "no viewer"),
    (rules.saves_of_their_own, "class Appeal(Model):\n    def save(self): ...", "Appeal.save"),
    (rules.outside_world, "def law(): return open('law.toml')", "open"),
    (rules.outside_world, "import datetime as dt\nx = dt.datetime.now(dt.UTC)", "now"),
    (rules.outside_world, "import datetime as dt\nx = dt.date.today()", "today"),
    (rules.hidden_wires, "from django.dispatch import receiver", "django.dispatch"),
    (rules.hidden_wires, "from django.db.models import signals", "signals"),
    (rules.hidden_wires, "def f():\n    transaction.on_commit(send)", "on_commit"),
    (rules.admin_pages, "from django.contrib import admin", "django.contrib.admin"),
    (rules.admin_pages, "INSTALLED_APPS = ['django.contrib.admin']", "django.contrib.admin"),
    (rules.too_long, "x = 1\n" * 401, "401 lines"),
    (rules.inline_code, "<script>alert(1)</script>", "inline script"),
    (rules.inline_code, '<p style="color: red">', "style attribute"),
    (rules.inline_code, "<style>p {}</style>", "style element"),
    (rules.inline_code, '<button onclick="go()">', "event attribute"),
    (rules.inline_code, '<a href="javascript:go()">', "javascript"),
    (rules.untranslated, "<h1>Appeals</h1>", "Appeals"),
    (rules.untranslated, '<img alt="A map of regions">', "map"),
    (rules.untranslated, "<p>{% translate 'Late' %} days</p>", "days"),
]


@pytest.mark.parametrize(("rule", "text", "named"), BREAKS)
def test_a_break_is_seen_and_named(rule: rules.Rule, text: str, named: str) -> None:
    assert any(named in fault for fault in rule(text))


@pytest.mark.parametrize(
    "rule",
    [rules.positional_arguments, rules.unsigned_writes, rules.saves_of_their_own,
     rules.hidden_wires, rules.admin_pages, rules.too_long],
)  # fmt: skip
def test_a_good_service_breaks_no_rule(rule: rules.Rule) -> None:
    assert rule(KEEPS_THE_RULES) == []


GOOD_PAGE = """{% extends "desk/base.html" %}{# for officers #}
<h1 title="{% translate 'All appeals' %}">{% translate "Appeals" %}</h1>
<p>{% blocktranslate count n=n %}One appeal{% plural %}{{ n }} appeals{% endblocktranslate %}</p>
<script src="{% static 'arasha/reader.js' %}" type="module"></script>&nbsp;<svg><title>x</title></svg>
"""


def test_a_good_page_breaks_no_rule() -> None:
    assert rules.untranslated(GOOD_PAGE) == []
    assert rules.inline_code(GOOD_PAGE) == []


def test_a_stranger_among_the_imports_is_named() -> None:
    text = "import json\nimport requests\nfrom cryptography.hazmat import primitives"

    assert rules.strangers(text, {"cryptography"}) == ["requests"]


def test_a_question_to_anothers_table_is_named() -> None:
    text = "from arasha.cases.models import Case\ndef f():\n    return Case.objects.all()"

    assert rules.tables_of_others(text, "arasha.appeals") == ["line 3: Case.objects"]
    assert rules.tables_of_others(text, "arasha.cases") == []


@isolate_apps("arasha.appeals", "arasha.cases")
def test_a_key_into_another_process_is_named() -> None:
    class Case(models.Model):
        class Meta:
            app_label = "cases"

    class Appeal(models.Model):
        case = models.ForeignKey(Case, on_delete=models.CASCADE)

        class Meta:
            app_label = "appeals"

    assert foreign_keys.abroad([Appeal], home="appeals") == ["Appeal.case points at cases"]
    assert foreign_keys.abroad([Appeal], home="cases") == []
