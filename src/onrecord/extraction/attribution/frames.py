"""Cue words in a parse: each verb, noun or phrase that attributes, and what it attributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as Slice
from spacy.tokens import Token

from onrecord.codebook.cues import Cues, Frame
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import (
    agent_of,
    children,
    is_negated,
    is_passive,
    lemma_of,
    span_of,
    subject_of,
    subtree_span,
    token_span,
    verb_group,
)
from onrecord.records import Act, Span

_LIGHT = frozenset({"go", "continue", "come"})  # "went on to say": the light verb joins the cue
_TRAILING = lexicon.words("grammar.trailing")
_NEGATED: dict[Act, Act] = {  # "we do not demand that" is no demand
    "agree": "reject",
    "demand": "reject",
    "offer": "reject",
    "praise": "reject",
    "promise": "reject",
    "request": "reject",
    "want": "reject",
    "believe": "deny",
    "deny": "assert",
    "reject": "assert",
}
_NEGATED_WORDS: dict[str, Act] = {"object": "agree"}
_NEGATED_CLAUSES: dict[str, Act] = {"accept": "deny"}  # "does not accept that it failed"
_BLOWS = frozenset({"attack"})  # in words when a person is attacked, else in deeds


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameMatch:
    """A cue with its content, before quotation marks are looked at."""

    act: Act
    frame: Frame
    cue: Span
    cue_at: int
    content: tuple[Span, ...]
    source: Span | None
    source_at: int | None
    addressee_at: int | None = None


def verb_frames(verb: Token, cues: Cues, *, headline: bool = False) -> FrameMatch | None:
    """Return the attribution a verb makes, the most telling frame first, None when it makes none.

    In a headline the verbs of the frame "headline" attribute all that follows them.
    """
    lemma = lemma_of(verb)
    passive = is_passive(verb)
    finders = (_directive, _clause, _infinitive, _preposition, _object, _adjective)
    for find in finders:
        if found := find(verb, lemma, cues, passive=passive):
            return found
    if headline and (act := cues.act("headline", lemma)) and not passive:
        rest = span_of(verb.doc[verb.i + 1 : verb.sent.end])
        return _match(verb, act, "headline", (rest,)) if rest else None
    return None


def _match(
    verb: Token, act: Act, frame: Frame, content: tuple[Span, ...], addressee: Token | None = None
) -> FrameMatch:
    """Put a verb's match together: its source is its subject, or a passive verb's agent."""
    named, meant = _source(verb)
    return FrameMatch(
        act=acted(act, verb),
        frame=frame,
        cue=_cue_span(verb),
        cue_at=verb.i,
        content=content,
        source=_source_span(named, content) if named is not None else None,
        source_at=meant.i if meant is not None else None,
        addressee_at=addressee.i if addressee is not None else None,
    )


def acted(act: Act, cue: Token | None) -> Act:
    """Return the act of a cue, turned round where the cue is negated."""
    if cue is None or not is_negated(cue):
        return act
    lemma = lemma_of(cue)
    if lemma in _NEGATED_CLAUSES and children(cue, deps.CONTENT):
        return _NEGATED_CLAUSES[lemma]
    return _NEGATED_WORDS.get(lemma) or _NEGATED.get(act, act)


def verb_match(verb: Token, act: Act, quotation: Span) -> FrameMatch:
    """Return the attribution of a quotation to the verb that introduces it."""
    match = _match(verb, act, "quote", (quotation,), addressee_of(verb))
    speaker = _inverted(verb, quotation) if match.source is None else None
    if speaker is None:
        return match
    source = subtree_span(speaker) or token_span(speaker)
    return replace(match, source=source, source_at=speaker.i, addressee_at=None)


def _inverted(verb: Token, quotation: Span) -> Token | None:
    """Return who speaks behind the verb that follows a quotation: “Since when?” asked Ms Berg."""
    behind = next((child for child in verb.children if child.i > verb.i), None)
    others = [t for t in verb.lefts if t.is_alpha and not quotation.contains(token_span(t))]
    if behind is None or others or behind.pos_ not in {"NOUN", "PROPN"}:
        return None
    return behind if behind.left_edge.i == verb.i + 1 else None


def _source(verb: Token) -> tuple[Token | None, Token | None]:
    """Return the source as the text has it and, behind a relative pronoun, whom it means."""
    if is_passive(verb):
        agent = agent_of(verb)
        return agent, agent
    meant = subject_of(verb)
    for child in verb.children:
        if child.dep_ in deps.ACTIVE_SUBJECTS:
            return child, meant
    return meant, meant


def _source_span(source: Token, content: tuple[Span, ...]) -> Span | None:
    """Return the source with its appositions, cut where the content begins."""
    span = subtree_span(source)
    if span is None or any(piece.overlaps(span) for piece in content):
        return token_span(source)
    return span


def _cue_span(verb: Token) -> Span:
    group = verb_group(verb)
    governor = verb.head
    if verb.dep_ == deps.OPEN_CLAUSE and governor.lemma_.lower() in _LIGHT and governor.i < verb.i:
        return Span(verb_group(governor).start, group.end)
    return group


def _clause(verb: Token, lemma: str, cues: Cues, *, passive: bool) -> FrameMatch | None:
    act = cues.act("clause", lemma)
    if act is None:
        return None
    if verb.dep_ == deps.PARATAXIS and verb.head.i != verb.i and (content := _around(verb)):
        return _match(verb, act, "clause", content, addressee_of(verb))
    for clause in children(verb, deps.CONTENT):
        span = _clause_span(clause, verb)
        if span is None or _is_inverted_cue(clause, verb):
            continue
        return _match(verb, act, "clause", (span, *_trailing(verb, clause)), addressee_of(verb))
    if (
        passive
        and (subject := children(verb, deps.PASSIVE_SUBJECT))
        and children(verb, deps.OPEN_CLAUSE)
    ):
        return _raised(verb, act, subject[0])
    return None


def _clause_span(clause: Token, verb: Token) -> Span | None:
    """Return a clause's words on its own side of the cue verb."""
    first, last = clause.left_edge.i, clause.right_edge.i
    if clause.i > verb.i:
        first = max(first, verb.i + 1)
    else:
        last = min(last, verb.i - 1)
        subject = next(
            (c for c in verb.children if c.dep_ == deps.SUBJECT and c.i > clause.i), None
        )
        if subject is not None and subject.i < verb.i:
            last = min(last, subject.left_edge.i - 1)
    return span_of(verb.doc[first : last + 1])


