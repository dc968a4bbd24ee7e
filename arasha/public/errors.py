from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class PageNotFoundError(Problem):
    code = "page_not_found"
    status = 404
    happened = _("There is no page at this address.")
    next_step = _("Start at the first page.")


class NoRecordYetError(Problem):
    """The same words as on the code page: nobody learns more from the download than from the page."""

    code = "no_record_yet"
    status = 404
    happened = _("There is no record under this code yet.")
    next_step = _("A new code is found here after the next publication. Try again tomorrow.")


class OutOfOrderError(Problem):
    code = "out_of_order"
    status = 500
    happened = _("Something is broken here. Nothing of yours is lost.")
    next_step = _("Try again in a few minutes.")
