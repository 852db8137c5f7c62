"""Actors by rule, on parses made by hand: who each name, title, noun and pronoun means."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from spacy.tokens import Doc

from factories import make_article
from onrecord.codebook import load_codebook
from onrecord.drafts import Attribution, Cast
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.records import Actor, Mention, Span
from onrecord.resolve.actors import (
    Means,
    Text,
    load_antecedent_model,
    load_ranker,
    load_side_model,
    resolve_actors,
)
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.actors.roles import bounds
from onrecord.resolve.gazetteer import load_gazetteer
from onrecord.resolve.metonymy import PlaceMeans, find_place_names, load_metonymy_model
from parses import make_doc


class Read:
    """The cast of a parse, asked by words."""

    def __init__(
        self, doc: Doc, attributions: Sequence[Attribution] = (), published: str | None = None
    ) -> None:
        self.text = doc.text
        self.article = make_article(
            doc.text, published=published, published_from="given" if published else None
        )
        index = QuotationIndex(find_quotations(doc.text))
        book = load_codebook()
        named = find_named(doc, book.parties)
        means = PlaceMeans(book, load_gazetteer(), load_metonymy_model())
        places = find_place_names(doc, named, means, None)
        self.cast: Cast = resolve_actors(
            self.article,
            Text(doc, index, named, places),
            attributions,
            Means(book, load_ranker(), load_antecedent_model(), load_side_model()),
        )

    def words(self) -> list[str]:
        return [self.article.cut(mention.span) for mention in self.cast.mentions]

    def mention(self, words: str, nth: int = 0) -> Mention:
        return [m for m in self.cast.mentions if self.article.cut(m.span) == words][nth]

    def actor(self, words: str, nth: int = 0) -> Actor | None:
        return self.cast.actor(self.mention(words, nth).actor_id)

    def name(self, words: str, nth: int = 0) -> str | None:
        actor = self.actor(words, nth)
        return actor.name if actor is not None else None

    def candidates(self, words: str, nth: int = 0) -> list[str]:
        actors = map(self.cast.actor, self.mention(words, nth).candidates)
        return [actor.name for actor in actors if actor is not None]

    def speakers(self) -> list[str | None]:
        actors = [self.cast.actor(actor_id) for actor_id in self.cast.speakers]
        return [actor.name if actor is not None else None for actor in actors]


TITLED = make_doc("""
    Norwegian JJ amod 3
    President NNP compound 3
    Anna NNP compound 3 B-PERSON
    Berg NNP nsubj 4 I-PERSON
    left/leave VBD ROOT 4
    . . punct 4
    Mrs. NNP compound 7
    Berg NNP nsubj 8 B-PERSON
    returned/return VBD ROOT 8
    . . punct 8
    Berg NNP nsubj 11
    slept/sleep VBD ROOT 11
    . . punct 11
    """)


def test_a_person_is_one_actor_by_full_name_title_and_surname() -> None:
    read = Read(TITLED)
    assert [actor.name for actor in read.cast.actors if actor.kind == "person"] == ["Anna Berg"]
    assert read.name("Norwegian President Anna Berg") == "Anna Berg"
    assert read.name("Mrs. Berg") == "Anna Berg"
    assert read.name("Berg") == "Anna Berg"  # a surname the entity labels missed


def test_a_title_gives_role_country_and_sector() -> None:
    read = Read(TITLED)
    mention = read.mention("Norwegian President Anna Berg")
    assert (mention.role, mention.role_country) == ("President", "NOR")
    actor = read.actor("Berg")
    assert actor is not None
    assert (actor.kind, actor.country, actor.sector) == ("person", "NOR", "GOV")


def test_a_courtesy_title_is_no_role() -> None:
    assert Read(TITLED).mention("Mrs. Berg").role is None


def test_a_title_may_hold_a_preposition() -> None:
    read = Read(
        make_doc("""
        US NNP compound 1
        Secretary NNP nsubj 6
        of IN prep 1
        State NNP pobj 2 B-ORG
        John NNP compound 5 B-PERSON
        Stone NNP appos 1 I-PERSON
        left/leave VBD ROOT 6
        """)
    )
    mention = read.mention("US Secretary of State John Stone")
    assert (mention.role, mention.role_country) == ("Secretary of State", "USA")
    assert "organisation" not in {actor.kind for actor in read.cast.actors}


def test_a_spokesman_of_a_president_is_not_the_president() -> None:
    read = Read(
        make_doc("""
        The DT det 1
        spokesman NN nsubj 6
        of IN prep 1
        President NNP compound 5
        Anna NNP compound 5 B-PERSON
        Berg NNP pobj 2 I-PERSON
        left/leave VBD ROOT 6
        """)
    )
    assert read.name("President Anna Berg") == "Anna Berg"
    assert read.name("The spokesman") == "spokesman of President Anna Berg"


def test_an_apposition_gives_a_role_and_is_a_mention_itself() -> None:
    read = Read(
        make_doc("""
        Ivan NNP compound 1 B-PERSON
        Orlov NNP nsubj 8 I-PERSON
        , , punct 1
        Russia NNP poss 6 B-GPE
        's POS case 3
        foreign JJ amod 6
        minister NN appos 1
        , , punct 1
        left/leave VBD ROOT 8
        """)
    )
    mention = read.mention("Ivan Orlov")
    assert (mention.role, mention.role_country) == ("foreign minister", "RUS")
    apposed = read.mention("Russia's foreign minister")
    assert apposed.form == "title"
    assert apposed.actor_id == mention.actor_id


FORMER = make_doc("""
    Former JJ amod 4
    German JJ amod 4
    Chancellor NNP compound 4
    Anna NNP compound 4 B-PERSON
    Berg NNP nsubj 5 I-PERSON
    left/leave VBD ROOT 5
    """)


def test_who_held_an_office_belongs_to_the_elite() -> None:
    actor = Read(FORMER).actor("Former German Chancellor Anna Berg")
    assert actor is not None
    assert (actor.country, actor.sector) == ("DEU", "ELI")


CLINTONS = make_doc("""
    Sara NNP compound 1 B-PERSON
    Blom NNP nsubj 2 I-PERSON
    met/meet VBD ROOT 2
    Erik NNP compound 4 B-PERSON
    Blom NNP dobj 2 I-PERSON
    . . punct 2
    Blom NNP nsubj 7 B-PERSON
    left/leave VBD ROOT 7
    . . punct 7
    Sara NNP compound 10 B-PERSON
    Blom NNP nsubj 11 I-PERSON
    stayed/stay VBD ROOT 11
    . . punct 11
    Ms NNP compound 14
    Blom NNP nsubj 15 B-PERSON
    smiled/smile VBD ROOT 15
    """)


MISTAGGED = """
    Anna NNP compound 1 B-PERSON
    Kettle NNP nsubj 2 I-PERSON
    left/leave VBD ROOT 2
    . . punct 2
    {article}Kettle NN nsubj {verb}
    slept/sleep VBD ROOT {verb}
    . . punct {verb}
    """


def test_a_surname_taken_for_a_noun_is_its_owner() -> None:
    read = Read(make_doc(MISTAGGED.format(article="", verb=5)))
    assert read.name("Kettle") == "Anna Kettle"


def test_a_noun_with_an_article_is_no_surname() -> None:
    read = Read(make_doc(MISTAGGED.format(article="The DT det 5\n", verb=6)))
    assert "Kettle" not in read.words()


def test_a_single_name_labelled_once_is_the_same_person_again() -> None:
    read = Read(
        make_doc("""
        Tarrow NNP nsubj 1 B-PERSON
        left/leave VBD ROOT 1
        . . punct 1
        Tarrow NNP nsubj 4 B-ORG
        slept/sleep VBD ROOT 4
        . . punct 4
        """)
    )
    assert read.mention("Tarrow").actor_id == read.mention("Tarrow", 1).actor_id


def test_two_people_of_one_surname_stay_two() -> None:
    read = Read(CLINTONS)
    assert [actor.name for actor in read.cast.actors] == ["Sara Blom", "Erik Blom"]
    assert read.name("Sara Blom", 1) == "Sara Blom"


def test_a_surname_of_two_people_goes_to_the_one_named_last() -> None:
    assert Read(CLINTONS).name("Ms Blom") == "Sara Blom"


def test_a_surname_of_two_people_named_side_by_side_is_in_doubt() -> None:
    read = Read(CLINTONS)
    assert read.name("Blom") is None
    assert read.candidates("Blom") == ["Erik Blom", "Sara Blom"]


def test_a_title_tells_which_of_two_people_a_surname_means() -> None:
    read = Read(
        make_doc("""
        Mr NNP compound 1
        Blom NNP nsubj 6 B-PERSON
        and CC cc 1
        Mrs NNP compound 4
        Sara NNP compound 5 B-PERSON
        Blom NNP conj 1 I-PERSON
        left/leave VBD ROOT 6
        . . punct 6
        Mrs NNP compound 9
        Blom NNP nsubj 10 B-PERSON
        slept/sleep VBD ROOT 10
        """)
    )
    assert read.name("Mrs Blom") == "Sara Blom"
    assert read.candidates("Mrs Blom") == []


def test_a_person_nobody_knows_has_no_country_and_no_sector() -> None:
    read = Read(
        make_doc("""
        Jane NNP compound 1 B-PERSON
        Tarrow NNP nsubj 2 I-PERSON
        left/leave VBD ROOT 2
        """),
        published="2022-03-11",
    )
    assert [(a.name, a.country, a.sector) for a in read.cast.actors] == [
        ("Jane Tarrow", None, None)
    ]


MERKEL = make_doc("""
    Angela NNP compound 1 B-PERSON
    Merkel NNP nsubj 2 I-PERSON
    left/leave VBD ROOT 2
    """)


@pytest.mark.parametrize(
    ("published", "sector"),
    [("2015-03-01", "GOV"), ("2023-03-01", "ELI"), ("2001-03-01", None), (None, None)],
)
def test_the_table_of_people_counts_only_on_the_day_of_publication(
    published: str | None, sector: str | None
) -> None:
    (actor,) = Read(MERKEL, published=published).cast.actors
    assert (actor.country, actor.sector) == ("DEU", sector)


def test_who_moved_from_a_government_to_a_body_had_the_sector_of_the_time() -> None:
    rutte = make_doc("""
        Mark NNP compound 1 B-PERSON
        Rutte NNP nsubj 2 I-PERSON
        left/leave VBD ROOT 2
        """)
    (minister,) = Read(rutte, published="2015-03-01").cast.actors
    assert (minister.country, minister.sector) == ("NLD", "GOV")
    (secretary,) = Read(rutte, published="2025-03-01").cast.actors
    assert (secretary.country, secretary.sector) == (None, "IGO")  # he acts for no country


def test_what_the_text_says_outranks_the_table() -> None:
    read = Read(
        make_doc("""
        Rebel NNP compound 3
        Leader NNP compound 3
        Angela NNP compound 3 B-PERSON
        Merkel NNP nsubj 4 I-PERSON
        left/leave VBD ROOT 4
        """),
        published="2015-03-01",
    )
    (actor,) = (actor for actor in read.cast.actors if actor.kind == "person")
    assert actor.sector == "REB"


def pair(pronoun: str, first: str, second: str) -> Doc:
    """Two people of a courtesy title each, then a pronoun as subject."""
    return make_doc(f"""
        {first} NNP compound 1
        Adams NNP nsubj 2 B-PERSON
        met/meet VBD ROOT 2
        {second} NNP compound 4
        Brown NNP dobj 2 B-PERSON
        . . punct 2
        {pronoun} PRP nsubj 7
        left/leave VBD ROOT 7
        """)


@pytest.mark.parametrize(
    ("pronoun", "first", "second", "expected"),
    [
        ("He", "Mr", "Mrs", "Adams"),
        ("She", "Mr", "Mrs", "Brown"),
        ("He", "Mrs", "Mr", "Brown"),
        ("She", "Ms", "Mr", "Adams"),
        ("He", "Mr", "Mr", "Adams"),  # the subject before the object
        ("He", "Dr", "Mrs", "Adams"),  # a title for either goes with either
    ],
)
def test_he_and_she_by_the_gender_of_titles(
    pronoun: str, first: str, second: str, expected: str
) -> None:
    read = Read(pair(pronoun, first, second))
    assert read.name(pronoun) == expected
    assert read.mention(pronoun).form == "pronoun"


def test_he_is_nobody_where_only_women_are_named() -> None:
    assert "He" not in Read(pair("He", "Mrs", "Ms")).words()


def test_a_gender_learnt_from_a_pronoun_holds() -> None:
    read = Read(
        make_doc("""
        Adams NNP nsubj 1 B-PERSON
        left/leave VBD ROOT 1
        . . punct 1
        She PRP nsubj 4
        slept/sleep VBD ROOT 4
        . . punct 4
        He PRP nsubj 7
        ate/eat VBD ROOT 7
        """)
    )
    assert read.name("She") == "Adams"
    assert "He" not in read.words()


def test_an_object_pronoun_is_not_the_subject_of_its_verb() -> None:
    read = Read(
        make_doc("""
        Mr NNP compound 1
        Adams NNP nsubj 2 B-PERSON
        slept/sleep VBD ROOT 2
        . . punct 2
        Mr NNP compound 5
        Brown NNP nsubj 6 B-PERSON
        woke/wake VBD ROOT 6
        him PRP dobj 6
        """)
    )
    assert read.name("him") == "Adams"


def test_it_means_the_body_that_acts() -> None:
    read = Read(
        make_doc("""
        Russia NNP nsubj 1 B-GPE
        left/leave VBD ROOT 1
        . . punct 1
        It PRP nsubj 4
        returned/return VBD ROOT 4
        """)
    )
    assert read.name("It") == "Russia"


def test_they_means_a_plural_subject() -> None:
    read = Read(
        make_doc("""
        French JJ amod 1
        officials/official NNS nsubj 2
        left/leave VBD ROOT 2
        . . punct 2
        They PRP nsubj 5
        returned/return VBD ROOT 5
        """)
    )
    assert read.name("They") == "French officials"
    actor = read.actor("French officials")
    assert actor is not None
    assert (actor.kind, actor.country, actor.sector) == ("group", "FRA", "GOV")


QUOTED = make_doc("""
    “ `` punct 3
    I PRP nsubj 3
    never RB neg 3
    told/tell VBD ccomp 11
    our PRP$ poss 5
    negotiators/negotiator NNS dobj 3
    , , punct 11
    ” '' punct 11
    Ukrainian JJ amod 10
    President NNP compound 10
    Berg NNP nsubj 11 B-PERSON
    said/say VBD ROOT 11
    . . punct 11
    """)


def spoken(doc: Doc, *, content: tuple[int, int], cue: int, source: int) -> Attribution:
    """An attribution whose content is some tokens, first and last."""
    first, last = doc[content[0]], doc[content[1]]
    verb = doc[cue]
    return Attribution(
        source=(Span(doc[source].idx, doc[source].idx + len(doc[source])),),
        cue=(Span(verb.idx, verb.idx + len(verb)),),
        content=(Span(first.idx, last.idx + len(last)),),
        kind="direct",
        act="assert",
        cue_at=cue,
        source_at=source,
    )


def test_the_first_person_in_a_quotation_is_its_speaker() -> None:
    read = Read(QUOTED, [spoken(QUOTED, content=(0, 7), cue=11, source=10)])
    assert read.speakers() == ["Berg"]
    assert read.name("I") == "Berg"


WE = make_doc("""
    “ `` punct 3
    We PRP nsubj 3
    must MD aux 3
    say/say VB ccomp 7
    no/no UH intj 3
    , , punct 7
    ” '' punct 7
    said/say VBD ROOT 7
    Berg NNP nsubj 7 B-PERSON
    """)


def test_what_we_say_the_speaker_says_where_no_side_is_known() -> None:
    outer = spoken(WE, content=(0, 6), cue=7, source=8)
    inner = spoken(WE, content=(4, 4), cue=3, source=1)
    assert Read(WE, [outer, inner]).speakers() == ["Berg", "Berg"]


def test_a_phrase_does_not_end_before_it_begins() -> None:
    doc = make_doc("""
    Danish JJ nmod 1
    peace NN nsubj 6
    , , punct 1
    of IN prep 1
    fighters/fighter NNS pobj 3
    and CC cc 0
    left/leave VBD conj 0
    """)
    assert bounds(doc[1]) == (0, 2)


def test_a_name_in_capitals_is_the_one_the_text_writes_otherwise() -> None:
    read = Read(
        make_doc("""
        Anna NNP compound 1 B-PERSON
        Berg NNP nsubj 2 I-PERSON
        left/leave VBD ROOT 2
        . . punct 2
        KING NNP nsubj 5
        MET/meet VBD ROOT 5
        BERG NNP dobj 5 B-PERSON
        """)
    )
    assert read.name("BERG") == "Anna Berg"


def test_our_negotiators_are_those_of_the_speakers_country() -> None:
    read = Read(QUOTED, [spoken(QUOTED, content=(0, 7), cue=11, source=10)])
    actor = read.actor("our negotiators")
    assert actor is not None
    assert (actor.name, actor.kind, actor.country) == ("Ukrainian negotiators", "group", "UKR")


def test_the_first_person_of_an_unknown_speaker_is_nobody() -> None:
    read = Read(QUOTED)
    assert "I" not in read.words()
    actor = read.actor("our negotiators")
    assert actor is not None
    assert actor.country is None


REPORTED = make_doc("""
    “ `` punct 2
    They PRP nsubj 2
    say/say VBP ccomp 8
    I PRP nsubj 4
    lied/lie VBD ccomp 2
    , , punct 8
    ” '' punct 8
    Berg NNP nsubj 8 B-PERSON
    said/say VBD ROOT 8
    """)


def test_the_first_person_in_a_quotation_is_not_whoever_it_reports() -> None:
    outer = spoken(REPORTED, content=(0, 6), cue=8, source=7)
    inner = spoken(REPORTED, content=(3, 4), cue=2, source=1)
    read = Read(REPORTED, [outer, inner])
    assert read.name("I") == "Berg"
    assert read.speakers() == ["Berg", None]


def test_a_quotation_that_goes_on_has_the_speaker_of_what_it_follows() -> None:
    first = spoken(QUOTED, content=(0, 7), cue=11, source=10)
    more = Attribution(
        source=(), cue=(), content=(Span(0, 1),), kind="direct", act="assert", follows=0
    )
    assert Read(QUOTED, [first, more]).speakers() == ["Berg", "Berg"]


def test_a_report_says_things_and_is_nobody() -> None:
    doc = make_doc("""
        A DT det 1
        report NN nsubj 2
        said/say VBD ROOT 2
        prices/price NNS nsubj 4
        rose/rise VBD ccomp 2
        """)
    assert Read(doc, [spoken(doc, content=(3, 4), cue=2, source=1)]).speakers() == [None]


def test_an_unlisted_noun_that_speaks_is_an_actor() -> None:
    doc = make_doc("""
        A DT det 1
        beekeeper NN nsubj 2
        said/say VBD ROOT 2
        prices/price NNS nsubj 4
        rose/rise VBD ccomp 2
        """)
    read = Read(doc, [spoken(doc, content=(3, 4), cue=2, source=1)])
    assert read.speakers() == ["beekeeper"]
    assert read.cast.actors[0].sector is None


def test_an_office_without_a_name_goes_to_its_one_holder() -> None:
    doc = make_doc("""
        Foreign NNP compound 1
        Minister NNP compound 2
        Berg NNP nsubj 3 B-PERSON
        left/leave VBD ROOT 3
        . . punct 3
        The DT det 6
        minister NN nsubj 7
        returned/return VBD ROOT 7
        """)
    read = Read(doc)
    assert read.name("The minister") == "Berg"
    assert read.mention("The minister").form == "title"


def test_of_two_holders_of_an_office_neither_is_meant() -> None:
    doc = make_doc("""
        Minister NNP compound 1
        Berg NNP nsubj 2 B-PERSON
        met/meet VBD ROOT 2
        Minister NNP compound 4
        Stone NNP dobj 2 B-PERSON
        . . punct 2
        The DT det 7
        minister NN nsubj 8
        returned/return VBD ROOT 8
        """)
    read = Read(doc, [spoken(doc, content=(7, 8), cue=8, source=7)])
    assert read.name("The minister") is None
    assert read.candidates("The minister") == ["Stone", "Berg"]
    assert read.speakers() == [None]


def test_an_organisation_only_the_labels_tell_of() -> None:
    doc = make_doc("""
        The DT det 2
        Crimson NNP compound 2 B-ORG
        Guild NNP nsubj 3 I-ORG
        left/leave VBD ROOT 3
        """)
    (actor,) = Read(doc).cast.actors
    assert (actor.name, actor.kind, actor.country) == ("Crimson Guild", "organisation", None)


def test_an_adjective_in_an_organisations_name_gives_its_country() -> None:
    doc = make_doc("""
        The DT det 3
        Norwegian JJ amod 3 B-ORG
        Beekeepers NNPS compound 3 I-ORG
        Union NNP nsubj 4 I-ORG
        left/leave VBD ROOT 4
        """)
    actor = next(a for a in Read(doc).cast.actors if a.kind == "organisation")
    assert (actor.name, actor.country) == ("Norwegian Beekeepers Union", "NOR")


def ministry(*countries: str) -> Doc:
    """A sentence a country: its defence ministry leaves; "" is the ministry of no country."""
    rows: list[str] = []
    for country in countries:
        at = len(rows)
        if country:
            rows += [f"{country} NNP poss {at + 3}", f"'s POS case {at}"]
        else:
            rows += [f"There RB advmod {at + 4}", f"the DT det {at + 3}"]
        rows += [
            f"Defence/defence NNP compound {at + 3} B-ORG",
            f"Ministry/ministry NNP nsubj {at + 4} I-ORG",
            f"left/leave VBD ROOT {at + 4}",
        ]
    return make_doc("\n".join(rows))


def test_a_ministry_is_its_countrys_government() -> None:
    actor = Read(ministry("Russia", "")).actor("Defence Ministry", 1)
    assert actor is not None
    assert (actor.kind, actor.country, actor.sector) == ("government", "RUS", "GOV")


def test_ministries_of_two_countries_are_two_and_a_third_is_neither() -> None:
    read = Read(ministry("Russia", "Ukraine", ""))
    actors = [read.actor("Defence Ministry", nth) for nth in range(3)]
    assert [actor.country if actor else None for actor in actors] == ["RUS", "UKR", None]
    third = [read.cast.actor(one) for one in read.mention("Defence Ministry", 2).candidates]
    assert [actor.country for actor in third if actor is not None] == ["UKR", "RUS"]


def test_the_noun_of_two_bodies_named_side_by_side_is_in_doubt() -> None:
    read = Read(
        make_doc("""
        The DT det 2
        Crimson NNP compound 2 B-ORG
        Union NNP nsubj 3 I-ORG
        joined/join VBD ROOT 3
        the DT det 6
        Azure NNP compound 6 B-ORG
        Union NNP dobj 3 I-ORG
        . . punct 3
        The DT det 9
        union NN nsubj 10
        left/leave VBD ROOT 10
        """)
    )
    assert read.mention("The union").actor_id is None
    assert read.candidates("The union") == ["Azure Union", "Crimson Union"]


def test_the_noun_of_two_bodies_is_the_one_named_last() -> None:
    read = Read(
        make_doc("""
        The DT det 2
        Crimson NNP compound 2 B-ORG
        Union NNP nsubj 3 I-ORG
        left/leave VBD ROOT 3
        . . punct 3
        The DT det 7
        Azure NNP compound 7 B-ORG
        Union NNP nsubj 8 I-ORG
        stayed/stay VBD ROOT 8
        . . punct 8
        The DT det 11
        union NN nsubj 12
        cheered/cheer VBD ROOT 12
        """)
    )
    assert read.name("The union") == "Azure Union"


def test_a_ministry_that_speaks_is_nobody_in_person() -> None:
    doc = make_doc("""
        The DT det 2
        Russian JJ amod 2
        Ministry NNP nsubj 3
        said/say VBD ROOT 3
        prices/price NNS nsubj 5
        rose/rise VBD ccomp 3
        """)
    read = Read(doc, [spoken(doc, content=(4, 5), cue=3, source=2)])
    actor = read.actor("The Russian Ministry")
    assert actor is not None
    assert (actor.name, actor.kind, actor.country) == ("Russian Ministry", "government", "RUS")
    assert read.speakers() == ["Russian Ministry"]


def test_ids_are_the_same_each_time() -> None:
    assert Read(TITLED).cast == Read(TITLED).cast


def companies(pronoun: str) -> Doc:
    """A company that a pronoun's clause has for subject, behind one of another kind."""
    return make_doc(f"""
        The DT det 2
        Crimson NNP compound 2 B-ORG
        Guild NNP nsubj 3 I-ORG
        waited/wait VBD ROOT 3
        . . punct 3
        The DT det 7
        Azure NNP compound 7 B-ORG
        Union NNP nsubj 8 I-ORG
        refused/refuse VBD ROOT 8
        {pronoun}
        . . punct 8
        """)


