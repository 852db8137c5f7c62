"""Setting: the country that the rest of an article suggests for groups, bodies and offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.drafts import PlaceName
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children
from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.roles import ENVOYS, RELATIONAL, RoleReader, span_of
from onrecord.resolve.actors.sketch import Found, Sketch

_PARTISAN = frozenset({"LEG", "PTY"})  # "Republican senators" are no people's
_CREEDS = lexicon.words("people.creeds")
_PERSUASIONS = ("ist", "ists", "crat", "crats", "cratic", "publican", "publicans")
_IRREGULAR = frozenset({"REB", "PRM", "UAF", "OPP"})
_SPONSORED = lexicon.words("people.sponsored")
_OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_INTERNATIONAL = "IGO"  # whose officials serve no country
_ON_THE_GROUND = frozenset({"MIL", "COP"})
_NOUNS = frozenset({"nominal", "title"})
_PLURALS = frozenset({"NNS", "NNPS"})
_BODIES = frozenset({"government", "organisation"})
_DESCRIBING = frozenset({deps.DETERMINER, deps.PREDETERMINER, deps.ADJECTIVE})
_RULERS = frozenset({"authorities", "police"})  # plurals that are one body of a country
_STATE_OFFICES = lexicon.words("roles.state_offices")
_GROUPS = frozenset({"CVL", "REB", "OPP", "PRM", "UAF", "MIL", "LEG"})
_FOREIGN = lexicon.words("people.foreign")
_FIGHTERS = lexicon.words("people.fighters")
_OPEN = lexicon.words("people.from_anywhere")
_LOCAL = lexicon.words("people.local")


def suggest(
    doc: Doc,
    found: Sequence[Found],
    grounds: Grounds,
    reader: RoleReader,
) -> Mapping[Sketch, Ground]:
    """Return for actors without a country that of their setting, where the article has just one.

    PLOVER codes a group by the country in which it acts: forces of a people without a state
    ("Kurdish forces"), "local officials", civilians and rebels belong where the text is set, "the
    government" to the country whose offices and states the article tells of.
    """
    suggested: dict[Sketch, Ground] = {}
    for mention in found:
        sketch = mention.sketch
        if sketch is None or sketch.country is not None or sketch in suggested:
            continue
        ground = _ground(sketch, mention, doc[mention.head], grounds, reader)
        if ground is not None:
            suggested[sketch] = ground
    return suggested


def _ground(
    sketch: Sketch, mention: Found, head: Token, grounds: Grounds, reader: RoleReader
) -> Ground | None:
    if sketch.sector == _INTERNATIONAL:
        return None
    if sketch.kind == "person" and (_serves(sketch, mention) or _holds_office(sketch, head)):
        return grounds.home
    if mention.form == "name":
        return None
    if head.tag_ in _PLURALS and _is_people(head, reader):
        return grounds.near(head)
    return _group_ground(sketch, head, grounds, reader)


def inherit(doc: Doc, found: Sequence[Found]) -> None:
    """Claim for groups and bodies the country of their owner: "the Assad regime".

    Relatives may be of any country, and so may allies and opponents.
    """
    by_head = {mention.head: mention.sketch for mention in found}
    for mention in found:
        sketch = mention.sketch
        if sketch is None or sketch.country is not None or mention.form not in _NOUNS:
            continue
        if sketch.kind == "person" or doc[mention.head].lemma_.lower() in RELATIONAL:
            continue
        for owner in children(doc[mention.head], deps.POSSESSOR, deps.COMPOUND):
            known = by_head.get(owner.i)
            if known is not None and known is not sketch and known.country is not None:
                sketch.claim("owner", span_of(owner), country=known.country)


def find_peoples(doc: Doc, found: Sequence[Found], reader: RoleReader) -> Iterator[Found]:
    """Yield in passing the peoples whom no table knows: "the Kurds"."""
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    known: dict[str, Sketch] = {}
    for token in doc:
        if token.i in taken or token.tag_ not in _PLURALS or not _is_people(token, reader):
            continue
        if token.dep_ not in deps.MODIFIERS:
            told = claims("noun", span_of(token), name=token.text, kind="group")
            sketch = known.setdefault(token.text, Sketch(told, plural=True))
            yield Found(token.i, token.i + 1, token.i, "nominal", sketch, passing=True)


def _group_ground(
    sketch: Sketch, head: Token, grounds: Grounds, reader: RoleReader
) -> Ground | None:
    """Return the ground on which a group without a country of its own acts."""
    before = [word for left in head.lefts for word in left.subtree]
    if any(_is_people(word, reader) for word in before) and sketch.sector not in _PARTISAN:
        if sketch.sector == "MIL":
            sketch.claim("people", span_of(head), sector="REB")
        return grounds.near(head)
    if _is_of_the_place(sketch, before):
        return grounds.near(head)
    if sketch.sector == "COP" or head.lower_ == "authorities":
        return grounds.near(head) or grounds.home
    if sketch.sector in _OFFICIAL and _is_bare_body(sketch, head):
        own = grounds.here(head) if sketch.sector in _ON_THE_GROUND else None
        return own or grounds.home or grounds.foremost
    if _is_local(sketch, head, before, reader) and not (
        grounds.has_stateless and _may_be_stateless(head, before)
    ):
        return grounds.near(head)
    return None


def _is_of_the_place(sketch: Sketch, before: Sequence[Token]) -> bool:
    """Whether words before a noun tie it to where it acts: "local", "US-backed" of rebels."""
    words = {word.lower_ for word in before}
    return bool(words & _LOCAL) or (sketch.sector in _IRREGULAR and bool(words & _SPONSORED))


def _is_local(sketch: Sketch, head: Token, before: Sequence[Token], reader: RoleReader) -> bool:
    """Whether a group is one of those whom a text has where it is set: "civilians", "rebels"."""
    many = sketch.plural or sketch.kind != "person"
    words = {word.lower_ for word in before}
    again = "the" in words and any(word.dep_ == deps.NUMBER for word in before)  # "the two men"
    return (
        many
        and not again
        and sketch.sector in _GROUPS
        and head.lemma_ not in _OPEN
        and not _is_foreign(before, reader)
    )


def _may_be_stateless(head: Token, before: Sequence[Token]) -> bool:
    """Whether fighters may be those of a group of no country, where a text tells of one."""
    told = any(word.lower_.startswith(("rebel", "anti", "opposition")) for word in before)
    return head.lemma_ in _FIGHTERS and not told


def _is_foreign(before: Sequence[Token], reader: RoleReader) -> bool:
    """Whether words before a noun tie it to another party, or to none."""
    return any(
        word.lower_ in _FOREIGN or word.dep_ == deps.POSSESSOR or reader.party_at(word) is not None
        for word in before
    )


def _is_people(word: Token, reader: RoleReader) -> bool:
    """Whether a word is the adjective of a people that the tables give no country."""
    adjective = word.tag_ == "JJ" and word.is_title and not word.is_sent_start
    if not (word.ent_type_ == "NORP" or adjective) or reader.party_at(word) is not None:
        return False
    return word.lower_ not in _CREEDS and not word.lower_.endswith(
        ("ist", "ists", "crat", "cratic")
    )


def _serves(person: Sketch, mention: Found) -> bool:
    """Whether a title beside a name is one of a state's, and tells no other state."""
    told = person.won.get("sector")
    titled = told is not None and told.rule == "title"
    sent = person.role is not None and person.role.split()[-1] in ENVOYS
    return titled and mention.form == "name" and person.sector in _OFFICIAL and not sent


