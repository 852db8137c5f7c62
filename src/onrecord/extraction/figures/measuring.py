"""What a quantity counts: by the words that govern it, else by the noun counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.codebook.measures import Measures
from onrecord.extraction.figures.ages import is_age
from onrecord.extraction.figures.quantities import Quantity
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children, is_passive
from onrecord.records import Measure

_LINKING = lexicon.words("figures.linking")
_BEING = lexicon.words("figures.being")
_STAYING = lexicon.words("figures.staying")
_IN = lexicon.words("grammar.setting_links")
_INCLUDING = frozenset({"including", "among"})
_ABROAD = lexicon.words("figures.abroad")
_COUNT = lexicon.words("figures.counts")
_CROWD = frozenset({"fighters", "troops", "children"})  # what else can befall these
_SUFFERED = frozenset("killed wounded missing detained abducted hostages trapped sentenced".split())
_SUBJECTS_TOO = frozenset(  # measures of verbs whose subject is counted: "12 died", "12 fled"
    {"killed", "displaced", "joined", "returned", "missing", "affected"}
)
_KILLING = lexicon.words("figures.killing")
_SECOND = frozenset(
    {
        deps.OBJECT,
        deps.PARTICLE,
        deps.PREDICATE,
        deps.STATE,
        deps.ATTRIBUTE,
        deps.ADVERB,
        deps.ADVERBIAL_NOUN,
        deps.OPEN_CLAUSE,
    }
)
_SPENDING = lexicon.words("figures.spending")
_LEAST_SUM = 1000
_SUFFERING = lexicon.words("figures.suffering")
_OF_THINGS_TOO = lexicon.words("figures.of_things_too")
_OF_PEOPLE_WHEN_UNDERGONE = frozenset({"free", "hold", "save", "shoot"})  # "two were freed"
_NUMBERED = lexicon.words("figures.numbered")
_FEW = 3
_SMALL = 1  # "one" counts nobody in particular
_HIGHEST = 4  # how many words up a tally is looked for


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules make of a quantity, and whether a word decides it."""

    measure: Measure
    sure: bool


def counted_by(number: Token, quantity: Quantity) -> Token | None:
    """Return the noun a number counts, "12 people" or "thousands of people"; None without one."""
    if quantity.unit:
        return None
    if (force := _strong(number, quantity)) is not None:
        return force
    if (head := _head_of(number)) is not None:
        return head
    links = [*children(number, deps.PREP), *_after(number.doc, quantity)]
    for link in links:
        if link.lower_ == "of" and link.i <= number.i + 4:
            return next(iter(children(link, deps.PREP_OBJECT)), None)
    if (beside := _right_after(number.doc, quantity)) is not None:
        return beside
    if number.pos_ in {"NOUN", "PROPN"} and not quantity.vague and not number.like_num:
        return number
    return None


def _head_of(number: Token) -> Token | None:
    """Return the noun that the parse hangs a number on."""
    if number.dep_ not in deps.BEFORE_COUNTED:
        return None
    head = number.head
    while head.dep_ in deps.COUNTERS and head.tag_ != "NNS" and head.head.i != head.i:
        head = head.head
    if head.lower_ == "more" and head.head.i > head.i:
        head = head.head
    return head if head.pos_ in {"NOUN", "PROPN"} and head.i > number.i else None


def _after(doc: Doc, quantity: Quantity) -> Sequence[Token]:
    """Return the word after a number, if there is one."""
    end = quantity.number.end + 1
    within = end < doc[-1].idx + len(doc[-1])
    found = doc.char_span(end, end + 1, alignment_mode="expand") if within else None
    return tuple(found or ())


def _right_after(doc: Doc, quantity: Quantity) -> Token | None:
    """Return the people right behind a number of several words, where the parse parts them."""
    words = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    if words is None or len(words) == 1 or words.end >= len(doc):
        return None
    return doc[words.end] if doc[words.end].tag_ == "NNS" else None


