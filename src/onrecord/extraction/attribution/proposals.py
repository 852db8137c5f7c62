"""The model's proposals become attributions: spans mended, parties and act found in the parse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, repeat

from spacy.tokens import Doc, Token

from onrecord.codebook.cues import Cues, Frame
from onrecord.drafts import Attribution, Nesting, Overlaps
from onrecord.extraction.attribution.cited import with_cited
from onrecord.extraction.attribution.frames import acted, addressee_of
from onrecord.extraction.attribution.quoted import kind_of, last_before, merged, widen
from onrecord.extraction.attribution.tags import with_own_tags
from onrecord.extraction.attribution.trained import Proposal
from onrecord.language import dependencies as deps
from onrecord.language.datelines import dateline_end
from onrecord.language.quotes import QuotationIndex
from onrecord.language.syntax import (
    RELATIVE,
    antecedent,
    children,
    head_in,
    is_expletive,
    lemma_of,
    span_of,
    token_span,
    tokens_in,
)
from onrecord.records import Act, Span, Spans

# Where to look a cue up that no rule has read, the most telling frame first; in the frames left
# out the act hangs on a construction that a rule would have seen.
TELLING = frozenset({"VERB", "NOUN", "ADJ"})  # what a cue tells by
_FRAMES: tuple[Frame, ...] = ("clause", "object", "noun", "quote", "adjective", "headline")
_CLAUSES = frozenset({deps.CONTENT, deps.OPEN_CLAUSE, deps.NOUN_CLAUSE, deps.PARATAXIS})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_OUTSPOKEN: frozenset[Act] = frozenset(
    {"deny", "accuse", "demand", "request", "offer", "promise", "threaten", "reject"}
)
_OPENS_CLAUSE = frozenset({"that", "whether"})
_SENTENCE_ENDS = ".?!"
_ENDED = re.compile(  # a quotation's end in the midst of a sentence that quotes no more
    r"[“‘\"']?(?:[^“”‘’\"'\n]|\b[’']\b)+[,?!][’'”\"]"
    r"(?=\s+(?:and|but|then|before|while|as|when)\b[^“‘\"]*$)"
)
_INNER_OPENS, _INNER_CLOSES, _BEFORE_MARKS = "‘'", "’'", ".,?!…"
_VERB_GROUP = frozenset({deps.AUX, deps.PASSIVE_AUX, deps.NEGATION, deps.ADVERB})
# The least score of a reading inside a content that no rule shares, by whether its cue is known.
_LEAST_KNOWN, _LEAST_UNKNOWN = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the model proposes for a text."""

    outer: Sequence[Proposal]
    inner: Sequence[Proposal]  # inside others' contents


def combine(
    doc: Doc,
    proposed: Proposed,
    rules: Sequence[Attribution],
    index: QuotationIndex,
    cues: Cues,
) -> list[Attribution]:
    """Return the model's attributions, completed by the rules', in text order.

    Where both read the same cue the spans are the model's, the act and the parties the rule's.
    Of what the model alone found inside a content the surer part is kept; of what the
    rules alone found, clauses said inside another's content and whole quotations that no content
    touches, and the turns of a transcript: anything more lowers F1 on PolNeAR dev (22 November
    2026).
    """
    text = doc.text
    found = [rule for rule in rules if not rule.cue]  # turns of a transcript: no model reads them
    used = {number for number, rule in enumerate(rules) if not rule.cue}
    by_cue = Overlaps(rule.cue for rule in rules)
    readings = _all_mended(doc, text, proposed.outer, index)
    inner_readings = _all_mended(doc, text, proposed.inner, index)
    for mended, is_inner in chain(zip(readings, repeat(False)), zip(inner_readings, repeat(True))):
        twins = sorted(n for n in by_cue.touching(mended.cue) if n not in used)
        used.update(twins)
        if twins:
            best = max(twins, key=lambda n: _shared(mended.content, rules[n].content))
            whole = is_inner and _is_part(mended, rules[best].content, by_cue)
            one = replace(mended, content=rules[best].content) if whole else mended
            found.append(_with_reading(one, rules[best]))
        elif not is_inner or _is_sure(doc, mended, cues):
            found.append(_parsed(doc, mended, cues))
    found = with_cited(doc, with_own_tags(doc, text, found, index, cues))
    alone = [rule for number, rule in enumerate(rules) if number not in used]
    phrases = [one for one in found if _is_phrase(one, text, cues)]
    within = Overlaps(phrase.cue for phrase in phrases)
    found += [
        rule
        for rule in alone
        if any(_lies_in(phrases[n], rule) for n in within.touching(rule.content))
    ]
    found += _additions(doc, alone, found)
    found.sort(key=lambda attribution: attribution.extent)
    return [_with_source_head(doc, attribution) for attribution in found]


