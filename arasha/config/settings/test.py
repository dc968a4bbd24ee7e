"""Tests: the desk's settings, fast hashing, nothing written into the checkout."""

import os
import tempfile
from pathlib import Path

_where = Path(os.environ.setdefault("ARASHA_VAR", tempfile.mkdtemp(prefix="arasha-test-")))
(_where / "keys").mkdir(parents=True, exist_ok=True)
(_where / "static").mkdir(exist_ok=True)
(_where / "keys" / "django").write_text("only-for-tests-" * 4)

from arasha.config.settings.desk import *  # noqa: E402
from arasha.config.settings.desk import STORAGES  # noqa: E402

ARASHA_EPOCH_SECONDS = 1
ARASHA_ANSWER_BEAT_SECONDS = 0.0
ALLOWED_HOSTS = ["testserver", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES |= {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
