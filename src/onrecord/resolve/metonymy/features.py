"""What the parse says around a place name, as the metonymy model reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from onrecord.codebook import Codebook
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import lemma_of

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_TAKING = lexicon.words("places.taking")
_HIT = lexicon.words("places.hitting")
_COMING_DOWN = lexicon.words("places.coming_down")


class FeatureReader:
    """Reads the features of names in one parse."""

    def __init__(self, doc: Doc, codebook: Codebook) -> None:
        self._doc = doc
        self._classes = codebook.metonymy
        self._cues = codebook.cues
        self._plover = codebook.plover
        self._parties = codebook.parties
        self._counts: dict[int, Counter[str]] = {}  # of word classes, by a sentence's first token

    def features(self, name: Slice) -> frozenset[str]:
        """Return the features of a name; each is a word for itself."""
        head = name.root
        found = {f"own:{part}" for part in self._own(name)}
        found |= {f"self:{part}" for part in self._role(head, name)}
        top = top_of(head, name)
        found |= {f"top:{part}" for part in self._role(top, name)} if top.i != head.i else set()
        found |= set(self._around(name))
        found |= set(self._sentence(name))
        return frozenset(found)

    def is_unknown(self, name: Slice) -> bool:
        """Whether no table of parties has a name."""
        return self._parties.place(name.text) is None

    def does(self, head: Token) -> bool:
        """Whether a name is who does what a verb of saying, wanting or doing tells.

        Ground neither speaks nor wages war; such a subject or agent is a government or a people,
        and so are those between whom there are talks or a war.
        """
        link = head.head
        if head.dep_ == deps.PREP_OBJECT:
            deed = self._plover.nouns.get(lemma_of(link.head))
            between = link.lower_ in {"between", "with"} and deed is not None and deed.symmetric
            return link.dep_ == deps.AGENT or between
        kinds = set(self._kinds(link)) if head.dep_ == deps.SUBJECT else set()
        return link.pos_ == "VERB" and bool(kinds & {"cue", "event", "mind"})

    def rules(self, head: Token) -> bool:
        """Whether a seat's name stands before a matter of state: "Kremlin spokesman"."""
        return (
            head.dep_ in {deps.COMPOUND, deps.POSSESSOR}
            and lemma_of(head.head) in self._classes["state"]
        )

    def _own(self, name: Slice) -> Iterator[str]:
        """What the name is by itself: a country, a capital, a town; how long; its label."""
        party = self._parties.names.get(name.text)
        seat = self._parties.metonyms.get(name.text)
        kind = "other"
        if party is not None:
            kind = party.kind
        elif seat is not None:
            kind = "seat"
        yield f"kind={kind}"
        yield f"label={name.root.ent_type_ or 'none'}"
        if len(name) > 1:
            yield "long"
        entity = [token.ent_iob_ for token in name]
        after = self._at(name.end)
        if entity[0] == "I" or (after is not None and after.ent_iob_ == "I"):
            yield "in-entity"
            yield f"in-entity={name.root.ent_type_}"

    def _role(self, head: Token, name: Slice) -> Iterator[str]:
        """The role of a word in its clause: label, governor, and the governor's class."""
        dep, governor = head.dep_, head.head
        yield f"dep={dep}"
        if dep in deps.GOVERNED:
            yield f"prep={governor.lower_}"
            above = governor.head
            yield f"prep={governor.lower_},above-pos={above.pos_}"
            yield f"above={lemma_of(above)}"
            for kind in self._kinds(above):
                yield f"above~{kind}"
                yield f"prep={governor.lower_},above~{kind}"
            if governor.dep_ == deps.PREP and above.dep_ == deps.PREP_OBJECT:
                yield f"above-prep={above.head.lower_}"
        else:
            yield f"governor={lemma_of(governor)}"
            yield f"dep={dep},pos={governor.pos_}"
            for kind in self._kinds(governor):
                yield f"dep={dep},governor~{kind}"
        if dep in deps.QUALIFIERS:
            yield f"owned-as={governor.dep_}"
            yield f"dep={dep},owned-as={governor.dep_}"
            yield f"dep={dep},noun-pos={governor.pos_}"
        if dep in deps.NOUN_SUBJECTS:
            yield f"dep={dep},tag={governor.tag_}"
            for child in governor.children:
                if child.dep_ in {deps.OBJECT, deps.ATTRIBUTE, deps.STATE}:
                    yield f"subject-of-{child.dep_}"
                    yield from (f"{child.dep_}~{kind}" for kind in self._kinds(child))
        yield from self._modified(head, name)

    def _modified(self, head: Token, name: Slice) -> Iterator[str]:
        for child in head.children:
            if name.start <= child.i < name.end:
                continue
            if child.dep_ in deps.WEIGHED_ALONE:
                yield f"has-{child.dep_}"
            if child.dep_ in deps.WEIGHED_BY_WORD:
                yield f"{child.dep_}={child.lower_}"
            if child.dep_ in deps.WEIGHED_BY_KIND:
                yield from (f"{child.dep_}~{kind}" for kind in self._kinds(child))
            if child.dep_ == deps.RELATIVE:
                yield from (f"relative={w.lower_}" for w in child.lefts if w.tag_[0] == "W")

    def _kinds(self, token: Token) -> Iterator[str]:
        """The selectional classes of a word."""
        lemma = lemma_of(token)
        for name, words in self._classes.items():
            if lemma in words or token.lower_ in words:
                yield name
        if token.pos_ in {"VERB", "AUX"} and self._cues.quote_act(lemma):
            yield "cue"
        trigger = (self._plover.verbs if token.pos_ == "VERB" else self._plover.nouns).get(lemma)
        if trigger is not None:
            yield "event"
            yield f"event-{trigger.event_type}"
        if token.ent_type_:
            yield f"ent-{token.ent_type_}"
        if token.pos_ == "PROPN":
            yield "proper"

    def _at(self, position: int) -> Token | None:
        return self._doc[position] if 0 <= position < len(self._doc) else None

    def _around(self, name: Slice) -> Iterator[str]:
        """The words before and after, by themselves and by class."""
        for step in (-3, -2, -1, 1, 2, 3):
            token = self._at(name.start + step if step < 0 else name.end + step - 1)
            if token is None:
                yield f"at{step:+d}:edge"
                continue
            if abs(step) < 3:
                yield f"at{step:+d}:{token.lower_}"
            yield f"at{step:+d}:{token.tag_}"
            for kind in self._kinds(token):
                yield f"at{step:+d}~{kind}"
        yield from self._chain(name)

    def _chain(self, name: Slice) -> Iterator[str]:
        """Whether the name stands in a list or an address of names: "Paris, Texas"."""
        before, further = self._at(name.start - 1), self._at(name.start - 2)
        after, later = self._at(name.end), self._at(name.end + 1)
        if before is not None and further is not None and before.text == ",":
            yield f"chain-before={further.ent_type_ in _PLACES}"
        if after is not None and later is not None and after.text == ",":
            yield f"chain-after={later.ent_type_ in _PLACES}"
        if before is not None and before.text == "(":
            yield "bracketed"

    def _sentence(self, name: Slice) -> Iterator[str]:
        """The classes of words of the sentence, whether or not they hang together with the name."""
        start = name.sent.start
        if start not in self._counts:
            self._counts[start] = Counter(
                kind for token in name.sent for kind in self._classes_of(lemma_of(token))
            )
        for kind in ("sport", "state", "life", "ground"):
            count = self._counts[start][kind]
            if count:
                yield f"sentence~{kind}"
            if count > 1:
                yield f"sentence~~{kind}"

    def _classes_of(self, word: str) -> Iterator[str]:
        return (kind for kind, words in self._classes.items() if word in words)


