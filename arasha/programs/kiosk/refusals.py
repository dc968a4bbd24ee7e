"""Why a build is not made, not believed or not applied; each has words in three languages."""


class KioskRefusedError(Exception):
    """`name` says which words of texts.toml to show, with `details` in them."""

    def __init__(self, name: str, **details: object) -> None:
        super().__init__(f"{name}: {details}")
        self.name = name
        self.details = details