def _strong(number: Token, quantity: Quantity) -> Token | None:
    """Return what a "10,000-strong force" or "16-member team" is."""
    compound = number.doc.char_span(
        quantity.number.start, quantity.number.end + 2, alignment_mode="expand"
    )
    if compound is None:
        return None
    behind = quantity.number.end - compound.start_char
    if compound.text[behind : behind + 1] != "-":
        return None
    for word in compound[-1], *compound[-1].ancestors:
        if word.pos_ in {"NOUN", "PROPN"} and word.i > compound[-1].i:
            return word
    return None


def is_designation(number: Token) -> bool:
    """Whether a number is part of a name: "14 Leopard 2 tanks"."""
    if not number.i or not number.is_digit:
        return False
    name = number.nbor(-1)
    if name.lemma_.lower() in _NUMBERED and not (
        number.dep_ == deps.NUMBER and number.head.i > number.i
    ):
        return True
    return name.pos_ == "PROPN" and name.dep_ == deps.COMPOUND and name.head.i == number.head.i


def anchor_of(number: Token, counted: Token | None) -> Token:
    """Return the word that stands in the sentence for what is counted: "thousands" of people."""
    if counted is None and number.head.lower_ == "more" and number.head.i > number.i:
        return number.head  # "wounded ten more"
    if counted is None or (counted.dep_ == deps.PREP_OBJECT and counted.head.head.i == number.i):
        return number
    return counted


def governor_of(word: Token) -> Token | None:
    """Return the verb what is counted stands with, through coordination."""
    while word.dep_ in deps.PEERS:
        word = word.head
    governor = word.head
    return governor if governor.pos_ in {"VERB", "AUX"} and governor.i != word.i else None


def judge(
    number: Token, counted: Token | None, quantity: Quantity, codebook: Codebook
) -> Judgement | None:
    """Return what a quantity counts, None when no word makes it a figure."""
    if quantity.unit:
        return Judgement("percent" if quantity.unit == "%" else "money", sure=True)
    if (counted is None and is_age(number, quantity)) or _picks_one(number, counted, quantity):
        return None
    measures = codebook.measures
    anchor = anchor_of(number, counted)
    people = counted is not None and is_people(counted, codebook)
    noun = counted.lemma_.lower() if counted is not None else ""
    own = _own_measure(counted, codebook)
    if counted is not None and not people and own is None:
        return Judgement("other", sure=True) if noun in measures.things else None
    governed = _governed(anchor, counted, measures)
    if governed and (own is None or (own in _CROWD and governed in _SUFFERED)):
        return Judgement(governed, sure=True)
    if own is not None:
        return Judgement(own, sure=True)
    if counted is None and _is_spent(number, quantity):
        return Judgement("money", sure=True)
    if counted is None or quantity.low == _SMALL or _is_known(counted, quantity):
        return None
    return Judgement("other", sure=False)


def _own_measure(counted: Token | None, codebook: Codebook) -> Measure | None:
    """Return the measure that a counted noun gives by itself: "400 rebel troops" are fighters."""
    if counted is None:
        return None
    nouns = codebook.measures.nouns
    own = nouns.get(counted.lemma_.lower())
    if own is None:
        armed = is_people(counted, codebook) and _in_armed_group(counted, codebook)
        return "fighters" if armed else None
    irregular = any(nouns.get(word.lemma_.lower()) == "fighters" for word in counted.lefts)
    return "fighters" if own == "troops" and irregular else own


def _is_spent(number: Token, quantity: Quantity) -> bool:
    """Whether a large bare number is what somebody spends: "will allocate 5.5 million"."""
    verb = number.head
    large = (quantity.low or quantity.high or 0) >= _LEAST_SUM
    return large and number.dep_ == deps.OBJECT and verb.lemma_.lower() in _SPENDING


