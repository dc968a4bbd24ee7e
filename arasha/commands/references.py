"""Does every (kind, key) reference point at something? Found by the names of the fields.

A kind is the name of the model whose rows have a key of their own (`VisitProposal`: visit_proposal); `x_kind` and `x_key` are a pair,
and a lone `case_key` says its kind in its name.
"""

import re
from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.apps import apps
from django.db.models import BinaryField, Field, Model

from arasha.actors import JOB, NOBODY
from arasha.cases.receiving import AT_THE_DOOR
from arasha.references import KeyField

ROWS_AT_ONCE = 500
BYTES_OF_A_KEY = 16  # a UUID's
OTHER_NAMES = {"person": "user", "breakglass": "breaking", "case_import": "import"}
# What came in at a door stands behind itself, or behind the report that it was drawn from.
OTHER_NAMES |= dict.fromkeys(AT_THE_DOOR, "allegation")
# These act or are named, but have no row.
WITHOUT_A_ROW = frozenset({"", JOB, NOBODY})

Found = Iterator[tuple[str, str]]  # kind, key


def dangling_references() -> Iterator[str]:
    """Yield every reference that resolves to nothing, in words."""
    tables = tables_by_kind()
    for model in _our_models():
        for name, found in _references_in(model, tables):
            yield from _dangling(f"{model.__name__}.{name}", found, tables)


def tables_by_kind() -> dict[str, type[Model]]:
    """The table of each kind of record."""
    keyed = {kind_of(model): model for model in _our_models() if _has_a_key(model)}
    return keyed | {other: keyed[name] for other, name in OTHER_NAMES.items()}


def kind_of(model: type[Model]) -> str:
    """The name by which references name a row of this model."""
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()


def _has_a_key(model: type[Model]) -> bool:
    return isinstance(model._meta.pk, KeyField) or _has_key_of_bytes(model)


def _has_key_of_bytes(model: type[Model]) -> bool:
    """An ingest key has its ID of 16 bytes from what it is, and is named by it."""
    own = model._meta.pk
    return isinstance(own, BinaryField) and own.max_length == BYTES_OF_A_KEY


def _our_models() -> list[type[Model]]:
    ours = [config for config in apps.get_app_configs() if config.name.startswith("arasha.")]
    return [model for config in ours for model in config.get_models()]


def _references_in(
    model: type[Model], tables: dict[str, type[Model]]
) -> Iterator[tuple[str, Found]]:
    names = {field.name for field in model._meta.get_fields() if isinstance(field, Field)}
    for name in sorted(names):
        stem = name.removesuffix("_key")
        if stem == name:
            continue
        if f"{stem}_kind" in names:
            yield name, _pairs(model, f"{stem}_kind", name)
        elif stem in tables:
            yield name, _of_kind(model, stem, name)


def _pairs(model: type[Model], kind: str, key: str) -> Found:
    rows = model._default_manager.exclude(**{f"{key}__isnull": True}).order_by()
    for found in rows.values_list(kind, key).distinct().iterator(ROWS_AT_ONCE):
        yield str(found[0]), str(found[1])


def _of_kind(model: type[Model], kind: str, key: str) -> Found:
    rows = model._default_manager.exclude(**{f"{key}__isnull": True}).order_by()
    for found in rows.values_list(key, flat=True).distinct().iterator(ROWS_AT_ONCE):
        yield kind, str(found)


def _dangling(where: str, found: Found, tables: dict[str, type[Model]]) -> Iterator[str]:
    waiting: dict[str, set[str]] = {}
    for kind, key in found:
        if kind in WITHOUT_A_ROW:
            continue
        if kind not in tables:
            yield f"{where} names {kind}:{key}, and no table holds that kind"
            continue
        waiting.setdefault(kind, set()).add(key)
        if len(waiting[kind]) >= ROWS_AT_ONCE:
            yield from map(partial(_say, where), _missing(kind, waiting.pop(kind), tables))
    for kind, keys in waiting.items():
        yield from map(partial(_say, where), _missing(kind, keys, tables))


def _missing(kind: str, keys: set[str], tables: dict[str, type[Model]]) -> list[str]:
    well_formed, rows = {key for key in keys if _is_key(key)}, tables[kind]._default_manager
    if _has_key_of_bytes(tables[kind]):
        named = [UUID(key).bytes for key in well_formed]
        found = rows.filter(pk__in=named).values_list("pk", flat=True)
        there = {str(UUID(bytes=bytes(each))) for each in found}
    else:
        there = {str(each) for each in rows.filter(pk__in=well_formed).values_list("pk", flat=True)}
        there |= _taken_back(kind, well_formed - there)
    return [f"{kind}:{key}" for key in sorted(keys - there)]


def _taken_back(kind: str, keys: set[str]) -> set[str]:
    """Those that came with an import and went with it: the journal still tells of them."""
    if not keys:
        return set()
    rows = apps.get_model("cases.TakenBack")._default_manager.filter(kind=kind, gone__in=keys)
    return {str(gone) for gone in rows.values_list("gone", flat=True)}


def _say(where: str, reference: str) -> str:
    return f"{where} names {reference}, and there is none"


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
