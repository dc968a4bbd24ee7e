"""A browser at the desk that has shown a second factor: what tests of pages start from."""

import time

from django.test import Client

from arasha.people.models import User


def signed_in(user: User, *, method: str = "mfa", language: str = "en") -> Client:
    """The session as allauth leaves it after `method`: mfa, password or demo."""
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": method, "at": time.time(), "type": "totp"}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
