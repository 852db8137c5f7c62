"""The package's own word lists: they load, agree with one another and know what news names."""

from datetime import date
from typing import get_args

import pytest

from onrecord.codebook import Codebook, load_codebook
from onrecord.codebook.parties import Office, Party, Person
from onrecord.codebook.phrases import UNIDENTIFIED
from onrecord.codebook.wordforms import noun_key
from onrecord.records import EventType

ISO_3166_1 = frozenset(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR
    BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG
    COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH
    FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY
    HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM
    KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL
    MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
    NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU
    SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA
    TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB
    VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
    """.split()
)
CODES = ISO_3166_1 | {"XKX"}  # Kosovo: user-assigned, as the EU and others use it


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


def parties_of(book: Codebook) -> set[Party]:
    parties = book.parties
    indexes = (parties.names, parties.metonyms, parties.adjectives, parties.peoples)
    return {party for index in indexes for party in index.values()}


def people_of(book: Codebook) -> list[Person]:
    listed = (person for people in book.parties.people.values() for person in people)
    return list({(person.name, person.offices): person for person in listed}.values())


def test_the_codebook_is_loaded_once(book: Codebook) -> None:
    assert load_codebook() is book


def test_every_country_code_is_one(book: Codebook) -> None:
    assert len(ISO_3166_1) == 249
    codes = {party.country for party in parties_of(book)}
    codes |= {person.country for person in people_of(book)}
    codes |= {office.country for person in people_of(book) for office in person.offices}
    assert codes - {None} <= CODES


def test_every_country_is_known(book: Codebook) -> None:
    states = {party.country for party in parties_of(book) if party.kind == "state"}
    assert states - {None} == CODES


@pytest.mark.parametrize(
    ("words", "name", "kind", "country"),
    [
        ("Moscow", "Russia", "state", "RUS"),
        ("Kremlin", "Russia", "state", "RUS"),
        ("Russian", "Russia", "state", "RUS"),
        ("Russians", "Russia", "state", "RUS"),
        ("Ukraine", "Ukraine", "state", "UKR"),
        ("Kyiv", "Ukraine", "state", "UKR"),
        ("Kiev", "Ukraine", "state", "UKR"),
        ("White House", "United States", "state", "USA"),
        ("U.S.", "United States", "state", "USA"),
        ("Western", "the West", "bloc", None),
        ("West", "the West", "bloc", None),
        ("South Korean", "South Korea", "state", "KOR"),
        ("Soviet Union", "Soviet Union", "state", None),
        ("UN", "United Nations", "igo", None),
        ("Hamas", "Hamas", "armed_group", "PSE"),
    ],
)
def test_parties_that_news_names(
    book: Codebook, words: str, name: str, kind: str, country: str | None
) -> None:
    party = book.parties.party(words)
    assert party is not None
    assert (party.name, party.kind, party.country) == (name, kind, country)


def test_a_state_acts_as_its_government_and_a_bloc_does_not(book: Codebook) -> None:
    assert book.parties.metonyms["Moscow"].sector == "GOV"
    assert book.parties.adjectives["Western"].sector is None


@pytest.mark.parametrize("word", ["Korean", "Koreans", "Congolese", "Dominican"])
def test_a_word_for_two_countries_decides_for_neither(book: Codebook, word: str) -> None:
    assert book.parties.party(word) is None


@pytest.mark.parametrize("word", ["moscow", "Narnia", "", "the"])
def test_unknown_words_are_nobody(book: Codebook, word: str) -> None:
    assert book.parties.party(word) is None
    assert book.parties.place(word) is None


def test_a_place_is_a_country_or_capital_and_no_adjective(book: Codebook) -> None:
    assert book.parties.place("Paris") == book.parties.names["France"]
    assert book.parties.place("French") is None


def test_the_longest_name_is_within_the_length_matched(book: Codebook) -> None:
    assert "Democratic Republic of the Congo" in book.parties.names
    assert book.parties.longest >= 5


def test_sectors_are_plovers(book: Codebook) -> None:
    known = book.plover.sectors | {"NGO", "IGO"}
    assert {party.sector for party in parties_of(book)} - {None} <= known
    assert {person.sector for person in people_of(book)} - {None} <= known
    assert set(book.sectors.nouns.values()) | set(book.sectors.titles.values()) <= known


def test_people_have_offices_that_make_sense(book: Codebook) -> None:
    for person in people_of(book):
        assert person.gender in {None, "female", "male"}, person.name
        for office in person.offices:
            for day in (office.since, office.until):
                assert day is None or date.fromisoformat((day + "-01-01")[:10]), person.name
            assert (office.since or "") <= (office.until or "9999"), person.name
            if office.organisation:
                assert office.organisation in book.parties.names, person.name


def test_an_office_is_held_from_its_first_day_to_its_last() -> None:
    office = Office("President", "RUS", None, "2008-05-07", "2012-05-07")
    days = ["2008-05-06", "2008-05-07", "2010-01-01", "2012-05-07", "2012-05-08"]
    assert [office.held_on(day) for day in days] == [False, True, True, True, False]


def test_an_office_may_be_open_at_either_end() -> None:
    assert Office("President", "RUS", None, None, "2012-05-07").held_on("1999-01-01")
    assert Office("President", "RUS", None, "2012-05-07", None).held_on("2030-01-01")


def test_every_event_type_has_its_scores(book: Codebook) -> None:
    assert set(book.plover.types) == set(get_args(EventType))
    for name, info in book.plover.types.items():
        assert info.quad in {1, 2, 3, 4}
        for mode in (None, *info.modes):
            assert -10 <= info.goldstein(mode) <= 10, (name, mode)


@pytest.mark.parametrize(
    ("name", "quad"),
    [("AGREE", 1), ("AID", 2), ("RETREAT", 2), ("ACCUSE", 3), ("SANCTION", 4), ("ASSAULT", 4)],
)
def test_quad_classes(book: Codebook, name: EventType, quad: int) -> None:
    assert book.plover.types[name].quad == quad


def test_conflict_scores_below_cooperation(book: Codebook) -> None:
    for name, info in book.plover.types.items():
        if name != "REQUEST":  # the manual has it at 0
            assert (info.score < 0) == (info.quad > 2), name
    assert book.plover.types["ACCUSE"].score < 0


def test_a_mode_has_its_own_score(book: Codebook) -> None:
    retreat = book.plover.types["RETREAT"]
    assert retreat.goldstein("disarm") == 10.0
    assert retreat.goldstein(None) == retreat.score == 6.5


def test_triggers(book: Codebook) -> None:
    plover = book.plover
    assert plover.verbs["accuse"].event_type == "ACCUSE"
    assert not plover.verbs["accuse"].guarded
    assert plover.verbs["meet"].guarded
    assert plover.nouns["ceasefire"].mode == "ceasefire"
    assert plover.nouns["ceasefire"].symmetric
    for trigger in (*plover.verbs.values(), *plover.nouns.values()):
        assert trigger.mode is None or trigger.mode in plover.types[trigger.event_type].modes


def test_cues_by_frame(book: Codebook) -> None:
    cues = book.cues
    assert cues.act("clause", "say") == "assert"
    assert cues.act("clause", "deny") == "deny"
    assert cues.act("directive", "urge") == "request"
    assert cues.act("preposition", "call for") == "request"
    assert cues.act("noun", "threat") == "threaten"
    assert cues.act("clause", "walk") is None
    assert cues.phrases["according", "to"] == "assert"


def test_beside_a_quotation_more_verbs_attribute(book: Codebook) -> None:
    assert book.cues.act("clause", "laugh") is None
    assert book.cues.quote_act("laugh") == "assert"
    assert book.cues.quote_act("warn") == "predict"
    assert book.cues.quote_act("walk") is None


@pytest.mark.parametrize(
    ("lemmas", "sector"),
    [
        (("chief",), None),
        (("police", "chief"), "COP"),
        (("local", "police", "chief"), "COP"),
        (("army", "chief"), "MIL"),
        (("foreign", "minister"), "GOV"),
        (("soldier",), "MIL"),
        (("rebel",), "REB"),
        (("table",), None),
        ((), None),
    ],
)
def test_the_sector_of_a_noun_is_that_of_its_longest_ending(
    book: Codebook, lemmas: tuple[str, ...], sector: str | None
) -> None:
    assert book.sectors.of_noun(lemmas) == sector


def test_the_sector_of_a_title(book: Codebook) -> None:
    assert book.sectors.of_title(("russian", "president")) == "GOV"
    assert book.sectors.of_title(("president", "russian")) is None
    assert book.sectors.of_office("Secretary-General") == "IGO"
    assert book.sectors.of_office("Foreign Minister") == "GOV"


def test_titles_tell_gender(book: Codebook) -> None:
    genders = book.sectors.genders
    assert (genders["mr"], genders["mrs"], genders["spokeswoman"]) == ("male", "female", "female")
    assert "dr" not in genders
    assert "dr" in book.sectors.honorifics


def test_measures_by_noun_verb_and_state(book: Codebook) -> None:
    measures = book.measures
    assert measures.verbs["kill"] == "killed"
    assert measures.nouns["refugee"] == "refugees"
    assert measures.states["missing"] == "missing"
    assert "civilian" in measures.people


def test_rival_words_for_one_thing_stand_under_one_concept(book: Codebook) -> None:
    war = next(concept for concept in book.concepts if concept.name == "war in Ukraine")
    assert {"invasion", "special military operation"} <= set(war.terms)
    assert "Ukraine" in war.about
    assert not war.only_marked


def test_no_noun_has_two_sectors() -> None:
    book = load_codebook()
    two = {
        " ".join(words): (sector, noun.sector)
        for words, sector in book.sectors.nouns.items()
        if (noun := book.phrases.nouns.get(noun_key(" ".join(words)))) is not None
        and noun.sector not in {sector, UNIDENTIFIED}
    }
    assert two == {}
