from arasha.channel.models import DeliveryDay
from arasha.engines.channel.delivery import Delivery


def delivery_of(row: DeliveryDay) -> Delivery:
    """What the log says of this day, once it is over."""
    return Delivery(
        row.chain.device_id,
        row.chain.number,
        row.day,
        row.count,
        row.first_seq,
        row.last_seq,
        bytes(row.head),
    )
