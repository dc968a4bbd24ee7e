from arasha.channel.models.arriving import Piece, Refusal, Taken
from arasha.channel.models.carrying import CarryToken
from arasha.channel.models.chains import Alarm, Arrival, Chain, ChainOffer, DeliveryDay, Heartbeat
from arasha.channel.models.going_out import Bookmark, BroadcastRecord, IngestKey
from arasha.channel.models.register import Canary, Check, Health, Incident, Works

__all__ = [
    "Alarm",
    "Arrival",
    "Bookmark",
    "BroadcastRecord",
    "Canary",
    "CarryToken",
    "Chain",
    "ChainOffer",
    "Check",
    "DeliveryDay",
    "Health",
    "Heartbeat",
    "Incident",
    "IngestKey",
    "Piece",
    "Refusal",
    "Taken",
    "Works",
]
