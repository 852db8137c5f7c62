"""Who uses a word: the verb that names with it says, else the voice in which it stands."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import agent_of, is_passive, lemma_of, subject_of

_CALLING = lexicon.words("speech.calling")
_CASTING = lexicon.words("speech.casting")
_AVOIDING = lexicon.words("speech.avoiding")
_USING = lexicon.words("speech.using")
_NAMING = lexicon.words("speech.words")
_BOUNDARIES = frozenset({deps.ADVERBIAL, deps.RELATIVE, deps.CONJUNCT, deps.NOUN_CLAUSE, deps.ROOT})
_NAMED = frozenset(
    {
        deps.PREDICATE,
        deps.OBJECT,
        deps.ATTRIBUTE,
        deps.CONTENT,
        deps.OPEN_CLAUSE,
        deps.STATE,
        deps.UNKNOWN,
        deps.CONJUNCT,
        deps.APPOSITION,
    }
)


def names_what(verb: Token) -> bool:
    """Whether a verb says what something is called: "calls", "dubbed"."""
    return lemma_of(verb) in _CALLING and verb.pos_ in {"VERB", "AUX"}


def namer(head: Token) -> Token | None:
    """Return who is said to call something by a word: "what Moscow calls", "dubbed it"."""
    verb = _naming_verb(head)
    if verb is None:
        return None
    return agent_of(verb) if is_passive(verb) else subject_of(verb)


def _naming_verb(head: Token) -> Token | None:
    word = head
    while (
        word.dep_
        in {deps.CONJUNCT, deps.ADJECTIVE, deps.COMPOUND, deps.NOUN_MODIFIER, deps.APPOSITION}
        and word.head.i != word.i
    ):
        word = word.head
    above = word.head
    if word.dep_ in _NAMED and names_what(above) and above.i < head.i:
        return above
    if above.lower_ == "as" and lemma_of(above.head) in _CASTING | _CALLING:
        return above.head
    return None


def avoider(head: Token) -> Token | None:
    """Return who is said not to use a word, None when nobody is.

    It is the word that is avoided, and not what it names: "avoid the word invasion" and "refused
    to call it a war", but not "avoided a vote on the crisis".
    """
    verb = _avoiding(head)
    return subject_of(verb) if verb is not None else None


def _avoiding(head: Token) -> Token | None:
    chain = [head, *_governors(head)]
    for at, word in enumerate(chain):
        is_word = lemma_of(word) in _NAMING or any(
            lemma_of(child) in _NAMING for child in word.lefts
        )
        is_using = word.pos_ == "VERB" and lemma_of(word) in _USING and at > 0
        if is_word or is_using:
            return next(
                (
                    one
                    for one in chain[at + 1 :]
                    if one.pos_ == "VERB" and lemma_of(one) in _AVOIDING
                ),
                None,
            )
    return None


def _governors(token: Token) -> Iterator[Token]:
    """Yield the words a word hangs on, up to the edge of its clause."""
    while token.dep_ not in _BOUNDARIES and token.head.i != token.i:
        token = token.head
        yield token
