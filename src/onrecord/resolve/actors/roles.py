"""Roles: the offices, countries and sectors that words around a name or noun give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from onrecord.codebook import Codebook
from onrecord.codebook.parties import Party
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children
from onrecord.records import Span
from onrecord.resolve.actors.named import Named

_LINKS = lexicon.words("grammar.allegiance_links")
_INSIDE_TITLE = frozenset({"of", "for", "the"})  # "Secretary of State"
RELATIONAL = lexicon.words("roles.relational")
ENVOYS = lexicon.words("roles.envoys")
_SENT_TO = frozenset({"to", "for", "in"})
_OWNING = frozenset({"of", "from"})
_BEFORE = frozenset({deps.ADJECTIVE, deps.COMPOUND, deps.NOUN_MODIFIER, deps.POSSESSOR})
_CAMPAIGN = "campaign"
_SENT, _COMMISSIONER = "ambassador", "commissioner"
FORMER = lexicon.words("roles.former")
_SOLID, _THOUGHT = lexicon.words("things.solid"), lexicon.words("things.thought")


@dataclass(frozen=True, slots=True)
class Role:
    """What a phrase says of the actor it stands for."""

    words: str | None = None  # the office in the text's words
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    former: bool = False
    country_at: Span | None = None  # the words that tell the country


def bounds(noun: Token) -> tuple[int, int]:
    """Return the tokens of a noun with what stands before it and belongs to it alone."""
    start = noun.i
    for child in reversed(list(noun.lefts)):
        if child.dep_ in {deps.PREP, deps.CONJUNCTION} or child.tag_ == "VBD":
            break
        start = child.left_edge.i
        others = [one for one in child.conjuncts if one.i < noun.i]
        if child.dep_ == deps.NOUN_MODIFIER and others:
            start = others[-1].left_edge.i  # "the US and EU countries": the countries are the EU's
            break
    while start < noun.i and (noun.doc[start].is_punct or noun.doc[start].is_space):
        start += 1
    return start, noun.i + 1


def _is_hyphenated(token: Token) -> bool:
    """Whether a word stands between hyphens: "in" of "Commander-in-Chief"."""
    around = token.doc[max(0, token.i - 1) : token.i + 2]
    return [one.text for one in around] == ["-", token.text, "-"]


def span_of(token: Token) -> Span:
    """Return the characters of a token."""
    return Span(token.idx, token.idx + len(token))


def _links(noun: Token) -> tuple[Token, ...]:
    """Return the prepositions of a noun, else of the last one it shares them with.

    In "the wives and children of Australians" both are theirs; a second article would part them.
    """
    own = children(noun, deps.PREP)
    if own or not noun.conjuncts:
        return own
    last = noun.conjuncts[-1]
    parted = last.i < noun.i or children(last, deps.DETERMINER, deps.POSSESSOR, deps.NUMBER)
    return () if parted else tuple(one for one in children(last, deps.PREP) if one.lower_ == "of")


def _tells_kind(word: Token) -> bool:
    """Whether a word before a noun says of what kind it is, and names nobody."""
    return word.dep_ in deps.MODIFIERS and word.pos_ in {"ADJ", "NOUN", "VERB"} and word.is_lower


def _is_tied(word: Token) -> bool:
    """Whether a hyphen makes a name say whose help it is: "US" in "US-led rebels"."""
    if word.dep_ == deps.ADVERBIAL_NOUN:
        return True
    joined = [one.text for one in word.doc[word.i + 1 : word.i + 3]]
    return len(joined) == 2 and joined[0] == "-" and joined[1].endswith("ed")


class RoleReader:
    """Reads roles in one parse."""

    def __init__(self, doc: Doc, codebook: Codebook, named: Sequence[Named]) -> None:
        self._doc = doc
        self._sectors = codebook.sectors
        self._party_at: Mapping[int, Party] = {
            position: match.party for match in named for position in range(match.start, match.end)
        }

    @property
    def countries(self) -> frozenset[str]:
        """The countries that the text names, itself or by a seat, body or adjective of theirs."""
        return frozenset(party.country for party in self._party_at.values() if party.country)

    def party_at(self, token: Token) -> Party | None:
        """Return the party that a known name or adjective at a token refers to."""
        return self._party_at.get(token.i)

    def is_courtesy(self, token: Token) -> bool:
        """Whether a token is a courtesy title such as "Mr." or a title such as "President"."""
        word = token.lower_.rstrip(".")
        return word in self._sectors.honorifics or (word,) in self._sectors.titles

    def before_name(self, entity: Slice) -> tuple[int, Role]:
        """Return where the titles before a name begin (a token position), and what they say.

        Without a title or courtesy title that is the name's own beginning.
        """
        first = start = entity.start
        while start > entity.sent.start and self._may_precede(self._doc[start - 1]):
            start -= 1
            if self._is_title(start, entity.start):
                first = start
        while first > entity.sent.start and first < entity.start and self._extends(first - 1):
            first -= 1
        prefix = self._doc[first : entity.start] if first < entity.start else None
        return first, self._prefix_role(prefix) if prefix is not None else Role()

    def _may_precede(self, token: Token) -> bool:
        if token.is_space or (token.is_punct and token.text not in {"-", "."}):
            return False
        if token.lower_ in _INSIDE_TITLE or _is_hyphenated(token):
            return True
        return token.pos_ in {"PROPN", "NOUN", "ADJ", "PUNCT"} or self.party_at(token) is not None

    def _is_title(self, start: int, end: int) -> bool:
        words = tuple(token.lower_.rstrip(".") for token in self._doc[start:end])
        linked = max((n for n, word in enumerate(words) if word in _INSIDE_TITLE), default=-1)
        if words[0] in self._sectors.honorifics:
            return linked < 0
        spoken = tuple(token.lower_ for token in self._doc[start:end])
        return any(  # the title has to reach over its "of": "spokesman of President Putin" has none
            spoken[:n] in self._sectors.titles or words[:n] in self._sectors.titles
            for n in range(linked + 2, min(len(words), self._sectors.longest) + 1)
        )

    def _extends(self, position: int) -> bool:
        """Whether the word before a title belongs to it: "Russian", "Kremlin", "deputy"."""
        token = self._doc[position]
        if self.party_at(token) is not None:
            return True
        return token.lower_ in FORMER or (
            token.pos_ in {"ADJ", "NOUN", "PROPN"}
            and token.dep_ in deps.MODIFIERS
            and token.head.i > position
        )

    def _prefix_role(self, prefix: Slice) -> Role:
        country, country_at = self._first_country(self._without_host(prefix))
        words = [
            token
            for token in prefix
            if token.lower_.rstrip(".") not in self._sectors.honorifics
            and not (self.party_at(token) and token.tag_.startswith("JJ"))
        ]
        while words and (party := self.party_at(words[0])) and party.kind == "state":
            if words[0].text in {"Kremlin"} or len(words) == 1 or words[0].dep_ != deps.COMPOUND:
                break
            words.pop(0)
        text = self._doc[words[0].i : words[-1].i + 1].text if words else None
        lowered = tuple(token.lower_ for token in words)
        former = any(token.lower_ in FORMER for token in prefix)
        sector = self._sectors.of_title(lowered) or self._sectors.of_noun(lowered)
        return Role(
            words=text,
            country=country,
            sector="ELI" if former and sector in {"GOV", "LEG", "MIL"} else sector,
            gender=self._gender(prefix),
            former=former,
            country_at=country_at,
        )

    def _first_country(self, tokens: Iterable[Token]) -> tuple[str | None, Span | None]:
        """Return the first country that known names and adjectives tell, and which words do."""
        for token in tokens:
            party = self.party_at(token)
            if party is not None and party.country:
                return party.country, span_of(token)
        return None, None

    def _gender(self, tokens: Slice) -> str | None:
        for token in tokens:
            if gender := self._sectors.genders.get(token.lower_.rstrip(".")):
                return gender
        return None

    def of_noun(self, noun: Token) -> Role:
        """Return the role a noun phrase names: "Russia's foreign minister", "US officials"."""
        before = [token for token in noun.lefts if token.dep_ in deps.MODIFIERS]
        words = [*sorted((t for left in before for t in left.subtree), key=lambda t: t.i), noun]
        lemmas = tuple(token.lemma_.lower() for token in words)
        former = any(token.lower_ in FORMER for token in words)
        sector = self._sectors.of_noun(lemmas) or self._sectors.of_title(lemmas)
        country, party, country_at = self._country_of(noun)
        if noun.lemma_.lower() in RELATIONAL:  # "its Russian backers", but not "Kyiv's allies"
            country, country_at = self._first_country(children(noun, deps.ADJECTIVE))
        if sector is None and party is not None:
            sector = party.sector
        if sector == "MIL" and party is not None and party.kind == "armed_group":
            sector = party.sector
        kept = [token for token in words if not (self.party_at(token))]
        text = self._doc[kept[0].i : kept[-1].i + 1].text if kept else None
        return Role(
            words=text,
            country=country,
            sector="ELI" if former and sector in {"GOV", "LEG"} else sector,
            gender=self._sectors.genders.get(noun.lemma_.lower()),
            former=former,
            country_at=country_at,
        )

    def _country_of(self, noun: Token) -> tuple[str | None, Party | None, Span | None]:
        """Return the country a noun phrase belongs to, the party that gives it, and its words."""
        candidates = [
            token
            for child in noun.lefts
            if child.dep_ in deps.QUALIFIERS
            for token in child.subtree
            if token.i >= bounds(noun)[0] and not _is_tied(token)
        ]
        sent = noun.lemma_.lower() in ENVOYS or any(map(self._is_of_body, candidates))
        for link in _links(noun):
            if link.lower_ in (_OWNING if sent else _LINKS):
                candidates += [
                    t for child in children(link, deps.PREP_OBJECT) for t in (child, *child.lefts)
                ]
        parties = [(party, token) for token in candidates if (party := self.party_at(token))]
        for party, token in parties:
            if party.country:
                return party.country, party, span_of(token)
        return None, parties[0][0] if parties else None, None

    def is_of_state(self, noun: Token) -> bool:
        """Whether a state's name, seat or adjective stands before a noun: "Kremlin leader"."""
        words = children(noun, *deps.QUALIFIERS)
        parties = [party for word in words if (party := self.party_at(word))]
        return any(party.kind == "state" for party in parties)

    def serves_body(self, word: Token) -> bool:
        """Whether the words beside somebody say that he serves an international body.

        They stand before a noun or before and behind a name: "EU commissioner", "the UN's envoy".
        Ambassadors to a body are their country's. "The commissioner for trade" is one of a body
        that the text names.
        """
        nouns = [word, *children(word, deps.APPOSITION)]
        if word.dep_ in {deps.APPOSITION, deps.COMPOUND}:
            nouns.append(word.head)
        return any(noun.lemma_.lower() != _SENT and self._is_of_a_body(noun) for noun in nouns)

    def _is_of_a_body(self, noun: Token) -> bool:
        before = [word for left in noun.lefts if left.dep_ in _BEFORE for word in left.subtree]
        if any(map(self._is_of_body, before)):
            return not any(one.lemma_.lower() == _SENT for one in before)
        links = children(noun, deps.PREP)
        if noun.lemma_.lower() == _COMMISSIONER:
            if any(one.lower_ == "european" for one in before):
                return True
            if any(one.lower_ == "for" for one in links):
                return any(party.kind == "igo" for party in self._party_at.values())
        owners = [
            one
            for link in links
            if link.lower_ in _OWNING
            for one in children(link, deps.PREP_OBJECT)
        ]
        return any(map(self._is_of_body, owners))

    def _is_of_body(self, token: Token) -> bool:
        """Whether a word names an international body, whose people are no country's."""
        party = self.party_at(token)
        return party is not None and party.kind == "igo" and party.country is None

    def _without_host(self, title: Slice) -> Sequence[Token]:
        """Return the words of a title up to the country that somebody is sent to."""
        for number, word in enumerate(title):
            before = title[number - 1] if number else word
            sent = before.lemma_.lower() in ENVOYS or any(map(self._is_of_body, title[:number]))
            if word.lower_ in _SENT_TO and sent:
                return list(title[:number])
        return list(title)

    def describes_actor(self, noun: Token) -> bool:
        """Whether a noun is one of those that name people, offices or bodies."""
        words = [*(token.lemma_.lower() for token in noun.lefts if token.dep_ == deps.COMPOUND)]
        if noun.lemma_.lower() == _CAMPAIGN and any(map(_tells_kind, noun.lefts)):
            return False  # "a bombing campaign" is a deed, "the Berg campaign" those who run it
        return self._sectors.of_noun((*words, noun.lemma_.lower())) is not None

    def is_collective(self, noun: Token) -> bool:
        """Whether a singular noun names a body rather than a person."""
        return noun.lemma_.lower() in self._sectors.collective

    def is_impersonal(self, noun: Token) -> bool:
        """Whether a noun can be said to say things and yet is nobody."""
        lemma = noun.lemma_.lower()
        return lemma in self._sectors.impersonal or self._names_one_of(noun, _THOUGHT)

    def is_thing(self, noun: Token) -> bool:
        """Whether a noun names what is nobody: goods, ground, deeds, thoughts."""
        return self._names_one_of(noun, _SOLID) or self._names_one_of(noun, _THOUGHT)

    def _names_one_of(self, noun: Token, things: Set[str]) -> bool:
        """Whether a noun is one of some for things and, with those before it, none for people."""
        lemma = noun.lemma_.lower()
        is_common = noun.pos_ == "NOUN" and lemma in things
        return is_common and not self._sectors.is_party((lemma,)) and not self.describes_actor(noun)

    def apposed(self, entity: Slice) -> Role | None:
        """Return the role an apposition beside a name gives it, None without one."""
        root = entity.root
        beside = list(children(root, deps.APPOSITION))
        if root.dep_ == deps.APPOSITION:
            beside.append(root.head)
        for noun in beside:
            if (
                noun.pos_ in {"NOUN", "PROPN"}
                and noun.ent_type_ != "PERSON"
                and self.describes_actor(noun)
            ):
                return self.of_noun(noun)
        return None

    def _whose(self, noun: Token) -> int:
        """Return the last token of a noun with its "of" phrase: "a friend of Aksoy"."""
        for link in children(noun, deps.PREP):
            for owner in children(link, deps.PREP_OBJECT):
                if link.i == noun.i + 1 and link.lower_ == "of" and noun.tag_ in {"NN", "NNP"}:
                    return owner.i
        return noun.i

    def phrase(self, noun: Token) -> str:
        """Return a noun phrase's words without its article."""
        first, _ = bounds(noun)
        for child in noun.lefts:  # "as many as 190,000 Russian troops" are Russian troops
            if child.i >= first and child.dep_ in deps.COUNTING:
                first = min(child.right_edge.i + 1, noun.i)
        return self._doc[first : self._whose(noun) + 1].text