def _is_inverted_cue(clause: Token, verb: Token) -> bool:
    """Whether the parser hung the main clause on the cue in a way that leaves no content."""
    return clause.left_edge.i <= verb.i <= clause.right_edge.i


def _trailing(verb: Token, clause: Token) -> tuple[Span, ...]:
    """Return clauses behind an inverted cue that belong to what was said: "…, she said, if …"."""
    if clause.i > verb.i:
        return ()
    spans = []
    for child in verb.children:
        if child.dep_ == deps.ADVERBIAL and child.i > verb.i:
            marks = {word.lower_ for word in child.children if word.dep_ in deps.OPENERS}
            if marks & _TRAILING and (span := subtree_span(child)):
                spans.append(span)
    return tuple(spans)


def _around(cue: Token) -> tuple[Span, ...]:
    """Return the sentence around a cue that stands in it as an aside, without the cue."""
    host = cue.head
    doc = cue.doc
    pieces: list[Slice] = []
    aside = cue.left_edge.i
    for clause in children(
        cue, deps.ADVERBIAL
    ):  # "If they did, she warned, …": the condition is content
        if clause.right_edge.i < cue.i:
            aside = max(aside, clause.right_edge.i + 1)
    if host.left_edge.i < aside:
        pieces.append(doc[host.left_edge.i : aside])
    if cue.right_edge.i < host.right_edge.i:
        pieces.append(doc[cue.right_edge.i + 1 : host.right_edge.i + 1])
    spans = [span_of(piece) for piece in pieces]
    return tuple(span for span in spans if span is not None)


def _raised(verb: Token, act: Act, subject: Token) -> FrameMatch | None:
    """Return "He is said to have left": content is subject and infinitive, nobody is credited."""
    before, after = subtree_span(subject), subtree_span(children(verb, deps.OPEN_CLAUSE)[0])
    if before is None or after is None:
        return None
    return _match(verb, act, "clause", (before, after))


def addressee_of(verb: Token) -> Token | None:
    """Return the head of whom a verb of saying is said to, None where nobody is named."""
    for child in verb.children:
        if child.dep_ in deps.OBJECTS and child.i > verb.i:
            if child.dep_ == deps.DATIVE and child.pos_ == "ADP":
                return next(iter(children(child, deps.PREP_OBJECT)), None)
            return child
        if child.dep_ == deps.PREP and child.lower_ == "to":
            return next(iter(children(child, deps.PREP_OBJECT)), None)
    if is_passive(verb):
        return next(iter(children(verb, deps.PASSIVE_SUBJECT)), None)
    return None


