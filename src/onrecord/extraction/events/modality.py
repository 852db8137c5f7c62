"""Modality: whether an event happened, did not, is to come, depends on another, is supposed.

A word's own negation and auxiliaries come first; then what it hangs on, up to the clause that is
told as a fact: "is considering sending aid to help the victims" has no help in it yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.codebook.modality import Modals
from onrecord.extraction.events.triggers import Triggered
from onrecord.extraction.events.unreal import unreal
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children, is_negated
from onrecord.records import Modality, Statement

_FUTURE = lexicon.words("grammar.to_come")
_POSSIBLE = lexicon.words("grammar.possible")
_UNREAL = _FUTURE | _POSSIBLE | {"'d", "’d"}
_NOBODY = lexicon.words("grammar.nobody")
_INVERTED = frozenset({"should", "had", "were"})  # "should the talks fail, …"
_INSTEAD = frozenset({"without", "instead", "than", "short"})
_OPEN = frozenset({"whether", "if"})
_SUPPOSED_ACTS = frozenset({"want", "demand", "request"})
_TELLING = lexicon.words("speech.telling_ahead")
_HIGHEST = 8  # how many words up a denial is looked for


_SURE = 0.8  # chance from which the model's answer stands against the grammar's


def modality_of(found: Triggered, statement: Statement | None, modals: Modals) -> Modality:
    """Return the modality of an event: the model's where it is sure or the grammar tells nothing.

    `statement` is the innermost statement around it: what somebody denies is negated, however
    sure the model is of the denied words.
    """
    certain = unreal(found.head, modals)
    if certain is not None:
        return certain
    read = _read(found, statement, modals)
    seen = found.seen
    denied = statement is not None and statement.act == "deny" and statement.kind == "indirect"
    unsure = seen is not None and seen.modality_score < _SURE
    if seen is None or (read != "actual" and (unsure or denied)):
        return read
    return seen.modality


def _read(found: Triggered, statement: Statement | None, modals: Modals) -> Modality:
    """Return the modality that the grammar around a trigger tells."""
    reader = _Reader(modals)
    modality = reader.of_verb(found.head) if found.is_verb else reader.of_noun(found.head)
    if modality != "actual":
        return modality
    if reader.is_denied(found.head):
        return "negated"
    if statement is not None and statement.kind == "indirect":
        if statement.act == "deny":
            return "negated"
        if statement.act in _SUPPOSED_ACTS and found.is_verb:
            return "hypothetical"
    return modality


class _Reader:
    """Reads modality off a parse with some word lists."""

    def __init__(self, modals: Modals) -> None:
        self._words = modals

    def of_verb(self, verb: Token) -> Modality:
        """Return what the clause of a verb, and the clauses it hangs on, make of it."""
        if self._is_conditional(verb):
            return "conditional"
        if _is_negative(verb):
            return "negated"
        auxiliaries = {child.lower_ for child in children(verb, deps.AUX)}
        if auxiliaries & _FUTURE:
            return "future"
        if _is_backshifted(verb, auxiliaries):
            return "future"
        if auxiliaries & _POSSIBLE:
            return "hypothetical"
        return self._governed(verb)

    def of_noun(self, noun: Token) -> Modality:
        """Return what the words around an event noun make of it."""
        before = {child.lower_ for child in noun.lefts}
        if is_negated(noun) or "no" in before:
            return "negated"
        modality = self._as_part(noun)
        if modality != "actual":
            return modality
        if before & self._words.coming:
            return "future"
        return "hypothetical" if before & self._words.imagined else "actual"

    def is_denied(self, token: Token) -> bool:
        """Whether a word stands in an accusation that is denied: "rejected claims of genocide"."""
        for _, above in zip(range(_HIGHEST), token.ancestors, strict=False):
            if above.lemma_.lower() in self._words.accusations and above.dep_ in deps.DONE_TO:
                return above.head.lemma_.lower() in self._words.denials
        return False

    # Conditions

    def _is_conditional(self, verb: Token) -> bool:
        """Whether a verb stands in an if-clause, or in a clause that an if-clause qualifies."""
        if any(self._has_condition(clause) for clause in _clauses(verb)):
            return True
        above = verb.head  # "said it would …, if …": the parser may hang the condition on "said"
        return (
            verb.dep_ == deps.CONTENT
            and any(child.lower_ in _UNREAL for child in children(verb, deps.AUX))
            and any(
                child.i > verb.i and self._opens(child) for child in children(above, deps.ADVERBIAL)
            )
        )

    def _has_condition(self, clause: Token) -> bool:
        if clause.dep_ != deps.CONTENT and self._opens(clause):
            return True
        if children(clause, deps.CONTENT):  # the condition is part of what is said
            return False
        if any(self._opens(child) for child in children(clause, deps.ADVERBIAL)):
            return True
        return self._is_exchange(clause)

    def _opens(self, clause: Token) -> bool:
        """Whether a clause is a condition: "if …", "provided that …", "should it fail, …"."""
        if clause.lower_ in {"provided", "providing"} and clause.dep_ in {
            deps.ADVERBIAL,
            deps.PREP,
        }:
            return True
        for child in clause.children:
            if child.dep_ in deps.OPENERS and child.lower_ in self._words.conditions:
                return True
            if child.dep_ == deps.MARKER and child.lower_ == "until" and is_negated(clause.head):
                return True
        return clause.dep_ == deps.ADVERBIAL and _is_inverted(clause)

    def _is_exchange(self, clause: Token) -> bool:
        """Whether what is not done yet hangs on a price: "would free them in return for …"."""
        if clause.tag_ in {"VBD", "VBN"} and not children(clause, deps.AUX):
            return False
        return any(
            thing.lower_ in self._words.exchanges
            for link in children(clause, deps.PREP)
            if link.lower_ == "in"
            for thing in children(link, deps.PREP_OBJECT)
        )

    # Verbs

    def _governed(self, verb: Token) -> Modality:
        """Return what the word a verb hangs on makes of it."""
        governor, dep = verb.head, verb.dep_
        if governor.i == verb.i:
            return "actual"
        if dep == deps.CONJUNCT:
            return self._as_conjunct(verb)
        if dep == deps.CONTENT and not _is_infinitive(verb):
            return self._as_clause(verb)
        if dep in deps.GOVERNED:
            return self._behind(governor)
        if dep == deps.NOUN_CLAUSE and governor.pos_ in {"NOUN", "PROPN"}:
            return self._as_content(verb)
        if dep in deps.VERB_CLAUSES:
            return self._as_complement(verb)
        return "actual"

    def _as_conjunct(self, verb: Token) -> Modality:
        governor = verb.head
        if governor.pos_ not in {"VERB", "AUX"} or children(verb, *deps.NOUN_SUBJECTS):
            return "actual"
        modality = self.of_verb(governor)
        contrasted = any(
            child.lower_ in {"but", "yet"} for child in children(governor, deps.CONJUNCTION)
        )
        return "actual" if modality == "negated" and contrasted else modality

    def _as_clause(self, verb: Token) -> Modality:
        """Return what a finite complement's verb makes of it: "fear that …", "whether …"."""
        if any(child.lower_ in _OPEN for child in children(verb, deps.MARKER)):
            return "hypothetical"
        lemma = verb.head.lemma_.lower()
        if lemma in self._words.denials:
            return "negated"
        if lemma == "announce" and verb.tag_ == "VBG":
            return "future"  # "announced that it was pulling out"
        subjunctive = verb.tag_ == "VB" and not children(verb, deps.AUX)
        feared = lemma in {"fear", "hope", "worry", "doubt", "suspect", "propose", "demand"}
        return "hypothetical" if subjunctive or feared else "actual"

    def _as_content(self, verb: Token) -> Modality:
        """Return what a noun makes of the infinitive that says what it is: "plans to visit"."""
        lemma = verb.head.lemma_.lower()
        if not _is_infinitive(verb):
            return "actual"
        if lemma in self._words.unhappened:
            return "negated"
        return "future" if lemma in self._words.decisions else "hypothetical"

    def _as_complement(self, verb: Token) -> Modality:
        governor = verb.head
        infinitive = _is_infinitive(verb)
        if not infinitive and verb.dep_ == deps.ADVERBIAL:
            return "actual"  # "…, killing three"
        if infinitive and _is_yet_to(governor):
            return "negated"
        modality = self._of_governor(governor)
        if modality == "future" and not infinitive:
            modality = "actual"
        if modality != "actual":
            return "negated" if infinitive and is_negated(governor) else modality
        if infinitive and governor.lemma_ == "be" and verb.dep_ == deps.OPEN_CLAUSE:
            return "future"  # "are to meet"
        if governor.pos_ in {"VERB", "AUX"}:
            return self.of_verb(governor)
        if governor.dep_ in {deps.STATE, deps.OPEN_CLAUSE, deps.PREDICATE}:
            return self.of_verb(governor.head)
        return "actual"

    def _of_governor(self, governor: Token) -> Modality:
        lemma = governor.lemma_.lower()
        if lemma == "like" and not any(child.lower_ in _UNREAL for child in governor.children):
            return "actual"  # "likes to help" helps
        if lemma in self._words.negative:
            return "negated"
        if lemma in self._words.possible:
            return "hypothetical"
        return "future" if lemma in self._words.future else "actual"

    # Nouns

    def _as_part(self, noun: Token) -> Modality:
        """Return what the word that an event noun belongs to makes of it."""
        verb = noun.head
        if noun.dep_ == deps.PREP_OBJECT:
            return self._behind(verb)
        if verb.pos_ not in {"VERB", "AUX"}:
            return "actual"
        lemma = verb.lemma_.lower()
        keys = {lemma, *(f"{lemma} {child.lower_}" for child in children(verb, deps.PARTICLE))}
        if (
            noun.dep_ in {deps.OBJECT, deps.PASSIVE_SUBJECT, deps.ATTRIBUTE}
            and keys & self._words.cancelled
        ):
            return self._cancelled(verb)
        if noun.dep_ in deps.UNDERGOERS and (made := self._of_maker(verb)) != "actual":
            return made
        if noun.dep_ == deps.SUBJECT and lemma == "be":
            return self._of_predicate(verb)
        if lemma in self._words.bearing and noun.dep_ in deps.BEARERS:
            return self.of_verb(verb)
        return "actual"

    def _cancelled(self, verb: Token) -> Modality:
        """Return what a cancellation makes of a noun: one that was not made undoes nothing."""
        made = self.of_verb(verb)
        if made == "negated":
            return "actual"
        return "negated" if made == "actual" else "hypothetical"

    def _of_maker(self, verb: Token) -> Modality:
        """Return what a verb says of the noun it seeks or arranges: "demanded a withdrawal"."""
        lemma = verb.lemma_.lower()
        if lemma in self._words.sought:
            return "hypothetical"
        if lemma in self._words.arranged:
            return "negated" if _is_negative(verb) else "future"
        return "actual"

    def _of_predicate(self, verb: Token) -> Modality:
        """Return what a predicate says of an event noun: "talks are due", "war is possible"."""
        for word in children(verb, deps.STATE, deps.PREDICATE):
            if word.lower_ in self._words.imagined or word.lower_ in {"likely", "unlikely"}:
                return "hypothetical"
            if word.lower_ in self._words.coming | {"due"}:
                return "future"
        return self.of_verb(verb)  # "a withdrawal would be bad news"

    def _behind(self, link: Token) -> Modality:
        """Return what "without", "fears of" or "called for" make of what stands behind them."""
        governor = link.head
        while (
            governor.like_num and governor.dep_ == deps.PREP_OBJECT
        ):  # "appeal for $10 million in aid"
            link = governor.head
            governor = link.head
        lemma, word = governor.lemma_.lower(), link.lower_
        if _replaces(link):
            return "negated"
        if governor.pos_ in {"NOUN", "PROPN"}:
            if lemma in self._words.unhappened:
                return "negated"
            if lemma in self._words.supposing:
                return "hypothetical"
            return "future" if lemma in self._words.decisions and word == "for" else "actual"
        if word == "from" and lemma in self._words.negative:
            return "negated"
        if word == "for" and lemma in {"plan", "prepare"}:
            return "future"
        if word in {"for", "of", "about", "against", "with"} and lemma in self._words.possible:
            return "hypothetical"
        if governor.pos_ in {"VERB", "AUX"} and lemma in self._words.joining:
            return self.of_verb(governor)
        return "actual"


