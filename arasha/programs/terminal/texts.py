"""The words of the kiosk: all of them come from the pack."""

from typing import Any

from arasha.packs import Pack

PREFIX = "terminal."
KEYS = frozenset(
    [
        "language.title",
        "about.title",
        "about.text",
        "about.rights",
        "button.next",
        "button.back",
        "button.leave",
        "button.leave_hint",
        "button.send",
        "button.again",
        "button.retry",
        "button.print",
        "button.done",
        "button.stay",
        "body.title",
        "body.lead",
        "body.choose",
        "body.readers",
        "body.stale",
        "readers.title",
        "readers.lead",
        "readers.officer",
        "readers.office",
        "readers.stand_in",
        "readers.never",
        "readers.look",
        "write.title",
        "write.lead",
        "write.label",
        "write.empty",
        "write.too_long",
        "danger.title",
        "danger.lead",
        "danger.no",
        "danger.no_hint",
        "danger.yes",
        "danger.yes_hint",
        "danger.unknown",
        "danger.sending",
        "danger.waiting",
        "danger.arrived",
        "danger.wish",
        "danger.limits",
        "name.title",
        "name.with",
        "name.with_hint",
        "name.seen",
        "name.seen_on_duty",
        "name.without",
        "name.without_hint",
        "name.label",
        "name.choose",
        "name.empty",
        "name.needed",
        "check.title",
        "check.to",
        "check.danger",
        "check.wish",
        "check.name",
        "check.text",
        "check.explain",
        "check.sealing",
        "slip.title",
        "slip.code",
        "slip.code_hint",
        "slip.proves",
        "slip.proves_not",
        "slip.held",
        "slip.kept",
        "slip.sending",
        "slip.acknowledged",
        "slip.proved",
        "slip.promise",
        "slip.stays",
        "slip.where",
        "slip.qr",
        "slip.once",
        "idle.title",
        "idle.text",
        "problem.title",
        "problem.no_bodies",
        "problem.program_gone",
        "problem.sealing",
        "problem.set_unknown",
        "problem.device_unknown",
        "problem.refused",
        "problem.not_genuine",
    ]
)


class MissingTextsError(Exception):
    """A pack that lacks words the kiosk needs."""


def languages(pack: Pack) -> list[dict[str, Any]]:
    """Return each language with its direction and words. Raises MissingTextsError."""
    if missing := sorted(PREFIX + key for key in KEYS if PREFIX + key not in pack.texts):
        raise MissingTextsError(
            f"the pack {pack.code} lacks texts of the terminal: {', '.join(missing)};"
            " write them in its texts/terminal.toml"
        )
    return [
        {
            "code": language.code,
            "name": language.name,
            "direction": language.direction,
            "texts": {key: pack.text(PREFIX + key, language.code) for key in KEYS},
        }
        for language in pack.languages
    ]
