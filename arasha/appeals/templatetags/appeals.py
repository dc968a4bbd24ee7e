import datetime as dt

from django import template

from arasha.appeals import words
from arasha.appeals.models import Appeal, DutyCall, State
from arasha.country import term as word_of
from arasha.engines.notes import grouped

register = template.Library()


@register.filter
def in_fours(code: str) -> str:
    """A filing code as it stands on the slip."""
    return grouped(code)


@register.filter
def days_before(day: dt.date, today: dt.date) -> int:
    """How many days ago."""
    return (today - day).days


@register.filter
def days_left(day: dt.date, today: dt.date) -> str:
    """How far a day is, in words."""
    return words.days_left(day, today)


@register.filter
def silence(call: DutyCall, now: dt.datetime) -> str:
    """For how long nobody has read a call for help, or how long it took."""
    return words.silence(call, now=now)


@register.filter
def state_name(state: str) -> str:
    return str(words.STATE_NAMES[State(state)])


@register.filter
def named(code: str, vocabulary: str) -> str:
    """A code in the words of the country."""
    return word_of(vocabulary, code) if code else ""


@register.inclusion_tag("appeals/answer_by.html")
def answer_by(appeal: Appeal, today: dt.date, stands: bool = False) -> dict[str, object]:
    """By which day an answer is due, how far that is, and whether it is late."""
    late = appeal.waits and appeal.answer_by_day is not None and appeal.answer_by_day < today
    return {
        "appeal": appeal,
        "left": words.answer_by(appeal, today=today, stands=stands),
        "is_late": late,
    }


@register.simple_tag
def told_by_reader() -> str:
    """How whoever wrote learns what is meant for them."""
    return str(words.TOLD_BY_READER)


@register.filter
def is_danger(appeal: Appeal) -> bool:
    """Whether an officer noted that somebody is in danger, and nobody has answered yet."""
    return appeal.waits and appeal.urgency in words.dangers()


@register.filter
def ceremony_reason(code: str) -> str:
    return str(words.CEREMONY_REASONS[code])
