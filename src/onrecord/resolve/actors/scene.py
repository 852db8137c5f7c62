"""What a ranker sees of a text: its clauses, the names in it, and each pronoun beside each name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.quotes import QuotationIndex
from onrecord.language.syntax import lemma_of
from onrecord.resolve.actors.sketch import Found, Sketch

GENDER = lexicon.pairs("grammar.gender")
_REFLEXIVE = frozenset({"himself", "herself"})
_SUBJECTS = {
    deps.SUBJECT: "subject",
    deps.CLAUSE_SUBJECT: "subject",
    deps.PASSIVE_SUBJECT: "passive",
    deps.PASSIVE_CLAUSE_SUBJECT: "passive",
}
_ROLES = _SUBJECTS | {
    deps.OBJECT: "object",
    deps.DATIVE: "object",
    deps.PREP_OBJECT: "oblique",
    deps.POSSESSOR: "possessor",
    deps.ATTRIBUTE: "attribute",
    deps.ROOT: "root",
}
_ROLE_NAMES = (
    "subject", "passive", "object", "oblique", "agent", "possessor", "attribute", "root", "other",
)  # fmt: skip
_KIN = lexicon.words("people.kin")
_CLAUSES = frozenset({"VERB", "AUX"})
_JOINTS = re.compile(r"[-’']")  # inside a name: O'Neal
_BACK = 60  # mentions to look back
_AHEAD = 1  # sentences to look ahead
_LONGEST_NAME = 3  # words

WIDTH = 103  # features of a candidate beside a pronoun
_MENTION_WIDTH = 33

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clauses:
    """The tree of a parse as arrays over its tokens."""

    head: Ints
    first: Ints  # of what hangs on the token
    last: Ints
    depth: Ints
    sentence: Ints
    clause: Ints  # the verb it belongs to, itself left out; itself where there is none

    def dominates(self, above: Ints, below: Ints) -> NDArray[np.bool_]:
        """Whether one token lies below another, or is it."""
        return (self.first[above] <= below) & (below <= self.last[above])


def read_clauses(doc: Doc) -> Clauses:
    """Return the tree of a parse as arrays."""
    size = len(doc)
    head = np.fromiter((token.head.i for token in doc), np.int64, size)
    verbal = np.fromiter((token.pos_ in _CLAUSES for token in doc), np.bool_, size)
    sentence = np.zeros(size, np.int64)
    for number, one in enumerate(doc.sents):
        sentence[one.start : one.end] = number
    clause, depth = head.copy(), np.zeros(size, np.int64)
    for _ in range(64):  # every token climbs until it stands at a verb or a root
        climbing = ~verbal[clause] & (head[clause] != clause)
        if not climbing.any():
            break
        clause = np.where(climbing, head[clause], clause)
    at = head.copy()
    for _ in range(64):
        below = head[at] != at
        if not below.any():
            break
        depth += below
        at = np.where(below, head[at], at)
    first = np.fromiter((token.left_edge.i for token in doc), np.int64, size)
    last = np.fromiter((token.right_edge.i for token in doc), np.int64, size)
    return Clauses(head, first, last, depth, sentence, clause)


def role_of(token: Token) -> str:
    """Return the part a noun or pronoun plays in its clause; a conjunct plays its first's."""
    while token.dep_ in deps.PEERS and token.head.i != token.i:
        token = token.head
    if token.dep_ == deps.PREP_OBJECT and token.head.dep_ == deps.AGENT:
        return "agent"
    return _ROLES.get(token.dep_, "other")


def _one_hot(role: str) -> list[float]:
    return [float(role == name) for name in _ROLE_NAMES]


def make_scene(
    doc: Doc, mentions: Sequence[Found], index: QuotationIndex, codebook: Codebook
) -> Scene:
    """Return the scene of a text with every mention that may be one person's."""
    return Scene(
        doc,
        [mention for mention in mentions if _may_be_person(mention, doc)],
        quoted=lambda position: index.at(position) is not None,
        codebook=codebook,
    )


def _may_be_person(mention: Found, doc: Doc) -> bool:
    """Whether a mention is a person's, or an unknown name that may have the wrong label."""
    sketch = mention.sketch
    if sketch is None or sketch.kind != "organisation":
        return sketch is not None and sketch.kind == "person" and not sketch.plural
    words = [token.text for token in doc[mention.start : mention.end]]
    return (
        mention.form == "name"
        and sketch.sector is None
        and sketch.country is None
        and len(words) <= _LONGEST_NAME
        and all(_is_namelike(word) for word in words)
    )


def _is_namelike(word: str) -> bool:
    """Whether a word is written as a person's name is: no acronym, marks only inside one."""
    letters = _JOINTS.sub("", word)
    return word == "-" or (letters.isalpha() and word[0].isupper() and not word.isupper())


