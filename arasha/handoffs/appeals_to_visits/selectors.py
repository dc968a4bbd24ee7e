from django.utils.translation import gettext_lazy as _

from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.handoffs.kinds import Kind

PROPOSALS = Kind(
    rows=VisitProposal.objects.select_related("place"),
    label=_("Proposals of a visit"),
    one=_("Proposal of a special visit"),
    page="appeals_to_visits:proposal",
    answers="monitor",
    to_do=_("Accept or return"),
)
