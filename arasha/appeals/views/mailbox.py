from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from arasha.actors import ANONYMOUS
from arasha.appeals import selectors
from arasha.appeals.buckets import MOST_REPLIES, packed


@require_safe
def bucket(request: HttpRequest, prefix: str) -> HttpResponse:
    """The sealed replies whose tags begin so, in an answer of one size: empty or full, it looks alike."""
    found = selectors.replies_by_prefix(viewer=ANONYMOUS, prefix=prefix, most=MOST_REPLIES)
    return HttpResponse(packed(found), content_type="application/octet-stream")
