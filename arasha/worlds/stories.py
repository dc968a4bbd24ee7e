"""How far each letter of the demo got: opened, referred, registered, decided."""

import datetime as dt

from arasha.appeals import services as appeals
from arasha.appeals.models import Appeal
from arasha.appeals.selectors import appeals as appeals_open_to
from arasha.country import country, local_day
from arasha.engines import sealing
from arasha.engines.notes import filing_code
from arasha.handoffs.appeals_to_cases import services as handoff
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.worlds import cast
from arasha.worlds.letters import Letter
from arasha.worlds.register import playing
from arasha.worlds.register.scripts import Script
from arasha.worlds.sealing import sealed_filing
from arasha.worlds.stage import Demo

FAR = ("received", "opened", "referred", "registered")


def play(demo: Demo, letter: Letter, recipients: sealing.RecipientSet) -> None:
    """File a letter and bring it as far as it got, each act on a day of its own."""
    reached = FAR.index(letter.then)
    filed_at = demo.at - dt.timedelta(days=letter.days_ago)
    appeal = _file(demo, letter, recipients, filed_at)
    if reached >= FAR.index("opened"):
        appeal = _open(demo, appeal, filed_at + dt.timedelta(hours=20))
    if reached >= FAR.index("referred"):
        referral = _refer(demo, appeal, letter, filed_at + dt.timedelta(days=1))
        if letter.script is not None:
            _register(demo, referral, letter.script, filed_at)


def _file(demo: Demo, letter: Letter, recipients: sealing.RecipientSet, at: dt.datetime) -> Appeal:
    languages = [each.code for each in country().languages]
    place = demo.places[cast.COMMANDED]
    posted = sealed_filing(
        text=letter.text,
        language=letter.language if letter.language in languages else languages[0],
        place=place.code,
        written_on=local_day(at),
        recipients=recipients,
    )
    filed = appeals.file(posted=posted, place=place, by=demo.terminal, at=at)
    officer = demo.actor("officer", "ombudsperson")
    return appeals_open_to(viewer=officer, text=filing_code(filed.leaf_hash)).get()


def _open(demo: Demo, appeal: Appeal, at: dt.datetime) -> Appeal:
    officer = demo.actor("officer", "ombudsperson")
    opened = appeals.open_appeal(appeal=appeal, by=officer, at=at)
    accused = demo.institutions["administration-1"]
    return appeals.classify(
        appeal=opened, category=_category(), accused_body=accused, by=officer, at=at
    )


def _refer(demo: Demo, appeal: Appeal, letter: Letter, at: dt.datetime) -> Referral:
    happened = local_day(at) - dt.timedelta(days=3)
    return handoff.refer(
        appeal=appeal,
        sender=demo.institutions["ombudsperson"],
        receiver=demo.institutions["prosecutor-samal"],
        account=handoff.Account(
            account=letter.text,
            happened=(happened, happened),
            place=demo.places[cast.COMMANDED],
            conduct="torture",
            capacity="official",
            criteria=list(country().vocabularies["criteria"].terms)[:1],
            consent=next(iter(country().vocabularies["consents"].terms)),
        ),
        by=demo.actor("officer", "ombudsperson"),
        at=at,
    )


def _register(demo: Demo, referral: Referral, script: Script, filed_at: dt.datetime) -> None:
    registered_at = filed_at + dt.timedelta(days=1, hours=9)
    case = handoff.accept(
        crossing=referral,
        register=next(iter(country().vocabularies["registers"].terms)),
        number=f"DEMO-{registered_at:%y%m%d}-{script.days_ago:03d}",
        given_day=local_day(registered_at),
        issuer=next(iter(demo.institutions["prosecutor-samal"].name.values())),
        by=demo.actor("prosecutor", "prosecutor-samal"),
        at=registered_at,
    )
    matter = playing.Matter(demo, case)
    playing.enter_people(matter, script.people)
    playing.enter_event(matter, script, case.allegations.get())
    playing.follow(matter, script)


def _category() -> str:
    return next(iter(country().vocabularies["appeal_categories"].terms))
