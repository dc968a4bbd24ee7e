"""Refusals of documents, their custody and letters."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class UploadProblem(Problem):
    """A file that is not taken; one for each code of `papers.uploads`."""

    code = "upload_refused"


class EmptyFileError(UploadProblem):
    code = "upload_empty"
    happened = _("The file is empty.")
    next_step = _("Choose the file again; if it stays empty, ask whoever gave it to you.")


class TooLargeFileError(UploadProblem):
    code = "upload_too_large"
    status = 413
    happened = _("The file is larger than %(most)s MB.")
    next_step = _("Split it, or ask your administrator for room.")


class UnknownFileError(UploadProblem):
    code = "upload_unknown"
    happened = _("This kind of file is not taken.")
    next_step = _(
        "Taken are PDF, JPEG, PNG, TIFF, DOCX, XLSX, ODT, plain text, MP3, Opus, WAV and MP4. Save it as one of these."
    )


class ExecutableFileError(UploadProblem):
    code = "upload_executable"
    happened = _("The file is a program.")
    next_step = _("Do not open it. Tell whoever looks after your computers.")


class OldOrLockedFileError(UploadProblem):
    code = "upload_old_or_locked"
    happened = _("The file has a password, or comes from an old office program.")
    next_step = _("Take the password off, or save it as DOCX, XLSX or PDF.")


class MacrosFileError(UploadProblem):
    code = "upload_macros"
    happened = _("The document holds a program (a macro).")
    next_step = _("Save it without macros, or as PDF.")


class RemoteFileError(UploadProblem):
    code = "upload_remote"
    happened = _("The document fetches something from elsewhere when it is opened.")
    next_step = _("Save it as PDF and add that.")


class BombFileError(UploadProblem):
    code = "upload_bomb"
    happened = _("Unpacked, the file would fill the memory.")
    next_step = _("Do not open it. Ask whoever sent it what it is.")


class DamagedFileError(UploadProblem):
    code = "upload_damaged"
    happened = _("The file is damaged.")
    next_step = _("Get it once more from where it came.")


class TwoInOneFileError(UploadProblem):
    code = "upload_two_in_one"
    happened = _("Two files are hidden in this one.")
    next_step = _("Do not open it. Ask whoever sent it what it is.")


class AttachedFileError(UploadProblem):
    code = "upload_attached"
    happened = _("Other files lie within this PDF.")
    next_step = _("Save it without attachments, and add each file that you need by itself.")


UPLOAD_PROBLEMS: dict[str, type[UploadProblem]] = {
    "empty": EmptyFileError,
    "too_large": TooLargeFileError,
    "unknown": UnknownFileError,
    "executable": ExecutableFileError,
    "old_or_locked": OldOrLockedFileError,
    "macros": MacrosFileError,
    "remote": RemoteFileError,
    "bomb": BombFileError,
    "damaged": DamagedFileError,
    "two_in_one": TwoInOneFileError,
    "attached": AttachedFileError,
}


class SameBytesError(Problem):
    code = "same_bytes"
    status = 409
    happened = _("The same file is already in this case: “%(title)s”.")
    next_step = _("Use that one. If it was put in by mistake, withdraw it first.")


class NotYourCompartmentError(Problem):
    code = "not_your_compartment"
    status = 403
    happened = _("Documents about somebody’s body or mind are not open to you.")
    next_step = _("Ask the prosecutor who conducts the case to add it.")


class CustodyBrokenError(Problem):
    code = "custody_broken"
    status = 409
    happened = _("The chain of custody of “%(title)s” is broken.")
    next_step = _("Do not use the document. Tell your supervisor and your administrator at once.")


class FileLostError(Problem):
    code = "file_lost"
    status = 409
    happened = _("The file of “%(title)s” is not where it was kept.")
    next_step = _("Tell your administrator at once: it can come back from a backup.")


class FileForgedError(Problem):
    code = "file_forged"
    status = 409
    happened = _("The file of “%(title)s” is not what was received: its bytes have changed.")
    next_step = _("Do not use it. Tell your supervisor and your administrator at once.")


class NothingToExportError(Problem):
    code = "nothing_to_export"
    status = 409
    happened = _("There is no document to export.")
    next_step = _("Add one first. What was withdrawn is not exported.")


class WithdrawnError(Problem):
    code = "document_withdrawn"
    status = 409
    happened = _("This document was withdrawn.")
    next_step = _("It stays to be seen; nothing more is done with it.")


class NoFormError(Problem):
    code = "no_form"
    status = 404
    happened = _("The country has no such form in this language.")
    next_step = _("Choose one of the forms on the page “Documents”.")


FIELD_REFUSED: Promise = _("This cannot be printed: %(reason)s.")
