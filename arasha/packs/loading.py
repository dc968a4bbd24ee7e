"""Reads a whole pack, strictly, or says everything that is wrong with it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from arasha.engines.law import Law
from arasha.engines.notes import canonical_json
from arasha.packs import law_reading, registers
from arasha.packs.cases import cases
from arasha.packs.faults import PackError
from arasha.packs.files import Folder, folder_of
from arasha.packs.forms import forms
from arasha.packs.model import RELIEFS, Language, Pack, Vocabulary
from arasha.packs.procedure import Procedure
from arasha.packs.procedure_reading import procedure
from arasha.packs.statistics_reading import statistics
from arasha.packs.tables import Table, plain
from arasha.packs.upkeep import upkeep
from arasha.packs.versions import LawFiles
from arasha.packs.working_days import Calendar

TOPICS = "appeal_categories"  # the vocabulary that says what people write about
INVESTIGATORS = "bodies_of_investigation"
RETENTION = "retention_classes"
GRANTORS = "grantors"  # who may extend a term
NEEDED_VOCABULARIES = (
    *(TOPICS, RELIEFS, INVESTIGATORS),
    *("criteria", "consents", "registers", "decisions", "refusals"),
    *("urgencies", "appeal_outcomes", "answer_ways", "reopening_reasons", "erasure_reasons"),
    *("suspension_reasons", "extension_reasons", "body_requests", "body_answers"),
    *("check_back_findings", "journal_columns"),
    *("returns", "visit_reasons", "support_needs", "consent_covers", "consent_forms"),
    *("footage_zones", "footage_outcomes"),
    *("terminal_checks", "alarm_findings"),
    *("involvement_degrees", "involvement_states", "person_roles", "harms", "sexes", "sentences"),
    *("proceeding_kinds", "court_instances", "step_kinds", "document_kinds", "custody_acts"),
    *("pass_on_reasons", "joining_reasons", "clock_suspensions", "telling_ways"),
    *("reclassification_reasons", "conflict_answers", "retention_classes", "hold_reasons"),
)
NEEDED_DEADLINES = ("registration", "investigation")


def load(where: str | Path) -> Pack:
    """Return the pack named by its code ("kz") or its folder.

    Raises FileNotFoundError if there is none, PackError with every fault (file, line, table) if it is
    not sound. Not cached: keep what you get.
    """
    folder = Folder(folder_of(where))
    pack = _read(folder)
    if folder.faults:
        raise PackError(folder.faults)
    return pack


def _read(folder: Folder) -> Pack:
    head = folder.file("pack.toml")
    languages = _languages(head)
    head.languages = folder.languages = tuple(language.code for language in languages)
    texts = registers.texts(folder)
    vocabularies = {v.code: v for v in map(registers.vocabulary, folder.files_in("vocabularies"))}
    for code in set(NEEDED_VOCABULARIES) - vocabularies.keys():
        head.fault(f"vocabularies/{code}.toml is missing")
    places = folder.file("places.toml")
    authorities = registers.authorities(places)
    kinds = registers.institution_kinds(places)
    law_files = LawFiles.open(folder)
    law = law_reading.law(law_files, texts, counts_intermediate=head.flag("intermediate_law"))
    deadlines = law_reading.deadlines(law_files)
    _refuse_unnamed(head, law, vocabularies)
    for code in NEEDED_DEADLINES:
        if code not in deadlines:
            head.fault(f"deadlines.toml: the deadline {code!r} is missing")
    way = procedure(folder.file("procedure.toml"), deadlines, vocabularies)
    _refuse_unknown_stages(head, way, vocabularies)
    pack = Pack(
        code=head.code(),
        name=head.text("name"),
        languages=languages,
        timezone=_timezone(head),
        calendar=_calendar(head),
        regions=registers.regions(places),
        authorities=authorities,
        place_kinds=registers.place_kinds(places, authorities),
        institution_kinds=kinds,
        bodies=registers.bodies(
            folder.file("recipients.toml"),
            authorities=authorities,
            kinds=kinds,
            deadlines=deadlines,
            topics=vocabularies[TOPICS].terms if TOPICS in vocabularies else {},
        ),
        deadlines=deadlines,
        vocabularies=MappingProxyType(vocabularies),
        procedure=way,
        statistics=statistics(folder.file("statistics.toml"), law, way, vocabularies),
        texts=texts,
        forms=forms(folder),
        upkeep=upkeep(head),
        law=law,
        cases=tuple(case for file in folder.files_in("cases") for case in cases(file)),
        hash=hashlib.sha256(canonical_json(plain(folder.raw))).hexdigest(),
    )
    head.close()
    places.close()
    folder.strangers()
    return pack


def _refuse_unnamed(head: Table, law: Law, vocabularies: Mapping[str, Vocabulary]) -> None:
    """What the law answers is shown to people, so it has a name in a vocabulary."""
    rules = [rule for found in law.investigators.values() for rule in found]
    reliefs = {"", *vocabularies[RELIEFS].terms} if RELIEFS in vocabularies else {""}
    investigators = {v.value for rule in rules for v in rule.versions if v.value}
    ladders = [version.value or () for rule in law.ladders.values() for version in rule.versions]
    named = {
        RELIEFS: set(law.bars),
        INVESTIGATORS: investigators,
        GRANTORS: {rung.grantor for rungs in ladders for rung in rungs},
    }
    for code, answers in named.items():
        known = vocabularies[code].terms.keys() if code in vocabularies else set()
        for answer in sorted(answers - known):
            head.fault(f"vocabularies/{code}.toml lacks {answer!r}, which the law names")
    for vocabulary in vocabularies.values():
        for relief in sorted({term.relief for term in vocabulary.terms.values()} - reliefs):
            head.fault(f"vocabularies/{vocabulary.code}.toml names the unknown relief {relief!r}")


def _refuse_unknown_stages(
    head: Table, way: Procedure, vocabularies: Mapping[str, Vocabulary]
) -> None:
    """At a stage a case is of one class of keeping, or of none."""
    classes = vocabularies[RETENTION].terms.values() if RETENTION in vocabularies else ()
    stages = [stage for term in classes if term.keep for stage in term.keep.stages]
    for stage in sorted(set(stages) - way.stages.keys()):
        head.fault(f"vocabularies/{RETENTION}.toml names the unknown stage {stage!r}")
    for stage in sorted({stage for stage in stages if stages.count(stage) > 1}):
        head.fault(f"vocabularies/{RETENTION}.toml names the stage {stage!r} in two classes")


def _languages(head: Table) -> tuple[Language, ...]:
    def read(t: Table) -> Language:
        direction = t.choice("direction", ("ltr", "rtl"))
        return Language(t.code(), t.string("name"), cast(Literal["ltr", "rtl"], direction))

    return tuple(registers.by_code(head.tables("language", least=1), read).values())


def _timezone(head: Table) -> ZoneInfo:
    name = head.string("timezone")
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        head.fault(f"timezone = {name!r} is unknown: write a name like Asia/Almaty", "timezone")
        return ZoneInfo("UTC")


def _calendar(head: Table) -> Calendar:
    country = head.string("holidays", "")
    weekend = frozenset(head.numbers("weekend"))
    if not weekend <= set(range(1, 8)) or len(weekend) > 6:
        head.fault("weekend holds ISO days, 1 = Monday to 7 = Sunday, not all seven", "weekend")
    try:
        return Calendar(country, weekend)
    except NotImplementedError:
        head.fault(f"holidays = {country!r}: unknown to the holidays library", "holidays")
        return Calendar("", frozenset())