class Scene:
    """The people of a text as candidates for its pronouns, with what a ranker weighs."""

    def __init__(
        self,
        doc: Doc,
        candidates: Sequence[Found],
        *,
        quoted: Callable[[int], bool],
        codebook: Codebook,
    ) -> None:
        self.doc, self._quoted, self._cues = doc, quoted, codebook.cues
        self._given_names, self._genders = codebook.given_names, codebook.sectors.genders
        self.candidates = sorted(candidates, key=lambda found: found.start)
        self.clauses = read_clauses(doc)
        self.sketches = list(dict.fromkeys(_sketches(self.candidates)))
        numbers = {sketch: number for number, sketch in enumerate(self.sketches)}
        self.entity = np.array([numbers[s] for s in _sketches(self.candidates)], np.int64)
        self._heads = np.array([found.head for found in self.candidates], np.int64)
        self._starts = np.array([found.start for found in self.candidates], np.int64)
        self._ends = np.array([found.end for found in self.candidates], np.int64)
        self._breaks = np.array([token.i for token in doc if "\n" in token.text], np.int64)
        self._roles = [role_of(doc[found.head]) for found in self.candidates]
        self._role_numbers = np.array([_ROLE_NAMES.index(role) for role in self._roles], np.int64)
        self.inside_quotation = np.array(
            [quoted(doc[found.head].idx) for found in self.candidates], np.bool_
        )
        self._gender = self._entity_genders()
        self._static = self._mention_features()

    def reports(self, lemma: str) -> bool:
        """Whether a verb is one that people say things with."""
        return self._cues.quote_act(lemma) is not None

    def _entity_genders(self) -> Floats:
        """Return a row an entity: told female, told male, named female, named male, ends in a."""
        rows = np.zeros((len(self.sketches), 5), np.float32)
        for number, sketch in enumerate(self.sketches):
            first = sketch.name.split()[0] if sketch.name else ""
            named = self._given_names.get(first) if sketch.kind == "person" else None
            rows[number] = (
                sketch.gender == "female",
                sketch.gender == "male",
                named == "female",
                named == "male",
                first[-1:] in {"a", "e"},
            )
        for found, number in zip(self.candidates, self.entity, strict=True):
            if told := self._told_gender(self.doc[found.head]):
                rows[number, 0 if told == "female" else 1] = 1.0
        return rows

    def _told_gender(self, head: Token) -> str | None:
        """Return the gender that a noun in apposition to a name, or said of it, tells."""
        nouns = [child for child in head.children if child.dep_ == deps.APPOSITION]
        if head.dep_ == deps.APPOSITION or (
            head.dep_ == deps.COMPOUND and head.head.pos_ == "NOUN"
        ):
            nouns.append(head.head)
        if head.dep_ in _SUBJECTS and head.head.lemma_ == "be":
            nouns += [child for child in head.head.children if child.dep_ == deps.ATTRIBUTE]
        nouns += [child for child in head.lefts if child.dep_ == deps.COMPOUND]
        return next((g for n in nouns if (g := self._genders.get(n.lemma_.lower()))), None)

    def _mention_features(self) -> Floats:
        counts = np.bincount(self.entity, minlength=len(self.sketches))
        seen: set[int] = set()
        rows = []
        for found, role, number in zip(self.candidates, self._roles, self.entity, strict=True):
            head = self.doc[found.head]
            sketch = self.sketches[number]
            kin = self._kin(head)
            rows.append(
                [
                    *_one_hot(role),
                    head.dep_ == deps.CONJUNCT,
                    head.dep_ == deps.APPOSITION,
                    head.dep_ == deps.COMPOUND,
                    bool(head.conjuncts),
                    any(child.dep_ == deps.APPOSITION for child in head.children),
                    found.start == head.sent.start,
                    min(self.clauses.depth[found.head], 8) / 4,
                    self._is_main(found.head),
                    number not in seen,
                    number == 0,
                    np.log1p(counts[number]),
                    counts[number] == counts.max(),
                    found.end - found.start > 1,
                    head.ent_type_ == "PERSON",
                    sketch.possible,
                    sketch.kind != "person",
                    found.form != "name",
                    found.start > 0 and self.doc[found.start - 1].text in {"(", "-LRB-"},
                    self._quoted(head.idx),
                    kin == "own",
                    kin == "other",
                    head.dep_ == deps.POSSESSOR and head.head.lemma_ in _KIN,
                    found.role is not None,
                    self.reports(lemma_of(head.head)) and role == "subject",
                ]
            )
            seen.add(number)
        return np.array(rows, np.float32).reshape(len(rows), _MENTION_WIDTH)

    def _kin(self, head: Token) -> str:
        """Return whose relative a name is said to be: "own" for "her mother, Ellen"."""
        nouns = [head.head] if head.dep_ in deps.DESCRIBED else []
        nouns += [child for child in head.children if child.dep_ in deps.DESCRIBERS]
        for noun in nouns:
            if noun.lemma_.lower() in _KIN:
                owners = [c for c in (*noun.children, *head.children) if c.dep_ == deps.POSSESSOR]
                return "own" if any(c.lower_ in GENDER for c in owners) else "other"
        return ""

    def _is_main(self, token: int) -> bool:
        clause = self.clauses.clause[token]
        return bool(self.clauses.head[clause] == clause)

    def features(self, pronoun: Token) -> tuple[Ints, Floats]:
        """Return the candidates within reach of a pronoun by number, and a row of features each."""
        near = self._near(pronoun)
        if not len(near):
            return near, np.zeros((0, WIDTH), np.float32)
        own = np.array(self._pronoun_features(pronoun, near), np.float32)
        parts = (
            self._static[near],
            np.broadcast_to(own, (len(near), len(own))),
            self._pair_features(pronoun, near),
        )
        return near, np.concatenate(parts, axis=1)

    def places(self, near: Ints) -> tuple[list[int], list[int]]:
        """Return where candidates, by number, begin in the text, and where their heads do."""
        starts, heads = self._starts[near].tolist(), self._heads[near].tolist()
        return [self.doc[i].idx for i in starts], [self.doc[i].idx for i in heads]

    def named_otherwise(self, pronoun: Token) -> NDArray[np.bool_]:
        """Whether each candidate has a full name with a given name of the other gender."""
        other = 3 if GENDER[pronoun.lower_] == "female" else 2
        full = np.array([" " in sketch.name for sketch in self.sketches], np.bool_)
        return ((self._gender[:, other] > 0) & full)[self.entity]

    def told_otherwise(self, pronoun: Token) -> NDArray[np.bool_]:
        """Whether the title or the tables give each candidate the other gender."""
        gender = GENDER[pronoun.lower_]
        other = np.array([s.gender not in {None, gender} for s in self.sketches], np.bool_)
        return other[self.entity]

    def named_before(self, entity: int, position: int) -> bool:
        """Whether an entity, by number, has a mention before a token."""
        return bool((self._starts[self.entity == entity] < position).any())

    def quoted(self, token: Token) -> bool:
        """Whether a token stands inside a quotation."""
        return self._quoted(token.idx)

    def _near(self, pronoun: Token) -> Ints:
        sentence = self.clauses.sentence
        at = int(np.searchsorted(self._starts, pronoun.i))
        before = np.arange(max(0, at - _BACK), at)
        before = before[self._ends[before] <= pronoun.i]
        after = np.arange(at, len(self._starts))
        after = after[sentence[self._heads[after]] <= sentence[pronoun.i] + _AHEAD]
        ends = self._breaks[self._breaks > pronoun.i]
        if len(ends):  # a pronoun does not look forward beyond its paragraph
            after = after[self._heads[after] < ends[0]]
        return np.concatenate([before, after])

    def _pronoun_features(self, pronoun: Token, near: Ints) -> list[float]:
        role = role_of(pronoun)
        owned = role_of(pronoun.head) if role == "possessor" else ""
        verb = self.doc[int(self.clauses.clause[pronoun.i])]
        return [
            *_one_hot(role),
            owned in {"subject", "passive"},
            owned in {"object", "oblique"},
            role == "possessor" and pronoun.head.lemma_ in _KIN,
            GENDER[pronoun.lower_] == "female",
            pronoun.lower_ in _REFLEXIVE,
            pronoun.is_sent_start,
            self.clauses.sentence[pronoun.i] == 0,
            self._is_main(pronoun.i),
            min(self.clauses.depth[pronoun.i], 8) / 4,
            verb.dep_ == deps.CONJUNCT,
            verb.dep_ in {deps.ADVERBIAL, deps.RELATIVE, deps.CONTENT},
            self.reports(lemma_of(verb)),
            self._quoted(pronoun.idx),
            np.log1p(len(set(self.entity[near]))),
        ]

    def _pair_features(self, pronoun: Token, near: Ints) -> Floats:
        columns = [
            *self._distances(pronoun, near),
            *self._relations(pronoun, near),
            *self._agreement(pronoun, near),
            *self._prominence(pronoun, near),
        ]
        return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)

    def _distances(self, pronoun: Token, near: Ints) -> Sequence[NDArray[np.generic]]:
        heads, sentence = self._heads[near], self.clauses.sentence
        apart = sentence[pronoun.i] - sentence[heads]
        after = heads > pronoun.i
        order = np.arange(len(near))
        split = int((~after).sum())
        steps = np.where(after, order - split, split - 1 - order)
        between = np.array([self._between(near, split, n) for n in range(len(near))])
        return (
            after,
            np.log1p(np.abs(heads - pronoun.i)),
            apart == 0,
            apart == 1,
            apart == 2,
            apart >= 3,
            np.minimum(np.maximum(apart, 0), 10) / 5,
            (apart == 0) & after,
            apart < 0,
            steps == 0,
            np.log1p(steps),
            between == 0,
            np.log1p(between),
        )

    def _between(self, near: Ints, split: int, position: int) -> int:
        """Return how many other people are named between a mention and the pronoun."""
        inner = near[position + 1 : split] if position < split else near[split:position]
        return len(set(self.entity[inner]) - {self.entity[near[position]]})

    def _relations(self, pronoun: Token, near: Ints) -> Sequence[NDArray[np.generic]]:
        tree, heads = self.clauses, self._heads[near]
        here = np.full(len(near), pronoun.i)
        same = tree.sentence[heads] == tree.sentence[pronoun.i]
        mine, theirs = tree.clause[here], tree.clause[heads]
        is_subject = self._role_numbers[near] <= 1
        role = _ROLE_NAMES.index(role_of(pronoun))
        theirs_above = same & tree.dominates(theirs, here) & (theirs != mine)
        mine_above = same & tree.dominates(mine, heads) & (theirs != mine)
        sibling = same & (tree.head[mine] == theirs)
        labels = self.doc[int(mine[0])].dep_
        within = same & (theirs == mine) & is_subject & (heads < pronoun.i)
        reflexive = pronoun.lower_ in _REFLEXIVE
        return (
            within & (role == 2) & (not reflexive),
            within & (role in {3, 4}) & (not reflexive),
            within & reflexive,
            within & (role == 5),
            self._role_numbers[near] == role,
            is_subject & (role <= 1),
            same & (theirs == mine),
            same & (theirs == mine) & is_subject,
            theirs_above,
            theirs_above & is_subject,
            mine_above,
            mine_above & (role <= 1),
            mine_above & (role <= 1) & (heads > pronoun.i),
            same & tree.dominates(heads, here),
            same & tree.dominates(tree.head[here], heads) & (role == 5),
            sibling & is_subject & np.full(len(near), labels == deps.CONTENT),
            sibling & is_subject & np.full(len(near), labels in {deps.ADVERBIAL, deps.OPEN_CLAUSE}),
            sibling & is_subject & np.full(len(near), labels == deps.CONJUNCT),
            same & (tree.head[theirs] == mine) & is_subject & (role <= 1),
        )

    def _agreement(self, pronoun: Token, near: Ints) -> Sequence[NDArray[np.generic]]:
        rows = self._gender[self.entity[near]]
        female = GENDER[pronoun.lower_] == "female"
        told, told_other = (rows[:, 0], rows[:, 1]) if female else (rows[:, 1], rows[:, 0])
        named, named_other = (rows[:, 2], rows[:, 3]) if female else (rows[:, 3], rows[:, 2])
        clash = (told_other > 0) & (told == 0) | (told == 0) & (named_other > 0)
        agrees = (told > 0) | (told_other == 0) & (named > 0)
        alone = np.array([len(set(self.entity[near][agrees])) == 1]) & agrees
        return (told, told_other, named, named_other, clash, agrees, alone,
                rows[:, 4] if female else -rows[:, 4])  # fmt: skip

    def _prominence(self, pronoun: Token, near: Ints) -> Sequence[NDArray[np.generic]]:
        entities, sentence = self.entity[near], self.clauses.sentence[self._heads[near]]
        before = self._heads[near] < pronoun.i
        here = self.clauses.sentence[pronoun.i]
        is_subject = self._role_numbers[near] <= 1
        counted = np.bincount(entities[before], minlength=len(self.sketches))
        led = np.bincount(entities[before & is_subject & (sentence == here - 1)],
                          minlength=len(self.sketches))  # fmt: skip
        inside = np.bincount(entities[sentence == here], minlength=len(self.sketches))
        nearest = np.zeros(len(self.sketches), np.int64) - 1
        nearest[entities[before]] = np.arange(int(before.sum()))
        closest = before & (nearest[entities] == np.arange(len(near)))
        subjects = np.flatnonzero(before & is_subject)
        last = np.zeros(len(near), bool)
        last[subjects[-1:]] = True
        return (
            np.log1p(counted[entities]),
            counted[entities] == counted.max(initial=0),
            led[entities] > 0,
            inside[entities] > 0,
            closest,
            last,
            counted[entities] == 0,
        )


def _sketches(candidates: Sequence[Found]) -> list[Sketch]:
    return [found.sketch for found in candidates if found.sketch is not None]
