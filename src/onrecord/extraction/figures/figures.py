"""Figures of an article: quantities of people, forces or money, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.codebook.measures import Measures
from onrecord.drafts import Cast, Draft, Overlaps, first_place
from onrecord.extraction.figures.quantities import Quantity, find_quantities
from onrecord.extraction.figures.standing import as_of
from onrecord.language.syntax import children, is_passive, noun_phrase, subject_of, subtree_span
from onrecord.records import Figure, Measure, Place, Span, row_id

EXTRACTOR = "figure-rules/1"
_REPORTING = frozenset({"believe", "know", "think", "say", "report", "fear", "presume", "estimate"})
_OLDEST = 120  # years
_LOCATIVE = frozenset({"in", "at", "near", "across"})
_SMALL = 1  # "one" counts nobody in particular


def extract_figures(draft: Draft, codebook: Codebook) -> tuple[Figure, ...]:
    """Return the figures of an article in text order; dates, ages and distances are none."""
    figures: dict[str, Figure] = {}
    dated = Overlaps((time.span,) for time in draft.times)
    for quantity in find_quantities(draft.article.text):
        if any(True for _ in dated.touching((quantity.number,))):
            continue
        figure = _figure(draft, codebook, quantity)
        if figure is not None:
            figures.setdefault(figure.figure_id, figure)
    return tuple(figures.values())


def _figure(draft: Draft, codebook: Codebook, quantity: Quantity) -> Figure | None:
    number = _number_token(draft.doc, quantity)
    if number is None:
        return None
    counted = _counted(number, quantity)
    measure = _measure(number, counted, quantity, codebook)
    if measure is None:
        return None
    span = _span(quantity, number, counted)
    statement = draft.voices.at(quantity.number)
    anchor = _anchor(number, counted)
    governor = _governor(anchor)
    return Figure(
        figure_id=row_id(draft.article, "figure", span),
        span=span,
        measure=measure,
        low=quantity.low,
        high=quantity.high,
        approx=quantity.approx,
        unit=quantity.unit or "people",
        whom=noun_phrase_of(counted) if counted is not None and not quantity.unit else None,
        place=_place(draft.places, anchor, governor),
        as_of=as_of(draft.article, number, governor, draft.times),
        cause_id=_cause(draft.cast, anchor, governor),
        statement_id=statement.statement_id if statement is not None else None,
        extractor=EXTRACTOR,
    )


def _number_token(doc: Doc, quantity: Quantity) -> Token | None:
    found = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    return found.root if found is not None and len(found) else None


def _counted(number: Token, quantity: Quantity) -> Token | None:
    """Return the noun a number counts: "12 people", "thousands of people"."""
    if quantity.unit:
        return None
    if number.dep_ in {"nummod", "quantmod", "compound", "amod", "nmod"}:
        head = number.head
        while head.dep_ in {"nummod", "quantmod"} and head.head.i != head.i:
            head = head.head
        if head.lower_ == "more" and head.head.i > head.i:
            head = head.head
        if head.pos_ in {"NOUN", "PROPN"} and head.i > number.i:
            return head
    for link in children(number, "prep"):
        if link.lower_ == "of" and link.i <= number.i + 2:
            return next(iter(children(link, "pobj")), None)
    if number.pos_ in {"NOUN", "PROPN"} and not quantity.vague:
        return number
    return None


def _is_age(number: Token, quantity: Quantity) -> bool:
    """Whether a bare number stands between commas behind a name: "Mr Smith, 55, was killed"."""
    before = number.nbor(-1) if number.i else None
    after = number.nbor() if number.i + 1 < len(number.doc) else None
    if before is None or before.text != "," or before.i == 0 or quantity.low is None:
        return False
    return (
        quantity.low < _OLDEST
        and (after is None or after.text in {",", "."})
        and (before.nbor(-1).pos_ == "PROPN")
    )


def _anchor(number: Token, counted: Token | None) -> Token:
    """Return the word that stands in the sentence for what is counted: "thousands" of people."""
    if counted is None or (counted.dep_ == "pobj" and counted.head.head.i == number.i):
        return number
    return counted


def _measure(
    number: Token, counted: Token | None, quantity: Quantity, codebook: Codebook
) -> Measure | None:
    """Return what a quantity counts, None when it is no figure."""
    if quantity.unit == "%":
        return "percent"
    if quantity.unit:
        return "money"
    if _is_age(number, quantity) or (quantity.low == _SMALL and counted is None):
        return None
    measures = codebook.measures
    subject = _anchor(number, counted)
    people = counted is not None and _is_people(counted, codebook)
    by_state = next(
        (
            measures.states[word.lower_]
            for word in _beside(subject)
            if word.lower_ in measures.states
        ),
        None,
    )
    if by_state and (people or counted is None or counted.lower_ in measures.states):
        return by_state
    by_verb = _by_verb(subject, measures)
    if counted is None:
        return by_verb if by_verb in {"killed", "wounded", "missing", "detained"} else None
    noun = counted.lemma_.lower()
    by_noun = measures.nouns.get(noun)
    if not people and by_noun is None:
        return None
    if by_verb and (by_noun is None or by_noun in {"fighters", "troops", "children"}):
        return by_verb
    if by_noun is None and _in_armed_group(counted, codebook):
        return "fighters"
    if by_noun is None and quantity.low == _SMALL:
        return None
    return by_noun or "other"


def _in_armed_group(noun: Token, codebook: Codebook) -> bool:
    """Whether people are counted as an armed group's: "400 Isis members"."""
    parties = (codebook.parties.names.get(child.text) for child in noun.lefts)
    return any(party is not None and party.kind == "armed_group" for party in parties)


