"""Each door has its own settings, and starts with them."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.architecture.tree import CHECKOUT

DOORS = ("desk", "public", "gateway")
SHOW = """
import json, django
from django.conf import settings
django.setup()
from django.core.management import call_command
call_command("check", "--fail-level", "WARNING", verbosity=0)
names = ("ARASHA_DOOR", "ROOT_URLCONF", "MIDDLEWARE", "CONTENT_SECURITY_POLICY", "DEBUG",
         "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


@pytest.fixture(scope="module")
def settings_of() -> dict[str, dict[str, Any]]:
    """What a process of each door has in force; a door that does not start fails here."""
    return {door: shown(door) for door in DOORS}


def shown(door: str) -> dict[str, Any]:
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": f"arasha.config.settings.{door}"}
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=CHECKOUT, env=told, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_door_starts_as_itself(settings_of: dict[str, dict[str, Any]]) -> None:
    for door, found in settings_of.items():
        assert found["ARASHA_DOOR"] == door
        assert found["ROOT_URLCONF"] == f"arasha.config.urls.{door}"
        assert found["DEBUG"] is False


def test_no_door_allows_inline_code_or_other_hosts_scripts(
    settings_of: dict[str, dict[str, Any]],
) -> None:
    for found in settings_of.values():
        policy = found["CONTENT_SECURITY_POLICY"]
        assert "unsafe" not in policy
        assert "script-src 'self';" in policy
        assert "default-src 'none'" in policy


def test_doors_on_one_host_share_no_cookie(settings_of: dict[str, dict[str, Any]]) -> None:
    """Ports do not keep cookies apart: names must."""
    desk = settings_of["desk"]
    names = {desk["SESSION_COOKIE_NAME"], desk["CSRF_COOKIE_NAME"], desk["LANGUAGE_COOKIE_NAME"]}

    assert len(names) == 3
    assert settings_of["public"]["LANGUAGE_COOKIE_NAME"] not in names


@pytest.mark.parametrize("door", ["public", "gateway"])
def test_only_the_desk_has_sessions(door: str, settings_of: dict[str, dict[str, Any]]) -> None:
    assert not [name for name in settings_of[door]["MIDDLEWARE"] if "session" in name.lower()]
