"""Origins: the country that a text says somebody is from, is a citizen of or left for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import antecedent, children, is_passive
from onrecord.resolve.actors.atlas import Atlas
from onrecord.resolve.actors.roles import span_of
from onrecord.resolve.actors.sketch import Found

_PAPERS = frozenset({"citizenship", "nationality", "passport"})
_RETURNING = lexicon.words("places.returning")
_LONGING = lexicon.words("deeds.longing")
_REPATRIATING = frozenset({"repatriate", "deport"})
_PERSONS = lexicon.words("people.persons")
_LINKED = frozenset({deps.OPEN_CLAUSE, deps.PREDICATE})


def tell_origins(doc: Doc, found: Sequence[Found], atlas: Atlas) -> None:
    """Claim for people the country that the words about any mention of them tell."""
    for mention in found:
        sketch = mention.sketch
        if sketch is None or sketch.kind != "person" or sketch.country is not None:
            continue
        for way in _WAYS:
            told = ((word, atlas.country_at(word)) for word in way(doc[mention.head]))
            word, country = next((one for one in told if one[1] is not None), (None, None))
            if word is not None:
                sketch.claim("origin", span_of(word), country=country)
                break


def _objects(word: Token, *links: str) -> Iterator[Token]:
    """Yield what some prepositions behind a word govern."""
    for link in children(word, deps.PREP):
        if link.lower_ in links:
            for place in children(link, deps.PREP_OBJECT):
                yield place
                yield from children(place, deps.APPOSITION)


def _people(head: Token) -> Iterator[Token]:
    """Yield a noun that is itself the name of a people: "a second Briton"."""
    if head.pos_ in {"NOUN", "PROPN"} and head.ent_type_ != "PERSON":
        yield head


def _grown(head: Token) -> Iterator[Token]:
    """Yield where somebody grew up; birth alone makes nobody a citizen."""
    for verb in _verbs_of(head):
        if verb.lemma_ == "raise" or (verb.lemma_ == "grow" and children(verb, deps.PARTICLE)):
            yield from _objects(verb, "in")


def _from_where(head: Token) -> Iterator[Token]:
    """Yield where somebody is said to be from: "Nour Haddad, 32, from London"."""
    if not any(word.pos_ == "VERB" for word in head.rights):
        yield from _objects(head, "from")
    for age in children(head, deps.APPOSITION, deps.NUMBER):
        yield from _objects(age, "from")


def _described(head: Token) -> Iterator[Token]:
    """Yield what qualifies a noun said of somebody: "is a British citizen", "a Turkish Kurd"."""
    yield from _before(head)
    above = head.head  # in "the envoy to Mali, Ida Berg" the parse may hang her on Mali
    apposed = head.dep_ == deps.APPOSITION and not (
        above.dep_ == deps.PREP_OBJECT and above.ent_type_ == "GPE"
    )
    nouns = [*children(head, deps.APPOSITION), *([above] if apposed else [])]
    for verb in _verbs_of(head):
        for be in (verb, *children(verb, *_LINKED)):
            if be.lemma_ == "be":
                nouns += children(be, deps.ATTRIBUTE, deps.STATE)
    for noun in nouns:
        if noun.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} and noun.ent_type_ != "PERSON":
            yield noun
            yield from (word for word in noun.lefts if word.dep_ in deps.QUALIFIERS)
            yield from _objects(noun, "from")
            for whole in _objects(noun, "of") if noun.lower_ == "one" else ():
                yield from (word for word in whole.lefts if word.dep_ in deps.MODIFIERS)


def _before(head: Token) -> Iterator[Token]:
    """Yield the people or town that a noun before a name tells of: "Leeds student Ann Cole"."""
    for word in head.lefts:
        if word.dep_ == deps.COMPOUND and word.lemma_ in _PERSONS:
            yield from (one for one in word.lefts if one.dep_ in deps.MODIFIERS)


def _verbs_of(head: Token) -> Iterator[Token]:
    """Yield the verbs of which a word is the subject, relative clauses of it among them."""
    if head.dep_ in deps.SUBJECTS and antecedent(head, head.head).i == head.i:
        yield head.head
        yield from (one for one in head.head.conjuncts if not children(one, *deps.SUBJECTS))
    for clause in children(head, deps.RELATIVE):
        if any(antecedent(one, clause).i == head.i for one in children(clause, *deps.SUBJECTS)):
            yield clause
            yield from (one for one in clause.conjuncts if not children(one, *deps.SUBJECTS))


def _papers(head: Token) -> Iterator[Token]:
    """Yield whose citizenship somebody has: "the British citizenship of", "his US passport"."""
    papers = []
    if head.dep_ == deps.POSSESSOR and head.head.lemma_ in _PAPERS:
        papers.append(head.head)
    if (
        head.dep_ == deps.PREP_OBJECT
        and head.head.lower_ == "of"
        and head.head.head.lemma_ in _PAPERS
    ):
        papers.append(head.head.head)
    for verb in _verbs_of(head):
        objects = [*children(verb, deps.OBJECT), *_objects(verb, "of")]
        papers += [one for one in objects if one.lemma_ in _PAPERS]
    for paper in papers:
        yield from (word for word in paper.lefts if word.dep_ in deps.MODIFIERS)


def _home(head: Token) -> Iterator[Token]:
    """Yield where somebody goes back to: "return home to Kent", "be brought back to Australia"."""
    verbs = list(_verbs_of(head))
    if head.dep_ == deps.OBJECT:
        verbs.append(head.head)
    for verb in verbs:
        for motion in (verb, *children(verb, deps.OPEN_CLAUSE)):
            adverbs = children(motion, deps.ADVERB, deps.PARTICLE)
            back = [word for word in adverbs if word.lower_ in {"home", "back"}]
            longing = motion.lemma_ == "return" and motion.head.lemma_ in _LONGING
            returns = motion.lemma_ in _RETURNING and bool(back)
            if returns or longing or motion.lemma_ in _REPATRIATING:
                for scope in (motion, *back):
                    yield from _objects(scope, "to")


def _left(head: Token) -> Iterator[Token]:
    """Yield the country somebody left for good: "left Britain in 2015 to join the group"."""
    for verb in _verbs_of(head):
        if is_passive(verb):
            continue
        purpose = any(
            clause.tag_ == "VB" for clause in children(verb, deps.ADVERBIAL, deps.OPEN_CLAUSE)
        )
        if verb.lemma_ == "flee" or (verb.lemma_ == "leave" and purpose):
            yield from children(verb, deps.OBJECT)


_WAYS: tuple[Callable[[Token], Iterator[Token]], ...] = (
    _people,
    _from_where,
    _described,
    _grown,
    _papers,
    _home,
    _left,
)