@pytest.mark.parametrize("pronoun", ["them", "it"])
def test_an_object_is_not_the_subject_of_its_own_clause(pronoun: str) -> None:
    assert Read(companies(f"{pronoun} PRP dobj 8")).name(pronoun) == "Crimson Guild"


def test_a_reflexive_is_the_subject_of_its_own_clause() -> None:
    assert Read(companies("itself PRP dobj 8")).name("itself") == "Azure Union"


def test_a_body_is_they_where_no_plural_is_nearer() -> None:
    doc = make_doc("""
        The DT det 2
        Crimson NNP compound 2 B-ORG
        Guild NNP nsubj 3 I-ORG
        left/leave VBD ROOT 3
        . . punct 3
        They PRP nsubj 6
        returned/return VBD ROOT 6
        """)
    assert Read(doc).name("They") == "Crimson Guild"


def test_it_that_stands_for_no_noun_is_nobody() -> None:
    doc = make_doc("""
        The DT det 2
        Crimson NNP compound 2 B-ORG
        Guild NNP nsubj 3 I-ORG
        left/leave VBD ROOT 3
        . . punct 3
        It PRP nsubj 6
        was/be VBD ROOT 6
        clear JJ acomp 6
        that IN mark 10
        Berg NNP nsubj 10
        left/leave VBD ccomp 6
        """)
    assert "It" not in Read(doc).words()


