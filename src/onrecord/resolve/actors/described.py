"""Nouns that speak: whose name stands beside them, who issued a report, what a source is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children
from onrecord.records import Span
from onrecord.resolve.actors.nominals import GOVERNMENT
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.sketch import Found, Sketch

BODIES = frozenset({"organisation", "government", "igo", "ngo", "armed_group"})
_FORCES = frozenset({"MIL", "COP", "SPY", "JUD"})  # sectors that one body has not beside another
_SINGULAR = frozenset({"NN", "NNP"})
_ISSUED_BY = frozenset({"by", "from", "of"})
_ISSUE = lexicon.words("speech.issuing")
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_LONGEST = 14  # words of what an unnamed source is called


def named_beside(
    noun: Token, source: Span | None, names: Mapping[int, Sequence[Found]]
) -> Sketch | None:
    """Return the person whose name a source gives behind a singular noun, None without one.

    That is "the head of the party, Karl Moser" and "the ambassador to Chad Karl Moser". `names`
    holds mentions by their first token.
    """
    if source is None or noun.tag_ not in _SINGULAR:
        return None
    doc = noun.doc
    tokens = doc.char_span(source.start, source.end, alignment_mode="expand") or ()
    behind = (one for token in tokens if token.i > noun.i + 1 for one in names.get(token.i, ()))
    for found in behind:
        span = found.span(doc)
        if found.sketch is None or found.sketch.kind != "person" or not source.contains(span):
            continue
        before = doc[found.start - 1]
        after = doc[found.end] if found.end < len(doc) else None
        ends = span.end == source.end
        set_off = before.text == "," and (ends or (after is not None and after.text in {",", "("}))
        return found.sketch if set_off or (ends and before.ent_type_ in {"GPE", "ORG"}) else None
    return None


def is_anaphoric(noun: Token) -> bool:
    """Whether a singular noun may take up somebody told of before: "the operator", "the ex-spy".

    A clause that tells one of several apart says by itself whom it means.
    """
    if noun.tag_ not in _SINGULAR or children(noun, deps.POSSESSOR):
        return False
    articles = children(noun, deps.DETERMINER)
    definite = bool(articles) and all(word.lower_ == "the" for word in articles)
    return definite and all(_is_set_off(clause) for clause in children(noun, *deps.NOUN_CLAUSES))


def _is_set_off(clause: Token) -> bool:
    first = clause.left_edge.i
    return first > 0 and clause.doc[first - 1].text == ","


def may_be(noun: Token, own: Sketch, other: Sketch, reader: RoleReader) -> bool:
    """Whether a noun that speaks may mean somebody named: of his kind, country and gender."""
    role = reader.of_noun(noun)
    if other.plural or (role.country and other.country and role.country != other.country):
        return False
    if role.gender and other.gender and role.gender != other.gender:
        return False
    if own.kind in BODIES:
        if children(noun, deps.PREP):
            return False  # "the council of ministers" is another than a relief council
        if noun.lemma_.lower() in GOVERNMENT:
            return noun.lemma_.lower() in other.name.lower().split()
        if own.sector in _FORCES and other.sector != own.sector:
            return False  # "the army" is no agency
        return other.kind in BODIES
    return other.kind == "person" or (other.kind in BODIES and not reader.describes_actor(noun))


def issuers(noun: Token, by_head: Mapping[int, Found]) -> Iterator[Sketch]:
    """Yield those whose report, statement or the like a noun is said to be."""
    owners = [*children(noun, deps.POSSESSOR, deps.COMPOUND)]
    for clause in children(noun, *deps.NOUN_CLAUSES):
        owners += [n for link in children(clause, *deps.LINKS) for n in _objects(link)]
    for link in children(noun, deps.PREP):
        owners += _objects(link)
    if noun.dep_ == deps.OBJECT and noun.head.lemma_ in _ISSUE:
        owners += children(noun.head, deps.SUBJECT)
    if noun.dep_ == deps.PREP_OBJECT and noun.head.lower_ == "in" and noun.head.head.pos_ == "VERB":
        owners += children(noun.head.head, deps.SUBJECT)  # "the ministry said in a statement"
    for owner in owners:
        mention = by_head.get(owner.i)
        if mention is not None and mention.sketch is not None:
            yield mention.sketch


def document_before(pronoun: Token, reader: RoleReader) -> Token | None:
    """Return the report or the like that "it" takes up: the last subject before it, else None."""
    if pronoun.lower_ != "it":
        return None
    subjects = (
        children(pronoun.sent.root, *deps.SUBJECTS) if pronoun.sent.root.i < pronoun.i else ()
    )
    before = pronoun.sent.start - 1
    if not any(one.i < pronoun.i for one in subjects) and before >= 0:
        subjects = children(pronoun.doc[before].sent.root, *deps.SUBJECTS)
    last = max((one for one in subjects if one.i < pronoun.i), key=lambda one: one.i, default=None)
    is_paper = last is not None and last.pos_ == "NOUN" and reader.is_impersonal(last)
    return last if is_paper else None


def _objects(link: Token) -> tuple[Token, ...]:
    return children(link, deps.PREP_OBJECT) if link.lower_ in _ISSUED_BY else ()


def description(noun: Token, source: Span, reader: RoleReader) -> str:
    """Return what an unnamed source is called: its words up to a comma or relative clause."""
    within = {token.i for token in noun.subtree}
    end = noun.i + 1
    for token in noun.doc[end : end + _LONGEST]:
        if token.i not in within or token.idx >= source.end or _ends_phrase(token, noun):
            break
        end = token.i + 1
    phrase = reader.phrase(noun)
    whole = noun.doc[noun.i : end].text
    held = phrase.rfind(noun.text)  # the phrase may hold a part of it: "friend of Berg"
    called = phrase[:held] + max(whole, phrase[held:], key=len)
    return called.removesuffix("'s").removesuffix("’s")


def _ends_phrase(token: Token, noun: Token) -> bool:
    if token.dep_ == deps.CONJUNCTION and token.head == noun:
        return True
    parted = token.is_punct and token.text not in {"-", "–", "’", "'"}
    return parted or token.is_space or token.tag_ in _RELATIVE or token.dep_ == deps.RELATIVE