def _is_sure(doc: Doc, mended: Attribution, cues: Cues) -> bool:
    """Whether a reading that no rule shares is likely.

    More is asked where the cue is no known word and what is said begins with no "that".
    """
    first = next(iter(tokens_in(doc, mended.content[0])), None)
    tokens = [token for cue in mended.cue for token in tokens_in(doc, cue)]
    known = any(cues.knows(lemma_of(token)) for token in tokens if token.pos_ in TELLING)
    known = known or tuple(token.lower_ for token in tokens) in cues.phrases
    known = known or (first is not None and first.lower_ in _OPENS_CLAUSE)
    return (mended.score or 0.0) >= (_LEAST_KNOWN if known else _LEAST_UNKNOWN)


def _is_phrase(one: Attribution, text: str, cues: Cues) -> bool:
    words = " ".join(text[span.start : span.end] for span in one.cue).lower()
    return tuple(words.split()) in cues.phrases


def _lies_in(phrase: Attribution, rule: Attribution) -> bool:
    """Whether a phrase such as "according to" stands within the clause of a rule's verb.

    In "she said that the dam, according to engineers, could fail" the model gives the clause to
    the engineers alone.
    """
    parts = (*phrase.source, *phrase.cue, *phrase.content)
    return all(any(piece.contains(part) for piece in rule.content) for part in parts)


def _additions(
    doc: Doc, rules: Sequence[Attribution], found: Sequence[Attribution]
) -> list[Attribution]:
    nesting = Nesting(attribution.content for attribution in found)
    cues = Overlaps(attribution.cue for attribution in found)
    contents = Overlaps(attribution.content for attribution in found)
    return [
        rule
        for rule in rules
        if not any(True for _ in cues.touching(rule.cue))
        and ((_is_nested(rule, nesting) and _says_clause(doc, rule)) or _is_new(rule, contents))
    ]


def _says_clause(doc: Doc, rule: Attribution) -> bool:
    """Whether what is said is a clause or a quotation, or the act needs words to be done.

    To seek or to support a thing may be a deed; "they saw him leave" is what they went through,
    "they saw that he left" what they report.
    """
    if rule.kind == "direct" or rule.cue_at is None:
        return True
    cue = doc[rule.cue_at]
    if cue.pos_ not in {"VERB", "AUX", "NOUN"} or cue.dep_ == deps.PARATAXIS:
        return True  # "according to", and a cue in the midst of what is said
    tokens = [token for piece in rule.content for token in tokens_in(doc, piece)]
    clauses = [token for token in tokens if token.head.i == cue.i and token.dep_ in _CLAUSES]
    if not clauses:
        return rule.act in _OUTSPOKEN
    return any(rule.act != "perceive" or _is_finite(clause) for clause in clauses)


def _is_finite(clause: Token) -> bool:
    verbs = (clause, *children(clause, *deps.AUXILIARIES))
    return any(verb.tag_ in _FINITE for verb in verbs)


def _is_nested(rule: Attribution, nesting: Nesting) -> bool:
    anchor = (rule.cue or rule.content)[0]
    return nesting.innermost(anchor, over=sum(map(len, rule.content))) is not None


def _is_new(rule: Attribution, contents: Overlaps) -> bool:
    """Whether it quotes only, where no content of the model's is."""
    return rule.kind == "direct" and not any(True for _ in contents.touching(rule.content))