def _picks_one(number: Token, counted: Token | None, quantity: Quantity) -> bool:
    """Whether "one" counts nobody: "one of them", "the first one"."""
    if quantity.low != _SMALL or quantity.span.start < quantity.number.start:
        return False
    if counted is not None:
        return counted.dep_ == deps.PREP_OBJECT and counted.head.head.i == number.i
    return any(True for _ in number.lefts)


def _is_known(counted: Token, quantity: Quantity) -> bool:
    """Whether a few are spoken of again: "the two leaders"."""
    again = {child.lower_ for child in counted.lefts} & {"the", "these", "those", "all", "both"}
    return bool(again) and (quantity.low or 0) <= _FEW


def _in_armed_group(noun: Token, codebook: Codebook) -> bool:
    """Whether people are counted as an armed group's: "400 Isis members"."""
    before = [child.text for child in noun.lefts]
    parties = (codebook.parties.names.get(word) for word in before)
    if "family" in {*before, noun.lemma_}:
        return False
    return any(party is not None and party.kind == "armed_group" for party in parties)


def is_people(noun: Token, codebook: Codebook) -> bool:
    """Whether a noun stands for people or for what befell them: "villagers", "deaths"."""
    lemma = noun.lemma_.lower()
    if lemma in codebook.sectors.collective and lemma not in codebook.measures.people:
        return False
    return (
        lemma in codebook.measures.people
        or lemma in codebook.measures.nouns
        or noun.lower_ in codebook.measures.states
        or noun.pos_ == "PRON"
        or codebook.sectors.of_noun((lemma,)) is not None
        or noun.tag_ == "NNPS"
        or (noun.ent_type_ == "NORP" and noun.tag_ in {"NNS", "NNPS"})
    )


def _governed(anchor: Token, counted: Token | None, measures: Measures) -> Measure | None:
    """Return the measure that the words around give what is counted, nearest first."""
    if counted is None and (found := _by_mistaken_verb(anchor, measures)):
        return found
    of = [] if counted is None or counted.i == anchor.i else [counted]
    for word in (*_standing(anchor), *of):
        found = (
            _by_state(word, measures)
            or _by_verb(word, measures, bare=counted is None)
            or _by_deed(word, measures)
            or _by_setting(word, measures)
        )
        if found:
            return found
    return _by_tally(anchor, measures) if counted is None else None


def _by_mistaken_verb(number: Token, measures: Measures) -> Measure | None:
    """Read a headline's "kill 5, abduct 12", whose second verb the parse takes for a noun."""
    before = number.nbor(-1) if number.i else number
    measure = measures.verbs.get(before.lemma_.lower()) if before.tag_ == "NN" else None
    return measure if measure in _SUFFERED else None


def _standing(word: Token) -> Iterator[Token]:
    """Yield what is counted and what it is listed with: "59 civilians, including 15 women"."""
    yield word
    for _ in range(_HIGHEST):
        listed = word.dep_ == deps.NUMBER and word.tag_ == "NNS"  # "himself and four others"
        if word.dep_ in deps.PEERS or listed:
            word = word.head
        elif word.dep_ == deps.PREP_OBJECT and word.head.lower_ in _INCLUDING and word.head.i > 0:
            word = word.head.head
        else:
            return
        if word.pos_ not in {"NOUN", "PROPN", "NUM", "PRON"}:
            return
        yield word


def _by_state(subject: Token, measures: Measures) -> Measure | None:
    words = (word.lower_ for word in _beside(subject))
    return next((measures.states[word] for word in words if word in measures.states), None)