def _replaces(link: Token) -> bool:
    """Whether what follows did not happen: "without a vote", "instead of", "rather than"."""
    if link.lower_ == "than":  # "worse than the attack" has one, "safer than attacking" has none
        chosen = link.i > 0 and link.nbor(-1).lower_ == "rather"
        return chosen or any(child.tag_ == "VBG" for child in link.children)
    return link.lower_ in _INSTEAD or (link.lower_ == "of" and link.head.lower_ in _INSTEAD)


def _is_backshifted(verb: Token, auxiliaries: set[str]) -> bool:
    """Whether "would" is a reported "will": "said it would send troops"."""
    told = verb.dep_ == deps.CONTENT and verb.head.tag_ in {"VBD", "VBN"}
    return told and "would" in auxiliaries and verb.head.lemma_ in _TELLING


def _clauses(verb: Token) -> Iterator[Token]:
    """Yield a verb and the verbs it continues: "threatened to begin to strike"."""
    yield verb
    while verb.dep_ in deps.CHAINED and verb.head.i != verb.i:
        verb = verb.head
        yield verb


def _is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == deps.AUX for child in verb.children)


def _is_inverted(clause: Token) -> bool:
    """Whether a clause begins with its auxiliary: "had the rebels shelled the airport, …"."""
    first = clause.left_edge
    if first.lower_ not in _INVERTED or first.head.i not in {clause.i, first.i}:
        return False
    return any(child.i > first.i for child in clause.lefts if child.dep_ in deps.SUBJECTS)


def _is_negative(verb: Token) -> bool:
    """Whether a verb is negated itself or by its subject or object: "arrested no one"."""
    if any(child.dep_ == deps.NEGATION and not _is_only(child) for child in verb.children):
        return True
    parties = (child for child in verb.children if child.dep_ in deps.SUBJECTS | deps.OBJECTS)
    return any(
        child.lower_ in _NOBODY
        or any(word.lower_ == "no" for word in children(child, deps.DETERMINER))
        for child in parties
    )


def _is_only(negation: Token) -> bool:
    """Whether "not" stands before "only": "not only attacked" did attack."""
    following = negation.i + 1
    return following < len(negation.doc) and negation.doc[following].lower_ in {
        "only",
        "just",
        "merely",
    }


def _is_yet_to(governor: Token) -> bool:
    """Whether an infinitive is yet to come about: "has yet to release"."""
    return governor.lemma_ in {"have", "be"} and any(
        child.lower_ == "yet" for child in governor.children
    )
