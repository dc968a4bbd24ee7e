"""Every address that answers with JSON, asked for what its description allows and for what it does not.

`docs/reference/openapi.json` describes them by door; here each is asked by Schemathesis through the real
middleware of its door. An answer is never a 500, and says what the description says.
"""

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case as Asked
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from arasha.appeals.models import Appeal
from arasha.people.models import User
from tests.appeals.reader import reader_of
from tests.walk import keep_keys

DESCRIPTION = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"
ADDRESSES = DESCRIPTION.with_name("urls.md")  # no page of the register answers programs
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EACH = 20  # examples of an operation


def the_door(environ: dict[str, Any], begin: Any) -> Any:
    """The door whose settings stand now, in this process: no socket, and the database of the test."""
    if environ["PATH_INFO"] == "/openapi.json":
        begin("200 OK", [("Content-Type", "application/json")])
        return [DESCRIPTION.read_bytes()]
    return WSGIHandler()(environ, begin)


api = schemathesis.openapi.from_wsgi("/openapi.json", the_door)


def test_every_address_that_answers_programs_is_described() -> None:
    described = json.loads(DESCRIPTION.read_text())["paths"]
    served = {
        re.sub(r"<[^>]*?(\w+)>", r"{\1}", address)
        for address in re.findall(r"^\| `(/[^`]*)`", ADDRESSES.read_text(), re.MULTILINE)
        if re.search(r"/v1/|\.json$|^/law/ask$|^/handover/", address)
    }

    assert served == set(described)


@pytest.fixture
def token(officer: User, opened: Appeal, tmp_path: Path, settings: Any) -> str:
    """A session of a real reader; and a real appeal that it may find."""
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")
    settings.ARASHA_LOG_DIR = tmp_path / "log"
    return reader_of(officer).token


@pytest.mark.django_db
@api.parametrize()
@settings(
    max_examples=EACH,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_what_is_described_is_answered_so_and_nothing_breaks(
    case: Asked[Any], token: str, opened: Appeal, settings: Any
) -> None:
    [door] = case.operation.definition.raw["tags"]
    settings.ROOT_URLCONF = f"arasha.config.urls.{door}"
    settings.ARASHA_DOOR = door
    settings.MIDDLEWARE = import_module(f"arasha.config.settings.{door}").MIDDLEWARE
    if door == "desk":
        case.headers["Authorization"] = f"Bearer {token}"
        if case.path_parameters and "key" in case.path_parameters and case.query is not None:
            case.path_parameters["key"] = str(opened.key)

    case.call_and_validate(checks=CHECKS)
