"""Countries of a text: where it names them and their actors, and what speaks for each."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from spacy.tokens import Doc, Token

from onrecord.drafts import Attribution, PlaceName
from onrecord.language import dependencies as deps
from onrecord.records import Span
from onrecord.resolve.actors.atlas import Atlas
from onrecord.resolve.actors.ranker import Features
from onrecord.resolve.actors.roles import span_of
from onrecord.resolve.actors.setting import Ground
from onrecord.resolve.actors.sketch import Found, Sketch

_OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_RULING = frozenset({"state", "government"})
LOOKED_AT = 20  # mentions of an actor that are looked at: a long text takes no longer for it
_OPENING = 3  # sentences in which news says what it is about
_FAR = 2000  # words; farther off counts the same
_PART = frozenset(
    {
        deps.CONJUNCT,
        deps.APPOSITION,
        deps.COMPOUND,
        deps.ADJECTIVE,
        deps.NOUN_MODIFIER,
        deps.POSSESSOR,
    }
)
_LINKS = frozenset(
    {
        deps.RELATIVE,
        deps.NOUN_CLAUSE,
        deps.APPOSITION,
        deps.CONJUNCT,
        deps.POSSESSOR,
        deps.ADJECTIVE,
        deps.COMPOUND,
    }
)
_DONE_TO = frozenset({deps.OBJECT, deps.PASSIVE_SUBJECT, "against", "with", "to", "on"})


@dataclass(frozen=True, slots=True)
class _Spot:
    """A word that names a country, lies in it or names an actor of it."""

    at: int  # token
    country: str
    is_ground: bool  # whether it is a place where something happens


class Countries:
    """The countries of one parse, and what a text says of each beside an actor."""

    def __init__(
        self, doc: Doc, found: Sequence[Found], places: Sequence[PlaceName], atlas: Atlas
    ) -> None:
        self.doc = doc
        self._sentence = _numbers(doc)
        self._paragraph = _paragraphs(doc)
        words = dict(_words(doc, atlas))
        actors = {
            mention.head: mention.sketch.country
            for mention in found
            if mention.sketch is not None and mention.sketch.country is not None
        }
        grounds = {
            place.start: place.country
            for place in places
            if place.country is not None and not place.is_metonym
        }
        spots = {
            _Spot(at, country, at in grounds)
            for named in (words, actors, grounds)
            for at, country in named.items()
        }
        self._spots = sorted(spots, key=lambda spot: (spot.at, spot.country))
        self._starts = [spot.at for spot in self._spots]
        self._at: dict[str, list[int]] = defaultdict(list)
        self._in_sentence: dict[int, list[_Spot]] = defaultdict(list)
        self._in_paragraph: dict[int, set[str]] = defaultdict(set)
        for spot in self._spots:
            self._at[spot.country].append(spot.at)
            self._in_sentence[self._sentence[spot.at]].append(spot)
            self._in_paragraph[self._paragraph[spot.at]].add(spot.country)
        self._general = self._shares(words, actors, grounds, Counter(_official(found)))
        self._voices: list[tuple[int, int, str]] = []

    @property
    def tell_enough(self) -> bool:
        """Whether the text is long enough to show who acts for whom."""
        return bool(self._sentence) and self._sentence[-1] >= _OPENING

    def hear(self, attributions: Sequence[Attribution], found: Sequence[Found]) -> None:
        """Take in whose words are of which country: a speaker's own or of whom he speaks for."""
        by_head = {mention.head: mention.sketch for mention in found}
        for one in attributions:
            sketch = by_head.get(one.source_at) if one.source_at is not None else None
            if sketch is not None and sketch.country is not None:
                self._voices += [(part.start, part.end, sketch.country) for part in one.content]

    def weigh(
        self, sketch: Sketch, mentions: Sequence[Found], ground: Ground | None
    ) -> Mapping[str, Features]:
        """Return what speaks for each country as that of an actor, by name of the feature."""
        looked_at = mentions[:LOOKED_AT]
        own = described(self.doc, sketch, looked_at)
        beside = self._beside(looked_at)
        weighed: dict[str, Features] = {}
        for country, general in self._general.items():
            found = {**own, **general, **beside.get(country, {})}
            found["near"] = -math.log1p(min(self._distance(country, looked_at), _FAR))
            if ground is not None and ground.country == country:
                found[f"setting {ground.rule}"] = 1.0
            weighed[country] = found
        return weighed

    def nearest(self, country: str, mentions: Sequence[Found]) -> Span | None:
        """Return the words for a country that stand nearest to an actor."""
        spots = self._at.get(country, ())
        gaps = [(abs(at - one.head), at) for one in mentions[:LOOKED_AT] for at in spots]
        return span_of(self.doc[min(gaps)[1]]) if gaps else None

    def _shares(
        self,
        words: Mapping[int, str],
        actors: Mapping[int, str],
        grounds: Mapping[int, str],
        official: Counter[str],
    ) -> Mapping[str, Features]:
        """Return how much of the text each country has."""
        counted = {
            "named": Counter(words.values()),
            "actors": Counter(actors.values()),
            "grounds": Counter(grounds.values()),
            "official": official,
        }
        found: dict[str, Features] = {}
        for country, spots in self._at.items():
            features = {"countries": math.log(len(self._at))}
            for name, counts in counted.items():
                own = counts[country]
                features[f"{name} share"] = own / max(1, counts.total())
                features[f"{name} rank"] = float(sum(n > own for n in counts.values()))
                features[f"{name} any"] = float(own > 0)
            features["named top"] = counted["named"][country] / max([1, *counted["named"].values()])
            features["named often"] = math.log1p(counted["named"][country])
            features["at once"] = float(self._sentence[spots[0]] == 0)
            features["early"] = float(self._sentence[spots[0]] < _OPENING)
            found[country] = features
        return found

    def _beside(self, mentions: Sequence[Found]) -> Mapping[str, dict[str, float]]:
        """Return what stands around an actor's mentions, by country: shares of the mentions."""
        found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        share = 1 / max(1, len(mentions))
        for mention in mentions:
            for country, name in set(self._around(mention)):
                found[country][name] += share
            for country, name in set(self._tied(mention)):
                found[country][name] = 1.0
        return found

    def _around(self, mention: Found) -> Iterator[tuple[str, str]]:
        """Yield the countries around a mention with how they stand there."""
        sentence = self._sentence[mention.head]
        here = self._in_sentence.get(sentence, ())
        outside = [spot for spot in here if not mention.start <= spot.at < mention.end]
        on_ground = {spot.country for spot in here if spot.is_ground}
        for spot in outside:
            yield spot.country, "same sentence"
            if len({one.country for one in here}) == 1:
                yield spot.country, "alone in sentence"
        for country in on_ground:
            yield country, "ground in sentence"
            if len(on_ground) == 1:
                yield country, "only ground in sentence"
        for spot in self._in_sentence.get(sentence - 1, ()):
            yield spot.country, "sentence before"
        for country in self._in_paragraph.get(self._paragraph[mention.head], ()):
            yield country, "paragraph"
        yield from self._next_to(mention)
        for start, end, country in self._voices:
            if start <= self.doc[mention.head].idx < end:
                yield country, "voice"

    def _next_to(self, mention: Found) -> Iterator[tuple[str, str]]:
        before = bisect_left(self._starts, mention.start) - 1
        after = bisect_left(self._starts, mention.end)
        sides = []
        if before >= 0:
            yield self._spots[before].country, "last before"
            sides.append((mention.head - self._starts[before], self._spots[before].country))
        if after < len(self._spots):
            sides.append((self._starts[after] - mention.head, self._spots[after].country))
        if sides:
            yield min(sides)[1], "nearest"

    def _tied(self, mention: Found) -> Iterator[tuple[str, str]]:
        """Yield the countries that grammar ties to a mention, with how."""
        head = self.doc[mention.head]
        verb, role = _governed(head)
        for spot in self._in_sentence.get(self._sentence[head.i], ()):
            word = self.doc[spot.at]
            if mention.start <= spot.at < mention.end:
                yield spot.country, "inside"
                continue
            if head.is_ancestor(word):
                yield spot.country, "below"
                yield spot.country, f"below {_branch(head, word)}"
            other, its = _governed(word)
            if other.i == verb.i and its != role:
                yield spot.country, "same verb"
                if role in deps.SUBJECTS and its in _DONE_TO:
                    yield spot.country, "does it to"
                elif its in deps.SUBJECTS:
                    yield spot.country, "has it done by"
                else:
                    yield spot.country, f"verb {its}"
            if word in head.conjuncts:
                yield spot.country, "joined"

    def _distance(self, country: str, mentions: Sequence[Found]) -> int:
        spots = self._at[country]
        least = _FAR
        for mention in mentions:
            place = bisect_left(spots, mention.head)
            for at in spots[max(0, place - 1) : place + 2]:
                if not mention.start <= at < mention.end:
                    least = min(least, abs(at - mention.head))
        return least


