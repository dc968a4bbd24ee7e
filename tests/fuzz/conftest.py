from tests.walk import *  # noqa: F403