def _directive(verb: Token, lemma: str, cues: Cues, *, passive: bool) -> FrameMatch | None:
    act = cues.act("directive", lemma)
    if act is None:
        return None
    for clause in children(verb, deps.CONTENT, deps.OPEN_CLAUSE):
        asked = next(iter(children(clause, deps.SUBJECT)), None)
        asked = asked or next((c for c in verb.children if c.dep_ in deps.OBJECTS), None)
        if passive:
            asked = next(iter(children(verb, deps.PASSIVE_SUBJECT)), None)
        infinitive = any(
            child.lower_ == "to" and child.dep_ == deps.AUX for child in clause.children
        )
        if asked is None or not infinitive or clause.i < verb.i:
            continue
        first = asked.left_edge.i if asked.i > verb.i else clause.left_edge.i
        if span := span_of(verb.doc[first : clause.right_edge.i + 1]):
            return _match(verb, act, "directive", (span,), asked)
    return None


def _infinitive(verb: Token, lemma: str, cues: Cues, *, passive: bool) -> FrameMatch | None:
    act = cues.act("infinitive", lemma)
    if act is None or children(verb, deps.OBJECT):
        return None
    for clause in children(verb, deps.OPEN_CLAUSE):
        infinitive = any(
            child.lower_ == "to" and child.dep_ == deps.AUX for child in clause.children
        )
        if not infinitive or clause.i < verb.i:
            continue
        if passive and (subject := children(verb, deps.PASSIVE_SUBJECT)):
            return _raised(verb, act, subject[0])
        if span := subtree_span(clause):
            return _match(verb, act, "infinitive", (span,))
    return None


def _preposition(verb: Token, lemma: str, cues: Cues, *, passive: bool) -> FrameMatch | None:
    for child in verb.children:
        if child.dep_ in deps.VERB_CLAUSES and (found := _for_clause(verb, child, cues)):
            return found
        act = cues.act("preposition", f"{lemma} {child.lower_}")
        if act is None or child.i < verb.i:
            continue
        if child.dep_ == deps.PARTICLE and (objects := children(verb, deps.OBJECT)):
            if span := subtree_span(objects[0]):
                return _match(verb, act, "preposition", (span,))
        elif child.dep_ in deps.LINKS and children(child, *deps.GOVERNED):
            return _prepositional(verb, act, child, passive=passive)
    return _object_linked(verb, lemma, cues)


def _object_linked(verb: Token, lemma: str, cues: Cues) -> FrameMatch | None:
    """Return "accused the fans of lying" where the parser hung the phrase on its object."""
    for thing in children(verb, deps.OBJECT):
        for link in children(thing, deps.PREP):
            act = cues.act("preposition", f"{lemma} {link.lower_}")
            if act == "accuse" and (span := subtree_span(thing)):
                return _match(verb, act, "preposition", (span,), thing)
    return None


def _for_clause(verb: Token, clause: Token, cues: Cues) -> FrameMatch | None:
    """Return "pushed for troops to leave": the clause behind "for" is the content."""
    mark = next(
        (m for m in children(clause, deps.MARKER) if m.lower_ == "for" and m.i > verb.i), None
    )
    act = cues.act("preposition", f"{lemma_of(verb)} for")
    if mark is None or act is None:
        return None
    span = span_of(verb.doc[mark.i + 1 : clause.right_edge.i + 1])
    asked = next(iter(children(clause, *deps.NOUN_SUBJECTS)), None)
    return _match(verb, act, "preposition", (span,), asked) if span else None


def _prepositional(verb: Token, act: Act, link: Token, *, passive: bool) -> FrameMatch | None:
    """Return a verb with its prepositional phrase: "accused Iran of lying" keeps the object."""
    objects = [child for child in children(verb, deps.OBJECT) if verb.i < child.i < link.i]
    if objects and verb.lemma_ == "call":  # "call my brother for help" is no call for help
        return None
    if link.lower_ in {"on", "upon", "to"} and (clauses := children(verb, deps.OPEN_CLAUSE)):
        span = span_of(verb.doc[link.i + 1 : clauses[0].right_edge.i + 1])
    elif objects:
        span = span_of(verb.doc[objects[0].left_edge.i : link.right_edge.i + 1])
    else:
        span = span_of(verb.doc[link.i + 1 : link.right_edge.i + 1])
    if span is None:
        return None
    if passive:
        subject = next(iter(children(verb, deps.PASSIVE_SUBJECT)), None)
        before = subtree_span(subject) if subject is not None else None
        return _match(verb, act, "preposition", (before, span) if before else (span,), subject)
    asked = objects[0] if objects else None
    if asked is None and link.lower_ in {"on", "upon", "to"}:
        asked = next(iter(children(link, deps.PREP_OBJECT)), None)
    return _match(verb, act, "preposition", (span,), asked)