def described(doc: Doc, sketch: Sketch, mentions: Sequence[Found]) -> Features:
    """Return what is known of an actor itself, whatever the country."""
    nouns = [one for one in mentions if one.form != "pronoun"] or list(mentions)
    heads = [doc[one.head] for one in nouns]
    labels = {word.dep_ for head in heads for word in head.lefts}
    words = {word.lower_ for one in nouns for word in doc[one.start : one.end]}
    named = any(one.form == "name" for one in mentions)
    found = {
        f"kind {sketch.kind}": 1.0,
        f"sector {sketch.sector}": 1.0,
        "plural": float(sketch.plural),
        "the": float("the" in words),
        "a": float(bool(words & {"a", "an"})),
        "owned": float(deps.POSSESSOR in labels),
        "counted": float(deps.NUMBER in labels),
        "bare": float(not labels & deps.DEFINERS),
        "mentions": math.log(len(mentions)),
        "role": float(sketch.role is not None),
        **{f"form {one.form}": 1.0 for one in mentions},
    }
    if not (named and sketch.kind == "person"):
        found[f"noun {heads[0].lemma_.lower()}"] = 1.0
    for word in (word for head in heads[:3] for word in head.lefts if word.dep_ in deps.MODIFIERS):
        found[f"with {word.lemma_.lower()}"] = 1.0
    if sketch.role:
        found[f"role {sketch.role.split()[-1]}"] = 1.0
    return found


