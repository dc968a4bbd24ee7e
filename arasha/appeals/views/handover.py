from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from arasha.actors import Actor
from arasha.appeals import services
from arasha.appeals.answers import told
from arasha.appeals.models import Errand
from arasha.people.selectors import find_user
from arasha.problems import Problem


@csrf_exempt  # the one-time token is the authority; the reader has no session here yet
@require_POST
def errand(request: HttpRequest, token: str) -> HttpResponse:
    """Begin the session of an officer's reader, once, and say what it came for."""
    try:
        redeemed, session = services.redeem_errand(token=token, at=timezone.now())
    except Problem as problem:
        return told(problem)
    officer = find_user(viewer=Actor.user(redeemed.user_key), key=redeemed.user_key)
    return JsonResponse(
        {
            "session": session,
            "errand": {
                "kind": redeemed.kind,
                "appeal": str(redeemed.appeal.key) if redeemed.appeal else None,
            },
            "officer": {
                "name": officer.full_name if officer else "",
                "language": redeemed.language or (officer.language if officer else ""),
            },
            "back": _back(redeemed),
        }
    )


def _back(redeemed: Errand) -> str:
    """The page of the desk that the officer came from."""
    if redeemed.appeal is None:
        return settings.ARASHA_DESK_URL + reverse("appeals:inbox")
    return settings.ARASHA_DESK_URL + reverse("appeals:appeal", args=[redeemed.appeal.key])