BESIDE = make_doc("""
    The DT det 1
    potter NN nsubj 6
    of IN prep 1
    Lund NNP pobj 2 B-GPE
    , , punct 1
    Berg NNP appos 3 B-PERSON
    said/say VBD ROOT 6
    prices/price NNS nsubj 8
    rose/rise VBD ccomp 6
    """)


def test_a_noun_that_speaks_takes_the_name_its_source_gives() -> None:
    attribution = spoken(BESIDE, content=(7, 8), cue=6, source=1)
    source = (Span(0, BESIDE[5].idx + len(BESIDE[5])),)
    read = Read(BESIDE, [replace(attribution, source=source)])
    assert read.speakers() == ["Berg"]
    assert read.name("The potter") == "Berg"


GOES_ON = make_doc("""
    Berg NNP nsubj 1 B-PERSON
    said/say VBD ROOT 1
    prices/price NNS nsubj 3
    rose/rise VBD ccomp 1
    . . punct 1
    The DT det 6
    potter NN nsubj 7
    said/say VBD ROOT 7
    wages/wage NNS nsubj 9
    fell/fall VBD ccomp 7
    """)


def test_a_noun_that_speaks_on_is_who_was_named_last() -> None:
    first = spoken(GOES_ON, content=(2, 3), cue=1, source=0)
    then = spoken(GOES_ON, content=(8, 9), cue=7, source=6)
    assert Read(GOES_ON, [first, then]).speakers() == ["Berg", "Berg"]


