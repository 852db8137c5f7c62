"""What a phrase says: its head and the words around it give country and sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.codebook.parties import Party
from onrecord.codebook.phrases import NOBODY, UNIDENTIFIED, PhraseWords
from onrecord.language import lexicon
from onrecord.resolve.offices.names import NamedPerson
from onrecord.resolve.offices.pieces import Piece
from onrecord.resolve.offices.words import Word

_QUANTITIES = lexicon.words("people.quantities")
_OUTRANKED = frozenset({"MIL", "UAF", "PRM"})  # by the armed group whose fighters they are
_OFFICES = frozenset({"GOV", "LEG", "MIL", "JUD", "COP", "SPY", "IGO"})
_EXECUTIVES = frozenset(  # of an international body they are its government
    {("president",), ("vice", "president"), ("commissioner",), ("chief", "executive")}
)
_GROUND = lexicon.words("grammar.ground_links")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that decided, what they were read as, and the list or table that has them."""

    words: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class Side:
    """What part of a phrase says; `sector` may be UNIDENTIFIED or NOBODY."""

    country: str | None = None
    usual: str | None = None  # the country of a body that is named, unless the words tell another
    sector: str | None = None
    party: Party | None = None
    person: NamedPerson | None = None
    head: Piece | None = None  # the noun that names the actor
    former: bool = False
    evidence: tuple[Evidence, ...] = field(default=())


