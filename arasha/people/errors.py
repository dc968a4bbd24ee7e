from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NotRegistrarError(Problem):
    code = "not_registrar"
    status = 403
    happened = _("Only a registrar may change this register.")
    next_step = _("Ask the registrar of your country’s centre to make the change.")


class NotYourPeopleError(Problem):
    code = "not_your_people"
    status = 403
    happened = _("You do not manage the people of this institution.")
    next_step = _("Ask a colleague there who does; each institution manages its own people.")


class SecondPersonNeededError(Problem):
    code = "second_person_needed"
    happened = _("You started this yourself, and it needs two people.")
    next_step = _("Ask another people-manager of your institution to confirm it.")


class NotYourselfError(Problem):
    code = "not_yourself"
    happened = _("This is your own account.")
    next_step = _("Ask another people-manager of your institution to do it.")


class InstitutionCodeTakenError(Problem):
    code = "institution_code_taken"
    happened = _("Another institution has the code %(code)s.")
    next_step = _("Open that institution, or give this one a code of its own.")


class UnknownRoleError(Problem):
    code = "role_unknown"
    happened = _("There is no role named “%(role)s”.")
    next_step = _("Choose a role from the list.")


class UnknownInstitutionKindError(Problem):
    code = "institution_kind_unknown"
    happened = _("The country pack knows no kind of institution named “%(kind)s”.")
    next_step = _("Choose a kind from the list.")


class HeadNeedsPlaceError(Problem):
    code = "head_needs_place"
    happened = _("A head answers for one place of detention, and none is chosen.")
    next_step = _("Choose the place.")


class OverlapError(Problem):
    code = "period_overlaps"
    status = 409
    happened = _("These days overlap with a period that is already in the register.")
    next_step = _("End the other period first, or choose days outside it.")


class BackwardsPeriodError(Problem):
    code = "period_backwards"
    happened = _("The last day is before the first day.")
    next_step = _("Check both days.")


class HasLeftError(Problem):
    code = "has_left"
    status = 409
    happened = _("%(name)s has left.")
    next_step = _("If they have come back, invite them again with another address.")


class AddressTakenError(Problem):
    code = "address_taken"
    happened = _("%(email)s already has an account or an open invitation.")
    next_step = _("Look in the list of people; an existing account can be appointed to a post.")


class LinkDeadError(Problem):
    code = "link_dead"
    status = 410
    happened = _("This link does not work: it was used before, has run out, or is not complete.")
    next_step = _("Copy the whole link again. If it still fails, ask for a new one.")


class InvitationClosedError(Problem):
    code = "invitation_closed"
    status = 409
    happened = _("This invitation was confirmed, accepted or withdrawn before.")
    next_step = _("Open the list of invitations to see its state.")


class RestorationClosedError(Problem):
    code = "restoration_closed"
    status = 409
    happened = _("This request was confirmed or withdrawn before.")
    next_step = _("Start a new one on the person’s page if it is still needed.")


class NotForYouToKnowError(Problem):
    code = "not_for_you_to_know"
    status = 403
    happened = _("Unofficial places are kept by the preventive mechanism alone.")
    next_step = _(
        "Tell its registrar. An official place has an authority: choose it from the list."
    )


class ListFaultsError(Problem):
    """`lines` says for each bad line what is wrong; nobody on the list was invited."""

    code = "list_faults"
    happened = _("Nobody was invited. Lines of the list that need a correction: %(count)s.")
    next_step = _("Correct the lines named below and send the list again.")

    def __init__(self, *, lines: list[tuple[int, str]]) -> None:
        super().__init__(count=len(lines))
        self.lines = lines


class OnlyInDemoError(Problem):
    code = "only_in_demo"
    status = 404
    happened = _("Sign-in links exist in the demo only.")
    next_step = _("Sign in with your passkey, or with your password and a one-time code.")


class TooOftenError(Problem):
    """`retry_after`: seconds until the next is answered."""

    code = "too_often"
    status = 429
    happened = _("Too many questions came from your address in a short time.")
    next_step = _("Wait %(retry_after)s seconds, then send it again.")


class TooManyTriesError(Problem):
    code = "too_many_tries"
    status = 429
    happened = _("Too many tries came from your address.")
    next_step = _("Wait a few minutes and open the link again.")
