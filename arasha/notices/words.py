"""What each kind of notice says: on the desk, and in a mail that anybody may read over a shoulder."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "appeal.arrived": _("An appeal has arrived"),
    "appeal.late": _("The day for an answer to an appeal has passed"),
    "appeal.request_due": _("A body that was asked has not answered: remind it"),
    "appeal.request_late": _("A body does not answer in spite of two reminders"),
    "appeal.check_back_due": _("Ask whether a person who complained is safe"),
    "appeal.check_back_late": _("Nobody has asked whether a person who complained is safe"),
    "referral.arrived": _("A referral waits for an answer"),
    "referral.answered": _("A referral was answered"),
    "forward.arrived": _("An appeal was forwarded to you"),
    "forward.answered": _("An appeal that you forwarded was answered"),
    "visit_proposal.arrived": _("A special visit is proposed"),
    "visit_proposal.answered": _("A proposal of a visit was answered"),
    "support_referral.arrived": _("Somebody asks for help"),
    "support_referral.answered": _("A request for help was answered"),
    "appeal.unopened": _("An appeal of another office waits unopened"),
    "appeal.unopenable": _("A key does not open an appeal"),
    "appeal.few_officers": _("Too few officers can open appeals"),
    "appeal.export_asked": _("Somebody asks to carry sealed appeals to the office key"),
    "duty.called": _("Danger now: somebody calls the duty line"),
    "incident.opened": _("A terminal needs mending"),
    "case.late": _("A deadline of a case has passed"),
    "retention_list.made": _("A list of cases to destroy waits for an answer"),
    "case.term_soon": _("A term of a case ends soon"),
    "case.motion_soon": _("The day to ask for more time is near"),
    "case.escalated": _("A case of an office below you missed a term"),
    "allegation.term_soon": _("The term to register or pass on an allegation ends soon"),
    "allegation.late": _("The term to register or pass on an allegation has passed"),
    "allegation.escalated": _("An office below you missed a term for an allegation"),
    "referral.late": _("The term to register what was referred has passed"),
    "referral.escalated": _("An office below you did not register what was referred"),
    "breakglass.opened": _("A record was opened in an emergency"),
    "people.second_hand": _("Something waits for a second confirmation"),
}


def words_for(kind: str) -> str:
    """Unknown kinds still ring: a newer part may send what an older page does not know."""
    return str(KINDS.get(kind, _("Something waits for you")))
