"""Groups that somebody calls his own: "our negotiators" are of his country."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.resolve.actors.roles import RELATIONAL, span_of
from onrecord.resolve.actors.sketch import Found, Sketch


def name_own_groups(
    doc: Doc,
    found: Sequence[Found],
    voice: Callable[[Token], Sketch | None],
    adjectives: Mapping[str, str],
) -> None:
    """Give "our negotiators" in somebody's mouth his country and its adjective.

    `voice` tells whose words a token is.
    """
    for mention in found:
        owner, sketch = doc[mention.start], mention.sketch
        if sketch is None or mention.form != "nominal" or owner.lower_ not in {"our", "my"}:
            continue
        speaker = voice(owner)
        if speaker is None or speaker.country is None or sketch.country:
            continue
        if doc[mention.head].lemma_.lower() in RELATIONAL:
            continue  # "our allies" are of other countries
        noun = doc[mention.start + 1 : mention.end].text
        name = f"{adjectives.get(speaker.country, '')} {noun}".strip()
        sketch.claim("voice", span_of(owner), name=name, country=speaker.country)


def adjectives_of(codebook: Codebook) -> Mapping[str, str]:
    """Return one adjective a country."""
    adjectives: dict[str, str] = {}
    for word, party in codebook.parties.adjectives.items():
        if party.country:
            adjectives.setdefault(party.country, word)
    return adjectives
