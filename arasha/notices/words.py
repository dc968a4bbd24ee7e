"""What each kind of notice says: on the desk, and in a mail that anybody may read over a shoulder."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "appeal.arrived": _("An appeal has arrived"),
    "appeal.late": _("The day for an answer to an appeal has passed"),
    "referral.arrived": _("A referral waits for an answer"),
    "referral.answered": _("A referral was answered"),
    "case.late": _("A deadline of a case has passed"),
    "breakglass.opened": _("A record was opened in an emergency"),
    "people.second_hand": _("Something waits for a second confirmation"),
}


def words_for(kind: str) -> str:
    """Unknown kinds still ring: a newer part may send what an older page does not know."""
    return str(KINDS.get(kind, _("Something waits for you")))