def _holds_office(person: Sketch, head: Token) -> bool:
    """Whether somebody has an office of state that needs no country where it is at home.

    "the foreign secretary" and "the defence minister, John Smith" are those of the country whose
    offices the article tells of; "a minister" and "the minister of Chad" are not.
    """
    words = [word.lower_ for word in head.lefts]
    office = person.role.split()[-1] if person.role else head.lower_
    bare = not any(word.dep_ in deps.DEFINERS and word.lower_ != "the" for word in head.lefts)
    named = person.role is not None
    return office in _STATE_OFFICES and bare and (named or "the" in words)


def _is_bare_body(sketch: Sketch, head: Token) -> bool:
    """Whether a noun for a body of state has no name or owner that may tell of another state."""
    if sketch.kind not in _BODIES and head.lower_ not in _RULERS:
        return False
    if children(head, deps.PREP):
        return False
    named = any(word.is_title and not word.is_sent_start for word in head.lefts)
    return not named and all(word.dep_ in _DESCRIBING for word in head.lefts)


@dataclass(frozen=True, slots=True)
class Ground:
    """A country in which somebody may act, and what suggests it."""

    rule: Literal["sentence", "article"]  # the only one of the sentence, most of the article's
    country: str


class Grounds:
    """The countries an article is set in, and the one whose offices it tells of."""

    def __init__(self, found: Sequence[Found], places: Sequence[PlaceName]) -> None:
        self._at: Mapping[int, str] = {
            place.start: place.country
            for place in places
            if place.country is not None and not place.is_metonym
        }
        self._main = _most(self._at.values())
        self.has_stateless = any(  # an armed group of no country takes part
            one.sketch is not None and one.sketch.kind == "armed_group" and not one.sketch.country
            for one in found
        )
        officials = Counter(_official(found))
        self.home = _most(officials.elements())
        self.foremost = _foremost(officials)

    def here(self, token: Token) -> Ground | None:
        """Return the one country in which the sentence is set, None without or with several."""
        sentence = token.sent
        told = [at for at in self._at if sentence.start <= at < sentence.end]
        if len({self._at[at] for at in told}) != 1:
            return None
        return Ground("sentence", self._at[told[0]])

    def near(self, token: Token) -> Ground | None:
        """Return the one country in which the sentence is set, else that of most of the article."""
        return self.here(token) or self._main


def _foremost(counts: Counter[str]) -> Ground | None:
    """Return the country named at least twice as often as any other, None without one."""
    match counts.most_common(2):
        case [(country, often), (_, less)] if often >= 2 * less:
            return Ground("article", country)
        case [(country, _)]:
            return Ground("article", country)
    return None


def _official(found: Sequence[Found]) -> Iterator[str]:
    """Yield the country of each mention of a state, its offices and its people."""
    for mention in found:
        sketch = mention.sketch
        if sketch is None or sketch.country is None:
            continue
        if sketch.kind in {"state", "government"} or sketch.sector in _OFFICIAL:
            yield sketch.country


def _most(countries: Iterable[str]) -> Ground | None:
    """Return the country named more often than all others together, None without one."""
    counts = Counter(countries)
    if not counts:
        return None
    ((country, often),) = counts.most_common(1)
    return Ground("article", country) if 2 * often > counts.total() else None
