"""How often passwords may be tried."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

WINDOW = 60.0  # seconds
MOST_BY_ONE = 5  # wrong passwords from one address in a window
MOST_BY_ALL = 60  # from all addresses, so that many of them are no way round
MOST_ADDRESSES = 10_000
ALL = ""


class Attempts:
    """The wrong passwords of the last minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_for(self, address: str) -> float:
        """Return the seconds until an address may try again, 0.0 for now.

        A try is counted as wrong from the start, so that many at once are no way round;
        `forgive` takes it back.
        """
        with self._lock:
            now = self._clock()
            waits = [
                self._wait(now, key, most)
                for key, most in ((address, MOST_BY_ONE), (ALL, MOST_BY_ALL))
            ]
            if max(waits) > 0:
                return max(waits)
            for key in (address, ALL):
                self._failed.setdefault(key, deque()).append(now)
                self._failed.move_to_end(key)
            while len(self._failed) > MOST_ADDRESSES:
                self._failed.popitem(last=False)
            return 0.0

    def forgive(self, address: str) -> None:
        """Forget the wrong passwords of an address that gave the right one."""
        with self._lock:
            gone = self._failed.pop(address, deque())
            everyone = self._failed.get(ALL, deque())
            for _ in range(min(len(gone), len(everyone))):
                everyone.pop()

    def _wait(self, now: float, key: str, most: int) -> float:
        times = self._failed.get(key, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        return times[0] + WINDOW - now if len(times) >= most else 0.0
