from arasha.channel.models.arriving import Piece, Refusal
from arasha.channel.models.chains import Alarm, Arrival, Chain, ChainOffer, DeliveryDay, Heartbeat
from arasha.channel.models.going_out import BroadcastRecord, IngestKey

__all__ = [
    "Alarm",
    "Arrival",
    "BroadcastRecord",
    "Chain",
    "ChainOffer",
    "DeliveryDay",
    "Heartbeat",
    "IngestKey",
    "Piece",
    "Refusal",
]
