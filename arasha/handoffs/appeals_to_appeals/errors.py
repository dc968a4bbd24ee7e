from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class HeaderMissingError(Problem):
    code = "header_missing"
    status = 409
    happened = _("That body cannot open this appeal yet: no readers of its list were added.")
    next_step = _("Open the appeal in the reader, add the readers of that body, and come back.")


class NoListError(Problem):
    code = "no_list"
    status = 409
    happened = _("That body has no list of recipients in this system yet.")
    next_step = _("Its office signs a list first. Until then choose another body.")


class NotInYourHandsError(Problem):
    code = "not_in_your_hands"
    status = 409
    happened = _("This appeal is in the hands of another body now.")
    next_step = _("Open the appeal's page to see with whom it is.")
