from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class AlreadyWithdrawnError(Problem):
    code = "already_withdrawn"
    status = 409
    happened = _("This access was already withdrawn.")
    next_step = _("Nothing more is to be done. Reload the page to see who has access now.")


class AlreadyLiftedError(Problem):
    code = "already_lifted"
    status = 409
    happened = _("This bar was already lifted.")
    next_step = _("Nothing more is to be done.")


class UnknownBarReasonError(Problem):
    code = "unknown_bar_reason"
    happened = _("“%(reason)s” is not a reason to keep somebody from a record.")
    next_step = _("Choose one: accused, witness, works at the place, relative.")


class NotOnDutyError(Problem):
    code = "not_on_duty"
    status = 403
    happened = _("Only somebody in a duty post may open a record in an emergency.")
    next_step = _("Call the duty officer of your institution, or ask the record's holder.")


class NeverOpensError(Problem):
    code = "never_opens"
    status = 403
    happened = _("Records of this kind are never opened in an emergency. Appeals stay sealed.")
    next_step = _("Only the people an appeal was sealed to can read it. Turn to their institution.")


class ReasonMissingError(Problem):
    code = "reason_missing"
    happened = _("The reason is missing.")
    next_step = _("Choose a reason, and write in your own words why it cannot wait.")


class NobodyToTellError(Problem):
    code = "nobody_to_tell"
    status = 409
    happened = _(
        "There is no supervisor or duty officer in your institution who could be told at once."
    )
    next_step = _("Call the institution above yours: a record is never opened with nobody knowing.")


class AlreadyOpenError(Problem):
    code = "already_open"
    status = 409
    happened = _("This record is already open to you.")
    next_step = _("Open it from your list; there is no need to break the glass.")


class AlreadyReviewedError(Problem):
    code = "already_reviewed"
    status = 409
    happened = _("Somebody has already reviewed this.")
    next_step = _("Read their finding on this page.")


class NotTheReviewerError(Problem):
    code = "not_the_reviewer"
    status = 403
    happened = _("Whoever opened the record, or was told of it, does not review it.")
    next_step = _("Leave it to a third supervisor or duty officer.")


class FindingMissingError(Problem):
    code = "finding_missing"
    happened = _("The finding is missing.")
    next_step = _("Say whether it was justified, and write in a sentence why.")


class UnknownPersonError(Problem):
    code = "unknown_person"
    status = 404
    happened = _("Nobody has an account with the address %(email)s.")
    next_step = _("Check the spelling of the address.")


class UnknownRecordError(Problem):
    code = "unknown_record"
    status = 404
    happened = _("No record is known as %(record)s.")
    next_step = _("Write kind:key, as case:6f1c…, or a number as it is printed.")
