"""What is done with bundles, chains and the stream that goes to every terminal."""

from arasha.channel.services.broadcast import (
    broadcast,
    move_on,
    overwrite,
    put_bookmark,
    unless_another_writes,
)
from arasha.channel.services.carrying import issue_token, redeem_token
from arasha.channel.services.chains import offer_chain, open_chain, settle_alarm
from arasha.channel.services.delivery import close_days
from arasha.channel.services.hearing import hear
from arasha.channel.services.ingest import destroy_old, make_keys
from arasha.channel.services.pieces import (
    Whole,
    drop,
    forget_abandoned,
    keep_pieces,
    refuse,
    take,
    whole_objects,
)

__all__ = [
    "Whole",
    "broadcast",
    "close_days",
    "destroy_old",
    "drop",
    "forget_abandoned",
    "hear",
    "issue_token",
    "keep_pieces",
    "make_keys",
    "move_on",
    "offer_chain",
    "open_chain",
    "overwrite",
    "put_bookmark",
    "redeem_token",
    "refuse",
    "settle_alarm",
    "take",
    "unless_another_writes",
    "whole_objects",
]
