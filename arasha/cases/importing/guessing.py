"""Which column holds what: guessed from its heading in any language of ours, and corrected by a person."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import override

from arasha.cases.importing.fields import Field, all_fields
from arasha.country import country
from arasha.papers.tables import Table


def columns_of(table: Table) -> tuple[str, ...]:
    """The headings, each once: an empty one is its number, a second of one name says so."""
    seen: dict[str, int] = {}
    labels = []
    for at, name in enumerate(table.header, 1):
        label = name[:200] or f"#{at}"
        seen[label] = seen.get(label, 0) + 1
        labels.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return tuple(labels)


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Field → column, the surest first; no column is taken twice, and what is unsure stays empty."""
    found: dict[str, str] = {}
    ways = sorted(_ways(columns), key=lambda way: -way[0])
    for _surety, field, column in ways:
        if field not in found and column not in found.values():
            found[field] = column
    return found


def remembered(mapping: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """Of an earlier mapping what fits this table."""
    return {field: column for field, column in mapping.items() if column in columns}


def folded(text: str) -> str:
    """A heading or a word of a list without case, marks and doubled blanks."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def _ways(columns: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    headings = [(column, folded(column)) for column in columns]
    for field, said in _said():
        words = set(said.split())
        for column, heading in headings:
            if heading == said:
                yield 100 + len(said), field, column
            elif len(words) > 1 and words <= set(heading.split()):
                yield len(said), field, column


def _said() -> Iterator[tuple[str, str]]:
    """Every field with everything that its column may be called, in each of the country's languages."""
    for language in country().languages:
        with override(language.code):
            for field in all_fields():
                for words in _names(field):
                    yield field.code, words


def _names(field: Field) -> Iterator[str]:
    yield folded(field.code)
    yield folded(str(field.label))
    for heading in str(field.headings).split(";"):
        if words := folded(heading):
            yield words
