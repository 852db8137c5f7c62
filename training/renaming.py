"""Copies of a text with other people in it: new names throughout, and half of them mirrored.

In a mirrored copy men are women and women men, by names, pronouns and nouns. Who is meant stays
the same, so a model learns that neither names nor genders tell.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.resolve.actors.scene import Scene
from onrecord.resolve.actors.sketch import Found

RENAMED = 0.9  # the share of names that are replaced
MIRRORED = 0.5  # the share of copies
_HE = {"he": "she", "him": "her", "himself": "herself"}
_SHE = {"she": "he", "hers": "his", "herself": "himself"}
_PAIRS = (
    "actor actress, actors actresses, boy girl, boys girls, man woman, men women, father mother, "
    "son daughter, sons daughters, brother sister, brothers sisters, husband wife, uncle aunt, "
    "boyfriend girlfriend, grandfather grandmother, grandson granddaughter, nephew niece, "
    "king queen, prince princess, duke duchess, lord lady, widower widow, mr mrs, mr. mrs., "
    "mr. ms., mr ms, sir dame, waiter waitress, chairman chairwoman, spokesman spokeswoman, "
    "congressman congresswoman, businessman businesswoman, policeman policewoman, dad mum, "
    "dad mom, father-in-law mother-in-law, stepfather stepmother, stepson stepdaughter, monk nun, "
    "stepbrother stepsister, godfather godmother, half-brother half-sister, baron baroness, "
    "count countess, emperor empress, gentleman lady, host hostess, hero heroine, god goddess, "
    "male female, guy girl, fiancé fiancée"
)
_COUPLES = [pair.split() for pair in _PAIRS.split(", ")]
_NOUNS = {a: b for pair in reversed(_COUPLES) for a, b in (pair, pair[::-1])}
_OTHER = {"female": "male", "male": "female"}


@dataclass(frozen=True, slots=True)
class Names:
    """Names to choose from, as some texts have them."""

    given: Mapping[str, Sequence[str]]  # by gender
    surnames: Sequence[str]


def names_in(docs: Iterable[Doc], codebook: Codebook) -> Names:
    """Return the given names and surnames of the people in some parses."""
    given: dict[str, set[str]] = {"female": set(), "male": set()}
    surnames = set()
    for doc in docs:
        for entity in doc.ents:
            first, last = entity[0].text, entity[-1].text
            if entity.label_ != "PERSON" or len(entity) not in {2, 3}:
                continue
            if gender := codebook.given_names.get(first):
                given[gender].add(first)
            if last.istitle() and last.isalpha() and last not in codebook.given_names:
                surnames.add(last)
    return Names({gender: sorted(names) for gender, names in given.items()}, sorted(surnames))


def renamed(doc: Doc, scene: Scene, names: Names, codebook: Codebook, seed: int) -> Doc:
    """Return a copy of a parse with other words in the same places."""
    rng = random.Random(seed)
    mirrored = rng.random() < MIRRORED
    mine = {
        token.i: token.text
        for found in scene.candidates
        if found.form == "name"
        for token in _name_tokens(found, doc, codebook)
    }
    new = _new_names(
        rng, sorted(set(mine.values())), names, {t.text for t in doc}, codebook, mirrored=mirrored
    )
    words = [_replaced(token, new, named=token.i in mine, mirrored=mirrored) for token in doc]
    return _with_words(doc, words)


def _new_names(
    rng: random.Random,
    words: Sequence[str],
    names: Names,
    taken: AbstractSet[str],
    codebook: Codebook,
    *,
    mirrored: bool,
) -> Mapping[str, str]:
    """Return a name for each word of a name that is replaced; a mirrored given name always is."""
    new: dict[str, str] = {}
    for word in words:
        gender = codebook.given_names.get(word)
        if (gender is None or not mirrored) and rng.random() > RENAMED:
            continue
        if gender is None:
            choice = names.surnames
        else:
            choice = names.given[_OTHER[gender] if mirrored else gender]
        new[word] = _another(rng, choice, taken | {*new.values()})
    return new


def _another(rng: random.Random, names: Sequence[str], taken: AbstractSet[str]) -> str:
    free = [name for name in rng.sample(names, min(20, len(names))) if name not in taken]
    return free[0] if free else rng.choice(names)


def _name_tokens(found: Found, doc: Doc, codebook: Codebook) -> list[Token]:
    """Return the words of a mention that are a name: no titles, no initials."""
    return [
        token
        for token in doc[found.start : found.end]
        if token.text[0].isupper()
        and token.is_alpha
        and len(token) > 1
        and token.lower_ not in _NOUNS
        and token.lower_ not in codebook.sectors.genders
        and (token.ent_type_ == "PERSON" or token.pos_ == "PROPN")
    ]


def _replaced(token: Token, new: Mapping[str, str], *, named: bool, mirrored: bool) -> str:
    if token.text in new and (named or token.pos_ == "PROPN"):
        return new[token.text]
    other = _mirror(token) if mirrored else None
    if other is None:
        return token.text
    return other.capitalize() if token.text[0].isupper() else other


def _mirror(token: Token) -> str | None:
    """Return the word for the other gender, None where there is no gender in it."""
    word = token.lower_
    if token.pos_ != "PRON":
        return _NOUNS.get(word)
    if word == "his":
        return "her" if token.dep_ == "poss" else "hers"
    if word == "her":
        return "his" if token.tag_ == "PRP$" else "him"
    return _HE.get(word) or _SHE.get(word)


def _with_words(doc: Doc, words: Sequence[str]) -> Doc:
    changed = [word != token.text for word, token in zip(words, doc, strict=True)]
    return Doc(
        doc.vocab,
        words=list(words),
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        lemmas=[
            (word if t.pos_ == "PROPN" else word.lower()) if new else t.lemma_
            for t, word, new in zip(doc, words, changed, strict=True)
        ],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )
