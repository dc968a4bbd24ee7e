from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NotAnAnalystError(Problem):
    code = "not_an_analyst"
    status = 403
    happened = _("Figures are released by an analyst, and you hold no such post today.")
    next_step = _("Ask the people who keep your institution's posts.")


class NothingNewError(Problem):
    code = "nothing_new"
    status = 409
    happened = _("These figures are released already: number %(number)s of today holds the same.")
    next_step = _(
        "Open that release. A new one is made when a number has changed or on another day."
    )


class TotalsDisagreeError(Problem):
    code = "totals_disagree"
    status = 409
    happened = _(
        "“%(indicator)s”: the years add up to %(sum)s, but counted at once there are %(total)s."
    )
    next_step = _("Nothing was released. Tell the administrator; the records need checking first.")