def _beside(subject: Token) -> Iterator[Token]:
    """Yield the words that qualify what is counted: "12 dead", "12 are missing", "12 injured"."""
    yield subject
    for child in subject.children:
        if child.dep_ in {deps.ADJECTIVE, deps.NOUN_CLAUSE, deps.STATE}:
            yield child
    following = subject.nbor() if subject.i + 1 < len(subject.doc) else None
    if following is not None and following.tag_ in {"VBN", "JJ"} and following.sent == subject.sent:
        yield following  # "14 hurt", however the parse hangs them together
    governor = subject.head
    stands = subject.dep_ in deps.NOUN_SUBJECTS and governor.tag_ in {"VBN", "VBG"}
    if subject.dep_ == deps.NUMBER or stands:
        yield governor  # "left 12 dead", "12 killed and 30 wounded"
    if subject.dep_ in deps.NOUN_SUBJECTS and governor.lemma_ in _BEING:
        yield from children(governor, deps.STATE, deps.PREDICATE)
    if (
        subject.dep_ == deps.ATTRIBUTE and governor.lemma_ == "be"
    ):  # "the dead included", "there were"
        yield from children(governor, deps.SUBJECT)
    if subject.dep_ == deps.OBJECT:
        yield from children(governor, deps.PREDICATE, deps.STATE)
        if governor.lemma_ == "leave":  # "left 4 soldiers and 11 rebels dead"
            yield from (word for one in children(subject, deps.CONJUNCT) for word in _beside(one))
        if governor.lemma_ == "include":
            yield from children(governor, deps.SUBJECT)


def _by_verb(subject: Token, measures: Measures, *, bare: bool) -> Measure | None:
    for child in children(subject, *deps.NOUN_CLAUSES):
        if _is_of(child) and (measure := _of_clause(child, measures)):
            return measure
    if subject.dep_ == deps.PREP_OBJECT and subject.head.dep_ != deps.AGENT:
        return None
    governor = subject.head
    is_verb = (
        governor.pos_ in {"VERB", "AUX"} or subject.dep_ == deps.OBJECT
    )  # "Landslide buries 50"
    if not is_verb or governor.i == subject.i:
        return None
    governor = _linked(governor)
    lemma = governor.lemma_.lower()
    suffers = subject.dep_ in deps.UNDERGOERS or is_passive(governor)
    if subject.dep_ != deps.PREP_OBJECT and (
        told := _by_phrase(governor, measures, suffers=suffers)
    ):
        return told
    measure = measures.verbs.get(lemma)
    if measure is None or subject.dep_ == deps.PREP_OBJECT:
        return None
    undergoes = is_passive(governor) or not children(governor, deps.OBJECT, deps.AUX)
    acts = subject.dep_ == deps.SUBJECT and not (undergoes and measure in _SUFFERED)
    if acts and (measure not in _SUBJECTS_TOO or lemma in _KILLING or lemma == "lose"):
        return None
    if not acts and (lemma in _SUFFERING or (bare and _says_too_little(governor))):
        return None
    return _abroad(governor, measure)


def _by_phrase(verb: Token, measures: Measures, *, suffers: bool) -> Measure | None:
    """Read what verbs tell with a second word: "took refuge", "was forced out", "took hostage"."""
    told = measures.undergoes if suffers else measures.does
    return next((told[phrase] for phrase in _phrases_of(verb) if phrase in told), None)


def _phrases_of(verb: Token) -> Iterator[str]:
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.dep_ in _SECOND:
            yield f"{lemma} {child.lemma_.lower()}"
        elif child.dep_ == deps.PREP:
            yield f"{lemma} {child.lower_}"  # a particle that the parse takes for one
            for place in children(child, deps.PREP_OBJECT):
                yield f"{lemma} {child.lower_} {place.lemma_.lower()}"


def _says_too_little(verb: Token) -> bool:
    """Whether a bare number beside a verb may be one of things: "lost two"."""
    lemma = verb.lemma_.lower()
    undergone = is_passive(verb) or (verb.tag_ == "VBN" and not children(verb, deps.AUX))
    undergone = undergone and lemma in _OF_PEOPLE_WHEN_UNDERGONE
    return lemma in _OF_THINGS_TOO and not undergone


