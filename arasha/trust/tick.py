"""What the root of trust does by itself: say once a day that nothing newer exists."""

import datetime as dt
import logging

from arasha.actors import TICK
from arasha.trust import services
from arasha.trust.errors import FreshnessKeyError

logger = logging.getLogger("arasha.loops")


def tick(*, at: dt.datetime) -> int:
    try:
        return int(services.refresh(by=TICK, at=at))
    except FreshnessKeyError as problem:
        # A spoilt key must not keep the bells from ringing that come after it.
        logger.error("Nothing was stamped. %s", problem)  # noqa: TRY400 - a refusal, no fault
        return 0