DESCRIBED_FIRST = make_doc("""
    A DT det 1
    potter NN nsubj 2
    said/say VBD ROOT 2
    prices/price NNS nsubj 4
    rose/rise VBD ccomp 2
    . . punct 2
    Berg NNP nsubj 7 B-PERSON
    said/say VBD ROOT 7
    wages/wage NNS nsubj 9
    fell/fall VBD ccomp 7
    """)


def test_an_article_first_describes_whom_it_then_names() -> None:
    first, then = (
        replace(spoken(DESCRIBED_FIRST, content=content, cue=cue, source=cue - 1), kind="indirect")
        for content, cue in (((3, 4), 2), ((8, 9), 7))
    )
    assert Read(DESCRIBED_FIRST, [first, then]).speakers() == ["Berg", "Berg"]


def test_a_report_speaks_for_who_issued_it() -> None:
    doc = make_doc("""
        A DT det 1
        report NN nsubj 4
        by IN prep 1
        Berg NNP pobj 2 B-PERSON
        said/say VBD ROOT 4
        prices/price NNS nsubj 6
        rose/rise VBD ccomp 4
        . . punct 4
        The DT det 9
        report NN nsubj 10
        said/say VBD ROOT 10
        wages/wage NNS nsubj 12
        fell/fall VBD ccomp 10
        """)
    first = spoken(doc, content=(5, 6), cue=4, source=1)
    then = spoken(doc, content=(11, 12), cue=10, source=9)
    assert Read(doc, [first, then]).speakers() == ["Berg", "Berg"]


