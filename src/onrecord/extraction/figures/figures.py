"""Figures of an article: quantities of people, forces or money, and what is said of them.

The model's head tags the words of figures; a rule finds those whose noun or verb says what is
counted. What either finds is a figure. Bounds are read from the words in both cases.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.drafts import Cast, Draft, Overlaps, first_place
from onrecord.extraction.figures.ages import is_age
from onrecord.extraction.figures.denials import is_denied
from onrecord.extraction.figures.learned import Learned
from onrecord.extraction.figures.measuring import (
    anchor_of,
    counted_by,
    governor_of,
    is_designation,
    judge,
)
from onrecord.extraction.figures.quantities import Quantity, find_quantities
from onrecord.extraction.figures.standing import as_of
from onrecord.extraction.figures.units import unit_of
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import (
    children,
    is_passive,
    noun_phrase,
    subject_of,
    subtree_span,
)
from onrecord.onepass.tagged import Stretch
from onrecord.records import Figure, Measure, Place, Span, row_id

EXTRACTOR = "figure-rules/2"
_LOCATIVE = frozenset({"in", "at", "near", "across"})
_LEAST, _THING = 0.6, 0.9  # how likely the head's figure must be, bare or of things
_FAR = 200  # characters: how far back the figure is that an elliptic one takes its measure from
_STRUCTURES = lexicon.words("figures.structures")
_SURE = 0.6  # how likely the head's measure must be where no word decides; A and B, 2026-11


def extract_figures(draft: Draft, codebook: Codebook) -> tuple[Figure, ...]:
    """Return the figures of an article in text order; dates, ages and distances are none."""
    figures: dict[str, Figure] = {}
    dated = Overlaps((time.span,) for time in draft.times)
    text = draft.article.text
    quantities = [
        quantity
        for quantity in find_quantities(text)
        if not any(True for _ in dated.touching((quantity.number,)))
        and not _numbers_a_paragraph(text, quantity)
        and not ((word := _number_token(draft.doc, quantity)) and is_designation(word))
    ]
    finder = _Finder(draft, codebook, quantities)
    before: Figure | None = None
    for quantity in quantities:
        if before is not None and quantity.number.start < before.span.end:
            continue
        figure = finder.figure(quantity, before)
        if figure is not None:
            figures.setdefault(figure.figure_id, figure)
            before = figure
    return tuple(figures.values())


def _numbers_a_paragraph(text: str, quantity: Quantity) -> bool:
    """Whether a number only leads a list's item: "5. Eleven police killed"."""
    before, after = text[: quantity.span.start].rstrip(" "), text[quantity.span.end :]
    return (not before or before.endswith("\n")) and after[:1] in {".", ")"}


