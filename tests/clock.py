"""A clock for tests of when something is done: work takes its time of the processor, waiting takes none."""

import time


class Clock:
    """Stands where the module `time` stands. How busy the machine is, it does not show."""

    def __init__(self) -> None:
        self._waited = 0.0

    def monotonic(self) -> float:
        return time.process_time() + self._waited

    def sleep(self, seconds: float) -> None:
        self._waited += seconds

    def sleep_until(self, moment: float) -> None:
        self.sleep(max(0.0, moment - self.monotonic()))
