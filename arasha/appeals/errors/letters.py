"""What is told to somebody who writes at the public door. The page keeps what was written."""

from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class PuzzleUnsolvedError(Problem):
    code = "puzzle_unsolved"
    status = 403
    happened = _(
        "The proof of work that protects this door from floods is missing, wrong or too old."
    )
    next_step = _("Nothing is lost. Send again: your browser makes a new one by itself.")


class PuzzleSpentError(Problem):
    code = "puzzle_spent"
    status = 409
    happened = _("This proof of work came with another letter already.")
    next_step = _("Nothing is lost. Send again: your browser makes a new one by itself.")
