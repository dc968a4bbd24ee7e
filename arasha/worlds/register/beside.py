"""What is done about the demo's cases besides deciding: terms, papers, holds, lists, codes, other reports."""

import uuid
from collections.abc import Mapping
from io import BytesIO

from arasha.actors import TICK, WORLD
from arasha.cases import bulk
from arasha.cases import services as cases
from arasha.cases.clocks import reckon
from arasha.cases.compartments import Kept
from arasha.cases.letters.prefilled import Known, prefilled, stored_answers
from arasha.cases.models import Document
from arasha.cases.reminding import DAYS_BEFORE, ENDS, running
from arasha.cases.services import Outcome
from arasha.cases.services.reminding import ring
from arasha.country import country, local_day
from arasha.engines.documents import Form
from arasha.wire import keyfile
from arasha.worlds.register.cases import (
    BARRED,
    MARCH,
    REFUSED,
    TODAY,
    TOLD_ONCE,
    TOLD_TWICE,
    TRIAL,
)
from arasha.worlds.register.playing import DAY, HOUR, OFFICE, Matter, told
from arasha.worlds.register.reports import JOINED, PASSED_ON, WAITING
from arasha.worlds.stage import VIEW_CODE, Demo

MOTION = "extension_motion"  # pack: forms
OPINION = (
    "Дәрігердің қорытындысы (үлгі). Медицинское заключение (пример).\n"
    "Екі білектің ісінуі, тері астына қан құйылу. Отёк обоих запястий, кровоподтёки.\n"
)
RECORD = "Жауап алу хаттамасы (үлгі). Протокол допроса (пример).\n"


def play(demo: Demo, matters: Mapping[str, Matter]) -> None:
    _more_time(matters[MARCH], asked_on=50, granted=True)
    _more_time(matters[TODAY], asked_on=54, granted=False)
    _rung(matters[TODAY])
    _papers(matters[TODAY])
    _victim_follows(matters[TODAY])
    _hold(matters[BARRED])
    _list_to_destroy(matters[TRIAL])
    _stand(matters[REFUSED])
    _other_reports(demo, joined_to=matters[TOLD_ONCE])
    _told_twice(matters[TOLD_ONCE], matters[TOLD_TWICE])
    _law_changed(matters[MARCH])


def _more_time(matter: Matter, *, asked_on: int, granted: bool) -> None:
    """A motion upon the next rung of the ladder; one that is not granted yet waits for its answer."""
    clock = matter.case.deadlines.filter(met_at=None).first()
    rung = reckon(clock, day=local_day(matter.on(asked_on))).rung if clock else None
    if clock is None or rung is None or rung.up_to is None:
        return
    motion = matter.do(
        cases.file_motion,
        deadline=clock,
        amount=rung.up_to.amount,
        reason="Сараптама аяқталмады; екі куәгерден жауап алынбады.",
        day=local_day(matter.on(asked_on)),
        days=asked_on,
    )
    if granted:
        matter.do(
            cases.answer_motion,
            extension=motion,
            granted=True,
            day=local_day(matter.on(asked_on + 2)),
            by=matter.head,
            days=asked_on + 2,
        )


def _rung(matter: Matter) -> None:
    """The bells before the end, each on its day; the last one rings with the server's own tick."""
    for row in running(viewer=TICK).filter(case=matter.case):
        for days in DAYS_BEFORE[:-1]:
            ring(row=row, clock=ENDS, by=TICK, at=row.due_at - days * DAY)


def _papers(matter: Matter) -> None:
    """A record and a medical opinion, each with its custody, a letter with a number, and a note."""
    _paper(matter, "record", "Жауап алу хаттамасы", RECORD)
    document = _paper(matter, "medical", "Дәрігердің қорытындысы", OPINION)
    cases.act_on_document(
        document=document,
        act="handed_over",
        words="Сарапшыға берілді",
        by=matter.prosecutor,
        at=matter.on(20),
    )
    if MOTION in country().forms:
        _letter(matter, country().forms[MOTION])
    cases.add_note(
        case=matter.case,
        text="Бейнежазба осы аптада өшеді: сақтауды сұрау керек.",
        by=matter.prosecutor,
        at=matter.on(21),
    )
    proceeding = matter.case.proceedings.first()
    for kind, days in (("interview", 5), ("medical_examination", 11)):
        day = local_day(matter.on(days))
        matter.do(cases.add_step, proceeding=proceeding, kind=kind, day=day, days=days)


