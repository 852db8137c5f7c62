"""Who is who in a record, looked up once: names, roles, voices."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from onrecord.records import Actor, Mention, Participant, Record, Span, Statement
from onrecord.report.wording import country_words, quoted_words, span_words
from onrecord.voices import voice_words

NARRATION = "narration"
UNNAMED = "unnamed"
ITSELF = "the article itself"
NO_SPEAKER = "speaker not named"


class Directory:
    """The actors and statements of a record by id; built once so that long articles stay quick."""

    def __init__(self, record: Record) -> None:
        self._record, self._article = record, record.article
        self._actors = {actor.actor_id: actor for actor in record.actors}
        self._numbers = {actor.actor_id: n for n, actor in enumerate(record.actors, start=1)}
        self._mentions = Counter(mention.actor_id for mention in record.mentions)
        self._roles: dict[str, list[Mention]] = {}  # mentions with a role, in text order
        for mention in sorted(record.mentions, key=lambda mention: mention.span):
            if mention.actor_id is not None and mention.role:
                self._roles.setdefault(mention.actor_id, []).append(mention)
        self._doubts = {
            row.mention_id: row
            for row in record.mentions
            if row.candidates and row.actor_id is None
        }
        self._doubts_at = {row.span: key for key, row in self._doubts.items()}

    def actor_key(self, actor_id: str) -> str:
        """Return the page's name for an actor the record lists, "a3"."""
        return f"a{self._numbers[actor_id]}"

    def name(self, actor_id: str | None) -> str | None:
        """Return an actor's name, None when there is no such actor."""
        actor = self._actors.get(actor_id) if actor_id else None
        return actor.name if actor else None

    def possible_keys(self, mention_id: str) -> tuple[str, ...]:
        """Return the page's names for the actors that a mention in doubt may refer to."""
        known = (one for one in self._doubts[mention_id].candidates if one in self._actors)
        return tuple(self.actor_key(actor_id) for actor_id in known)

    def doubt(self, mention_id: str) -> str:
        """Return a mention in doubt as a question: "he: Lavrov or Putin?"."""
        mention = self._doubts[mention_id]
        names = filter(None, map(self.name, mention.candidates))
        return f"{span_words(self._article, mention.span)}: {' or '.join(names)}?"

    def _doubt_at(self, span: Span) -> str | None:
        """Return the mention in doubt that a part of the text is, as a question."""
        mention_id = self._doubts_at.get(span)
        return self.doubt(mention_id) if mention_id is not None else None

    def mention_count(self, actor: Actor) -> int:
        """Return how often the text refers to an actor."""
        return self._mentions[actor.actor_id]

    def parties(self, participants: Iterable[Participant]) -> str | None:
        """Return the parties to an event by name, else in the text's words; None for no party."""
        names = [
            self.name(party.actor_id)
            or self._doubt_at(party.span)
            or f"“{span_words(self._article, party.span)}”"
            for party in participants
        ]
        return ", ".join(dict.fromkeys(names)) or None

    def speaker(self, statement: Statement) -> str:
        """Return who speaks: the actor's name, else who may, else the source's words.

        Without any of them it says that none is named.
        """
        if name := self.name(statement.speaker_id):
            return name
        if len(statement.source) == 1 and (asked := self._doubt_at(statement.source[0])):
            return asked
        if statement.source:
            return f"“{quoted_words(self._article, statement.source)}”"
        return NO_SPEAKER

    def role(self, statement: Statement) -> str | None:
        """Return the speaker's role and country, as near to the statement's source as known."""
        if statement.speaker_id is None:
            return None
        actor = self._actors.get(statement.speaker_id)
        mention = self._mention_with_role(statement)
        role = mention.role if mention else None
        country = (mention.role_country if mention else None) or (actor.country if actor else None)
        words = [part for part in (role, country_words(country)) if part]
        if country_words(country) == self.name(statement.speaker_id):
            words = [role] if role else []
        return ", ".join(words) or None

    def _mention_with_role(self, statement: Statement) -> Mention | None:
        """Return the mention in the source that gives a role, else the first that does."""
        assert statement.speaker_id is not None
        known = self._roles.get(statement.speaker_id, ())
        for span in statement.source:
            before = bisect_left(known, span.end, key=lambda mention: mention.span.start)
            if before and known[before - 1].span.overlaps(span):
                return known[before - 1]
        return known[0] if known else None

    def voice(self, statement_id: str | None) -> str:
        """Return whose word a row is: "Dmitry Peskov, according to the Kremlin"."""
        return voice_words(self._record.voice_chain(statement_id), self.speaker) or ITSELF

    def relayed_by(self, statement: Statement) -> str | None:
        """Return through whom a statement reached the article, None when it did so directly."""
        if statement.parent_id is None or not self._record.voice_chain(statement.parent_id):
            return None
        return self.voice(statement.parent_id)

    def voice_key(self, statement_id: str | None) -> str:
        """Return the page's name for a voice: an actor's, `NARRATION` or `UNNAMED`."""
        chain = self._record.voice_chain(statement_id)
        if not chain:
            return NARRATION
        speaker_id = chain[0].speaker_id
        return self.actor_key(speaker_id) if speaker_id in self._actors else UNNAMED
