"""The sign-in's apps on doors where nobody signs in: their tables are known, their pages are not."""

from allauth.account.apps import AccountConfig


class AccountTables(AccountConfig):  # type: ignore[misc]
    """Without the app's insistence on its middleware, which a door without sessions cannot have."""

    def ready(self) -> None:
        """Ask nothing of this door."""
