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


class NotYourFormError(Problem):
    code = "not_your_form"
    status = 403
    happened = _(
        "The form is made by an analyst or by whoever leads the office, and you are neither."
    )
    next_step = _("Ask the head of that office, or an analyst.")


class NotYetOverError(Problem):
    code = "not_yet_over"
    status = 400
    happened = _("A form counts up to a day that has come, and this one has not.")
    next_step = _("Choose today or an earlier day.")


class NoPrinterError(Problem):
    code = "no_pdf"
    status = 503
    happened = _("This machine cannot make a PDF: it lacks the program that lays out letters.")
    next_step = _("Take the XLSX, or ask the administrator to install Pango.")
