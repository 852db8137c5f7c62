"""The page as a whole: a record's text and cards, ready for the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.records import Article, Record
from onrecord.report.cards import Card, make_cards
from onrecord.report.directory import NARRATION, UNNAMED, Directory
from onrecord.report.segments import (
    Kind,
    Paragraph,
    Part,
    Piece,
    covers_of,
    paragraphs,
    split_text,
)
from onrecord.report.wording import (
    ACTOR_KINDS,
    PUBLISHED_FROM,
    SECTORS,
    country_words,
    date_words,
    title_words,
)
from onrecord.tables import ground_words

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("statement", "Statements"),
    ("event", "Events"),
    ("figure", "Figures"),
    ("condition", "Conditions"),
    ("demand", "Demands"),
    ("term", "Terms"),
    ("time", "Dates"),
    ("place", "Places"),
)
_SUBHEADING_LENGTH = 90  # characters; a longer line is a paragraph whatever it ends with
_ENDS_A_SENTENCE = tuple(".!?:;,…\"'”’»)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text with what the page needs to mark it."""

    text: str
    kinds: tuple[Kind, ...] = ()  # the kinds that mark these words, each once
    rows: str = ""  # "12:content a3:aside": the rows that cover it and what it is to each
    opens: int | None = None  # the card that begins here, the closest-fitting of several
    key: str | None = None  # the page's name for it, when cards point back to it
    doubt: str | None = None  # "he: Lavrov or Putin?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of the article, and the cards that begin in it."""

    number: int  # from 1; the headline, where the text has it, is 0
    runs: tuple[Run, ...]
    cards: tuple[Card, ...]
    is_subheading: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick: a kind of row or a voice, and how many cards it shows."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One line of the list of persons and parties."""

    key: str
    name: str
    details: str
    grounds: tuple[str, ...]  # why it has its kind, country and sector
    count: int  # mentions in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the template shows."""

    article: Article
    title: str
    headline: Block | None  # the text's own first line, when that is the title
    published: str | None
    link: str | None  # the address, when it is one a browser may follow
    blocks: tuple[Block, ...]
    kinds: tuple[Choice, ...]
    voices: tuple[Choice, ...]
    actors: tuple[ActorEntry, ...]
    anchors: Mapping[int, str]  # a card's number to the key of the run where it begins
    extractors: tuple[str, ...]
    numbers: Mapping[str, int]  # of the cards, by the ids of their rows


def make_page(record: Record) -> Page:
    """Return what the page of a record shows."""
    article = record.article
    directory = Directory(record)
    cards = make_cards(record, directory)
    lines = paragraphs(split_text(article.text, covers_of(record)))
    starts_with_title = bool(lines) and _is_title(lines[0], article.title)
    setter = _Setter(cards, directory)
    first = 0 if starts_with_title else 1
    blocks = tuple(setter.block(line, number) for number, line in enumerate(lines, start=first))
    return Page(
        article=article,
        title=article.title
        or (_words(lines[0]) if starts_with_title else title_words(None, article.text)),
        headline=blocks[0] if starts_with_title else None,
        published=_published(article),
        link=_followable(article.url),
        blocks=blocks[1:] if starts_with_title else blocks,
        kinds=_kind_choices(cards),
        voices=_voice_choices(record, cards, directory),
        actors=_actor_entries(record, directory),
        anchors=setter.anchors,
        extractors=tuple(sorted({card.extractor for card in cards})),
        numbers={card.row_id: card.number for card in cards},
    )


