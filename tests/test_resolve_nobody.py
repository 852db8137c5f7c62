"""What stands where actors do and is nobody, on parses made by hand: places, things, deeds."""

import pytest
from spacy.tokens import Doc

from onrecord.codebook import load_codebook
from onrecord.drafts import PlaceName
from onrecord.language.quotes import QuotationIndex
from onrecord.records import Span
from onrecord.resolve.actors.bodies import find_organisations, find_parties
from onrecord.resolve.actors.given import Text
from onrecord.resolve.actors.mislabelled import without_mislabelled
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.actors.nominals import find_nominals, speaker_nominal
from onrecord.resolve.actors.people import find_people
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.unlisted import find_unlisted
from parses import make_doc

BOOK = load_codebook()


def reader_of(doc: Doc) -> RoleReader:
    return RoleReader(doc, BOOK, find_named(doc, BOOK.parties))


def span_of(doc: Doc, words: str) -> Span:
    start = doc.text.index(words)
    return Span(start, start + len(words))


def struck(owner: str, tag: str, thing: str) -> Doc:
    """They hit something of somebody's."""
    return make_doc(f"""
        They PRP nsubj 1
        hit VBD ROOT 1
        {owner} {tag} amod 3
        {thing} NNS dobj 1
        . . punct 1
        """)


def unlisted(doc: Doc, words: str, *places: PlaceName) -> list[tuple[str, str]]:
    found = list(find_parties(doc, find_named(doc, BOOK.parties), places, []))
    parties = find_unlisted(doc, [span_of(doc, words)], found, places, reader_of(doc))
    return [(one.sketch.name, one.sketch.kind) for one in parties if one.sketch is not None]


@pytest.mark.parametrize("thing", ["radars/radar", "positions/position", "ships/ship"])
def test_a_thing_stands_for_the_state_that_owns_it(thing: str) -> None:
    doc = struck("Russian", "JJ", thing)
    assert unlisted(doc, f"Russian {thing.partition('/')[0]}") == [("Russia", "state")]


@pytest.mark.parametrize("thing", ["prices/price", "allegations/allegation", "bridges/bridge"])
def test_a_thing_of_nobody_is_nobody(thing: str) -> None:
    doc = struck("old", "JJ", thing)
    assert unlisted(doc, f"old {thing.partition('/')[0]}") == []


@pytest.mark.parametrize("noun", ["keepers/keeper", "dozens/dozen", "hawks/hawk", "groups/group"])
def test_people_whom_no_list_has_are_a_party(noun: str) -> None:
    doc = struck("old", "JJ", noun)
    assert unlisted(doc, f"old {noun.partition('/')[0]}") == [
        (f"old {noun.partition('/')[0]}", "group")
    ]


def test_a_country_as_ground_is_its_state_and_a_part_of_it_a_place() -> None:
    whole = make_doc("""
        They PRP nsubj 1
        invaded/invade VBD ROOT 1
        Georgia NNP dobj 1 B-GPE
        . . punct 1
        """)
    ground = PlaceName(2, 3, 0.0, "country", "GEO")
    doc = whole
    told = find_unlisted(doc, [span_of(doc, "Georgia")], [], [ground], reader_of(doc))
    assert [one.sketch.kind for one in told if one.sketch] == ["state"]
    part = make_doc("""
        They PRP nsubj 1
        invaded/invade VBD ROOT 1
        eastern JJ amod 3
        Georgia NNP dobj 1 B-GPE
        . . punct 1
        """)
    ground = PlaceName(3, 4, 0.0, "country", "GEO")
    told = find_unlisted(part, [span_of(part, "Georgia")], [], [ground], reader_of(part))
    assert [one.sketch.kind for one in told if one.sketch] == ["group"]


def said(noun: str) -> Doc:
    return make_doc(f"""
        The DT det 1
        {noun} NN nsubj 2
        said/say VBD ROOT 2
        so RB advmod 2
        . . punct 2
        """)


@pytest.mark.parametrize("noun", ["petition", "dialect", "imagination", "war", "narrative"])
def test_thoughts_and_deeds_do_not_speak(noun: str) -> None:
    doc = said(noun)
    assert speaker_nominal(doc[1], reader_of(doc)) is None


@pytest.mark.parametrize("noun", ["cosplayer", "friend", "pundit", "airport", "museum"])
def test_people_speak_and_so_do_those_who_sit_in_a_place(noun: str) -> None:
    doc = said(noun)
    assert speaker_nominal(doc[1], reader_of(doc)) is not None


def people(doc: Doc) -> list[str]:
    found = find_people(doc, reader_of(doc), BOOK, None)
    kept = without_mislabelled(doc, found, BOOK)
    return [one.sketch.name for one in kept if one.sketch and not one.is_possible]


