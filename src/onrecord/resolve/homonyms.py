"""Names of parties that mean another place: "Georgia" beside Atlanta, "Moscow, Idaho"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc
from spacy.tokens import Span as Slice

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.resolve.actors.named import Named
from onrecord.resolve.full_names import DIVISIONS
from onrecord.resolve.gazetteer import Gazetteer, Kind, Located

_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LONGEST = 3  # tokens of the name that an address goes on with
_LARGER = 4  # times the people of a capital from which another place of its name is better known
_KNOWN = 100_000  # people from which a town is known by its name alone
_OFFICES = lexicon.words("places.offices_of_divisions")
_OF_DIVISIONS = _OFFICES | lexicon.words("places.of_divisions")
_GOVERNORS = frozenset({"governor", "gov", "gov."})
_FEDERAL = "USA"  # where a governor named without his state is one of a state
_SECRETARY = "secretary of state"
_DIVISION = frozenset({"state", "province"})
_AND = frozenset({"and", "or", "&"})


@dataclass(frozen=True, slots=True)
class Meant:
    """The known names of a text, and those that another place is meant by throughout."""

    named: tuple[Named, ...]
    elsewhere: Mapping[str, str | None]  # the country of the one division of that name, if any


def without_homonyms(doc: Doc, named: Sequence[Named], gazetteer: Gazetteer) -> Meant:
    """Return the known names of a text without those that another place is meant by.

    Such a place has a longer name ("New Mexico"), says where it is ("Lebanon, Pennsylvania"), is
    called a division ("the state of Georgia") or, in a text that tells of the country in no other
    words, has its officers, towns or fellow divisions beside it or is far better known. A name
    that means it once means it throughout, unless the text tells of the country too.

    Raises:
        GazetteerError: The gazetteer cannot be read.
    """
    reader = _HomonymReader(doc, named, gazetteer)
    kept = [match for match in named if not reader.is_within_longer(match)]
    reader = _HomonymReader(doc, kept, gazetteer)
    sure = {match for match in kept if reader.is_other(match)}
    untold = [match for match in kept if _is_place(match) and not reader.tells_of(match)]
    likely = {match for match in untold if match in sure or reader.is_likelier(match)}
    elsewhere = {reader.words(match): reader.country_of(match) for match in likely}
    return Meant(
        tuple(
            match
            for match in kept
            if match not in sure and not (_is_place(match) and reader.words(match) in elsewhere)
        ),
        elsewhere,
    )


def _is_place(match: Named) -> bool:
    return match.form == "metonym" or (match.form == "name" and match.party.kind == "state")


@dataclass(frozen=True)
class _HomonymReader:
    """Weighs what each name of one parse means."""

    doc: Doc
    named: Sequence[Named]
    gazetteer: Gazetteer

    def words(self, match: Named) -> str:
        """Return a name as it is written."""
        return self.doc[match.start : match.end].text

    def is_other(self, match: Named) -> bool:
        """Whether the words right around a name say that it means another place."""
        if not _is_place(match):
            return False
        rivals = self._rivals(match)
        others = self._found(match) if match.form == "metonym" else rivals  # "Washington state"
        is_region = any(one.kind == Kind.REGION for one in others)
        return (bool(rivals) and self._goes_on(match, rivals)) or (
            is_region and self._is_called_division(match)
        )

    def is_likelier(self, match: Named) -> bool:
        """Whether another place of the name is better known or what stands beside it is its own."""
        rivals = [one for one in self._rivals(match) if one.is_first]
        if match.form == "metonym":
            own = [one for one in self._found(match) if one.country == match.party.country]
            least = max(_KNOWN, _LARGER * max((one.population for one in own), default=0))
            return bool(own) and any(one.population >= least for one in rivals)
        regions = [one for one in rivals if one.kind == Kind.REGION]
        return bool(regions) and (
            self._has_officers(match)
            or (self._has_governor and any(one.country == _FEDERAL for one in regions))
            or any(self._surrounds(one) or self._ends_address(match, one) for one in regions)
        )

    def country_of(self, match: Named) -> str | None:
        """Return the country of the one division that a country's name means elsewhere."""
        regions = {
            one.country for one in self._rivals(match) if one.is_first and one.kind == Kind.REGION
        }
        return regions.pop() if len(regions) == 1 and match.form == "name" else None

    def tells_of(self, match: Named) -> bool:
        """Whether a text tells of a party's country by any other name."""
        words, country = self.words(match), match.party.country
        return any(
            other.party.country == country and self.words(other) != words for other in self.named
        ) or any(one.country == country and one.kind != Kind.COUNTRY for one in self._beside)

    def is_within_longer(self, match: Named) -> bool:
        """Whether a division's name has a party's within it: "New Mexico", "Northern Ireland"."""
        return any(
            one.kind == Kind.REGION and one.country
            for name in self._longer(match)
            for one in self.gazetteer.find(name)
        )

    def _surrounds(self, region: Located) -> bool:
        """Whether a text names a town in a region, or another region beside it."""
        return any(
            place.country == region.country
            and (place.kind == Kind.REGION or place.region == region.region)
            for place in self._beside
        )

    @cached_property
    def _has_governor(self) -> bool:
        """Whether a text names a governor: "Governor Ruth Aldous"."""
        titles = (token for token in self.doc[:-1] if token.lower_ in _GOVERNORS)
        return any(token.nbor().ent_type_ == "PERSON" for token in titles)

    @cached_property
    def _beside(self) -> tuple[Located, ...]:
        """The places that the text's other names mean first: the largest of each name."""
        taken = {at for match in self.named for at in range(match.start, match.end)}
        places = []
        for entity in self.doc.ents:
            if entity.label_ not in _LABELS or any(token.i in taken for token in entity):
                continue
            if found := [one for one in self.gazetteer.find(entity.text) if one.is_first]:
                places.append(max(found, key=lambda one: one.population))
        return tuple(places)

    def _found(self, match: Named) -> tuple[Located, ...]:
        return self.gazetteer.find(self.words(match))

    def _rivals(self, match: Named) -> list[Located]:
        """Return the places of a name that lie in another country."""
        return [
            one
            for one in self._found(match)
            if one.country != match.party.country and one.kind != Kind.COUNTRY
        ]

    def _longer(self, match: Named) -> Iterator[str]:
        """Yield the names a word longer that stand around a name."""
        doc = self.doc
        for start, end in ((match.start - 1, match.end), (match.start, match.end + 1)):
            if start < 0 or end > len(doc):
                continue
            added = doc[start] if start < match.start else doc[end - 1]
            if added.text[0].isupper() and added.pos_ in {"PROPN", "ADJ"}:
                yield doc[start:end].text

    def _goes_on(self, match: Named, rivals: Sequence[Located]) -> bool:
        """Whether the name of what lies around a place follows: "Lebanon, Pennsylvania"."""
        doc, end = self.doc, match.end
        if end + 1 >= len(doc) or doc[end].text not in {",", "("}:
            return False
        for last in range(min(len(doc), end + 1 + _LONGEST), end + 1, -1):
            name = doc[end + 1 : last]
            if not name[0].text[0].isupper() or not name[-1].text[0].isupper():
                continue
            around = [one for one in self.gazetteer.find(name.text) if one.kind != Kind.COUNTRY]
            if any(_lies_in(one, outer) for one in rivals for outer in around):
                return match.form == "metonym" or not self._is_listed(name)
        return False

    def _is_listed(self, name: Slice) -> bool:
        """Whether a name is one of several joined: "Georgia, Nevada and Utah"."""
        after = self.doc[name.end] if name.end < len(self.doc) else None
        return after is not None and after.lower_ in _AND and name.root.dep_ == deps.CONJUNCT

    def _ends_address(self, match: Named, region: Located) -> bool:
        """Whether a town of a region stands before its name: "Columbus, Georgia"."""
        doc, start = self.doc, match.start
        if start < 2 or doc[start - 1].text != ",":
            return False
        return any(
            _lies_in(one, region)
            for first in range(max(0, start - 1 - _LONGEST), start - 1)
            if doc[first].text[0].isupper()
            for one in self.gazetteer.find(doc[first : start - 1].text)
        )

    def _is_called_division(self, match: Named) -> bool:
        """Whether the words around say division: "state of Georgia", "Niger state"."""
        doc, start, end = self.doc, match.start, match.end
        after = doc[end] if end < len(doc) else None
        if after is not None and after.lower_ in DIVISIONS:
            return after.dep_ != deps.COMPOUND  # not "Georgia state television"
        return start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in _DIVISION

    def _has_officers(self, match: Named) -> bool:
        """Whether a name has an office of divisions: "Georgia's governor", "Georgia lawmakers"."""
        doc, start, end = self.doc, match.start, match.end
        after = doc[end : end + 2]
        if len(after) and after[0].tag_ == "POS":
            return after[1:].text.lower() in _OFFICES or doc[end + 1 : end + 4].text == _SECRETARY
        if len(after) and after[0].lower_ in _OF_DIVISIONS:
            return True
        return start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in _OFFICES


def _lies_in(place: Located, outer: Located) -> bool:
    return (
        place.country == outer.country
        and place.region == outer.region
        and place.geonames_id != outer.geonames_id
    )
