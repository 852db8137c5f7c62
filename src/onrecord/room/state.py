"""What the pages share: the store, the settings, the templates, who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from onrecord.room.attempts import Attempts
from onrecord.room.choices import RoomSettings
from onrecord.room.passwords import Known
from onrecord.room.sessions import Sessions
from onrecord.store import Store
from onrecord.store.keeping import Answer, Kept

MOST_HELD = 96  # answers that may have whole articles in them


@dataclass(frozen=True, slots=True)
class Room:
    """A store being shown."""

    store: Store
    settings: RoomSettings
    sessions: Sessions = field(default_factory=Sessions)
    attempts: Attempts = field(default_factory=Attempts)
    known: Known = field(default_factory=Known)
    kept: Kept = field(default_factory=Kept)
    held: Kept = field(default_factory=lambda: Kept(MOST_HELD))
    found: Kept = field(default_factory=Kept)

    @property
    def can_save(self) -> bool:
        """Whether searches can be saved."""
        return self.settings.searches is not None and not self.settings.read_only

    def ask(self, key: Hashable, question: Callable[[Room], Answer]) -> Answer:
        """Return the answer to a question about the whole store, kept until the store changes."""
        return self.kept.get(key, self.store.views.stamp(), lambda: question(self))

    def find(self, key: Hashable, question: Callable[[Room], Answer]) -> Answer:
        """Return likewise a page of rows; these are many, and others are not to make way."""
        return self.found.get(key, self.store.views.stamp(), lambda: question(self))

    def hold(self, key: Hashable, question: Callable[[Room], Answer]) -> Answer:
        """Return likewise an answer that may have whole articles in it; fewer of these are kept.

        A page and the drawing in it ask the same one after the other.
        """
        return self.held.get(key, self.store.views.stamp(), lambda: question(self))


def _room_of(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


RoomOf = Annotated[Room, Depends(_room_of)]
"""The parameter of a route that is given the room."""
