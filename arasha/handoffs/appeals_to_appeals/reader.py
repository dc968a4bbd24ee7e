"""What an officer's own reader asks before an appeal is forwarded: whose readers may be added, and adding them."""

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from arasha.actors import Actor
from arasha.appeals.selectors import find_appeal, recipients_of
from arasha.appeals.views.reader.correspondence import MOST_PARTS
from arasha.appeals.views.reader.session import Said, in_session
from arasha.handoffs.appeals_to_appeals import services
from arasha.handoffs.appeals_to_appeals.selectors import candidates
from arasha.places.templatetags.names import in_language


@require_http_methods(["GET", "POST"])
@in_session
def receivers(request: HttpRequest, officer: Actor, key: uuid.UUID) -> HttpResponse:
    """The other bodies with what stands against each, or the headers for the readers of one."""
    now = timezone.now()
    appeal = find_appeal(viewer=officer, key=key)
    if request.method == "POST":
        said = Said(request)
        services.add_readers(
            appeal=appeal,
            set_code=said.text("set"),
            headers=said.sealed_by_part("headers", most=MOST_PARTS),
            by=officer,
            at=now,
        )
        return JsonResponse({}, status=201)
    found = [
        {
            "set": each.recipient_set.code,
            "name": in_language(each.institution.name),
            "recipients": list(recipients_of(viewer=officer, recipient_set=each.recipient_set)),
            "against": str(each.against),
            "added": each.has_header,
        }
        for each in candidates(viewer=officer, appeal=appeal, at=now)
    ]
    return JsonResponse({"receivers": found})
