"""The words of the kiosk: all of them come from the pack."""

from collections.abc import Iterator
from typing import Any

from arasha.packs import Pack, PackText

PREFIX = "terminal."
RIGHTS, PHONES, HELPERS = "rights.", "help.phone.", "help.item."
SHOWN = (PREFIX, RIGHTS, "help.")  # the texts that people see on a terminal
KEYS = frozenset(
    [
        "language.title",
        "about.text",
        "about.rights",
        "loading.title",
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
        "button.partial",
        "button.listen",
        "button.quiet",
        "button.more_time",
        "display.size",
        "display.contrast",
        "keys.title",
        "keys.erase",
        "keys.shift",
        "keys.signs",
        "keys.space",
        "keys.line",
        "keys.language",
        "home.title",
        "home.danger",
        "home.danger_hint",
        "home.write",
        "home.write_hint",
        "home.visit",
        "home.visit_hint",
        "home.replies",
        "home.replies_hint",
        "home.add",
        "home.add_hint",
        "home.rights",
        "home.rights_hint",
        "home.help",
        "home.help_hint",
        "phones.title",
        "phones.none",
        "draft.short",
        "visit.title",
        "visit.lead",
        "visit.write",
        "code.title",
        "code.lead",
        "code.wrong",
        "code.write",
        "body.title",
        "body.lead",
        "body.choose",
        "body.readers",
        "body.stale",
        "readers.title",
        "readers.lead",
        "readers.officer",
        "readers.stand_in",
        "readers.office",
        "readers.never",
        "readers.look",
        "write.title",
        "write.lead",
        "write.label",
        "write.empty",
        "write.or_speak",
        "adding.title",
        "adding.lead",
        "voice.title",
        "voice.text",
        "voice.delay",
        "voice.start",
        "voice.stop",
        "voice.again",
        "voice.forget",
        "voice.running",
        "voice.kept",
        "voice.left",
        "voice.level",
        "voice.only",
        "papers.title",
        "papers.text",
        "papers.take",
        "papers.forget",
        "papers.none",
        "papers.kept",
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
        "way.title",
        "way.named",
        "way.named_hint",
        "way.sealed_apart",
        "way.mailbox",
        "way.mailbox_hint",
        "way.neither",
        "way.neither_hint",
        "way.neither_adding",
        "way.name",
        "way.contact",
        "way.choose",
        "way.empty",
        "name.seen",
        "name.seen_on_duty",
        "name.without",
        "name.without_hint",
        "name.needed",
        "words.title",
        "words.lead",
        "words.keep",
        "words.alone",
        "words.making",
        "confirm.title",
        "confirm.lead",
        "confirm.word",
        "confirm.choose",
        "confirm.wrong",
        "check.title",
        "check.to",
        "check.danger",
        "check.wish",
        "check.name",
        "check.text",
        "check.explain",
        "check.sealing",
        "check.adds_to",
        "check.added",
        "check.voice",
        "check.paper",
        "mailbox.title",
        "mailbox.lead",
        "mailbox.word",
        "mailbox.unknown",
        "mailbox.looking",
        "mailbox.offers",
        "mailbox.language",
        "replies.title",
        "replies.none",
        "replies.unreadable",
        "replies.silence_title",
        "replies.silence",
        "replies.states",
        "replies.done",
        "replies.open",
        "replies.next",
        "replies.letter",
        "replies.in_person_title",
        "replies.in_person",
        "reached.received",
        "reached.opened",
        "reached.checked",
        "reached.passed_on",
        "reached.answered",
        "safe.title",
        "safe.lead",
        "safe.yes",
        "safe.yes_hint",
        "safe.no",
        "safe.no_hint",
        "reading.source",
        "reading.draft",
        "reading.dated",
        "finish.title",
        "finish.text",
        "finish.take",
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
        "slip.attachments",
        "slip.wait",
        "slip.files_refused",
        "idle.title",
        "idle.text",
        "problem.title",
        "problem.no_bodies",
        "problem.program_gone",
        "problem.sealing",
        "problem.set_unknown",
        "problem.device_unknown",
        "problem.unheard",
        "problem.refused",
        "problem.not_genuine",
        "problem.disk_full",
        "problem.no_microphone",
        "problem.microphone_refused",
        "problem.microphone_busy",
        "problem.scan_pdf",
        "problem.scan_kind",
        "problem.scan_size",
        "problem.scan_damaged",
        "problem.words",
        "problem.no_list",
        "problem.not_found",
        "problem.too_long",
        "problem.too_many",
        "problem.no_room",
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


def saying(pack: Pack) -> dict[str, Any]:
    """Return what the pack tells people besides: rights, numbers of help, and who can help.

    Each is a table of texts (`rights.<code>.title`, `help.phone.<code>.number`), in the pack's order, with the
    day of its words and whether they are still a draft. `key` is what a recording of it is called after.
    """
    return {
        "rights": list(_told(pack, RIGHTS)),
        "help": {
            "phones": list(_told(pack, PHONES)),
            "items": list(_told(pack, HELPERS)),
        },
    }


def _told(pack: Pack, prefix: str) -> Iterator[dict[str, Any]]:
    tables: dict[str, dict[str, PackText]] = {}
    for key, text in pack.texts.items():
        if key.startswith(prefix):
            table, _, name = key.rpartition(".")
            tables.setdefault(table, {})[name] = text
    for table, texts in tables.items():
        words = {name: dict(text.text) for name, text in texts.items()}
        is_draft = any(text.state == "draft" for text in texts.values())
        day = max(text.date for text in texts.values()).isoformat()
        yield {"key": table, "date": day, "is_draft": is_draft, **words}
