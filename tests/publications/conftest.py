from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client

from tests.walk import *  # noqa: F403


@pytest.fixture
def door(settings, tmp_path: Path) -> Client:
    settings.ROOT_URLCONF = "arasha.config.urls.public"
    settings.MIDDLEWARE = import_module("arasha.config.settings.public").MIDDLEWARE
    settings.ARASHA_DOOR = "public"
    settings.ARASHA_LOG_DIR = tmp_path / "log"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return Client(headers={"accept-language": "en"})
