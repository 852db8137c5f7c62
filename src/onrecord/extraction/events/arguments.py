"""Arguments: who acts in an event and on whom, from the words around its trigger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.codebook import Codebook
from onrecord.codebook.plover import Trigger
from onrecord.drafts import Cast
from onrecord.extraction.events.clauses import (
    OWN_FORCES,
    RECIPIENT_LINKS,
    attackers_before,
    blamed_by,
    doer_of,
    is_undergone,
    joint_objects,
    listed_before,
    objects_behind,
    patient_of,
    receivers_of,
)
from onrecord.extraction.events.nominals import (
    CARRIED_OUT,
    DEED_LINKS,
    aimed_at,
    aimed_through,
    harmed_by,
    in_roles,
    light_subject,
    linked_to,
)
from onrecord.extraction.events.triggers import Triggered
from onrecord.extraction.events.undergoing import givers, undergoers
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import agent_of, children, conjuncts, span_of, subject_of
from onrecord.records import Participant, Span

_STANDING_FOR = lexicon.words("roles.standing_for")
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_CHARGING = frozenset({"ACCUSE", "COERCE", "SANCTION"})
_CHARGES = frozenset({"of", "for", "with", "over"})
_AMOUNTS = lexicon.words("people.amounts")
_PERSONAL = lexicon.words("grammar.personal")
_BEFORE_NOUN = frozenset(
    {
        deps.DETERMINER,
        deps.PREDETERMINER,
        deps.ADJECTIVE,
        deps.COMPOUND,
        deps.NOUN_MODIFIER,
        deps.NUMBER,
        deps.POSSESSOR,
    }
)
_POLITICAL_KINDS = frozenset({"state", "government", "igo", "armed_group", "bloc", "ngo"})
_POLITICAL_SECTORS = frozenset(
    "GOV MIL REB COP JUD LEG SPY PRM UAF PTY OPP IGO NGO ELI UNO IMG PRE".split()
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The parties of an event; one of whom nothing but the words is known has no actor."""

    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()

    @property
    def known(self) -> Arguments:
        """The parties that are actors of the article."""
        return Arguments(_known(self.actors), _known(self.recipients))


def _known(parties: Iterable[Participant]) -> tuple[Participant, ...]:
    return tuple(party for party in parties if party.actor_id is not None)


