"""What a refusal says: what happened, and what to do next, in the reader's language."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Problem(Exception):
    """A refusal that a person can act on.

    A subclass sets `code` (stable, for programs), `status` (HTTP), `happened` and `next_step`
    (lazy translations; `%(name)s` is filled from the keyword arguments given at the raise).
    """

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 422
    happened: ClassVar[str | Promise] = ""
    next_step: ClassVar[str | Promise] = ""

    def __init__(self, **details: object) -> None:
        super().__init__()
        self.details = details

    def __str__(self) -> str:
        return f"{self.what_happened} {self.what_next}".strip()

    @property
    def what_happened(self) -> str:
        return str(self.happened) % self.details if self.details else str(self.happened)

    @property
    def what_next(self) -> str:
        return str(self.next_step) % self.details if self.details else str(self.next_step)


class ChangedMeanwhileProblem(Problem):
    """The writer saw an older version than the one that stands: whoever saves last wins nothing."""

    code = "changed_meanwhile"
    status = 409
    happened = _("Somebody else changed this record while you were writing.")
    next_step = _(
        "Nothing you typed is lost. Read what changed above the form, then send it again."
    )


class NotFoundProblem(Problem):
    """Unknown and forbidden look the same from outside."""

    code = "not_found"
    status = 404
    happened = _("There is no such record, or it is not open to you.")
    next_step = _(
        "Check the number. If you need the record for your work, ask its holder for access."
    )
