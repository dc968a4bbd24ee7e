from tests.handoffs.bodies import *  # noqa: F403
from tests.walk import *  # noqa: F403