class ArgumentFinder:
    """Finds arguments with the mentions of one article."""

    def __init__(self, cast: Cast, book: Codebook) -> None:
        self._cast = cast
        self._plover = book.plover
        self._sectors = book.sectors
        self._seats = book.parties.metonyms

    def find(self, found: Triggered) -> Arguments:
        """Return the parties of an event; words for things and ideas are left out."""
        actors, recipients = self._of_verb(found) if found.is_verb else self._of_noun(found)
        # "meet demands" meets nobody, and "hold on to the city's bridges" holds no city.
        in_person = found.trigger.directed or (found.is_verb and found.trigger.symmetric)
        acting = self._participants(actors)
        receiving = self._participants(recipients, in_person=in_person)
        taken = {party.actor_id or party.span for party in acting}
        receiving = tuple(
            party for party in receiving if (party.actor_id or party.span) not in taken
        )
        if found.trigger.symmetric and len(acting) > 1 and not receiving:
            acting, receiving = acting[:1], acting[1:]
        return Arguments(acting, receiving)

    def is_political(self, arguments: Arguments) -> bool:
        """Whether a political actor takes part."""
        for party in (*arguments.actors, *arguments.recipients):
            actor = self._cast.actor(party.actor_id)
            if actor and (actor.kind in _POLITICAL_KINDS or actor.sector in _POLITICAL_SECTORS):
                return True
        return False

    def _participants(
        self, heads: Iterable[Token], *, in_person: bool = False
    ) -> tuple[Participant, ...]:
        """Return the parties some words stand for; `in_person` leaves out owners of things."""
        parties: dict[str | Span, Participant] = {}
        for head in heads:
            for token in _coordinated(head):
                itself = in_person and not self._is_somebody(token)
                if party := self._unknown(token) if itself else self._participant(token):
                    parties.setdefault(party.actor_id or party.span, party)
        return tuple(parties.values())

    def _is_somebody(self, token: Token) -> bool:
        return self._cast.mention_at(token.i) is not None or token.lemma_ in _STANDING_FOR

    def _participant(self, token: Token) -> Participant | None:
        """Return who a word stands for: itself, or whoever owns or qualifies it.

        Somebody whom the cast does not know is a party all the same, by the words alone.
        """
        for candidate in _bearers(token):
            if candidate.dep_ == deps.POSSESSOR and self._is_anothers(token):
                continue
            mention = self._cast.mention_at(candidate.i)
            if mention is not None and mention.actor_id is not None:
                return Participant(span=mention.span, actor_id=mention.actor_id)
        return self._unknown(token)

    def _unknown(self, token: Token) -> Participant | None:
        """Return somebody by the words alone, None for things and ideas."""
        span = _phrase(token) if self._is_unknown_person(token) else None
        return Participant(span=span) if span is not None else None

    def _is_anothers(self, token: Token) -> bool:
        """Whether a word names people who are not their owner: "his critics" are not him."""
        lemma = token.lemma_.lower()
        return lemma in self._sectors.unsided and lemma not in _STANDING_FOR

    def _is_unknown_person(self, token: Token) -> bool:
        """Whether a word means people or a body, whoever they are: "we", "their followers"."""
        if token.pos_ == "PRON":
            return token.lower_ in _PERSONAL
        if token.pos_ == "NUM" and token.tag_ == "CD" and token.dep_ in deps.PARTIES:
            return True  # "killed 12"
        if token.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ"}:
            return False
        if token.ent_type_ in {"PERSON", "NORP"}:
            return True
        lemma = token.lemma_.lower()
        return self._sectors.is_party((lemma,)) or (token.pos_ == "NOUN" and lemma in _AMOUNTS)

    def _of_verb(self, found: Triggered) -> tuple[list[Token], list[Token]]:
        verb = found.head
        if (
            verb.dep_ == deps.ADJECTIVE
            and verb.tag_ == "VBD"
            and verb.i
            and verb.nbor(-1).dep_ == deps.CONJUNCTION
        ):
            # A finite verb the parser took for an adjective: "... and backed governments".
            subject = subject_of(verb.head.head)
            return ([subject] if subject is not None else []), [verb.head]
        if is_undergone(verb):
            agents, patient = [agent_of(verb)], patient_of(verb)
            moved = found.trigger.event_type in OWN_FORCES and found.trigger.mode != "release"
            if moved and agents == [None]:  # "troops were deployed": it is they who move
                agents, patient = [patient], None
            if found.trigger.event_type == "ASSAULT":  # "killed in an Isis ambush"
                agents += self._deeds(verb)
                agents += self._killers(verb) if agents == [None] else []
            return [one for one in agents if one is not None], (
                [patient] if patient is not None else []
            )
        subject = doer_of(verb)
        doers = [subject] if subject is not None else list(listed_before(verb))
        if subject is not None and found.trigger.event_type == "ASSAULT":
            doers += self._perpetrators(subject)
        receiving = list(receivers_of(verb, found.trigger, found.link))
        for thing in children(verb, deps.OBJECT):  # "imposed sanctions on Russia"
            if f"{verb.lemma_.lower()} {thing.lemma_.lower()}" in self._plover.verbs:
                receiving += objects_behind(thing, RECIPIENT_LINKS)
        if not receiving:
            receiving += self._shared_objects(verb, found.trigger)
        if not receiving and found.trigger.event_type in _HOSTILE:
            receiving += joint_objects(verb)
        return doers, receiving

    def _perpetrators(self, deed: Token) -> Iterator[Token]:
        """Yield who is behind an attack that kills: "a bombing claimed by the group killed ten"."""
        trigger = self._plover.nouns.get(deed.lemma_.lower())
        if trigger is not None and trigger.event_type == "ASSAULT":
            for clause in children(deed, deps.NOUN_CLAUSE):
                if (agent := agent_of(clause)) is not None and clause.lemma_ in CARRIED_OUT:
                    yield agent

    def _shared_objects(self, verb: Token, trigger: Trigger) -> Iterator[Token]:
        """Yield what is done to whom by a verb without an object: "fighting to defeat the group".

        Its purpose, and the deed it threatens or promises, are done to the same party.
        """
        if trigger.event_type not in {"ASSAULT", "THREATEN"}:
            return
        for clause in children(verb, deps.OPEN_CLAUSE, deps.ADVERBIAL):
            inner = self._plover.verbs.get(clause.lemma_.lower())
            purpose = clause.tag_ == "VB" and inner and inner.event_type in _HOSTILE
            if purpose or clause.tag_ == "VBG":  # "shot fleeing men": no clause, but who they are
                yield from children(clause, deps.OBJECT)

    def _of_noun(self, found: Triggered) -> tuple[list[Token], list[Token]]:
        noun = found.head
        owners = list(children(noun, deps.POSSESSOR))
        acting, receiving = linked_to(found)
        named = any(link.lower_ == "of" for link in children(noun, deps.PREP))
        acting += givers(noun)
        receiving += undergoers(noun, found.trigger.event_type)
        if found.trigger.event_type == "ASSAULT":
            doing, suffering = in_roles(noun)
            acting += doing
            receiving += suffering
        if found.trigger.undergone and not named:
            receiving = owners + receiving  # "his arrest" is not his deed
        else:
            acting = owners + acting
        acting += [
            child
            for child in noun.lefts
            if child.dep_ in deps.MODIFIERS and not self._is_venue(child)
        ]
        for clause in children(noun, deps.NOUN_CLAUSE):  # "a bombing claimed by the group"
            if (agent := agent_of(clause)) is not None and clause.lemma_ in CARRIED_OUT:
                acting.append(agent)
        if not _known(self._participants(acting)):
            acting += light_subject(noun, found.trigger.symmetric)
        if not acting and found.trigger.event_type in _HOSTILE:
            acting += self._blamed(noun)
        if found.trigger.event_type in _HOSTILE and not receiving:
            receiving += harmed_by(noun) or aimed_at(noun)
            receiving += aimed_through(noun)
        return acting, receiving

    def _blamed(self, deed: Token) -> Iterator[Token]:
        """Yield who is accused of a deed or made to pay for it: "sanctions on Iran for the war"."""
        link = deed.head
        if deed.dep_ != deps.PREP_OBJECT or link.lower_ not in _CHARGES:
            return
        for governor in (link.head, *children(link.head, deps.OBJECT)):
            book = self._plover.nouns if governor.pos_ == "NOUN" else self._plover.verbs
            trigger = book.get(governor.lemma_.lower())
            if trigger is not None and trigger.event_type in _CHARGING:
                yield from blamed_by(governor)

    def _killers(self, verb: Token) -> Iterator[Token]:
        """Yield the people, not the things, by whose deed somebody was killed."""
        for attacker in attackers_before(verb):
            trigger = self._plover.verbs.get(attacker.head.lemma_.lower())
            words = (*children(attacker, deps.COMPOUND), attacker)
            armed = self._sectors.of_noun(tuple(word.lemma_.lower() for word in words)) == "REB"
            if armed or (trigger is not None and trigger.event_type == "ASSAULT"):
                yield attacker

    def _deeds(self, verb: Token) -> Iterator[Token]:
        """Yield the attacks in which somebody was killed."""
        for link in children(verb, deps.PREP):
            for event in children(link, deps.PREP_OBJECT) if link.lower_ in DEED_LINKS else ():
                trigger = self._plover.nouns.get(event.lemma_.lower())
                if trigger is not None and trigger.event_type == "ASSAULT":
                    yield event

    def _is_venue(self, word: Token) -> bool:
        """Whether a town before a noun says where: "the Ankara bombing", "the Geneva talks"."""
        mention = self._cast.mention_at(word.i)
        if mention is None or mention.form != "metonym":
            actor = self._cast.actor(mention.actor_id) if mention is not None else None
            unknown = actor is not None and actor.kind not in _POLITICAL_KINDS
            return unknown and word.ent_type_ in {"GPE", "LOC", "FAC"}
        return word.text in self._seats


def _phrase(head: Token) -> Span | None:
    """Return the words before a noun that belong to it, with the noun."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _BEFORE_NOUN:
            break
        start = child.left_edge.i
    return span_of(head.doc[start : head.i + 1])


def _coordinated(head: Token) -> Iterator[Token]:
    """Yield a word and those beside it: "the US and EU countries" are two parties."""
    for token in conjuncts(head):
        yield from (child for child in children(token, deps.NOUN_MODIFIER) if child.conjuncts)
        yield token


def _bearers(token: Token) -> Iterator[Token]:
    """Yield a word, then those that own or qualify it, nearest first."""
    yield token
    if token.lemma_ in _STANDING_FOR:  # in "his Moroccan counterpart" he is the other side
        yield from children(token, *deps.MODIFIERS)
    yield from children(token, deps.POSSESSOR)
    for link in children(token, deps.PREP):
        # "the citizenship of the men" that is revoked is theirs; an invasion of theirs is not.
        owns = link.lower_ == "of" and (token.dep_ != deps.SUBJECT or token.lemma_ in _AMOUNTS)
        if link.lower_ == "by" or owns:
            yield from children(link, deps.PREP_OBJECT)
    yield from (child for child in token.lefts if child.dep_ in deps.MODIFIERS)