class _Setter:
    """Sets lines into blocks, and notes in which run each card begins."""

    def __init__(self, cards: Iterable[Card], directory: Directory) -> None:
        self.anchors: dict[int, str] = {}
        self._cards = {card.row_id: card for card in cards}
        self._directory = directory
        self._runs = 0

    def block(self, line: Paragraph, number: int) -> Block:
        """Return one line with the cards that begin in it, in order."""
        begun = len(self.anchors)
        runs = tuple(self._run(piece) for piece in line)
        numbers = sorted(list(self.anchors)[begun:])
        by_number = {card.number: card for card in self._cards_of(line)}
        return Block(
            number=number,
            runs=runs,
            cards=tuple(by_number[number] for number in numbers),
            is_subheading=_is_subheading(line),
        )

    def _cards_of(self, line: Paragraph) -> Iterator[Card]:
        for piece in line:
            for part in piece.parts:
                if part.kind not in {"mention", "doubt"}:
                    yield self._cards[part.row_id]

    def _run(self, piece: Piece) -> Run:
        marking = [part for part in piece.parts if part.role != "aside"]
        numbers = [self._cards[part.row_id].number for part in marking]
        begins = [number for number in numbers if number not in self.anchors]
        key = None
        if begins:
            self._runs += 1
            key = f"t{self._runs}"
            self.anchors.update((number, key) for number in begins)
        return Run(
            text=piece.text,
            kinds=tuple(dict.fromkeys(part.kind for part in marking)),
            rows=" ".join(self._named(part) for part in piece.parts),
            opens=begins[0] if begins else None,
            key=key,
            doubt=next(
                (self._directory.doubt(one.row_id) for one in piece.parts if one.kind == "doubt"),
                None,
            ),
        )

    def _named(self, part: Part) -> str:
        if part.kind == "mention":
            return f"{self._directory.actor_key(part.row_id)}:mention"
        if part.kind == "doubt":
            return " ".join(f"{key}:mention" for key in self._directory.possible_keys(part.row_id))
        return f"n{self._cards[part.row_id].number}:{part.role}"


def _words(line: Paragraph) -> str:
    return "".join(piece.text for piece in line).strip()


def _is_title(line: Paragraph, title: str | None) -> bool:
    return _is_subheading(line) if title is None else _words(line) == title.strip()


def _is_subheading(line: Paragraph) -> bool:
    words = _words(line)
    return len(words) <= _SUBHEADING_LENGTH and not words.endswith(_ENDS_A_SENTENCE)


def _published(article: Article) -> str | None:
    if article.published is None or article.published_from is None:
        return None
    return f"{date_words(article.published)} ({PUBLISHED_FROM[article.published_from]})"


def _followable(url: str | None) -> str | None:
    """Return a web address, None for anything else: a page may be given "javascript:…"."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _kind_choices(cards: Iterable[Card]) -> tuple[Choice, ...]:
    counts = Counter(card.face.kind for card in cards)
    return tuple(Choice(kind, label, counts[kind]) for kind, label in _KINDS if counts[kind])


def _voice_choices(
    record: Record, cards: Iterable[Card], directory: Directory
) -> tuple[Choice, ...]:
    """Return the voices that vouch for a card: the article itself, then the most frequent."""
    counts = Counter(card.face.voice_key for card in cards if card.face.voice_key)
    names = {NARRATION: "The article itself", UNNAMED: "Speaker not named"}
    for actor in record.actors:
        names[directory.actor_key(actor.actor_id)] = actor.name
    choices = [Choice(key, names[key], count) for key, count in counts.items()]
    return tuple(sorted(choices, key=_voice_order))


def _voice_order(choice: Choice) -> tuple[bool, int, str, str]:
    return choice.key != NARRATION, -choice.count, choice.label, choice.key


def _actor_entries(record: Record, directory: Directory) -> tuple[ActorEntry, ...]:
    entries = []
    for actor in record.actors:
        sector = SECTORS.get(actor.sector, actor.sector) if actor.sector else None
        details = (ACTOR_KINDS[actor.kind], country_words(actor.country), sector)
        known = dict.fromkeys(part for part in details if part and part != actor.name)
        entry = ActorEntry(
            key=directory.actor_key(actor.actor_id),
            name=actor.name,
            details=", ".join(known),
            grounds=tuple(ground_words(record.article, actor)),
            count=directory.mention_count(actor),
        )
        entries.append(entry)
    return tuple(sorted(entries, key=lambda entry: (-entry.count, entry.name, entry.key)))