def _shared(one: Spans, other: Spans) -> int:
    """Return how many code points two parts share."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def _is_part(one: Attribution, whole: Spans, cues: Overlaps) -> bool:
    """Whether a content is part of one piece in which more is said, and by the same cues."""
    if len(whole) != 1 or not all(whole[0].contains(part) for part in one.content):
        return False
    if _shared((*one.source, *one.cue), whole):
        return False
    return set(cues.touching(one.content)) == set(cues.touching(whole))


def _all_mended(
    doc: Doc, text: str, proposals: Iterable[Proposal], index: QuotationIndex
) -> Iterator[Attribution]:
    """Yield proposals with their spans mended; one that says nothing is left out."""
    for proposal in proposals:
        cue = _with_verb(doc, _trimmed(doc, proposal.cue) or proposal.cue)
        source = _credited(doc, text, _one_sentence(text, proposal.source, index), cue)
        own = _own_sentences(text, proposal.content, index, cue)
        pieces = _trimmed(doc, _introduced(text, own, (*source, *cue), index))
        pieces = tuple(_of_noun(doc, piece, cue) for piece in pieces)
        pieces = _opened(doc, pieces, (*source, *cue))
        if not pieces or _is_pronoun(doc, pieces):
            continue
        wide = merged(_widened(piece, index, cue) for piece in pieces)
        wide = tuple(_up_to_mark(text, piece) for piece in wide)
        content = tuple(piece for piece in wide if not _shared((piece,), (*cue, *source)))
        content = content or pieces
        is_inner = _is_inner_quotation(text, content)
        yield Attribution(
            source=source,
            cue=cue,
            content=content,
            kind="direct" if is_inner else kind_of(text, content, index, cue),
            act="assert",
            score=proposal.score,
            extractor=proposal.extractor,
        )


def _opened(doc: Doc, pieces: Spans, tag: Spans) -> Spans:
    """Return content with the "that" before its clause, which is part of what is said."""
    first = next(iter(tokens_in(doc, pieces[0])), None) if pieces else None
    if first is None or first.i == 0 or first.is_quote:
        return pieces
    before = doc[first.i - 1]
    opens = before.lower_ == "that" and before.dep_ == deps.MARKER
    if not opens or _shared((token_span(before),), tag):
        return pieces
    return (Span(before.idx, pieces[0].end), *pieces[1:])


def _credited(doc: Doc, text: str, source: Spans, cue: Spans) -> Spans:
    """Return who is credited, without a dateline before.

    Nobody is by the "it" of "it was wrong to say so"; in "it is sure that" the verb is the cue's.
    """
    found = []
    for span in _trimmed(doc, source):
        line = text.rfind("\n", 0, span.start) + 1
        end = dateline_end(text, line, span.end)
        found.append(Span(end, span.end) if end is not None and end > span.start else span)
    head = head_in(doc, found[0]) if found else None
    if head is not None and is_expletive(head) and not _shared((token_span(head.head),), cue):
        return ()
    if head is not None and head.lower_ == "it" and head.dep_ == deps.PASSIVE_SUBJECT:
        return ()  # "it was added that"
    return tuple(found)


def _one_sentence(text: str, source: Spans, index: QuotationIndex) -> Spans:
    """Return a source without the next quotation and its tag, where it runs on into these."""
    found = []
    for span in source:
        ends = (
            quotation.span.start
            for quotation in index.within(span)
            if quotation.span.start > span.start
            and last_before(text, quotation.span.start) in tuple(_SENTENCE_ENDS)
        )
        found.append(Span(span.start, min(ends, default=span.end)))
    return tuple(found)


def _own_sentences(text: str, content: Spans, index: QuotationIndex, cue: Spans) -> Spans:
    """Return content without a quotation, closed by a full stop, before the clause a cue follows.

    In “We are ready.” The talks would resume, she said, the cue takes its own sentence.
    """
    found = []
    for piece in content:
        start = piece.start
        for quotation in index.within(piece):
            end, rest = quotation.span.end, text[quotation.span.end : piece.end].lstrip()
            ended = quotation.closed and text[quotation.inner.end - 1] in _SENTENCE_ENDS
            if ended and end <= cue[0].start and rest[:1].isupper():
                start = piece.end - len(rest)
        found.append(Span(start, piece.end))
    return tuple(found)


def _introduced(text: str, content: Spans, tag: Spans, index: QuotationIndex) -> Spans:
    """Return content without what stands before a sentence that introduces a quotation.

    In “It is closed.” Berg wrote: “We wait.” the first words are those of whoever spoke before.
    """
    start, end = min(span.start for span in tag), max(span.end for span in tag)
    if not text[end:].lstrip().startswith(":"):
        return content
    return tuple(
        piece for piece in content if piece.end > start or not _is_sentence(text, piece, index)
    )


def _is_sentence(text: str, piece: Span, index: QuotationIndex) -> bool:
    """Whether a piece is of a quotation that ends its sentence."""
    quotation = index.at(piece.start)
    return quotation is not None and text[quotation.inner.end - 1] in _SENTENCE_ENDS


def _trimmed(doc: Doc, spans: Spans) -> Spans:
    """Return spans in whole tokens, each within its paragraph, marks at their edges left out."""
    found = []
    for span in spans:
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand") or ()
        for _, line in groupby(tokens, key=_Paragraphs()):
            if (cut := span_of(line)) is not None:
                found.append(cut)
    return tuple(found)


def _is_pronoun(doc: Doc, content: Spans) -> bool:
    """Whether content is a mere "it" or "that", which puts nothing on record."""
    head = head_in(doc, content[0])
    return (
        len(content) == 1
        and head is not None
        and head.pos_ == "PRON"
        and (token_span(head).contains(content[0]))
    )


class _Paragraphs:
    """Numbers paragraphs: called with tokens in order, gives the number of each one's own."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self, token: Token) -> int:
        self._number += "\n" in token.text
        return self._number


