from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts come from one-use invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
