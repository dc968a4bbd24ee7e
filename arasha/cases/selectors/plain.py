from arasha.actors import Actor
from arasha.cases.models import PlainState
from arasha.cases.plain_states import hash_of
from arasha.engines.notes import BadCodeError, read_code


def plain_state(*, viewer: Actor, typed: str) -> PlainState | None:
    """What a code shows. Unknown, revoked and mistyped are one answer, after the same work.

    Open to everybody: it is found only by whoever has the code.
    """
    try:
        digits = read_code(typed)
    except BadCodeError:
        digits = ""  # the hash of nothing is nobody's
    return PlainState.objects.filter(code_hash=hash_of(digits)).first()