def _numbers(doc: Doc) -> list[int]:
    """Return the number of the sentence each token stands in."""
    return [number for number, sentence in enumerate(doc.sents) for _ in sentence]


def _paragraphs(doc: Doc) -> list[int]:
    """Return the number of the paragraph each token stands in."""
    return list(accumulate(int("\n" in token.text) for token in doc))


def _words(doc: Doc, atlas: Atlas) -> Iterator[tuple[int, str]]:
    """Yield the last token of each name of a country or in it."""
    told = [atlas.country_at(token) for token in doc]
    for at, country in enumerate(told):
        if country is not None and told[at + 1 : at + 2] != [country]:
            yield at, country


def _official(found: Sequence[Found]) -> Iterator[str]:
    for mention in found:
        sketch = mention.sketch
        if sketch is None or sketch.country is None:
            continue
        if sketch.kind in _RULING or sketch.sector in _OFFICIAL:
            yield sketch.country


def _governed(token: Token) -> tuple[Token, str]:
    """Return what a phrase hangs on, and how: its label or its preposition."""
    while token.dep_ in _PART and token.head.i != token.i:
        token = token.head
    if token.dep_ in deps.GOVERNED:
        return token.head.head, token.head.lower_
    return token.head, token.dep_


def _branch(head: Token, word: Token) -> str:
    """Return by what a word hangs on another far above it."""
    while word.head.i != head.i and word.head.i != word.i:
        word = word.head
    if word.dep_ == deps.PREP:
        return word.lower_
    return word.dep_ if word.dep_ in _LINKS else "other"
