"""Who speaks: the speakers of attributions, and the pronouns that depend on them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from spacy.tokens import Token

from onrecord.drafts import Attribution, Nesting
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.capitals import lines_in_capitals
from onrecord.language.syntax import children
from onrecord.records import Span
from onrecord.resolve.actors.antecedents import PARTIES, Antecedents
from onrecord.resolve.actors.bodies import listed
from onrecord.resolve.actors.described import (
    BODIES,
    description,
    document_before,
    is_anaphoric,
    issuers,
    may_be,
    named_beside,
)
from onrecord.resolve.actors.given import Means, Mentions, Text
from onrecord.resolve.actors.nominals import holder, speaker_nominal
from onrecord.resolve.actors.own_groups import adjectives_of, name_own_groups
from onrecord.resolve.actors.pronouns import FIRST, FIRST_PLURAL, PronounResolver, side_of
from onrecord.resolve.actors.roles import span_of
from onrecord.resolve.actors.scene import GENDER, make_scene
from onrecord.resolve.actors.sketch import NOBODY, Found, Meant, Sketch
from onrecord.resolve.actors.taking_up import named_before

_SPOKE_LATELY = 3  # sentences between a statement and "she added"; beyond that anybody may speak
_NAMED_WITHIN = 2  # statements in which the name follows that an article's first one describes
_ISSUED_WITHIN = 1500  # words to look back for who issued a report
_OUTLETS = lexicon.words("speech.outlets")
_DESCRIBING = frozenset({"title", "nominal"})  # forms of mentions that say what somebody is
_DECLARED = lexicon.words("speech.declaring")
_TAKEN_UP = 3  # statements to look back for the name of who "the operator" is


class Speaking:
    """Resolves speakers from the outermost statement inwards, then every other pronoun."""

    def __init__(
        self, text: Text, mentions: Mentions, attributions: Sequence[Attribution], means: Means
    ) -> None:
        doc, index, codebook = text.doc, text.index, means.codebook
        found, possible = mentions.found, mentions.possible
        self.doc, self.found, self.index = doc, found, index
        self._text = doc.text  # once: spaCy puts it together anew each time
        self.attributions = attributions
        self.by_head = {mention.head: mention for mention in found}
        self._reader, self._codebook = mentions.reader, codebook
        self.speakers: dict[int, Sketch | None] = {}
        self._spoken: dict[int, Meant] = {}  # pronouns as parties, by token
        self._named = {one.sketch for one in found if one.form == "name" and one.sketch}
        self._possible, self._credits = possible, mentions.credits
        shouted = lines_in_capitals(doc)  # nobody in the heading of another story is taken up
        heard = [one for one in (*found, *possible) if one.head not in shouted]
        scene = make_scene(doc, heard, index, codebook)
        self._states = {
            sketch.country: sketch
            for mention in found
            if (sketch := mention.sketch) and sketch.kind == "state" and sketch.country
        }
        self._nesting = Nesting(attribution.content for attribution in attributions)
        antecedents = Antecedents(found, scene, text.states, self._is_reported)
        self._pronouns = PronounResolver(antecedents, scene, means, text.states, self._is_reported)
        self._around = [self._enclosing(n) for n in range(len(attributions))]
        self._names: dict[int, list[Found]] = defaultdict(list)  # by first token
        for mention in found:
            if mention.form == "name":
                self._names[mention.start].append(mention)
        self._outer_cues = sorted(
            (attribution.cue[0].start, number)
            for number, attribution in enumerate(attributions)
            if attribution.cue
            and attribution.source_at is not None
            and attribution.source_at not in shouted
            and self._around[number] is None
        )
        for position in range(len(attributions)):
            self.speaker(position)
        for token in doc:
            if token.pos_ == "PRON" and token.i not in self.by_head:
                self._add_pronoun(token)
        name_own_groups(doc, self.found, self._own_voice, adjectives_of(codebook))

    def _enclosing(self, position: int) -> int | None:
        """Return the smallest attribution whose content holds another's cue, None without."""
        attribution = self.attributions[position]
        if not attribution.cue:
            return None
        return self.innermost(attribution.cue[0], skip=position)

    def innermost(self, span: Span, *, skip: int | None = None) -> int | None:
        """Return the position of the innermost attribution around a span, None for narration."""
        return self._nesting.innermost(span, skip=skip)

    def _is_reported(self, offset: int) -> bool:
        return self.innermost(Span(offset, offset + 1)) is not None

    def speaker(self, position: int) -> Sketch | None:
        """Return the speaker of an attribution, resolving those around it first."""
        if position in self.speakers:
            return self.speakers[position]
        self.speakers[position] = None  # a chain that bites its tail ends here
        attribution = self.attributions[position]
        if attribution.follows is not None and not attribution.cue:
            self.speakers[position] = self.speaker(attribution.follows)
        elif attribution.source_at is not None:
            self.speakers[position] = self.whom(self.doc[attribution.source_at], position)
        return self.speakers[position]

    def whom(self, token: Token, position: int | None) -> Sketch | None:
        """Return whom a token means as a party to an attribution."""
        if named := self._named_behind(token):
            return named
        if token.pos_ == "PRON":
            return self._pronounced(token, position)
        if token.i not in self.by_head and self._reader.is_impersonal(token):
            return self._outlet(token) or self._issuer(token)
        mention = self.by_head.get(token.i) or self._unlisted(token)
        return self._described(token, mention, position) if mention is not None else None

    def _pronounced(self, token: Token, position: int | None) -> Sketch | None:
        """Return whom a pronoun means as a party to an attribution.

        What "we" say, whoever is meant besides, the speaker says too.
        """
        if mention := self.by_head.get(token.i):
            return mention.sketch
        if (paper := document_before(token, self._reader)) is not None:
            return self._issuer(paper)
        outer = self._around[position] if position is not None else None
        if token.i not in self._spoken:
            self._spoken[token.i] = self._pronoun(token, outer, self._spoke_before(token))
        meant = self._spoken[token.i].sketch
        return (
            self._voice(token, outer) if meant is None and token.lower_ in FIRST_PLURAL else meant
        )

    def _named_behind(self, token: Token) -> Sketch | None:
        """Return the person whose name follows a noun at once: "friend Aladdin Sinayic"."""
        if token.pos_ != "NOUN":
            return None
        follows = self._names.get(token.i + 1, ())
        return next((f.sketch for f in follows if f.sketch and f.sketch.kind == "person"), None)

    def _unlisted(self, token: Token) -> Found | None:
        """Return the mention of a source or addressee that no list knows, made for it."""
        if token.i in self._credits:
            return None
        around = next(
            (f for f in self.found if f.start <= token.i < f.end and f.form == "name"), None
        )
        if around is not None:
            return around
        mention = speaker_nominal(token, self._reader)
        if mention is not None:
            self.found.append(mention)
            self.by_head[token.i] = mention
        return mention

    def _described(self, token: Token, mention: Found, position: int | None) -> Sketch | None:
        """Return whom a noun that speaks means: somebody named beside it or before, else its own.

        Somebody nobody names is called by all the words that describe him.
        """
        own = mention.sketch
        if mention.form not in _DESCRIBING:
            return own
        source = self.attributions[position].source if position is not None else ()
        if own is None or not source or own in self._named:
            return own
        if not own.plural and (meant := self._name_of(token, own, source[0], position or 0)):
            words = mention.span(self.doc)
            meant.claim("noun beside a name", words, country=own.country, sector=own.sector)
            at = self.found.index(mention)
            self.found[at] = self.by_head[token.i] = replace(mention, sketch=meant)
            return meant
        if own.name == self._reader.phrase(token):
            own.claim("source", source[0], name=description(token, source[0], self._reader))
        return own

    def _name_of(self, token: Token, own: Sketch, source: Span, position: int) -> Sketch | None:
        if (beside := named_beside(token, source, self._names)) is not None:
            return beside
        anaphoric = is_anaphoric(token)
        people = [one for one in self.found if one.sketch and one.sketch.kind == "person"]
        rules = {
            "holds": holder(token, self._reader, people).sketch,
            "introduced": self._introduced(token, own) if anaphoric else None,
            "spoke last": self._spoke_last(token, own, position) if anaphoric else None,
            "named before": named_before(token, self.found) if anaphoric else None,
            "speaks next": self._speaks_next(token, own, position),
        }
        return next(filter(None, rules.values()), None)

    def _introduced(self, token: Token, own: Sketch) -> Sketch | None:
        """Return whom the same noun has introduced before: "a pilot", "Test Pilot Berg"."""
        earlier = [
            one.sketch
            for one in sorted(self.found, key=lambda one: one.head, reverse=True)
            if one.head < token.i and one.sketch is not None and self._introduces(one, token)
        ]
        fitting = [one for one in earlier if may_be(token, own, one, self._reader)]
        return next((one for one in fitting if one in self._named), next(iter(fitting), None))

    def _introduces(self, mention: Found, token: Token) -> bool:
        if mention.form == "name":
            role = mention.role or ""
            return role.lower().split()[-1:] == [token.lemma_.lower()]
        head = self.doc[mention.head]
        return head.lemma_.lower() == token.lemma_.lower() and head.tag_ == token.tag_

    def _spoke_last(self, token: Token, own: Sketch, position: int) -> Sketch | None:
        """Return who, of the last to speak before an attribution, a noun may mean by his name."""
        start = min(self.attributions[position].extent[0], token.idx)
        earlier = self._outer_cues[: bisect_left(self._outer_cues, (start, 0))]
        for _, number in reversed(earlier[-_TAKEN_UP:]):
            spoke = self.speaker(number)
            if spoke is not None and spoke in self._named:
                return spoke if may_be(token, own, spoke, self._reader) else None
        return None

    def _speaks_next(self, token: Token, own: Sketch, position: int) -> Sketch | None:
        """Return who is named as the next to speak, where an article begins with a description.

        "A minister has resigned, an official said. Anna Berg, the spokeswoman, said": news tells
        first what somebody is, and then the name.
        """
        if token.sent.start > next(iter(self.doc.sents)).end:
            return None
        here = self.attributions[position].cue
        after = (number for at, number in self._outer_cues if here and at > here[0].end)
        for number in islice(after, _NAMED_WITHIN):
            at = self.attributions[number].source_at
            mention = self.by_head.get(at) if at is not None else None
            if mention is None or mention.sketch is None or mention.form != "name":
                continue
            first = min(one.start for one in self.found if one.sketch is mention.sketch)
            fits = first > token.i and may_be(token, own, mention.sketch, self._reader)
            fits = fits and not self._talk(position, number) and number != self._around[position]
            return mention.sketch if fits else None
        return None

    def _talk(self, one: int, other: int) -> bool:
        """Whether two attributions are quotations of one paragraph: who is answered is another."""
        first, second = self.attributions[one], self.attributions[other]
        if first.kind != "direct" or second.kind != "direct":
            return False
        return "\n" not in self._text[first.extent[0] : second.extent[1]]

    def _outlet(self, noun: Token) -> Sketch | None:
        """Return the outlet named last before "the paper" or "the broadcaster"."""
        if noun.lemma_.lower() not in _OUTLETS or not is_anaphoric(noun):
            return None
        before = sorted((f for f in self.found if f.end <= noun.i), key=lambda f: -f.start)
        named = (found.sketch for found in before if found.form == "name" and found.sketch)
        return next((one for one in named if one.sector == "JRN" and one.kind in BODIES), None)

    def _issuer(self, noun: Token) -> Sketch | None:
        """Return who issued a report or statement, as this mention of it or one before says."""
        lemma = noun.lemma_.lower()
        for token in reversed(self.doc[max(0, noun.i - _ISSUED_WITHIN) : noun.i + 1]):
            if token.lemma_.lower() == lemma and token.pos_ == "NOUN":
                for sketch in issuers(token, self.by_head):
                    return sketch
                if token.i == noun.i and not is_anaphoric(noun):
                    return None
        return None

    def _spoke_before(self, token: Token) -> Sketch | None:
        """Return the speaker of the last statement before a pronoun's sentence, if it is near."""
        start = token.sent.start_char
        earlier = self._outer_cues[: bisect_left(self._outer_cues, (start, 0))]
        last = earlier[-1][1] if earlier else None
        if last is None:
            return None
        end = min(self.attributions[last].extent[1], start)
        between = self.doc.char_span(end, start, alignment_mode="contract") or ()
        sentences = {word.sent.start for word in between if word.is_alpha}
        own = (word for word in token.sent if word.i < token.i and not self._is_reported(word.idx))
        words = (*between, *own)
        others = [self.by_head[word.i] for word in words if word.i in self.by_head]
        if len(sentences) >= _SPOKE_LATELY or any(self._may_speak(one, token) for one in others):
            return None
        return self.speaker(last)

    def _may_speak(self, mention: Found, pronoun: Token) -> bool:
        """Whether a pronoun may well mean a mention behind the last statement: a person, "they"."""
        sketch = mention.sketch
        if sketch is None:
            return False
        if pronoun.lower_ in GENDER:
            return sketch.kind == "person" and not self._belongs_to(mention, pronoun)
        is_many = sketch.plural and self.doc[mention.head].dep_ in deps.SUBJECTS
        return is_many or (sketch.kind == "person" and not sketch.plural)

    def _belongs_to(self, mention: Found, pronoun: Token) -> bool:
        """Whether somebody is told of as somebody's whom a pronoun goes on with: "His lawyer"."""
        noun = self.doc[mention.head]
        noun = noun.head if noun.dep_ == deps.APPOSITION else noun
        owners = children(noun, deps.POSSESSOR)
        return any(GENDER.get(one.lower_) == GENDER[pronoun.lower_] for one in owners)

    def _pronoun(self, token: Token, outer: int | None, after: Sketch | None = None) -> Meant:
        quoted = self.index.at(token.idx) is not None
        voice = self._voice(token, outer)
        if token.lower_ in FIRST:
            return Meant(voice) if voice is not None else NOBODY
        if token.lower_ in FIRST_PLURAL:
            return Meant(self._side(voice) if voice is not None else self._publisher())
        meant = self._pronouns.resolve(token, not_to=voice if quoted else None, after=after)
        if meant.sketch is not None and token.lower_ in GENDER:
            self._confirm(meant.sketch)
        return meant

    def _publisher(self) -> Sketch | None:
        """Return whose statement a text is: "Norway welcomes the truce. We urge all to keep it"."""
        for _, number in self._outer_cues[:1]:
            cue = self.attributions[number].cue_at
            if cue is None or self.doc[cue].tag_ != "VBZ" or self.doc[cue].lemma_ not in _DECLARED:
                return None
            speaker = self.speaker(number)
            return speaker if speaker is not None and speaker.kind in PARTIES else None
        return None

    def _side(self, speaker: Sketch) -> Sketch | None:
        """Return whom a speaker means by "we", his country also where nothing else names it."""
        country = speaker.country
        if country and country not in self._states:
            parties = self._codebook.parties.names.values()
            state = next((p for p in parties if (p.kind, p.country) == ("state", country)), None)
            if state is not None:
                self._states[country] = listed(state, None)
        return side_of(speaker, self._states)

    def _confirm(self, sketch: Sketch) -> None:
        """Take a name for a person's, now that "he" or "she" is known to mean it.

        A town's name for those who rule it was what the labels made of the same words: it goes.
        """
        if sketch.possible:
            own = [one for one in self._possible if one.sketch is sketch]
            words = {i for one in own for i in range(one.start, one.end)}
            self.found = [
                one
                for one in self.found
                if one.form != "metonym" or words.isdisjoint((one.start, one.head))
            ]
            taken = {i for found in self.found for i in range(found.start, found.end)}
            new = [one for one in own if one.head not in taken]
            self.found += new
            self.by_head.update({one.head: one for one in new})
        sketch.possible = False
        sketch.claim("pronoun", None, kind="person")

    def _voice(self, token: Token, around: int | None) -> Sketch | None:
        """Return whose words a token is: in a quotation its speaker's, whoever else it reports."""
        quotation = self.index.at(token.idx)
        quoting = self.innermost(quotation.inner) if quotation is not None else None
        position = around if quoting is None else quoting
        return self.speaker(position) if position is not None else None

    def _own_voice(self, token: Token) -> Sketch | None:
        return self._voice(token, self.innermost(span_of(token)))

    def _add_pronoun(self, token: Token) -> None:
        outer = self.innermost(Span(token.idx, token.idx + len(token)))
        told = token.i in self._spoken
        meant = self._spoken[token.i] if told else self._pronoun(token, outer)
        if meant.sketch is not None or meant.candidates:
            mention = Found(
                token.i,
                token.i + 1,
                token.i,
                "pronoun",
                meant.sketch,
                candidates=meant.candidates,
            )
            self.found.append(mention)
            self.by_head[token.i] = mention