def _widened(piece: Span, index: QuotationIndex, cue: Spans) -> Span:
    """Return a piece with the quotations whole of which it holds the greater part."""
    mostly = [
        quotation
        for quotation in index.within(piece)
        if 2 * _shared((piece,), (quotation.span,)) >= len(quotation.span)
        and not _shared((quotation.span,), cue)
    ]
    return widen(piece, QuotationIndex(tuple(mostly)), cue[0].start)


def _with_verb(doc: Doc, cue: Spans) -> Spans:
    """Return a cue that is but "was also" with the verb these words belong to: "was also said"."""
    tokens = list(tokens_in(doc, cue[-1]))
    verb = tokens[-1].head if tokens else None
    if verb is None or verb.i != tokens[-1].i + 1 or verb.pos_ != "VERB":
        return cue
    if any(token.dep_ not in _VERB_GROUP or token.head.i != verb.i for token in tokens):
        return cue
    return (*cue[:-1], Span(cue[-1].start, verb.idx + len(verb)))


def _of_noun(doc: Doc, piece: Span, cue: Spans) -> Span:
    """Return a piece behind a noun cue, cut where the verb follows whose subject the noun is.

    "His claim that the mill was safe angered all": what follows the clause is the narrator's.
    """
    noun = head_in(doc, cue[0])
    if noun is None or noun.pos_ != "NOUN" or noun.dep_ not in deps.SUBJECTS:
        return piece
    first = noun.head
    while first.i and first.nbor(-1).head.i == noun.head.i and first.nbor(-1).dep_ in _VERB_GROUP:
        first = first.nbor(-1)
    if not noun.idx < piece.start < first.idx < piece.end:
        return piece
    return span_of(doc.char_span(piece.start, first.idx, alignment_mode="contract") or ()) or piece


def _up_to_mark(text: str, piece: Span) -> Span:
    """Return a piece up to the mark in which the quotation ends that it begins with.

    “We stay,” and he hung up: with the mark the words end, unless others are quoted behind. An
    inner quotation takes its opening mark in.
    """
    ends = _ENDED.match(text, piece.start, piece.end)
    end = ends.end() if ends else piece.end
    opened = piece.start and text[piece.start - 1] in _INNER_OPENS
    inside = opened and text[end - 1] in _INNER_CLOSES and text[end - 2] in _BEFORE_MARKS
    return Span(piece.start - 1 if inside else piece.start, end)


def _is_inner_quotation(text: str, content: Spans) -> bool:
    return all(
        text[piece.start] in _INNER_OPENS and text[piece.end - 1] in _INNER_CLOSES
        for piece in content
    )


def _with_reading(mended: Attribution, rule: Attribution) -> Attribution:
    """Return the model's spans with what a rule read at the same cue."""
    source, source_at = mended.source, rule.source_at
    if not source and not _shared(rule.source, mended.content):
        source = rule.source
    elif source and not _shared(source, rule.source):
        source_at = None  # they name different sources: the rule's head is not this one's
    return replace(
        mended,
        source=source,
        act=rule.act,
        cue_at=rule.cue_at,
        source_at=source_at,
        addressee_at=rule.addressee_at,
    )


def _parsed(doc: Doc, mended: Attribution, cues: Cues) -> Attribution:
    """Return an attribution with a cue no rule knows: act and addressee from the parse."""
    cue = head_in(doc, mended.cue[0])
    asked = addressee_of(cue) if cue is not None and cue.pos_ == "VERB" else None
    taken = (*mended.content, *mended.source)
    if asked is not None and any(part.start <= asked.idx < part.end for part in taken):
        asked = None
    return replace(
        mended,
        act=acted(_act(doc, mended.cue, cue, cues), cue),
        cue_at=cue.i if cue is not None else None,
        addressee_at=asked.i if asked is not None else None,
    )


def _act(doc: Doc, cue: Spans, head: Token | None, cues: Cues) -> Act:
    """Return the act that the words of a cue report, its head first; assert if none is known."""
    tokens = list(doc.char_span(cue[0].start, cue[-1].end, alignment_mode="expand") or ())
    words = tuple(token.lower_ for token in tokens)
    if words in cues.phrases:
        return cues.phrases[words]
    for token in (head, *tokens) if head is not None else tokens:
        lemma = lemma_of(token)
        for word in words:
            if act := cues.act("preposition", f"{lemma} {word}"):
                return act
        for frame in _FRAMES:
            if act := cues.act(frame, lemma):
                return act
    return "assert"


def _with_source_head(doc: Doc, attribution: Attribution) -> Attribution:
    """Return an attribution with the head token of its source, if that is not known yet."""
    if attribution.source_at is not None or not attribution.source:
        return attribution
    head = head_in(doc, attribution.source[0])
    if head is not None and head.lower_ in RELATIVE:
        head = antecedent(head, head.head)
    return replace(attribution, source_at=head.i if head is not None else None)