def _of_clause(verb: Token, measures: Measures) -> Measure | None:
    verb = _linked(verb)
    lemma = verb.lemma_.lower()
    measure = measures.verbs.get(lemma)
    undergone = is_passive(verb) or (verb.tag_ == "VBN" and not children(verb, deps.AUX))
    if told := _by_phrase(verb, measures, suffers=undergone):
        return told
    if measure is None:
        return _by_setting_of(verb, measures)
    if undergone or (measure in _SUBJECTS_TOO and lemma not in _KILLING):
        return _abroad(verb, measure)
    return None


def _is_of(clause: Token) -> bool:
    """Whether a clause is about its noun: not in "children whose parents were killed"."""
    if clause.dep_ == deps.NOUN_CLAUSE:
        return True
    subjects = children(clause, *deps.NOUN_SUBJECTS)
    return all(subject.tag_ in {"WP", "WDT"} or subject.lower_ == "that" for subject in subjects)


def _linked(verb: Token) -> Token:
    """Return the verb that tells what happened: "are believed to have been killed"."""
    for _ in range(_HIGHEST):
        inner = next(iter(children(verb, deps.OPEN_CLAUSE)), None)
        if inner is None or verb.lemma_.lower() not in _LINKING:
            return verb
        verb = inner
    return verb


def _abroad(verb: Token, measure: Measure) -> Measure:
    """Return "refugees" for those who are displaced across a border: "fled the country"."""
    if measure != "displaced" or verb.lemma_.lower() not in {"flee", "escape", "leave", "pour"}:
        return measure
    around = [
        *verb.children,
        *(leaf for link in children(verb, deps.PREP) for leaf in link.children),
    ]
    gone = any(word.lower_ in _ABROAD and word.i > verb.i for word in around)
    return "refugees" if gone else measure


def _by_deed(subject: Token, measures: Measures) -> Measure | None:
    """Read "the deaths of 12 men", "the arrest of dozens"."""
    if subject.dep_ != deps.PREP_OBJECT or subject.head.lower_ not in {"of", "to"}:
        return None
    return measures.deeds.get(subject.head.head.lemma_.lower())


def _by_setting(subject: Token, measures: Measures) -> Measure | None:
    """Read "12 men in custody", "12 men are under siege"."""
    if found := _by_setting_of(subject, measures):
        return found
    governor = governor_of(subject)
    if governor is None or subject.dep_ == deps.PREP_OBJECT:
        return None
    for verb in (governor, _linked(governor)):
        if verb.lemma_.lower() in _STAYING and (found := _by_setting_of(verb, measures)):
            return found
    return None


def _by_setting_of(word: Token, measures: Measures) -> Measure | None:
    for link in children(word, deps.PREP):
        if link.lower_ in _IN:
            for place in children(link, deps.PREP_OBJECT):
                if found := measures.settings.get(place.lemma_.lower()):
                    return found
                if any(measures.states.get(one.lower_) == "trapped" for one in place.lefts):
                    return "trapped"  # "in besieged towns"
    return None


def _by_tally(number: Token, measures: Measures) -> Measure | None:
    """Read "the death toll rose to 12", "the number of wounded stands at 12"."""
    word = number
    for _ in range(_HIGHEST):
        if word.head.i == word.i:
            return None
        word = word.head
        told = [word]
        if word.pos_ in {"VERB", "AUX"}:
            told = list(children(word, *deps.PARTIES))
        for noun in told:
            if found := _tallied(noun, measures):
                return found
    return None


def _tallied(noun: Token, measures: Measures) -> Measure | None:
    lemma = noun.lemma_.lower()
    if lemma in measures.tallies:
        return measures.tallies[lemma]
    if lemma not in _COUNT:
        return None
    for link in children(noun, deps.PREP):
        behind = [*children(link, deps.PREP_OBJECT), *_next(link)]  # "of injured", taken for a verb
        for what in behind:
            if found := measures.states.get(what.lower_) or measures.nouns.get(what.lemma_.lower()):
                return found
    return None


def _next(word: Token) -> Sequence[Token]:
    return (word.nbor(),) if word.i + 1 < len(word.doc) else ()
