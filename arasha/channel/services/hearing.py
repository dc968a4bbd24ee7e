"""That a bundle came: noted the same way for every bundle, whatever is in it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from arasha.channel.models import Alarm, Arrival, Chain, DeliveryDay, Heartbeat
from arasha.country import country, local_day
from arasha.engines.channel.bundle import Bundle
from arasha.engines.channel.window import Window
from arasha.places.models import Device

FIRST = 1
MINUTES_A_DAY = 24 * 60
TWO_DEVICES, BROKEN, UNOPENED, CLOSED = "two_devices", "broken", "unopened", "replayed_chain"


@dataclass(frozen=True, slots=True)
class Heard:
    """`is_new` unless exactly these bytes came before; `day` is that on which they came first."""

    is_new: bool
    day: dt.date


@transaction.atomic
def hear(*, device: Device, bundle: Bundle, at: dt.datetime, carried: bool = False) -> Heard:
    """Note a bundle whose signature was checked.

    What is odd about its chain becomes an alarm and stops nothing. `carried`: it came on a stick,
    so that the terminal is not heard in this minute.
    """
    chain, new = _chain(device, bundle.head.chain, at=at), Heard(True, local_day(at))
    if not carried:
        _beat(device, at=at)
    if chain is None:
        _alarm(device, bundle, UNOPENED, at=at)
        return new
    if chain.closed_at is not None:
        _alarm(device, bundle, CLOSED, at=at)
    came = {bytes(each.sha256): each.day for each in _arrivals(chain, bundle)}
    if first_day := came.get(bundle.sha256()):
        return Heard(False, first_day)
    window = Window.parse(chain.window)
    if not window.has(bundle.head.seq):
        _count(chain, window, bundle, at=at)
        _keep_arrival(chain, bundle, at=at)
    elif came:  # another one with this number: both stay as evidence
        _alarm(device, bundle, TWO_DEVICES, at=at)
        _keep_arrival(chain, bundle, at=at)
    # Else it came so long ago that its bytes are not known any more: nobody can tell.
    return new


def first_chain(*, device: Device, at: dt.datetime) -> None:
    """The first chain of a terminal begins by itself; later ones two people open."""
    begun = {"window": Window().to_content(), "opened_at": at}
    Chain.objects.get_or_create(device=device, number=FIRST, defaults=begun)


def _chain(device: Device, number: int, *, at: dt.datetime) -> Chain | None:
    """The chain, locked until the bundle is noted: two copies at once are noted one by one."""
    if number == FIRST:
        first_chain(device=device, at=at)
    return Chain.objects.select_for_update().filter(device=device, number=number).first()


def _count(chain: Chain, window: Window, bundle: Bundle, *, at: dt.datetime) -> None:
    grown = window.add(bundle)
    if grown.breaks != window.breaks:
        _alarm(chain.device, bundle, BROKEN, at=at)
    chain.window = grown.to_content()
    chain.save(update_fields=["window"])
    _count_day(chain, bundle, day=local_day(at))


def _count_day(chain: Chain, bundle: Bundle, *, day: dt.date) -> None:
    seq, digest = bundle.head.seq, bundle.sha256()
    new = {"count": 0, "first_seq": seq, "last_seq": seq, "head": digest}
    row, _ = DeliveryDay.objects.get_or_create(chain=chain, day=day, defaults=new)
    if row.leaf_hash is not None:
        return  # a clock that was put back: what the log says of a day stands
    row.count += 1
    row.first_seq = min(row.first_seq, seq)
    if seq >= row.last_seq:
        row.last_seq, row.head = seq, digest
    row.save(update_fields=["count", "first_seq", "last_seq", "head"])


def _arrivals(chain: Chain, bundle: Bundle) -> QuerySet[Arrival]:
    return Arrival.objects.filter(chain=chain, seq=bundle.head.seq)


def _keep_arrival(chain: Chain, bundle: Bundle, *, at: dt.datetime) -> None:
    Arrival.objects.create(
        chain=chain, seq=bundle.head.seq, sha256=bundle.sha256(), day=local_day(at)
    )


def _alarm(device: Device, bundle: Bundle, kind: str, *, at: dt.datetime) -> None:
    Alarm.objects.get_or_create(
        device=device,
        chain=bundle.head.chain,
        kind=kind,
        on_day=local_day(at),
        defaults={"seq": bundle.head.seq},
    )


def _beat(device: Device, *, at: dt.datetime) -> None:
    """Set the bit of this minute of the country's day."""
    here = at.astimezone(country().timezone)
    blank = bytes(MINUTES_A_DAY // 8)
    row, made = Heartbeat.objects.get_or_create(
        device=device, day=here.date(), defaults={"minutes": blank}
    )
    if not made:
        row = Heartbeat.objects.select_for_update().get(pk=row.pk)
    byte, bit = divmod(here.hour * 60 + here.minute, 8)
    minutes = bytearray(bytes(row.minutes))
    minutes[byte] |= 0x80 >> bit
    row.minutes = bytes(minutes)
    row.save(update_fields=["minutes"])
