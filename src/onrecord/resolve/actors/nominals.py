"""Nouns that stand for actors: offices, governments, groups and unnamed sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children
from onrecord.records import ActorKind
from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.holding import may_hold
from onrecord.resolve.actors.roles import Role, RoleReader, bounds, span_of
from onrecord.resolve.actors.sketch import NOBODY, Found, Meant, Sketch, last_named

GOVERNMENT = lexicon.words("roles.governments")
_NAMING = lexicon.words("names.giving")
_BEFORE_NAME = lexicon.words("names.before_given")
_INSIDE_NAME = frozenset({deps.COMPOUND, deps.ADJECTIVE})


def find_nominals(doc: Doc, reader: RoleReader, taken: Sequence[Found]) -> Iterator[Found]:
    """Yield the mention of each noun that names an actor; "our" is resolved later.

    A definite singular office goes to the one person of the article who holds it; the same words
    with the same country are one actor.
    """
    occupied = {i for found in taken if not found.passing for i in range(found.start, found.end)}
    people = [found for found in taken if found.sketch and found.sketch.kind == "person"]
    names = {found.head: found for found in people if found.form == "name"}
    known: dict[tuple[str, str | None], Sketch] = {}
    for token in doc:
        if token.pos_ not in {"NOUN", "PROPN"} or token.i in occupied or _is_part_of_name(token):
            continue
        if (token.pos_ == "PROPN" and token.ent_type_) or not reader.describes_actor(token):
            continue
        role = reader.of_noun(token)
        phrase = reader.phrase(token)
        own = _own_name(token, names)
        meant = Meant(own) if own is not None else holder(token, reader, people)
        if meant == NOBODY:
            key = phrase.lower(), role.country
            meant = Meant(known.setdefault(key, _sketch(token, phrase, role, reader)))
        start, end = bounds(token)
        is_person = meant.sketch is None or meant.sketch.kind == "person"
        yield Found(
            start,
            end,
            token.i,
            "title" if is_person else "nominal",
            meant.sketch,
            role=role.words if is_person else None,
            role_country=role.country if is_person else None,
            candidates=meant.candidates,
        )


def _is_part_of_name(token: Token) -> bool:
    """Whether a noun only modifies another word: "police" in "police station"."""
    return token.dep_ in _INSIDE_NAME and token.head.i > token.i


def _sketch(token: Token, phrase: str, role: Role, reader: RoleReader) -> Sketch:
    plural = token.tag_ in {"NNS", "NNPS"} or token.lemma_ in {"police", "people", "media"}
    kind: ActorKind = "group" if plural else "person"
    if token.lemma_.lower() in GOVERNMENT:
        kind = "government"
    elif not plural and reader.is_collective(token):
        kind = "organisation"
    at = span_of(token)
    told = [*claims("noun", at, name=phrase, kind=kind, sector=role.sector, gender=role.gender)]
    if not is_mixed(token):
        told += claims("noun", role.country_at, country=role.country)
    return Sketch(told, plural=plural)


def is_mixed(noun: Token) -> bool:
    """Whether a noun is of several parties: "the US and European Union countries"."""
    return any(
        word.dep_ == deps.CONJUNCTION for left in noun.lefts for word in left.subtree
    ) or any(left.dep_ == deps.CONJUNCTION for left in noun.lefts)


def speaker_nominal(token: Token, reader: RoleReader) -> Found | None:
    """Return a mention for a noun that is credited with a statement, whatever it names.

    Nouns such as "report" or "poll" are nobody: None.
    """
    if token.pos_ not in {"NOUN", "PROPN"} or reader.is_impersonal(token):
        return None
    start, end = bounds(token)
    while start < token.i and token.doc[start].is_quote:
        start += 1
    if token.pos_ == "PROPN" and not reader.describes_actor(token):
        told = claims("name", span_of(token), name=reader.phrase(token), kind="person")
        return Found(start, end, token.i, "name", Sketch(told))
    role = reader.of_noun(token)
    sketch = _sketch(token, reader.phrase(token), role, reader)
    return Found(start, end, token.i, "nominal", sketch)


def _own_name(noun: Token, names: Mapping[int, Found]) -> Sketch | None:
    """Return the person whose name the phrase of a singular noun itself gives, None without one.

    That is "the envoy, Karl Moser", "a resident called Nour", "the adviser and ambassador Susan
    Rice": offices joined without a second article are one person's.
    """
    if noun.tag_ != "NN":
        return None
    if noun.dep_ == deps.APPOSITION and noun.head.i in names:
        return names[noun.head.i].sketch
    for beside in children(noun, *deps.PEERS):
        joined = names.get(beside.i)
        if joined is None:
            continue
        link = noun.doc[joined.start - 1].lower_
        if (link == "," and beside.dep_ == deps.APPOSITION) or (link == "and" and joined.role):
            return joined.sketch
    for clause in children(noun, *deps.NOUN_CLAUSES):
        if clause.lemma_ in _NAMING and (named := _named_by(clause, names)) is not None:
            return named
    return None


def _named_by(clause: Token, names: Mapping[int, Found]) -> Sketch | None:
    """Return the person whose name a naming verb gives: "gave her name as", "uses the name"."""
    following = min((f.start for f in names.values() if f.start > clause.i), default=None)
    if following is None:
        return None
    between = clause.doc[clause.i + 1 : following]
    if any(token.lower_ not in _BEFORE_NAME for token in between):
        return None
    return next(found.sketch for found in names.values() if found.start == following)


def holder(noun: Token, reader: RoleReader, people: Sequence[Found]) -> Meant:
    """Return the person of the article who holds the office a definite noun names.

    Of several the one mentioned last before it, when the noun says nothing to tell them apart;
    in doubt those mentioned last side by side.
    """
    words = (noun.doc[bounds(noun)[0]], *noun.lefts)
    definite = any(
        word.lower_ in {"the", "his", "her"} or word.dep_ == deps.POSSESSOR for word in words
    )
    if noun.tag_ not in {"NN", "NNP"} or not definite:
        return NOBODY
    role, of_state = reader.of_noun(noun), reader.is_of_state(noun)
    holders = [
        found
        for found in people
        if found.sketch is not None and may_hold(role, found.sketch, of_state=of_state)
    ]
    if len({id(found.sketch) for found in holders}) <= 1:
        return Meant(holders[0].sketch) if holders else NOBODY
    if role.country is not None or len(list(noun.lefts)) > 1:
        return NOBODY
    serving = [f for f in holders if f.end <= noun.i and f.sketch and f.sketch.sector != "ELI"]
    return last_named(noun.doc, sorted(serving, key=lambda f: f.start)) if serving else NOBODY
