from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client

from tests.walk import *  # noqa: F403
from tests.walk import keep_keys


@pytest.fixture
def door(settings, tmp_path: Path) -> Client:
    """The gateway with its own addresses and middleware, and no session."""
    settings.ROOT_URLCONF = "arasha.config.urls.gateway"
    settings.MIDDLEWARE = import_module("arasha.config.settings.gateway").MIDDLEWARE
    settings.ARASHA_DOOR = "gateway"
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")
    settings.ARASHA_LOG_DIR = tmp_path / "log"
    return Client(headers={"accept-language": "en"})
