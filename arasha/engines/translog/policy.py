"""Whom a verifier believes: logs, witnesses and a quorum of them (C2SP tlog-policy)."""

import re
from collections.abc import Callable, Set, Sized
from dataclasses import dataclass, field

from arasha.engines.notes import COSIGNATURE, NOTE, MalformedError, VerifierKey
from arasha.engines.translog.errors import PolicyError

NONE = "none"
MAX_EACH = 256
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_COUNT = re.compile("[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Group:
    """Witnessed if at least `needed` of its members (witnesses or groups) are."""

    needed: int
    members: tuple[str, ...]


@dataclass(slots=True)
class Policy:
    """A policy that was read; witnesses and groups by the names they have in the file.

    `urls` tells where to reach a witness (by its name) or a log (by its vkey), if a line says so.
    """

    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = ""
    urls: dict[str, str] = field(default_factory=dict)

    def is_satisfied(self, cosigned: Set[VerifierKey]) -> bool:
        """Tell whether the witnesses with these keys are strong enough together."""
        return self.quorum == NONE or self._has_witnessed(self.quorum, cosigned)

    def _has_witnessed(self, name: str, cosigned: Set[VerifierKey]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name] in cosigned
        group = self.groups[name]
        return sum(self._has_witnessed(each, cosigned) for each in group.members) >= group.needed

    def name_of(self, key: VerifierKey) -> str:
        """Return the name that the policy gives to the witness with this key."""
        return next(name for name, witness in self.witnesses.items() if witness == key)


def parse_policy(data: bytes) -> Policy:
    """Read a policy file. Raises PolicyError with the line and the rule that it breaks."""
    # Octets above 0x7F are opaque here, and this decoding keeps each of them apart.
    text = data.decode("utf-8", "surrogateescape")
    if not text.endswith("\n"):
        raise PolicyError("the last line of the policy has no end: the file may be cut off")
    policy = Policy()
    for number, line in enumerate(text[:-1].split("\n"), 1):
        try:
            _read_line(policy, line)
        except (PolicyError, MalformedError) as problem:
            raise PolicyError(f"line {number}: {problem}") from problem
    if not policy.quorum:
        raise PolicyError(
            "the policy has no quorum line; write 'quorum none' to ask for no witness"
        )
    return policy


def _read_line(policy: Policy, line: str) -> None:
    if found := _FORBIDDEN.search(line):
        raise PolicyError(f"control character U+{ord(found[0]):04X}; end lines with newline only")
    words = re.split("[ \t]+", line.strip(" \t"))
    if words[0] == "" or words[0].startswith("#"):
        return
    read = _READERS.get(words[0])
    if read is None:
        raise PolicyError(f"a line starts with log, witness, group or quorum, got {words[0]!r}")
    read(policy, words[1:])


def _read_log(policy: Policy, words: list[str]) -> None:
    if len(words) not in {1, 2}:
        raise PolicyError("write 'log <vkey> [<url>]'")
    _refuse_too_many(policy.logs)
    policy.logs.append(_new_key(policy, words[0], NOTE))
    if len(words) == 2:
        policy.urls[words[0]] = words[1]


def _read_witness(policy: Policy, words: list[str]) -> None:
    if len(words) not in {2, 3}:
        raise PolicyError("write 'witness <name> <vkey> [<url>]'")
    name = _new_name(policy, words[0])
    _refuse_too_many(policy.witnesses)
    policy.witnesses[name] = _new_key(policy, words[1], COSIGNATURE)
    if len(words) == 3:
        policy.urls[name] = words[2]


def _new_key(policy: Policy, text: str, kind: int) -> VerifierKey:
    key = VerifierKey.parse(text)
    if key.kind != kind:
        raise PolicyError(f"{key.name} has a key of type 0x{key.kind:02x}, needed 0x{kind:02x}")
    # A log that is its own witness would vote for itself, so the two kinds are not kept apart here.
    if key.public in {known.public for known in (*policy.logs, *policy.witnesses.values())}:
        raise PolicyError(f"the key of {key.name} is in the policy already, maybe by another name")
    return key


def _read_group(policy: Policy, words: list[str]) -> None:
    if len(words) < 3:
        raise PolicyError("write 'group <name> all|any|<number> <member>...'")
    name, threshold, *members = words
    _new_name(policy, name)
    _refuse_too_many(policy.groups)
    _refuse_bad_members(policy, members)
    policy.groups[name] = Group(_needed(threshold, len(members)), tuple(members))


def _refuse_bad_members(policy: Policy, members: list[str]) -> None:
    taken = {member for group in policy.groups.values() for member in group.members}
    for member in members:
        _refuse_unknown(policy, member)
        if member in taken:
            raise PolicyError(f"{member} is a member already: it may count in one way only")
        taken.add(member)


def _needed(threshold: str, members: int) -> int:
    if threshold in {"all", "any"}:
        return members if threshold == "all" else 1
    if not _COUNT.fullmatch(threshold) or len(threshold) > 9 or int(threshold) > members:
        raise PolicyError(f"a group of {members} needs all, any or 1 to {members}: {threshold!r}")
    return int(threshold)


def _read_quorum(policy: Policy, words: list[str]) -> None:
    if len(words) != 1:
        raise PolicyError("write 'quorum <name>' or 'quorum none'")
    if policy.quorum:
        raise PolicyError("a policy has one quorum line")
    if words[0] != NONE:
        _refuse_unknown(policy, words[0])
    policy.quorum = words[0]


def _refuse_too_many(known: Sized) -> None:
    if len(known) >= MAX_EACH:
        raise PolicyError(f"a policy has at most {MAX_EACH} logs, witnesses and groups each")


def _new_name(policy: Policy, name: str) -> str:
    if name == NONE or name in policy.witnesses or name in policy.groups:
        raise PolicyError(f"the name {name} is taken")
    return name


def _refuse_unknown(policy: Policy, name: str) -> None:
    if name not in policy.witnesses and name not in policy.groups:
        raise PolicyError(f"no witness or group {name} on the lines before")


_READERS: dict[str, Callable[[Policy, list[str]], None]] = {
    "log": _read_log,
    "witness": _read_witness,
    "group": _read_group,
    "quorum": _read_quorum,
}
