from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class CodeTakenError(Problem):
    code = "place_code_taken"
    happened = _("Another place has the code %(code)s.")
    next_step = _("Open that place, or give this one a code of its own.")


class UnknownKindError(Problem):
    code = "place_kind_unknown"
    happened = _("The country pack knows no kind of place named “%(kind)s”.")
    next_step = _("Choose a kind from the list.")


class UnknownAuthorityError(Problem):
    code = "authority_unknown"
    happened = _("The country pack knows no authority named “%(authority)s”.")
    next_step = _("Choose an authority from the list, or none for an unofficial place.")


class ClosedPlaceError(Problem):
    code = "place_closed"
    happened = _("This place was closed on %(day)s.")
    next_step = _("Choose an earlier day, or correct the day of closing.")


class BadKeyError(Problem):
    code = "device_key_bad"
    happened = _("A device key has 32 bytes; this one has %(length)s.")
    next_step = _("Copy the whole key from the device's screen.")


class KeyTakenError(Problem):
    code = "device_key_taken"
    happened = _("This key already belongs to a device.")
    next_step = _("Make a new key on the device and enrol it with that.")


class SameHandsError(Problem):
    code = "device_same_hands"
    happened = _("You offered this device yourself.")
    next_step = _("Ask a colleague to compare the key on the device's screen and to confirm it.")


class OfferClosedError(Problem):
    code = "device_offer_closed"
    status = 409
    happened = _("This device has been enrolled already.")
    next_step = _("Open the place to see its devices.")


class DeviceRevokedError(Problem):
    code = "device_revoked"
    status = 409
    happened = _("This device was revoked before.")
    next_step = _("Nothing is left to do. To use the machine again, enrol it with a new key.")
