"""Answers that are kept until the store changes: what counts a whole store takes its time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

Answer = TypeVar("Answer")

MOST = 256  # answers


class Kept:
    """The answers asked for last, each with the state of the store that it holds for."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, tuple[str, object]] = OrderedDict()
        self._lock = threading.Lock()
        self._asking: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, stamp: str, ask: Callable[[], Answer]) -> Answer:
        """Return the answer kept under a key for that state of the store, else what `ask` says."""
        with self._lock:
            asking = self._asking.setdefault(key, threading.Lock())
        with asking:  # who asks the same meanwhile waits for the answer
            with self._lock:
                found = self._answers.get(key)
                if found is not None:
                    self._answers.move_to_end(key)
            if found is not None and found[0] == stamp:
                return found[1]  # type: ignore[return-value]  # of the same question
            try:
                answer = ask()
                with self._lock:
                    self._keep(key, stamp, answer)
            finally:
                with self._lock:
                    if key not in self._answers:  # there was none
                        self._asking.pop(key, None)
        return answer

    def _keep(self, key: Hashable, stamp: str, answer: object) -> None:
        self._answers[key] = (stamp, answer)
        self._answers.move_to_end(key)
        while len(self._answers) > self._most:
            gone, _ = self._answers.popitem(last=False)
            self._asking.pop(gone, None)
