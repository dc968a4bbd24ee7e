import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from arasha.actors import Actor
from arasha.country import country
from arasha.journal import services as journal
from arasha.people.duties import require_manager, require_registrar, require_somebody_else
from arasha.people.errors import (
    BackwardsPeriodError,
    HasLeftError,
    HeadNeedsPlaceError,
    InstitutionCodeTakenError,
    OverlapError,
    UnknownInstitutionKindError,
    UnknownRoleError,
)
from arasha.people.models import Appointment, Command, Institution, Post, User
from arasha.people.roles import HEAD, ROLE_NAMES
from arasha.places.models import Place, Region


@transaction.atomic
def register_institution(
    *,
    code: str,
    kind: str,
    name: Mapping[str, str],
    by: Actor,
    at: dt.datetime,
    region: Region | None = None,
    parent: Institution | None = None,
) -> Institution:
    """Enter an institution. Raises NotRegistrarError, InstitutionCodeTakenError, UnknownInstitutionKindError."""
    require_registrar(by=by, at=at)
    if kind not in country().institution_kinds:
        raise UnknownInstitutionKindError(kind=kind)
    if Institution.objects.filter(code=code).exists():
        raise InstitutionCodeTakenError(code=code)
    institution = Institution.objects.create(
        code=code, kind=kind, name=dict(name), region=region, parent=parent
    )
    _record("institution.registered", institution, by=by, at=at)
    return institution


@transaction.atomic
def open_post(
    *,
    institution: Institution,
    role: str,
    title: Mapping[str, str],
    by: Actor,
    at: dt.datetime,
    place: Place | None = None,
    manages_people: bool = False,
    on_duty: bool = False,
) -> Post:
    """Open a post. A head's post names the place that the head answers for."""
    require_registrar(by=by, at=at)
    if role not in ROLE_NAMES:
        raise UnknownRoleError(role=role)
    if role == HEAD and place is None:
        raise HeadNeedsPlaceError
    post = Post.objects.create(
        institution=institution,
        role=role,
        title=dict(title),
        place=place,
        manages_people=manages_people,
        on_duty=on_duty,
    )
    _record("post.opened", post, by=by, at=at)
    return post


@transaction.atomic
def appoint(
    *,
    user: User,
    post: Post,
    from_day: dt.date,
    by: Actor,
    at: dt.datetime,
    until_day: dt.date | None = None,
) -> Appointment:
    """Put a person in a post from a day until a day (inclusive).

    One person is not in one post twice at a time, and a place has one head at a time:
    raises OverlapError, BackwardsPeriodError, HasLeftError, NotYourPeopleError, NotYourselfError.
    """
    require_manager(institution=post.institution, by=by, at=at)
    require_somebody_else(user=user, by=by)
    _refuse_backwards(from_day, until_day)
    if user.left_at is not None:
        raise HasLeftError(name=user.full_name)
    rivals = Q(post=post, user=user)
    if post.role == HEAD:
        rivals |= Q(post__role=HEAD, post__place_id=post.place_id)
    if Appointment.objects.filter(rivals, _overlapping(from_day, until_day)).exists():
        raise OverlapError
    appointment = Appointment.objects.create(
        user=user, post=post, from_day=from_day, until_day=until_day
    )
    _record("appointment.made", appointment, by=by, at=at)
    return appointment


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, until_day: dt.date, by: Actor, at: dt.datetime
) -> Appointment:
    """The last day (inclusive) of a person in a post."""
    require_manager(institution=appointment.post.institution, by=by, at=at)
    # A later last day opens a post again: that is an appointment too.
    require_somebody_else(user=appointment.user, by=by)
    _refuse_backwards(appointment.from_day, until_day)
    appointment.until_day = until_day
    appointment.save(update_fields=["until_day"])
    _record("appointment.ended", appointment, by=by, at=at)
    return appointment


@transaction.atomic
def give_command(
    *,
    institution: Institution,
    place: Place,
    from_day: dt.date,
    by: Actor,
    at: dt.datetime,
    until_day: dt.date | None = None,
) -> Command:
    """Which institution commands which place, from a day until a day (inclusive)."""
    require_registrar(by=by, at=at)
    _refuse_backwards(from_day, until_day)
    same = Command.objects.filter(institution=institution, place=place)
    if same.filter(_overlapping(from_day, until_day)).exists():
        raise OverlapError
    command = Command.objects.create(
        institution=institution, place=place, from_day=from_day, until_day=until_day
    )
    _record("command.given", command, by=by, at=at)
    return command


@transaction.atomic
def end_command(*, command: Command, until_day: dt.date, by: Actor, at: dt.datetime) -> Command:
    """The last day (inclusive) of a command."""
    require_registrar(by=by, at=at)
    _refuse_backwards(command.from_day, until_day)
    command.until_day = until_day
    command.save(update_fields=["until_day"])
    _record("command.ended", command, by=by, at=at)
    return command


def _overlapping(from_day: dt.date, until_day: dt.date | None) -> Q:
    begins_before_our_end = Q(from_day__lte=until_day) if until_day else Q()
    return begins_before_our_end & (Q(until_day__isnull=True) | Q(until_day__gte=from_day))


def _refuse_backwards(from_day: dt.date, until_day: dt.date | None) -> None:
    if until_day is not None and until_day < from_day:
        raise BackwardsPeriodError


def _record(
    act: str,
    subject: Institution | Post | Appointment | Command,
    *,
    by: Actor,
    at: dt.datetime,
) -> None:
    kind = act.partition(".")[0]
    journal.record(act=act, subject_kind=kind, subject_key=subject.pk, by=by, at=at)