def test_an_unnamed_source_is_called_by_all_its_words() -> None:
    doc = make_doc("""
        A DT det 1
        beekeeper NN nsubj 4
        from IN prep 1
        Lund NNP pobj 2 B-GPE
        said/say VBD ROOT 4
        prices/price NNS nsubj 6
        rose/rise VBD ccomp 4
        """)
    attribution = spoken(doc, content=(5, 6), cue=4, source=1)
    source = (Span(0, doc[3].idx + len(doc[3])),)
    assert Read(doc, [replace(attribution, source=source)]).speakers() == ["beekeeper from Lund"]


TOLD_OF = make_doc("""
    Anders NNP compound 1 B-PERSON
    Berg NNP nsubj 2 I-PERSON
    said/say VBD ROOT 2
    Karl NNP compound 4 B-PERSON
    Moser NNP nsubj 5 I-PERSON
    fled/flee VBD ccomp 2
    . . punct 2
    He PRP nsubj 8
    added/add VBD ROOT 8
    prices/price NNS nsubj 10
    rose/rise VBD ccomp 8
    """)


def test_he_who_speaks_on_is_not_whom_the_last_statement_tells_of() -> None:
    first = spoken(TOLD_OF, content=(3, 5), cue=2, source=1)
    then = spoken(TOLD_OF, content=(9, 10), cue=8, source=7)
    read = Read(TOLD_OF, [replace(first, kind="indirect"), replace(then, kind="indirect")])
    assert read.speakers() == ["Anders Berg", "Anders Berg"]


