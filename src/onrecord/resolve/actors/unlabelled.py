"""Names of people that the parser's entity labels miss or take for something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from onrecord.language import dependencies as deps
from onrecord.resolve.actors.named import LOCATIVE
from onrecord.resolve.actors.roles import RoleReader

_MISTAKEN = frozenset({"", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "ORG", "PERSON"})
_PLACES_OF_NAMES = frozenset(
    {
        deps.SUBJECT,
        deps.PASSIVE_SUBJECT,
        deps.OBJECT,
        deps.DATIVE,
        deps.PREP_OBJECT,
        deps.POSSESSOR,
        deps.CONJUNCT,
    }
)
_JOINTS = re.compile(r"[-’']")  # inside a name
_LONGEST = 4  # words; longer runs of names are titles of works


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """A run of proper nouns that may name a person."""

    name: Slice
    sure: bool  # False: a person only if a "he" or "she" turns out to mean it


def unlabelled_names(
    doc: Doc,
    taken: Collection[int],
    known: Collection[tuple[str, ...]],
    reader: RoleReader,
    given_names: Mapping[str, str],
) -> Iterator[Unlabelled]:
    """Yield the names outside the tokens in `taken` that are, or may be, people's.

    `known` holds the words of the names that the labels give, and their first and last words by
    themselves: the same words again name the same person, whatever their label.
    """
    singles = {word for words in known for word in words}
    for run in _runs(doc, taken, singles, given_names):
        labels = {token.ent_type_ for token in run}
        if not labels <= _MISTAKEN or any(reader.party_at(token) for token in run):
            continue
        placed = bool(labels & {"GPE", "LOC", "FAC", "ORG"}) and _is_setting(run)
        if (name := _known_in(run, known, reader)) is not None and not placed:
            yield Unlabelled(name, sure=True)
        elif len(run) <= _LONGEST and all(_is_namelike(token) for token in run):
            yield from _judged(run, labels, reader, given_names)


def _known_in(run: Slice, known: Collection[tuple[str, ...]], reader: RoleReader) -> Slice | None:
    """Return the known name that a run is, or ends in behind titles; None without one."""
    for start in range(run.start, run.end):
        name = run.doc[start : run.end]
        if tuple(token.text for token in name) not in known:
            continue
        if len(name) == 1 and _modifies_name(name[0]):
            return None
        return name if start == run.start or reader.before_name(name)[0] <= run.start else None
    return None


def _judged(
    run: Slice, labels: set[str], reader: RoleReader, given_names: Mapping[str, str]
) -> Iterator[Unlabelled]:
    """Yield a name nobody else in the text tells of, with how sure it is a person's."""
    if labels == {""} and len(run) > 1 and run[0].text in given_names and not _is_setting(run):
        yield Unlabelled(run, sure=True)
    elif "ORG" not in labels and not _is_setting(run):
        titled = reader.before_name(run)[0] < run.start and "FAC" not in labels
        yield Unlabelled(run, sure=titled)


def _runs(
    doc: Doc, taken: Collection[int], names: set[str], given_names: Collection[str]
) -> Iterator[Slice]:
    """Yield the longest runs of capitalised proper nouns within one sentence.

    The tagger takes a rare surname for a common noun or an adjective, most often at the start of a
    sentence; one that is a name known already, or a proper noun elsewhere in the text, is let in.
    """
    proper = names | {token.text for token in doc if token.pos_ == "PROPN"}
    start: int | None = None
    for token in doc:
        named = token.pos_ == "PROPN" or (
            (token.text in proper or token.text in given_names) and _is_mistagged(token)
        )
        inside = named and token.text[0].isupper() and token.i not in taken
        if start is not None and (not inside or token.is_sent_start):
            yield doc[start : token.i]
            start = None
        if inside and start is None:
            start = token.i
    if start is not None:
        yield doc[start : len(doc)]


def _is_mistagged(token: Token) -> bool:
    """Whether a noun or adjective stands where a name does: a party to a verb, no article.

    An adverb with a capital is one of the names in -ly: "Polly has two sisters".
    """
    return token.pos_ == "ADV" or (
        token.pos_ in {"NOUN", "ADJ"}
        and token.dep_ in _PLACES_OF_NAMES
        and not any(
            child.dep_ in {deps.DETERMINER, deps.POSSESSOR, deps.ADJECTIVE, deps.NUMBER}
            for child in token.lefts
        )
    )


def _is_namelike(token: Token) -> bool:
    """Whether a word is written as a name's: no acronym, no number, no mark."""
    word = token.text.rstrip(".")
    return _JOINTS.sub("", word).isalpha() and (len(word) == 1 or not word.isupper())


def _modifies_name(token: Token) -> bool:
    """Whether a name goes on behind a token: "Clinton Foundation"."""
    head = token.head
    return bool(token.dep_ == deps.COMPOUND and head.pos_ == "PROPN" and head.i > token.i)


def _is_setting(run: Slice) -> bool:
    """Whether a name stands where places do: "in Lincoln", "Lincoln County"."""
    head = run.root
    if head.dep_ in {deps.COMPOUND, deps.ADJECTIVE, deps.NOUN_MODIFIER, deps.ADVERBIAL_NOUN}:
        return True
    return head.dep_ == deps.PREP_OBJECT and head.head.lower_ in LOCATIVE
