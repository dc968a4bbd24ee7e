"""The catalogues of texts: `.venv/bin/python -m tools.catalogues`.

Finds what our code and pages say, merges it into each language, names what is not translated, and compiles. What Django and
allauth say without a translation of their own goes to `overrides/`. No gettext is needed.
Exit codes: 0 everything is translated, 1 something is not.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import allauth
import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parents[1] / "arasha"
OURS = PACKAGE / "locale"
OVERRIDES = OURS / "overrides"
DJANGO = Path(django.__file__).parent
ALLAUTH = Path(allauth.__file__).parent
PO, MO = Path("LC_MESSAGES/django.po"), Path("LC_MESSAGES/django.mo")

LANGUAGES = ("kk", "ru", "en")
TRANSLATED = ("kk", "ru")  # English is what the code itself says

# What of Django and allauth can reach a page of ours: forms, checks, dates, messages; never their own admin pages.
FOREIGN = {
    DJANGO: (
        "core/paginator.py",
        "core/validators.py",
        "db/models/**/*.py",
        "forms/**/*.py",
        "template/defaultfilters.py",
        "utils/*.py",
        "contrib/auth/forms.py",
        "contrib/auth/password_validation.py",
        "contrib/auth/validators.py",
        "contrib/humanize/**/*.py",
    ),
    ALLAUTH: (
        *(f"{app}/**/*.py" for app in ("account", "mfa", "usersessions")),
        *(f"templates/{app}/messages/*.txt" for app in ("account", "mfa", "usersessions")),
    ),
}
THEIR_CATALOGUES = (
    DJANGO / "conf" / "locale",
    DJANGO / "contrib" / "auth" / "locale",
    DJANGO / "contrib" / "humanize" / "locale",
    ALLAUTH / "locale",
)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NAMED = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")
NAMELESS = re.compile(r"(?<!%)%[sdr]|\{\}")


def said_here() -> Catalog:
    """Everything our own code and pages ask to have translated."""
    code = PACKAGE.rglob("*.py")
    pages = (path for path in PACKAGE.rglob("templates/**/*") if path.suffix in (".html", ".txt"))
    return _said(PACKAGE.parent, {*code, *pages})


def said_elsewhere() -> Catalog:
    """What Django and allauth may say on our pages."""
    template = Catalog()
    for root, patterns in FOREIGN.items():
        files = {path for pattern in patterns for path in root.glob(pattern)}
        for message in _messages(_said(root.parent, files)):
            template.add(message.id, locations=message.locations, context=message.context)
    return template


def missing_elsewhere(language: str) -> Catalog:
    """What they may say and have not translated: the strings that our overrides owe."""
    theirs = [read(folder, language) for folder in THEIR_CATALOGUES if _has(folder, language)]
    owed, kept = Catalog(), read(OVERRIDES, language)
    for message in _messages(said_elsewhere()):
        wanted = find(kept, message) is not None
        if wanted or not any(_is_whole(find(each, message)) for each in theirs):
            owed.add(message.id, locations=message.locations, context=message.context)
    return owed


def read(folder: Path, language: str) -> Catalog:
    path = folder / language / PO
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file of a catalogue, as Django reads it."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def texts(mo: bytes) -> set[tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    """What a compiled catalogue says, without its header."""
    held = _messages(read_mo(BytesIO(mo)))
    return {(each.context, _forms(each.id), _forms(each.string)) for each in held}


def faults(catalogue: Catalog, template: Catalog) -> list[str]:
    """Say in words what keeps this catalogue from being whole: empty means it is."""
    found = [
        f"{_shown(message)}: {fault}"
        for message in _messages(template)
        for fault in _faults_of(message, find(catalogue, message), catalogue.num_plurals)
    ]
    left_over = (each for each in _messages(catalogue) if find(template, each) is None)
    return found + [f"{_shown(each)}: nothing says this any more" for each in left_over]


def find(catalogue: Catalog, message: Message) -> Message | None:
    return catalogue.get(message.id, message.context)


def _said(root: Path, files: Iterable[Path]) -> Catalog:
    template = Catalog()
    for path in sorted(files):
        place = str(path.relative_to(root))
        found = extract("python", BytesIO(_as_python(path)), keywords=KEYWORDS)
        for _line, text, _comments, context in found:
            known = template.get(text, context)
            if known is not None and isinstance(text, tuple) and _forms(known.id) != text:
                raise ValueError(f"{place}: {text!r} is said elsewhere with another plural")
            template.add(text, locations=[(place, 1)], context=context)
    return template


def _as_python(path: Path) -> bytes:
    text = path.read_text()
    if path.suffix == ".py":
        return text.encode()
    # Django writes a page as the calls that it makes; its indentation would be Python's.
    calls = templatize(text, origin=str(path)).splitlines()
    return "\n".join(["# coding: utf-8", *(line.strip() for line in calls)]).encode()


def _faults_of(said: Message, known: Message | None, plurals: int) -> Iterator[str]:
    if known is None or not _is_whole(known):
        yield "not translated, or only guessed"
        return
    if _forms(said.id) != _forms(known.id):
        yield "the plural in the code has changed"
    forms, asked = _forms(known.string), _forms(said.id)
    if len(forms) != (plurals if len(asked) > 1 else 1):
        yield f"{len(forms)} plural forms"
    if any(_placeholders(form) != _placeholders(asked[-1]) for form in forms):
        yield "other placeholders"


def _placeholders(text: str) -> tuple[set[str], int]:
    """A name may stand twice or elsewhere; what has no name must stand as often."""
    return set(NAMED.findall(text)), len(NAMELESS.findall(text))


def _is_whole(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(_forms(message.string))


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """One text, or all its plurals."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _shown(message: Message) -> str:
    return repr(_forms(message.id)[0])


def _has(folder: Path, language: str) -> bool:
    return (folder / language / PO).exists()


def _merge(folder: Path, language: str, template: Catalog) -> Catalog:
    catalogue = read(folder, language)
    template.creation_date = catalogue.creation_date
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if language not in TRANSLATED:
        for message in _messages(catalogue):
            message.string = message.string if _is_whole(message) else message.id
    return catalogue


def _write(folder: Path, language: str, catalogue: Catalog) -> None:
    (folder / language / PO).parent.mkdir(parents=True, exist_ok=True)
    with (folder / language / PO).open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    (folder / language / MO).write_bytes(compiled(catalogue))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings.test")
    django.setup()
    owed = [(OURS, language, said_here()) for language in LANGUAGES]
    owed += [(OVERRIDES, language, missing_elsewhere(language)) for language in TRANSLATED]
    left = 0
    for folder, language, template in owed:
        if not len(template):
            continue
        catalogue = _merge(folder, language, template)
        _write(folder, language, catalogue)
        found = faults(catalogue, template)
        left += len(found)
        place = (folder / language).relative_to(PACKAGE)
        sys.stdout.writelines(f"{place}: {fault}\n" for fault in found)
        sys.stdout.write(f"{place}: {len(template)} texts, {len(found)} to mend\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