def is_reached(head: Token) -> bool:
    """Whether a name is ground taken or reached: "recaptured", "fell on", "as far as"."""
    link = head.head
    if head.dep_ == deps.OBJECT:
        return link.lemma_ in _TAKING
    if head.dep_ != deps.PREP_OBJECT:
        return False
    if link.lower_ == "as":
        return any(child.lower_ in {"far", "close"} for child in (*link.children, link.head))
    return link.lower_ in {"on", "onto"} and link.head.lemma_ in _COMING_DOWN


def is_hit(head: Token) -> bool:
    """Whether a name is ground entered, left or struck, if it is a town's: "hit Sumy"."""
    return head.dep_ == deps.OBJECT and head.head.lemma_ in _HIT


def above(head: Token) -> Token:
    """Return the word a name hangs on, its preposition left out."""
    return head.head.head if head.dep_ == deps.PREP_OBJECT else head.head


def top_of(head: Token, name: Slice) -> Token:
    """Return the word whose role a coordinated, apposed or modifying name shares."""
    seen = {head.i}
    while head.dep_ in deps.PEERS or (name.start <= head.head.i < name.end):
        head = head.head
        if head.i in seen:
            break
        seen.add(head.i)
    if head.dep_ in deps.QUALIFIERS and head.head.i not in seen:
        return head.head
    return head