def test_a_name_labelled_a_place_too_that_never_acts_is_nobody() -> None:
    doc = make_doc("""
        They PRP nsubj 1
        overran/overrun VBD ROOT 1
        Vardun NNP dobj 1 B-PERSON
        . . punct 1
        Vardun NNP nsubjpass 6 B-GPE
        was/be VBD auxpass 6
        lost/lose VBN ROOT 6
        . . punct 6
        """)
    assert people(doc) == []


def test_a_name_that_only_stands_before_common_nouns_is_nobody() -> None:
    doc = make_doc("""
        The DT det 2
        Vardun NNP compound 2 B-PERSON
        incident NN nsubj 3
        ended/end VBD ROOT 3
        . . punct 3
        """)
    assert people(doc) == []


@pytest.mark.parametrize("name", ["Vardun", "Anna"])
def test_a_name_that_acts_or_is_given_to_people_is_a_person(name: str) -> None:
    doc = make_doc(f"""
        {name} NNP nsubj 1 B-PERSON
        left/leave VBD ROOT 1
        . . punct 1
        They PRP nsubj 4
        reached/reach VBD ROOT 4
        {name} NNP dobj 4 B-GPE
        . . punct 4
        """)
    assert people(doc)
    doc = make_doc(f"""
        They PRP nsubj 1
        met/meet VBD ROOT 1
        {name} NNP dobj 1 B-PERSON
        . . punct 1
        """)
    assert people(doc)


def bodies(doc: Doc) -> list[tuple[str, str]]:
    named, reader = find_named(doc, BOOK.parties), reader_of(doc)
    text = Text(doc, QuotationIndex(()), named, ())
    taken = [one for one in find_people(doc, reader, BOOK, None) if not one.is_possible]
    found = find_organisations(text, reader, BOOK, taken)
    return [(one.sketch.name, one.sketch.kind) for one in found if one.sketch]


def held(first: str, second: str) -> Doc:
    return make_doc(f"""
        Anna NNP compound 1 B-PERSON
        Vardun NNP nsubj 2 I-PERSON
        met/meet VBD ROOT 2
        the DT det 5
        {first} NNP compound 5 B-ORG
        {second}
        . . punct 2
        """)


def test_a_body_by_the_surname_of_somebody_named_is_that_person() -> None:
    assert bodies(held("Vardun", "rally NN dobj 2")) == [("Anna Vardun", "person")]
    assert bodies(held("Sorel", "rally NN dobj 2")) == [("Sorel", "organisation")]


def test_a_name_that_ends_in_a_number_is_a_model() -> None:
    assert bodies(held("Vortex", "9 CD dobj 2 I-ORG")) == []
    assert bodies(held("Vortex", "Nine NNP dobj 2 I-ORG")) == [("Vortex Nine", "organisation")]


def named(before: str, tag: str, label: str, name: str) -> list[str]:
    doc = make_doc(f"""
        The DT det 2
        {before} {tag} {label} 2
        {name} NNP nsubj 3 B-ORG
        met/meet VBD ROOT 3
        . . punct 3
        """)
    return [match.party.name for match in find_named(doc, BOOK.parties) if match.start == 2]


def test_a_body_is_not_another_whose_name_ends_in_its() -> None:
    assert named("Mobile", "NNP", "compound", "Congress") == []
    assert named("Syrian", "JJ", "amod", "Congress") == []
    assert named("new", "JJ", "amod", "Congress") == ["US Congress"]
    assert named("American", "JJ", "amod", "Congress") == ["US Congress"]


@pytest.mark.parametrize(
    ("before", "tag", "label", "acts"),
    [
        ("military", "JJ", "amod", False),
        ("bombing", "NN", "compound", False),
        ("Vardun", "NNP", "compound", True),
        ("his", "PRP$", "poss", True),
    ],
)
def test_a_campaign_is_a_deed_where_its_kind_is_told(
    before: str, tag: str, label: str, *, acts: bool
) -> None:
    doc = make_doc(f"""
        {before} {tag} {label} 1
        campaign NN nsubj 2
        ended/end VBD ROOT 2
        . . punct 2
        """)
    assert bool(list(find_nominals(doc, reader_of(doc), []))) is acts


def test_a_place_that_acts_is_called_by_its_own_name() -> None:
    doc = make_doc("""
        Rebels NNS nsubj 3
        old JJ amod 3
        deal NN compound 3
        Vardun NNP ROOT 3 B-GPE
        . . punct 3
        """)
    place = PlaceName(3, 4, 0.0)
    (found,) = find_unlisted(doc, [span_of(doc, "Vardun")], [], [place], reader_of(doc))
    assert found.sketch is not None
    assert found.sketch.name == "Vardun"
