from tests.appeals.day import *  # noqa: F403
from tests.appeals.reader import *  # noqa: F403
from tests.walk import *  # noqa: F403