def _is_people(noun: Token, codebook: Codebook) -> bool:
    lemma = noun.lemma_.lower()
    if lemma in codebook.sectors.collective and noun.lemma_ != "people":
        return False
    return (
        lemma in codebook.measures.people
        or lemma in codebook.measures.nouns
        or codebook.sectors.of_noun((lemma,)) is not None
        or noun.tag_ == "NNPS"
    )


def _beside(subject: Token) -> Iterator[Token]:
    """Yield the words that qualify what is counted: "12 dead", "12 are missing", "12 injured"."""
    yield subject
    for child in subject.children:
        if child.dep_ in {"amod", "acl", "acomp"}:
            yield child
    governor = subject.head
    if subject.dep_ == "nummod" or (subject.dep_ == "nsubj" and governor.tag_ in {"VBN", "VBG"}):
        yield governor  # "left 12 dead", "12 killed and 30 wounded"
    if subject.dep_ in {"nsubj", "nsubjpass"} and governor.lemma_ in {
        "be",
        "go",
        "remain",
        "leave",
    }:
        yield from children(governor, "acomp", "oprd")
    if subject.dep_ in {"dobj"}:
        yield from children(governor, "oprd", "acomp")


def _by_verb(subject: Token, measures: Measures) -> Measure | None:
    for child in children(subject, "acl", "relcl"):
        if measure := measures.verbs.get(child.lemma_.lower()):
            return measure
    governor = _governor(subject)
    if governor is not None and governor.lemma_ in _REPORTING:  # "are known to have been killed"
        governor = next(iter(children(governor, "xcomp")), governor)
    if governor is None:
        return None
    measure = measures.verbs.get(governor.lemma_.lower())
    if measure is None or subject.dep_ == "pobj":
        return None
    acts = subject.dep_ in {"nsubj", "nsubjpass"} and not is_passive(governor)
    if acts and measure not in {"killed", "displaced", "joined", "returned", "missing", "affected"}:
        return None
    if acts and governor.lemma_ in {"kill", "murder", "execute", "shoot", "massacre", "behead"}:
        return None
    return measure


def _governor(subject: Token) -> Token | None:
    """Return the verb what is counted stands with, through coordination."""
    token = subject
    while token.dep_ in {"conj", "appos"}:
        token = token.head
    governor = token.head
    return governor if governor.pos_ in {"VERB", "AUX"} and governor.i != token.i else None


def _span(quantity: Quantity, number: Token, counted: Token | None) -> Span:
    """Return the figure's words: bounds, number and the noun counted, without what follows it."""
    if counted is None or counted.idx + len(counted) <= quantity.span.end:
        return quantity.span
    return Span(quantity.span.start, counted.idx + len(counted))


def noun_phrase_of(counted: Token) -> Span:
    """Return the counted noun with its adjectives, numbers left out."""
    tokens = [counted]
    for child in reversed(list(counted.lefts)):
        if (
            child.dep_ not in {"amod", "compound", "nmod"}
            or child.like_num
            or child.i >= tokens[0].i
        ):
            break
        tokens = [*child.subtree, *tokens]
    phrase = noun_phrase(counted)
    start = max(phrase.start, min(token.idx for token in tokens))
    return Span(start, counted.idx + len(counted))


def _place(places: Sequence[Place], subject: Token, governor: Token | None) -> Place | None:
    scopes = (scope for scope in (subject, governor) if scope is not None)
    links = (link for scope in scopes for link in children(scope, "prep"))
    phrases = (subtree_span(link) for link in links if link.lower_ in _LOCATIVE)
    return first_place(places, filter(None, phrases))


def _cause(cast: Cast, subject: Token, governor: Token | None) -> str | None:
    """Return the actor whose deed the counted suffered, when the sentence names one."""
    if governor is None or subject.dep_ not in {"dobj", "conj", "nsubjpass"}:
        return None
    agents = [c for a in children(governor, "agent") for c in children(a, "pobj")]
    doer = agents[0] if agents else (None if is_passive(governor) else subject_of(governor))
    if doer is None:
        return None
    owners = [doer, *children(doer, "poss")]
    owners += [
        child
        for link in children(doer, "prep")
        if link.lower_ == "by"
        for child in children(link, "pobj")
    ]
    return next((actor for owner in owners if (actor := cast.actor_at(owner.i))), None)