class PhraseReader:
    """Reads one phrase that is cut into pieces."""

    def __init__(self, words: Sequence[Word], lists: PhraseWords, date: str | None) -> None:
        self._words, self._lists, self._date = words, lists, date

    def read(self, pieces: Sequence[Piece]) -> Side:
        """Return what pieces say: the part before the first link or break, helped by the next."""
        parts = self._parts(pieces)
        core, rest = parts[0], parts[1]
        if not core:
            return self.read(rest[1:]) if rest else Side()
        if self._is_quantity(core, rest):
            return self.read(rest[1:])
        side = self._core(core)
        link = rest[0] if rest else None
        if link is not None and link.kind == "link":
            return self._with_complement(side, self._words[link.start].plain, self.read(rest[1:]))
        if link is not None and side.head is None and side.party is None and side.person is None:
            return self.read(rest[1:]) if link.kind == "word" else side
        if link is not None and self._after_comma(link):
            return self._joined(side, self.read(rest))
        return side

    def _parts(self, pieces: Sequence[Piece]) -> tuple[Sequence[Piece], Sequence[Piece]]:
        for at, piece in enumerate(pieces):
            if piece.kind in {"link", "break"} or (at and self._after_comma(piece)):
                return pieces[:at], pieces[at:]
        return pieces, ()

    def _after_comma(self, piece: Piece) -> bool:
        return piece.start > 0 and self._words[piece.start - 1].comma

    def _is_quantity(self, core: Sequence[Piece], rest: Sequence[Piece]) -> bool:
        """Whether a core only says how many: "dozens of", "a group of"."""
        last = self._words[core[-1].end - 1]
        named = any(piece.kind in {"name", "modifier"} for piece in core[:-1])
        nouns = sum(piece.kind == "noun" for piece in core)
        return (
            bool(rest)
            and self._words[rest[0].start].plain == "of"
            and last.key in _QUANTITIES
            and not named
            and nouns <= 1
        )

    def _core(self, core: Sequence[Piece]) -> Side:
        person = next((piece for piece in core if piece.person is not None), None)
        head = self._head(core)
        side = replace(self._country(core), head=head)
        common = next((p.known for p in core if p.kind == "noun" and p.known is not None), None)
        if common is not None and side.usual is None:
            side = replace(side, usual=common.party.on(self._date).country)
        if person is not None and person.person is not None:
            if head is None or head.start < person.start:
                side = replace(side, person=person.person)
            elif side.country is None:  # "the Biden administration"
                side = replace(side, country=person.person.person.country)
        side = replace(side, former=any(piece.kind == "former" for piece in core))
        if head is None:
            return self._nameless(core, side)
        return self._sector(core, head, side)

    def _head(self, core: Sequence[Piece]) -> Piece | None:
        """Return the last noun; a small last word behind it is another head, unknown."""
        for at in range(len(core) - 1, -1, -1):
            piece = core[at]
            if piece.kind in {"noun", "modifier"}:
                return piece
            word = self._words[piece.start]
            if piece.kind == "word" and not word.capital and not word.text[0].isdigit():
                return None
        return None

    def _nameless(self, core: Sequence[Piece], side: Side) -> Side:
        """Return the side of a core without a noun: a name, or words that nothing knows."""
        names = [piece.known for piece in core if piece.known is not None]
        last = core[-1]
        whole = last.known is not None
        if not names or not whole:
            modifiers = [piece for piece in core if piece.kind in {"noun", "modifier"}]
            sector = modifiers[-1].noun.sector if modifiers and modifiers[-1].noun else None
            return replace(side, sector=sector if sector != NOBODY else None)
        known = last.known
        assert known is not None
        party = known.party.on(self._date)
        stands_for = known.form not in {"adjective", "people"}
        bare = known.form == "name" and known.party.kind == "state"
        if not stands_for or bare:
            return replace(side, sector=None, party=party if stands_for else side.party)
        told = Evidence(self._text(last), f"sector {party.sector}", party.source)
        return replace(side, sector=party.sector, party=party, evidence=(*side.evidence, told))

    def _sector(self, core: Sequence[Piece], head: Piece, side: Side) -> Side:
        assert head.noun is not None
        sector, source = head.noun.sector, head.noun.source
        deciding = head
        if head.key in self._lists.weak or head.kind == "modifier":
            for piece in reversed(core[: core.index(head)]):
                noun = piece.noun
                if noun is None or (piece.key in self._lists.weak and piece.kind == "noun"):
                    continue
                if noun.sector not in {UNIDENTIFIED, NOBODY}:
                    sector, source, deciding = noun.sector, noun.source, piece
                    break
            else:
                lent = side.party.on(self._date) if side.party else None
                if self._lends(lent, head):
                    assert lent is not None
                    assert lent.sector is not None
                    sector, source, deciding = lent.sector, lent.source, head
        elif sector in _OUTRANKED and side.party is not None:
            group = side.party.on(self._date)
            if group.kind == "armed_group" and group.sector:
                sector, source = group.sector, group.source
        words = self._text(deciding)
        return replace(
            side,
            sector=sector,
            evidence=(*side.evidence, Evidence(words, f"sector {sector}", source)),
        )

    @staticmethod
    def _lends(party: Party | None, head: Piece) -> bool:
        """Whether a noun takes its sector from a party: "Hamas official", not "Paris official"."""
        if party is None or party.sector is None or party.source == "places.csv":
            return False
        if party.sector == "IGO" and head.key in _EXECUTIVES:
            return False
        if party.sector == "BUS" and head.noun is not None and head.noun.sector == "LAB":
            return False
        return party.kind not in {"state", "bloc"}

    def _country(self, core: Sequence[Piece]) -> Side:
        """Return the party of a core, the country that its words tell, and those words.

        Of several countries the first counts; the country of a body named is only its usual one.
        """
        named = [
            (piece, piece.known.party.on(self._date))
            for piece in core
            if piece.kind == "name" and piece.known is not None and not self._is_tied(piece)
        ]
        states = [one for one in named if _is_ground(one[1])]
        bodies = [one for one in named if not _is_ground(one[1])]
        party = bodies[-1][1] if bodies else (states[0][1] if states else None)
        first = next((one for one in states if one[1].country), None)
        usual = next((one for one in reversed(bodies) if one[1].country), None)
        told = first or usual
        return Side(
            country=first[1].country if first else None,
            usual=usual[1].country if usual else None,
            party=party,
            evidence=(self._told(*told),) if told else (),
        )

    def _told(self, piece: Piece, party: Party) -> Evidence:
        return Evidence(self._text(piece), f"country {party.country}", party.source)

    def _is_tied(self, piece: Piece) -> bool:
        """Whether a hyphen makes a name say whose help or ground: "pro-Russian", "US-backed"."""
        before = self._words[piece.start - 1].plain if piece.start else ""
        if before in self._lists.tied_before and self._words[piece.start].joined:
            return True
        if piece.end >= len(self._words):
            return False
        behind = self._words[piece.end]
        if behind.plain == "and" and piece.end + 1 < len(self._words):
            joined = self._ending(piece.end + 1)  # "US and EU-backed"
            return joined is not None and self._is_participle(joined)
        return self._is_participle(behind)

    def _ending(self, start: int) -> Word | None:
        """Return the first word that a hyphen ties to one word or more from a place on."""
        return next((word for word in self._words[start + 1 : start + 4] if word.joined), None)

    def _is_participle(self, word: Word) -> bool:
        """Whether a word behind a hyphen says what a name does: "-led", "-sanctioned"."""
        return word.joined and (word.plain in self._lists.tied_after or word.plain.endswith("ed"))

    def _text(self, piece: Piece) -> str:
        return " ".join(word.text for word in self._words[piece.start : piece.end])

    def _with_complement(self, side: Side, link: str, other: Side) -> Side:
        """Return a core with what "of the army" or "in eastern Ukraine" adds to it."""
        head = side.head
        country, evidence = side.country, side.evidence
        ground = link in _GROUND or link == "for"  # "the UN envoy for Chad"
        sent = head is not None and ground and head.key[-1:] in self._last_sent()
        if country is None and not sent and (side.usual is None or link == "of"):
            country = other.country or (other.person.person.country if other.person else None)
            evidence = (*evidence, *(e for e in other.evidence if e.meaning.startswith("country")))
        sector = side.sector
        weak = head is not None and (head.key in self._lists.weak or head.kind == "modifier")
        lends = other.sector not in {None, UNIDENTIFIED, NOBODY} and not _names_ground(other)
        undecided = sector == UNIDENTIFIED or (
            weak and head is not None and head.noun is not None and sector == head.noun.sector
        )
        party = side.party
        executive = other.sector == "IGO" and head is not None and head.key in _EXECUTIVES
        if weak and undecided and lends and link != "to" and not executive:
            sector = other.sector
            party = party or other.party
            evidence = (*evidence, *(e for e in other.evidence if e.meaning.startswith("sector")))
        person = side.person
        return replace(
            side, country=country, sector=sector, party=party, person=person, evidence=evidence
        )

    def _last_sent(self) -> frozenset[tuple[str, ...]]:
        return frozenset(key[-1:] for key in self._lists.sent)

    @staticmethod
    def _joined(first: Side, second: Side) -> Side:
        """Return a name with what stands beside it: "Peskov, the Kremlin spokesman"."""
        return replace(
            first,
            country=first.country or second.country,
            sector=first.sector if first.sector not in {None, UNIDENTIFIED} else second.sector,
            head=first.head or second.head,
            person=first.person or second.person,
            party=first.party or second.party,
            former=first.former or second.former,
            evidence=(*first.evidence, *second.evidence),
        )


def _is_ground(party: Party) -> bool:
    """Whether a party is a country or a place in one."""
    return party.kind == "state" or party.source == "places.csv"


def _names_ground(side: Side) -> bool:
    """Whether a complement only names a country or place."""
    return side.head is None and (side.party is None or _is_ground(side.party))


def left_office(sector: str | None) -> str | None:
    """Return the sector of who has left an office or post of some sector."""
    return "ELI" if sector in _OFFICES else sector