class _Finder:
    """Reads the figures of one article."""

    def __init__(self, draft: Draft, codebook: Codebook, quantities: Sequence[Quantity]) -> None:
        self._draft = draft
        self._codebook = codebook
        self._learned = Learned(draft.reading)
        self._starts = [quantity.number.start for quantity in quantities]

    def figure(self, quantity: Quantity, before: Figure | None) -> Figure | None:
        """Return a quantity as a figure, None when it is none; `before` is the last one."""
        draft = self._draft
        number = _number_token(draft.doc, quantity)
        if number is None:
            return None
        counted = counted_by(number, quantity)
        measure = self._measure(number, counted, quantity, before)
        if measure is None:
            return None
        span = self._span(quantity, counted)
        statement = draft.voices.at(quantity.number)
        anchor = anchor_of(number, counted)
        governor = governor_of(anchor)
        return Figure(
            figure_id=row_id(draft.article, "figure", span),
            span=span,
            measure=measure,
            low=quantity.low,
            high=quantity.high,
            approx=quantity.approx,
            denied=is_denied(anchor, draft.voices.around(quantity.number), self._codebook.modals),
            unit=unit_of(quantity, measure, counted, self._codebook),
            whom=noun_phrase_of(counted) if counted is not None and not quantity.unit else None,
            place=_place(draft.places, anchor, governor),
            as_of=as_of(draft.article, number, governor, draft.times),
            cause_id=_cause(draft.cast, anchor, governor),
            statement_id=statement.statement_id if statement is not None else None,
            extractor=EXTRACTOR,
        )

    def _measure(
        self, number: Token, counted: Token | None, quantity: Quantity, before: Figure | None
    ) -> Measure | None:
        """Return what a quantity counts: a word that decides, then the head, then the noun."""
        judgement = judge(number, counted, quantity, self._codebook)
        if judgement is not None and judgement.sure:
            return judgement.measure
        stretch = self._learned.stretch_at(quantity.number)
        if stretch is None or (judgement is None and not self._is_tagged(stretch, counted)):
            return None
        if counted is None and is_age(number, quantity):
            return None
        first = stretch.first if stretch is not None else self._learned.word_at(quantity.span)
        measure, chance = self._learned.measure(first)
        if counted is not None and counted.lemma_.lower() in _STRUCTURES and measure != "other":
            return None
        if chance >= _SURE and measure not in {"money", "percent"}:
            return measure
        if counted is None and before is not None and self._goes_on(before, quantity):
            return before.measure
        return "other"

    def _is_tagged(self, stretch: Stretch, counted: Token | None) -> bool:
        """Whether the head is sure enough of a figure that no rule finds."""
        return stretch.score >= (_THING if counted is not None else _LEAST)

    def _goes_on(self, before: Figure, quantity: Quantity) -> bool:
        """Whether a bare number is of the same kind as the last figure: "12 in May, 30 in June"."""
        gap = self._draft.article.text[before.span.end : quantity.span.start]
        near = len(gap) < _FAR and "\n" not in gap
        return near and before.measure not in {"money", "percent"}

    def _span(self, quantity: Quantity, counted: Token | None) -> Span:
        """Return the figure's words: bounds, number and the noun counted, no more."""
        end = quantity.span.end
        if counted is not None:
            states = self._codebook.measures.states  # not in "30 wounded", but "five of the dead"
            if counted.lower_ not in states or counted.dep_ == deps.PREP_OBJECT:
                end = max(end, counted.idx + len(counted))
        elif not quantity.unit and (stretch := self._learned.stretch_at(quantity.number)):
            further = self._draft.article.text[end : max(end, stretch.span.end)]
            end += len(further) if "," not in further else 0
        following = (start for start in self._starts if quantity.number.start < start < end)
        if next(following, None) is not None:  # "650,000 of the 5.5 million Syrians"
            end = quantity.span.end
        return Span(quantity.span.start, end)


def _number_token(doc: Doc, quantity: Quantity) -> Token | None:
    found = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    if found is None or not len(found):
        return None
    last = found[-1]  # "one and a half million people", but "a quarter of a million people"
    counts = (
        last.dep_ == deps.NUMBER and last.head.i > last.i and last.head.dep_ != deps.PREP_OBJECT
    )
    return last if counts else found.root


def noun_phrase_of(counted: Token) -> Span:
    """Return the counted noun with its adjectives, numbers left out."""
    tokens = [counted]
    for child in reversed(list(counted.lefts)):
        if (
            child.dep_ not in deps.MODIFIERS
            or child.like_num
            or child.left_edge.is_punct  # "-strong" behind "10,000"
            or child.i >= tokens[0].i
        ):
            break
        tokens = [*child.subtree, *tokens]
    phrase = noun_phrase(counted)
    start = max(phrase.start, min(token.idx for token in tokens))
    return Span(start, counted.idx + len(counted))


def _place(places: Sequence[Place], subject: Token, governor: Token | None) -> Place | None:
    scopes = (scope for scope in (subject, governor) if scope is not None)
    links = (link for scope in scopes for link in children(scope, deps.PREP))
    phrases = (subtree_span(link) for link in links if link.lower_ in _LOCATIVE)
    return first_place(places, filter(None, phrases))


def _cause(cast: Cast, subject: Token, governor: Token | None) -> str | None:
    """Return the actor whose deed the counted suffered, when the sentence names one."""
    if governor is None or subject.dep_ not in {deps.OBJECT, deps.CONJUNCT, deps.PASSIVE_SUBJECT}:
        return None
    agents = [c for a in children(governor, deps.AGENT) for c in children(a, deps.PREP_OBJECT)]
    doer = agents[0] if agents else (None if is_passive(governor) else subject_of(governor))
    if doer is None:
        return None
    owners = [doer, *children(doer, deps.POSSESSOR)]
    owners += [
        child
        for link in children(doer, deps.PREP)
        if link.lower_ == "by"
        for child in children(link, deps.PREP_OBJECT)
    ]
    return next((actor for owner in owners if (actor := cast.actor_at(owner.i))), None)
