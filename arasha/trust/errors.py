from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NoRootError(Problem):
    code = "no_root"
    happened = _("This server does not know the root of trust yet.")
    next_step = _("Import the folder of the ceremony, and name the root that was compared aloud.")


class OtherRootError(Problem):
    code = "other_root"
    status = 409
    happened = _("This server already follows a root of trust, and it is not this one.")
    next_step = _("A root is replaced only by rotation: its keepers sign the next one.")


class TrustDamagedError(Problem):
    code = "trust_damaged"
    happened = _("This is no folder of the root of trust: %(why)s")
    next_step = _(
        "Take the folder that the ceremony wrote, whole. What was believed before stands."
    )


class NotBelievedError(Problem):
    code = "not_believed"
    happened = _("The folder is not believed, and what was believed before stands: %(why)s")
    next_step = _("Let the keepers look at it with “arasha trust show”, mend it and sign again.")


class NotStampedError(NotBelievedError):
    code = "not_stamped"
    happened = _(
        "Nobody confirms that the folder is the newest, and what was believed before stands: %(why)s"
    )
    next_step = _(
        "Stamp the folder with “arasha trust timestamp”, or put the freshness key that the root names "
        "into %(key)s on this server. Then import the folder again."
    )


class DemoRootError(NotBelievedError):
    code = "demo_root"
    next_step = _("Import the folder of the real ceremony, with the root that was compared aloud.")


class OlderFolderError(NotBelievedError):
    code = "older_folder"
    next_step = _(
        "Import the newest folder of the ceremony. If this is the newest, somebody may be bringing an "
        "old list back: tell the keepers."
    )


class SpoiltFolderError(NotBelievedError):
    code = "spoilt_folder"
    next_step = _("Copy the whole folder from the medium of the ceremony again, and import it.")


class FreshnessKeyError(Problem):
    code = "freshness_key"
    happened = _("The freshness key of this server cannot be used: %(why)s")
    next_step = _(
        "Nothing was imported. Mend the file %(key)s, or take it away and stamp the folder with "
        "“arasha trust timestamp”. Then import the folder again."
    )


class UnknownBodyError(Problem):
    code = "unknown_body"
    happened = _("The list “%(name)s” names an institution that is not registered here: %(body)s.")
    next_step = _("Register the institution under this code, then import the folder again.")


class SetNameTakenError(Problem):
    code = "set_name_taken"
    status = 409
    happened = _("Another body already has a list with the name “%(name)s”.")
    next_step = _("Give the list another name, and sign it again.")


class NoTrustFileError(Problem):
    code = "no_trust_file"
    status = 404
    happened = _("The root of trust has no file of this name.")
    next_step = _("Begin with timestamp.json, and follow the versions that it names.")
