"""Documents put into a case through the service."""

import uuid
from io import BytesIO
from typing import Any

from arasha.cases import services
from arasha.cases.compartments import Kept
from arasha.cases.models import Case
from arasha.people.models import User
from tests.walk import NOW, actor

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
OTHER = b"%PDF-1.7\n2 0 obj\n<<>>\nendobj\n%%EOF\n"


def put(case: Case, by: User, content: bytes = PDF, **said: Any) -> Kept:
    given: dict[str, Any] = {
        "kind": "record",
        "title": "Record",
        "name": "a.pdf",
        "sending": uuid.uuid4(),
    } | said
    return services.add_document(case=case, file=BytesIO(content), by=actor(by), at=NOW, **given)
