from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class UnknownTokenError(Problem):
    code = "unknown_token"
    status = 403
    happened = _("This token is not known, or a stick was let in with it already.")
    next_step = _("Ask for a new token at the desk. Nothing on the stick is lost.")
