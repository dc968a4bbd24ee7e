from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NoSuchAddressError(Problem):
    code = "page_not_found"
    status = 404
    happened = _("There is no page at this address.")
    next_step = _("Start at the first page.")


class StorageFullError(Problem):
    """The database or the folder of files cannot grow. What was sent is not kept, not even in part."""

    code = "storage_full"
    status = 507
    happened = _("There is no room left here to keep the appeal.")
    next_step = _("Nothing is lost; the terminal keeps it and sends it again.")


class OutOfOrderError(Problem):
    """A fault, a database that somebody else holds: whatever it is, the same bytes may come again."""

    code = "out_of_order"
    status = 500
    happened = _("Something is broken here. Nothing of yours is lost.")
    next_step = _("Try again in a few minutes.")