def _paper(matter: Matter, kind: str, title: str, text: str) -> Kept:
    return cases.add_document(
        case=matter.case,
        kind=kind,
        title=title,
        file=BytesIO(text.encode()),
        name=f"{kind}.txt",
        sending=uuid.uuid4(),
        by=matter.prosecutor,
        at=matter.on(12),
    )


def _letter(matter: Matter, form: Form) -> Document:
    """The motion on paper, as its page fills it."""
    language = country().languages[0].code
    known = Known(matter.case, form, language, matter.prosecutor, matter.on(54))
    said = prefilled(known)
    written = {
        "asked_until": local_day(matter.on(91)),
        "done": "Жәбірленушіден және екі куәгерден жауап алынды.",
        "left": "Сараптама қорытындысы; бетпе-бет жауап алу.",
        "reasons": "Сарапшының қорытындысы кешігіп жатыр.",
        "law": list(stored_answers(known)[0].steps),
    }
    return cases.keep_letter(
        case=matter.case,
        form=form.code,
        language=language,
        values={**said, **written},
        sending=uuid.uuid4(),
        by=matter.prosecutor,
        at=matter.on(54),
    )


def _victim_follows(matter: Matter) -> None:
    """The victim has a code, and has asked for a shorter term."""
    victim = matter.who("victim")[0]
    made = cases.make_code(person=victim, by=matter.prosecutor, at=matter.on(3))
    keyfile.replace_private(matter.demo.folder / VIEW_CODE, made.digits.encode())
    matter.do(
        cases.ask_for_term,
        case=matter.case,
        person=victim,
        day=local_day(matter.on(57)),
        until_day=local_day(matter.demo.at + 20 * DAY),
        days=57,
    )


def _hold(matter: Matter) -> None:
    cases.place_hold(
        case=matter.case,
        reason="redress",
        words="Жәбірленуші өтемақы талап етті.",
        by=matter.prosecutor,
        at=matter.on(160),
    )


def _list_to_destroy(matter: Matter) -> None:
    """One person has proposed it; whoever leads the office has not agreed yet."""
    cases.make_list(
        institution=matter.demo.institutions[OFFICE],
        cases=[matter.case.pk],
        vouched=[],
        reason="trial",
        by=matter.prosecutor,
        at=matter.demo.at - 2 * DAY,
    )


def _stand(matter: Matter) -> None:
    """The clock of a case stands while a complaint is examined."""
    clock = matter.case.deadlines.filter(met_at=None).first()
    if clock is not None:
        day = local_day(matter.on(20))
        matter.do(cases.suspend_term, deadline=clock, reason="complaint", day=day, days=20)


def _other_reports(demo: Demo, *, joined_to: Matter) -> None:
    """One report was passed on, one joined to an open case, one came in this morning."""
    office, by = demo.institutions[OFFICE], joined_to.prosecutor
    told(demo, WAITING, at=demo.at - 3 * HOUR)
    at = demo.at - PASSED_ON.days_ago * DAY
    passed = told(demo, PASSED_ON, at=at)
    cases.pass_on(
        allegation=passed,
        outcome=Outcome(
            kind="passed_on",
            day=local_day(at + DAY),
            reason="administrative_or_disciplinary",
            words="Тамақ пен төсек-орын туралы.",
            body_name="Самал қаласының санитариялық инспекциясы (үлгі)",
        ),
        seen=0,
        office=office,
        by=by,
        at=at + DAY,
    )
    at = demo.at - JOINED.days_ago * DAY
    again = told(demo, JOINED, at=at)
    cases.join(
        allegation=again,
        outcome=Outcome(
            kind="joined",
            day=local_day(at),
            reason="told_twice",
            words="",
            case=joined_to.case,
        ),
        seen=0,
        office=office,
        by=by,
        at=at + 5 * HOUR,
    )


def _told_twice(*both: Matter) -> None:
    """Two cases tell of one night, in two scripts: suggested, and left to a person."""
    for matter in both:
        cases.compare(case=matter.case, by=WORLD, at=matter.demo.at)


def _law_changed(matter: Matter) -> None:
    """As if the rules had been otherwise when it was signed: somebody must say what follows now."""
    bulk.answered_otherwise(signed=matter.case.classifications.latest("number"))
    cases.review_answers(by=WORLD, at=matter.demo.at)
