from django.utils.translation import gettext_lazy as _

from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.kinds import Kind

# Nobody at a recorder answers in this system yet: whoever asked enters what became of it.
HOLDS = Kind(
    rows=FootageHold.objects.select_related("place"),
    label=_("Holds of footage"),
    one=_("Hold of footage"),
    page="appeals_to_cctv:hold",
    answers=None,
    to_do=_("See that it is held"),
    reason=(_("What became of it"), "footage_outcomes"),
)
