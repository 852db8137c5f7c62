"""Short forms of organisations: "the observatory" and "SOHR" after the name in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.language import dependencies as deps
from onrecord.resolve.actors.sketch import Found, Meant, Sketch, last_named

_BODIES = frozenset({"organisation", "government", "igo", "ngo", "armed_group", "bloc"})
_LINKS = frozenset({"of", "for", "on", "in", "to"})


def join_short_forms(doc: Doc, found: Sequence[Found]) -> Iterator[Found]:
    """Yield mentions in text order, short forms of an organisation named before linked to it.

    An acronym is what stands in brackets behind a name, or the initials of an unknown one; a noun
    with "the" and nothing else stands for the body named last whose name has it for head, unless
    another such body is named in the same sentence: then it has no actor, and the candidates.
    """
    acronyms: dict[str, Sketch] = {}
    heads: dict[str, list[Found]] = defaultdict(list)
    for mention in sorted(found, key=lambda one: (one.start, -one.end)):
        meant = _meant(doc, mention, acronyms, heads)
        linked = mention
        if meant is not None:
            linked = replace(mention, sketch=meant.sketch, candidates=meant.candidates)
        yield linked
        own = linked.sketch
        if own is None or own.kind not in _BODIES or mention.form != "name":
            continue
        words = [doc[i].text for i in range(mention.start, mention.end) if doc[i].lower_ != "the"]
        if len(words) < 2:
            continue
        acronyms.update(dict.fromkeys(_acronyms(doc, mention, words), own))
        heads[_head(words)].append(linked)


def _meant(
    doc: Doc,
    mention: Found,
    acronyms: dict[str, Sketch],
    heads: Mapping[str, Sequence[Found]],
) -> Meant | None:
    """Return the body that a mention is a short form of, None when it is none."""
    words = [doc[i] for i in range(mention.start, mention.end)]
    definite = mention.start > 0 and doc[mention.start - 1].lower_ == "the"
    if words[0].lower_ == "the":
        definite, words = True, words[1:]
    if len(words) != 1:
        return None
    (word,) = words
    if word.text in acronyms:
        return Meant(acronyms[word.text])
    named = heads.get(word.lower_, ())
    complete = not any(child.dep_ == deps.PREP for child in word.children)
    return last_named(doc, named) if named and definite and complete else None


def _acronyms(doc: Doc, mention: Found, words: Sequence[str]) -> Iterator[str]:
    """Yield the acronyms of a name: its initials, and what brackets give behind it."""
    initials = "".join(word[0] for word in words if word[0].isupper())
    if len(initials) > 2:
        yield initials
    match [token.text for token in doc[mention.end : mention.end + 3]]:
        case ["(", short, ")"] if short.isupper():
            yield short


def _head(words: Sequence[str]) -> str:
    """Return the noun a name turns on: "observatory" of "Observatory for Human Rights"."""
    for number, word in enumerate(words):
        if number and word.lower() in _LINKS:
            return words[number - 1].lower()
    return words[-1].lower()
