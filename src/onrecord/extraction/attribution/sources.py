"""Who may be a source, by what a few words are: a name, or a noun for those whom news cites."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.language import lexicon
from onrecord.language.syntax import lemma_of

_NAMES = frozenset({"PERSON", "ORG", "NORP"})
_NOUNS = lexicon.words("speech.sources")


def may_be_source(head: Token) -> bool:
    """Whether a word is a name of somebody, or a noun for those (and that) which news cites."""
    return head.ent_type_ in _NAMES or lemma_of(head).lower() in _NOUNS
