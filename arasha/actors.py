"""Who acts: a user, a device, nobody known, or a named job of the system itself."""

from dataclasses import dataclass

USER = "user"
DEVICE = "device"
NOBODY = "anonymous"
JOB = "job"


@dataclass(frozen=True, slots=True)
class Actor:
    """An acting party by kind and key; never the row itself, so that the lowest floor can name everyone."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def user(cls, key: object) -> "Actor":
        return cls(USER, str(key))

    @classmethod
    def device(cls, key: object) -> "Actor":
        return cls(DEVICE, str(key))

    @classmethod
    def job(cls, name: str) -> "Actor":
        return cls(JOB, name)


ANONYMOUS = Actor(NOBODY, "")
TICK = Actor.job("tick")
RETENTION = Actor.job("retention")
FIGURES = Actor.job("figures")
IMPORTS = Actor.job("imports")  # takes a table of another register in, or back
LETTERS = Actor.job("letters")  # takes what somebody sealed at the public door
VERIFY = Actor.job("verify")
WORLD = Actor.job("world")
