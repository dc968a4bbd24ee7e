from arasha.channel.models.arriving import Piece, Refusal, Taken
from arasha.channel.models.carrying import CarryToken
from arasha.channel.models.chains import Alarm, Arrival, Chain, ChainOffer, DeliveryDay, Heartbeat
from arasha.channel.models.going_out import Bookmark, BroadcastRecord, IngestKey

__all__ = [
    "Alarm",
    "Arrival",
    "Bookmark",
    "BroadcastRecord",
    "CarryToken",
    "Chain",
    "ChainOffer",
    "DeliveryDay",
    "Heartbeat",
    "IngestKey",
    "Piece",
    "Refusal",
    "Taken",
]
