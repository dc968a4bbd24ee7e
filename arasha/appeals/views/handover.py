import base64

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from arasha.access.viewing import viewing
from arasha.actors import ANONYMOUS
from arasha.appeals import services
from arasha.appeals.errors import OpeningSpentError
from arasha.appeals.selectors import officer_of_opening
from arasha.journal.selectors import leaf_text
from arasha.problems import Problem


@csrf_exempt  # the one-time token is the authority; the reader has no session here
@require_POST
def envelope(request: HttpRequest, token: str) -> HttpResponse:
    """Hand one envelope to the officer's reader, once."""
    try:
        return JsonResponse(_handed_over(token))
    except Problem as problem:
        answer = {
            "problem": problem.code,
            "happened": problem.what_happened,
            "next": problem.what_next,
        }
        return JsonResponse(answer, status=problem.status)


def _handed_over(token: str) -> dict[str, object]:
    now = timezone.now()
    officer = officer_of_opening(viewer=ANONYMOUS, token_hash=services.hash_of(token=token), at=now)
    if officer is None:
        raise OpeningSpentError
    with viewing(officer):
        appeal = services.redeem_opening(token=token, at=now)
        return {
            "appeal": str(appeal.key),
            "set": appeal.recipient_set_id,
            "leaf": leaf_text(viewer=officer, leaf_hash=bytes(appeal.leaf_hash)),
            "envelope": base64.b64encode(bytes(appeal.ciphertext.envelope)).decode(),
            "code": appeal.code,
            "back": settings.ARASHA_DESK_URL + reverse("appeals:appeal", args=[appeal.key]),
        }
