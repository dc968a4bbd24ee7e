"""Everything that changes the registers of people: one module per act of an institution."""

from arasha.people.services.institutions import (
    appoint,
    end_appointment,
    end_command,
    give_command,
    open_post,
    register_institution,
)
from arasha.people.services.invitations import (
    accept_invitation,
    add_person,
    confirm_invitation,
    invite,
    invite_list,
    withdraw_invitation,
)
from arasha.people.services.leaving import leave
from arasha.people.services.restorations import (
    ask_restoration,
    confirm_restoration,
    restore,
    withdraw_restoration,
)
from arasha.people.services.sign_in import make_sign_in_link, use_sign_in_link

__all__ = [
    "accept_invitation",
    "add_person",
    "appoint",
    "ask_restoration",
    "confirm_invitation",
    "confirm_restoration",
    "end_appointment",
    "end_command",
    "give_command",
    "invite",
    "invite_list",
    "leave",
    "make_sign_in_link",
    "open_post",
    "register_institution",
    "restore",
    "use_sign_in_link",
    "withdraw_invitation",
    "withdraw_restoration",
]
