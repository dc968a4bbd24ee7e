from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from arasha.actors import ANONYMOUS
from arasha.trust import selectors
from arasha.trust.errors import NoTrustFileError
from arasha.wire.trust.names import STAMP

FOR_EVER = "public, max-age=31536000, immutable"
MUST_ASK = "public, no-cache"


@require_safe
def trust_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the root of trust, as any mirror could serve it: whoever reads it checks it."""
    content = selectors.trust_file(viewer=ANONYMOUS, name=name)
    if content is None:
        raise NoTrustFileError
    kind = "application/json" if name.endswith(".json") else "text/plain; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response.headers["Cache-Control"] = MUST_ASK if name == STAMP else FOR_EVER
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
