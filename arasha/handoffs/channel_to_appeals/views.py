import datetime as dt
import re
import time
import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from arasha.actors import ANONYMOUS
from arasha.appeals.uploads import refuse_longer
from arasha.channel.errors.arriving import NoDeliveryError
from arasha.channel.evidence import delivery_of
from arasha.channel.selectors import arriving
from arasha.engines.channel.bundle import BUNDLE_BYTES
from arasha.engines.channel.delivery import ProvedDelivery
from arasha.engines.channel.pages import NUMBER
from arasha.handoffs.channel_to_appeals import services
from arasha.handoffs.channel_to_appeals.selectors import proof_of

BINARY = "application/octet-stream"


@csrf_exempt
@require_POST
def bundles(request: HttpRequest) -> HttpResponse:
    """Take a bundle; answer with its answer and the page of the stream that was asked for."""
    began = time.monotonic()
    refuse_longer(request, most_bytes=BUNDLE_BYTES)
    taken = services.take_in(posted=request.body, at=timezone.now())
    page = arriving.page(viewer=ANONYMOUS, number=_number(request.GET.get("page", "")))
    _even_out(began)
    return _Answered(taken, page)


class _Answered(HttpResponse):
    """The answer; what is left to do with the bundle is done when the answer is out."""

    def __init__(self, taken: services.TakenIn, page: bytes) -> None:
        super().__init__(taken.answer.to_bytes() + page, content_type=BINARY)
        self._taken = taken

    def close(self) -> None:
        try:
            services.hand_over_files(taken=self._taken)
        finally:
            super().close()


@require_GET
def broadcast(request: HttpRequest, number: int) -> HttpResponse:
    """A page of the stream, the same for everybody."""
    return HttpResponse(arriving.page(viewer=ANONYMOUS, number=number), content_type=BINARY)


@require_GET
def delivery(request: HttpRequest, terminal: uuid.UUID, chain: int, day: dt.date) -> HttpResponse:
    """What came of a terminal on a day that is over, and its proof once the log has it."""
    found = arriving.delivery(viewer=ANONYMOUS, terminal=terminal, chain=chain, day=day)
    if found is None:
        raise NoDeliveryError
    leaf = bytes(found.leaf_hash or b"")
    proved = ProvedDelivery(
        delivery_of(found), leaf, proof_of(viewer=ANONYMOUS, leaf_hash=leaf) or ""
    )
    return HttpResponse(proved.to_json(), content_type="application/json")


def _number(text: str) -> int:
    return int(text) if re.fullmatch(NUMBER, text, re.ASCII) else 0


def _even_out(began: float) -> None:
    """Answer on a beat of its own: how long the work took would tell a relay what was in a bundle."""
    beat = settings.ARASHA_ANSWER_BEAT_SECONDS
    if beat:
        time.sleep(beat - (time.monotonic() - began) % beat)