def test_a_noun_ends_where_it_stands_whatever_hangs_on_the_names_before_it() -> None:
    party = make_doc("""
        The DT det 4
        Justice NNP nmod 4
        and CC cc 1
        Development NNP conj 1
        party/party NN nsubj 9
        , , punct 4
        in IN prep 4
        power NN pobj 6
        and CC cc 4
        lost/lose VBD ROOT 9
        accused/accuse VBN conj 1
        . . punct 9
        """)
    assert bounds(party[4]) == (3, 5)


STATED = """
    {} NNP nsubj 1 {}
    {} ROOT 1
    the DT det 3
    truce NN dobj 1
    . . punct 1
    We PRP nsubj 6
    left/leave VBD ROOT 6
    """


@pytest.mark.parametrize(
    ("name", "label", "verb", "we"),
    [
        ("Norway", "B-GPE", "welcomes/welcome VBZ", "Norway"),
        ("Norway", "B-GPE", "welcomed/welcome VBD", None),  # somebody else tells it
        ("Norway", "B-GPE", "doubts/doubt VBZ", None),  # no words of statements
        ("Berg", "B-PERSON", "welcomes/welcome VBZ", None),  # one person is not we
    ],
)
def test_we_outside_quotations_is_whose_statement_a_text_is(
    name: str, label: str, verb: str, we: str | None
) -> None:
    doc = make_doc(STATED.format(name, label, verb))
    said = replace(spoken(doc, content=(2, 3), cue=1, source=0), kind="indirect")
    read, unsaid = Read(doc, [said]), Read(doc)
    assert (read.name("We") if "We" in read.words() else None) == we
    assert "We" not in unsaid.words()
