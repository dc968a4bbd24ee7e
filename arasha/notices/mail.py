"""Mail without content: what kind of thing waits, how many, and where the desk is."""

from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from arasha.notices.words import words_for
from arasha.people.models import User


def send(*, user: User, kinds: Sequence[str], urgent: bool) -> None:
    """Send one mail in the person's language. Raises what the mail server raises."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_subject(len(kinds)), body=_body(kinds, urgent=urgent), to=[user.email]
        ).send()


def _subject(count: int) -> str:
    # The same for urgent mail: a preview on a locked screen tells nothing.
    text = ngettext("Arasha: %(count)d notice", "Arasha: %(count)d notices", count)
    return text % {"count": count}


def _body(kinds: Sequence[str], *, urgent: bool) -> str:
    counted = [(words_for(kind), count) for kind, count in Counter(kinds).items()]
    told = {"counted": counted, "urgent": urgent, "link": f"{settings.ARASHA_DESK_URL}/notices/"}
    return render_to_string("notices/mail/notice.txt", told)
