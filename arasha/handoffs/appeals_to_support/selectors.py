from django.utils.translation import gettext_lazy as _

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.handoffs.appeals_to_support.models import Consent, SupportReferral
from arasha.handoffs.kinds import Kind

REQUESTS = Kind(
    rows=SupportReferral.objects.all(),
    label=_("Requests for help"),
    one=_("Request for help"),
    page="appeals_to_support:referral",
    answers="support_worker",
    to_do=_("Accept or return"),
)


def consent_to(*, viewer: Actor, referral: SupportReferral, write: bool = False) -> Consent | None:
    """The consent behind a referral; `write`: only for who may record that it was withdrawn."""
    may = visible(
        viewer=viewer,
        kind=REQUESTS.code,
        compartment="consent",
        action="rw" if write else "r",
        field="referral",
    )
    return Consent.objects.filter(may, referral=referral).first()
