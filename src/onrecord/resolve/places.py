"""Places: the names that say where something is, resolved against the gazetteer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from spacy.tokens import Doc, Token

from onrecord.drafts import PlaceName
from onrecord.language import dependencies as deps
from onrecord.records import Article, Place, Span, row_id
from onrecord.resolve.actors.named import DIRECTIONS, Named
from onrecord.resolve.full_names import DIVISIONS
from onrecord.resolve.gazetteer import Gazetteer, Kind, Located
from onrecord.resolve.locating import Clues, Decision, Setting, decide
from onrecord.resolve.regions import is_common, is_wide

EXTRACTOR = "place-rules/2"
_ALL = frozenset(Kind)
_SEATS = frozenset({Kind.TOWN})
_FINITE = frozenset({"VBD", "VBZ"})
_LEAST_CAPITAL = 5_000  # people of a country to one of its capital's: no town named White House
_LEAST_TOWN = 10_000  # people, where the parser takes a town for a landscape or building


def resolve_places(
    article: Article,
    doc: Doc,
    names: Sequence[PlaceName],
    named: Sequence[Named],
    gazetteer: Gazetteer,
) -> tuple[Place, ...]:
    """Return the places of an article in text order, those that stand for an actor left out.

    A place is looked up in the gazetteer and decided by the words around it and by the countries
    that the article names. One that stays undecided has candidates and no id; a part of a place
    ("eastern Aleppo") has the place as its candidate and no id or coordinates of its own.

    Raises:
        GazetteerError: The gazetteer cannot be read.
    """
    reader = _PlaceReader(doc, named, gazetteer)
    literal = [name for name in names if not name.is_metonym]
    decided = [reader.decide(name) for name in literal]
    # What is sure tells where the rest may lie.
    reader.learn(literal, decided)
    places = [
        _place(article, doc, name, reader.reconsider(name, decision))
        for name, decision in zip(literal, decided, strict=True)
    ]
    unique = {place.span: place for place in places}
    return tuple(unique[span] for span in sorted(unique))


def with_countries(
    doc: Doc,
    names: Sequence[PlaceName],
    places: Sequence[Place],
    elsewhere: Mapping[str, str | None],
) -> tuple[PlaceName, ...]:
    """Return place names with the countries of the places they were found to name.

    One that acts is no place of its own; `elsewhere` has the country it lies in where its name is
    also a country's.
    """
    countries = {place.span.end: place.country for place in places}  # a place may start earlier
    last = (doc[name.end - 1] for name in names)
    ends = (token.idx + len(token) for token in last)
    return tuple(
        replace(
            name,
            country=name.country
            or countries.get(end)
            or elsewhere.get(doc[name.start : name.end].text),
        )
        for name, end in zip(names, ends, strict=True)
    )


class _PlaceReader:
    """Looks up the place names of one parse."""

    def __init__(self, doc: Doc, named: Sequence[Named], gazetteer: Gazetteer) -> None:
        self._doc = doc
        self._gazetteer = gazetteer
        self._countries = [
            (match.start, match.party.country)
            for match in named
            if match.party.country and match.form != "metonym"  # "Tripoli" is not Libya for sure
        ]
        self._setting = Setting.of(country for _, country in self._countries)
        self._addressed: dict[str, Decision] = {}  # what a name means that an address told of

    def learn(self, names: Sequence[PlaceName], decisions: Sequence[Decision]) -> None:
        """Count the countries of places as named by the article too; keep where addresses lie."""
        for name, decision in zip(names, decisions, strict=True):
            if decision.place is not None and name.kind is None and self._around(name):
                self._addressed.setdefault(self._doc[name.start : name.end].text, decision)
        places = [decision.place for decision in decisions if decision.place is not None]
        more = [place.country for place in places if place.kind != Kind.COUNTRY]
        self._setting = Setting.of([*(country for _, country in self._countries), *more])

    def reconsider(self, name: PlaceName, decision: Decision) -> Decision:
        """Return what a name means once all of the text is known, its addresses too."""
        text = self._doc[name.start : name.end].text
        if name.kind is None and text in self._addressed and not self._around(name):
            return self._addressed[text]
        return decision if decision.place else self.decide(name)

    def decide(self, name: PlaceName) -> Decision:
        """Return what a name means."""
        if name.kind == "country":
            country = self._gazetteer.country(name.country) if name.country else None
            return Decision(country, (country,) if country else ())
        words = self._doc[name.start : name.end]
        if is_wide(words.text):
            return Decision(None, ())
        tail = words[-1].lower_ if len(words) > 1 else ""
        found = self._gazetteer.find(words.text)
        if not found and tail in DIVISIONS:
            found = self._gazetteer.find(words[:-1].text)
        if name.kind is None:  # nor is it a country that the tables did not take it for
            found = tuple(one for one in found if one.kind != Kind.COUNTRY) or found
        if name.kind == "seat":  # "White House" is another name of Casablanca
            found = tuple(one for one in found if one.is_first or one.country == name.country)
        clues = Clues(
            within=self._around(name),
            country=name.country,
            least=self._least(name, words.root),
            kinds=_SEATS if name.kind == "seat" else _ALL,
            near=frozenset(self._countries_near(name)),
            division=tail in DIVISIONS or self._next_word(name.end) in DIVISIONS,
        )
        decision = decide(found, clues, self._setting)
        if is_common(token.lower_ for token in words) and not clues.within:
            return Decision(None, decision.candidates)  # "the Old City" of the town told of
        return decision

    def _least(self, name: PlaceName, head: Token) -> int:
        """Return how many people a town of that name has at least."""
        if name.kind == "seat" and name.country and (of := self._gazetteer.country(name.country)):
            return of.population // _LEAST_CAPITAL
        return _LEAST_TOWN if head.ent_type_ in {"LOC", "FAC"} else 0

    def _next_word(self, position: int) -> str:
        return self._doc[position].lower_ if position < len(self._doc) else ""

    def _around(self, name: PlaceName) -> tuple[Located, ...]:
        """Return the places that an address goes on with, () without one."""
        behind = self._behind(name)
        return self._gazetteer.find(behind) if behind else ()

    def _behind(self, name: PlaceName) -> str | None:
        """Return the name that an address goes on with: "Homs, Syria"; None for a list."""
        doc, end = self._doc, name.end
        if end + 1 >= len(doc) or doc[end].text not in {",", "("} or not doc[end + 1].ent_type_:
            return None
        start = last = end + 1
        while (
            last < len(doc)
            and doc[last].ent_type_ == "GPE"
            and (last == start or doc[last].ent_iob_ == "I")
        ):
            last += 1
        if last == start or self._is_another(name, start, last):
            return None
        return doc[start:last].text

    def _is_another(self, name: PlaceName, start: int, last: int) -> bool:
        """Whether a name behind a comma is another one rather than what is around."""
        head, outer = self._doc[name.start : name.end].root, self._doc[start:last].root
        after = self._doc[last] if last < len(self._doc) else None
        if outer.dep_ in deps.SUBJECTS or (
            after is not None and after.tag_ in _FINITE and self._is_land(outer)
        ):
            return True  # "through Rafah, Egypt said"
        return outer.dep_ == deps.CONJUNCT or (
            self._next_word(last) in {"and", "or"} and outer.head != head
        )

    def _is_land(self, name: Token) -> bool:
        return any(one.kind == Kind.COUNTRY for one in self._gazetteer.find(name.text))

    def _countries_near(self, name: PlaceName) -> Sequence[str]:
        sentence = self._doc[name.start].sent
        first = bisect_left(self._countries, sentence.start, key=itemgetter(0))
        last = bisect_left(self._countries, sentence.end, key=itemgetter(0))
        return [country for _, country in self._countries[first:last]]


def _place(article: Article, doc: Doc, name: PlaceName, decision: Decision) -> Place:
    start, end = name.start, name.end
    head = doc[start:end].root
    found = decision.place
    is_part = bool(start) and _is_direction(doc[start - 1], head)
    start -= is_part
    span = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    whole = found if not is_part else None
    return Place(
        place_id=row_id(article, "place", span),
        span=span,
        name=article.cut(span),
        country=found.country or None if found else name.country,
        admin=found.region or None if found else None,
        lat=whole.lat if whole else None,
        lon=whole.lon if whole else None,
        geonames_id=whole.geonames_id if whole else None,
        candidates=tuple(place.geonames_id for place in decision.candidates),
        extractor=EXTRACTOR,
    )


def _is_direction(token: Token, head: Token) -> bool:
    return token.lower_ in DIRECTIONS and token.head.i == head.i
