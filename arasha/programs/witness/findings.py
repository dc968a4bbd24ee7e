"""`arasha witness evidence`: what the witness has caught, in words."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from arasha.engines.notes import UntrustedNoteError, VerifierKey, verified_signatures
from arasha.engines.translog import Checkpoint, WrongEmptyRootError
from arasha.programs.witness.memory import Memory
from arasha.wire.evidence import EMPTY, FORK, UNPROVED, Evidence, kept

Logs = Mapping[str, Sequence[VerifierKey]]

WORDS = MappingProxyType(
    {
        "en": {
            "none": "Nothing: no log that this witness watches has contradicted itself.",
            FORK: "{origin} signed two different histories of {size} entries. Nothing explains that but a forged log or a stolen key. Tell whoever relies on it, and give them the file.",
            EMPTY: "{origin} signed a log of no entries that is not empty. Nothing explains that but a broken log. Tell its operator, and keep the file.",
            UNPROVED: "{origin} signed a log of {size} entries and did not show that it continues what was cosigned. It may still show it; if it does not within days, tell whoever relies on it.",
            "shown": "{origin}: the log of {size} entries was shown later to continue what was cosigned. Settled.",
            "unsigned": "The signatures in this file are not those of a log that this witness watches.",
        },
        "ru": {
            "none": "Ничего: ни один журнал, за которым следит этот свидетель, себе не противоречил.",
            FORK: "{origin} подписал две разные истории из {size} записей. Это объясняется только подделкой журнала или кражей ключа. Сообщите тем, кто полагается на журнал, и передайте им файл.",
            EMPTY: "{origin} подписал журнал без записей, который не пуст. Это объясняется только поломкой журнала. Сообщите оператору и сохраните файл.",
            UNPROVED: "{origin} подписал журнал из {size} записей и не показал, что он продолжает заверенный. Это ещё возможно; если через несколько дней этого не будет, сообщите тем, кто полагается на журнал.",
            "shown": "{origin}: позже показано, что журнал из {size} записей продолжает заверенный. Вопрос снят.",
            "unsigned": "Подписи в этом файле не принадлежат журналам, за которыми следит этот свидетель.",
        },
        "kk": {
            "none": "Ештеңе жоқ: осы куә бақылайтын бірде-бір журнал өзіне қайшы келген жоқ.",
            FORK: "{origin} {size} жазбаның екі түрлі тарихына қол қойған. Мұның себебі – журналдың қолдан жасалуы немесе кілттің ұрлануы ғана. Журналға сенетіндерге хабарлап, файлды беріңіз.",
            EMPTY: "{origin} жазбасы жоқ, бірақ бос емес журналға қол қойған. Мұның себебі – журналдың бұзылуы ғана. Операторға хабарлап, файлды сақтаңыз.",
            UNPROVED: "{origin} {size} жазбалық журналға қол қойып, оның куәландырылған журналды жалғастыратынын көрсетпеді. Әлі көрсетуі мүмкін; бірнеше күнде көрсетпесе, журналға сенетіндерге хабарлаңыз.",
            "shown": "{origin}: {size} жазбалық журнал куәландырылғанды жалғастыратыны кейін көрсетілді. Мәселе шешілді.",
            "unsigned": "Бұл файлдағы қолтаңбалар осы куә бақылайтын журналдардікі емес.",
        },
    }
)


def report(folder: Path, memory: Memory, logs: Logs, language: str) -> Iterator[tuple[bool, str]]:
    """Yield (whether it stands against the log, a line of words). Raises MalformedError."""
    words, found = WORDS[language], False
    for path, evidence in kept(folder):
        found = True
        verdict = judged(evidence, memory, logs)
        line = words[verdict].format(origin=evidence.origin, size=_size(evidence))
        yield verdict in (FORK, EMPTY), f"{path}: {line}"
    if not found:
        yield False, words["none"]


def judged(evidence: Evidence, memory: Memory, logs: Logs) -> str:
    """The kind of evidence, checked again: "unsigned" if altered, "shown" if it was explained."""
    keys = logs.get(evidence.origin, ())
    for note in filter(None, (evidence.offered, evidence.known)):
        try:
            if not verified_signatures(note, keys):
                return "unsigned"
        except UntrustedNoteError:
            return "unsigned"
    if evidence.kind == UNPROVED:
        return "shown" if _was_shown(evidence, memory) else UNPROVED
    return evidence.kind if _contradicts(evidence) else "unsigned"


def _was_shown(evidence: Evidence, memory: Memory) -> bool:
    stated = Checkpoint.parse(evidence.offered.text)
    with memory.turn() as turn:
        seen = turn.at(stated.origin, stated.size)
    return seen is not None and seen.root == stated.root


def _contradicts(evidence: Evidence) -> bool:
    try:
        offered = Checkpoint.parse(evidence.offered.text)
    except WrongEmptyRootError:
        return evidence.kind == EMPTY
    if evidence.known is None:
        return False
    known = Checkpoint.parse(evidence.known.text)
    same = (known.origin, known.size) == (offered.origin, offered.size)
    return evidence.kind == FORK and same and known.root != offered.root


def _size(evidence: Evidence) -> str:
    return evidence.offered.text.split("\n")[1]