def _object(verb: Token, lemma: str, cues: Cues, *, passive: bool) -> FrameMatch | None:
    act = cues.act("object", lemma)
    if act is None or (passive and lemma in _BLOWS):
        return None
    if passive:
        subject = next(iter(children(verb, deps.PASSIVE_SUBJECT)), None)
        if subject is None or agent_of(verb) is None:
            return None
        span = subtree_span(subject)
        return _match(verb, act, "object", (span,)) if span else None
    for thing in children(verb, deps.OBJECT):
        if thing.lower_ == "what" and (named := _named_so(verb)):
            return _match(verb, act, "object", (named,))
        if not _can_be_content(verb, lemma, thing):
            continue
        last = thing.right_edge.i
        for child in verb.children:  # "described the talks as useful"
            if (
                child.dep_ in {deps.PREP, deps.PREDICATE, deps.ADVERBIAL} and child.lower_ == "as"
            ) or child.dep_ == deps.PREDICATE:
                last = max(last, child.right_edge.i)
        if span := span_of(verb.doc[thing.left_edge.i : last + 1]):
            return _match(verb, act, "object", (span,))
    return None


def _named_so(verb: Token) -> Span | None:
    """Return what a thing is said to be: "what they describe as cracks", "what she calls a war"."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ == deps.PREDICATE:
            return subtree_span(child)
        if child.i > verb.i and child.dep_ == deps.PREP and child.lower_ == "as":
            return span_of(verb.doc[child.i + 1 : child.right_edge.i + 1])
    return None


def _adjective(verb: Token, lemma: str, cues: Cues, *, passive: bool) -> FrameMatch | None:
    """Return "she was sure that it would rain", "they are keen to leave"."""
    for adjective in children(verb, deps.STATE):
        act = cues.act("adjective", lemma_of(adjective))
        clause = next(iter(children(adjective, deps.CONTENT, deps.OPEN_CLAUSE)), None)
        if act is None or clause is None or clause.i < adjective.i:
            continue
        if (span := subtree_span(clause)) is not None:
            match = _match(verb, act, "adjective", (span,))
            end = adjective.idx + len(adjective)
            return replace(match, cue=Span(match.cue.start, max(match.cue.end, end)))
    return None


def _can_be_content(verb: Token, lemma: str, thing: Token) -> bool:
    """Whether a verb's object may be what is said: no pronoun, and nobody who says it."""
    if thing.i < verb.i or thing.pos_ == "PRON":
        return False
    if verb.i and verb.nbor(-1).text == "," and thing.ent_type_ == "PERSON":
        return False  # "…, explained Ejdus": the person explains
    return lemma not in _BLOWS or thing.ent_type_ == "PERSON"


def phrase_frames(first: Token, cues: Cues) -> Iterator[FrameMatch]:
    """Yield what a phrase such as "according to" attributes, when it starts at this token."""
    doc = first.doc
    for words, act in cues.phrases.items():
        phrase = doc[first.i : first.i + len(words)]
        if tuple(token.lower_ for token in phrase) != words:
            continue
        last = phrase[-1]
        source = next(iter(children(last, deps.PREP_OBJECT)), None)
        if source is None or (content := _phrase_content(phrase, source)) is None:
            continue
        yield FrameMatch(
            act=act,
            frame="clause",
            cue=Span(first.idx, last.idx + len(last)),
            cue_at=first.i,
            content=content,
            source=subtree_span(source),
            source_at=source.i,
        )


def _phrase_content(phrase: Slice, source: Token) -> tuple[Span, ...] | None:
    """Return the clause a phrase stands in, without the phrase and its source."""
    host = phrase.root.head
    while host.dep_ not in deps.HOSTS:
        if host.head.i == host.i:
            break
        host = host.head
    first, last = phrase[0].i, max(phrase[-1].i, source.right_edge.i)
    doc = phrase.doc
    edges = host.left_edge.i, host.right_edge.i
    pieces = (doc[edges[0] : first], doc[last + 1 : edges[1] + 1])
    spans = [span_of(piece) for piece in pieces if len(piece)]
    return tuple(span for span in spans if span is not None) or None
