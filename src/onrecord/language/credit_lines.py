"""Credit lines: who wrote, edited or pictured what a page shows, told beside the story."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from onrecord.language import lexicon

_WORD = r"(?:[A-Z]\.|(?:[a-z]{1,3}-)?[A-Z][\w’'-]*)"
_FURTHER = rf"(?: (?:(?:al|bin|da|de|der|of|the|van|von) )*{_WORD})"
_NAME = rf"(?<![\w’'-]){_WORD}{_FURTHER}{{0,5}}"
_FULL_NAME = rf"(?<![\w’'-])(?!The ){_WORD}{_FURTHER}{{1,5}}"
_NAMES = rf"{_NAME}(?: ?(?:,|/|;|&|, and| and|, for| for| via) ?{_NAME}){{0,12}}"
_LINK = r"(?: ?/ ?| via )"
_END = r"(?=[ \t]*(?:[.;)•]|$|Image caption|Photo caption))"
# An acronym is written as one: "the PA" of a story is no "pa" of a credit line.
_ACRONYMS = lexicon.words("speech.credited_acronyms")
_SHORT = "|".join(sorted({*_ACRONYMS, *map(str.upper, _ACRONYMS)}))
_LONG = lexicon.alternation("speech.credited")
_AGENCY = rf"(?:The )?(?:(?:{_SHORT})|(?i:{_LONG}))(?: Images| News)?(?![\w-])"
_WORK = lexicon.alternation("speech.contributing")
_PICTURE = lexicon.alternation("speech.picturing")
_FORMS = (
    # "Additional reporting by Ann Berg", "(Writing by A. Berg; Editing by B. Aas)", "Author: Berg"
    rf"(?:(?:^|[.;)(”\"] ?|• )(?i:(?:additional |further )?(?:{_WORK})(?: by|:))) {_NAMES}{_END}",
    # "Photo by Ann Berg", "Photograph: Ann Berg/Alamy", "Image copyright AFP Image caption"
    rf"(?:(?:^|[.;)(”\"] ?)(?i:{_PICTURE})(?: by| copyright)|(?i:{_PICTURE}):) {_NAMES}{_END}",
    # "Ann Berg/AFP", "Ann Berg/Pool via AP"
    rf"{_FULL_NAME}(?: ?/ ?{_NAME}){{0,4}}{_LINK}{_AGENCY}(?:{_LINK}{_NAME}){{0,4}}",
    # "(AFP, dpa)" at a line's end, "MOSCOW (AP) — "
    rf"\({_AGENCY}(?:[,/;] ?{_AGENCY})*\)(?=[ \t]*(?:[—–-]|$))",
    r"(?:^|(?<=\w ))Getty Images(?=$| [A-Z])",  # a caption's end, run into what follows
    rf"^By {_NAMES}$",
)
_CREDITS = tuple(re.compile(form, re.MULTILINE) for form in _FORMS)


def credited(doc: Doc) -> frozenset[int]:
    """Return the tokens of a text's credit lines: whoever is named there takes no part."""
    spans = [match.span() for form in _CREDITS for match in form.finditer(doc.text)]
    return frozenset(
        token.i
        for start, end in spans
        for token in doc.char_span(start, end, alignment_mode="expand") or ()
    )
