from arasha.appeals.errors.work import AlreadyErasedError, NotYetOpenedError
from arasha.appeals.models import Appeal


def locked(appeal: Appeal) -> Appeal:
    """The appeal as it stands now, held until the transaction ends. Raises AlreadyErasedError."""
    found = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if found.erased_day is not None:
        raise AlreadyErasedError
    return found


def opened(appeal: Appeal) -> Appeal:
    """The same, for what nobody can do before reading. Raises NotYetOpenedError, AlreadyErasedError."""
    found = locked(appeal)
    if found.opened_day is None:
        raise NotYetOpenedError
    return found
