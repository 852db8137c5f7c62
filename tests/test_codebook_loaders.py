"""Data files of a user's own: what loads, and what is refused with the file and the fault named."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.codebook.contexts import Contexts, load_contexts
from onrecord.codebook.cues import load_cues
from onrecord.codebook.measures import load_measures
from onrecord.codebook.modality import load_modals
from onrecord.codebook.parties import load_parties
from onrecord.codebook.plover import load_plover
from onrecord.codebook.sectors import Sectors, load_sectors
from onrecord.codebook.terms import load_concepts
from onrecord.errors import CodebookError

Load = Callable[[Path], object]

SECTORS = frozenset({"GOV", "MIL"})


def sectors(path: Path) -> Sectors:
    return load_sectors(SECTORS, path)


def countries(path: Path) -> object:
    return load_parties(countries=path)


def organisations(path: Path) -> object:
    return load_parties(organisations=path)


def people(path: Path) -> object:
    return load_parties(people=path)


def triggers(path: Path) -> object:
    return load_plover(triggers_path=path)


def contexts(path: Path) -> Contexts:
    return load_contexts(("economic", "crime", "corruption", "religion_ethnicity"), path)


LOADERS: tuple[Load, ...] = (
    load_cues,
    load_plover,
    triggers,
    countries,
    organisations,
    people,
    sectors,
    load_concepts,
    load_measures,
    load_modals,
    contexts,
)


def own(name: str) -> str:
    """The text of one of the package's data files."""
    return (files("onrecord") / "data" / name).read_text("utf-8")


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[Load, str], str]:
    """What a loader says when it refuses a file with that text; it has to name the file."""

    def message(load: Load, text: str) -> str:
        path = tmp_path / "mine.toml"
        path.write_text(text, "utf-8")
        with pytest.raises(CodebookError) as caught:
            load(path)
        assert str(path) in str(caught.value)
        return str(caught.value)

    return message


Refusal = Callable[[Load, str], str]


@pytest.mark.parametrize("load", LOADERS)
def test_a_missing_file_is_named(load: Load, tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"absent\.toml cannot be read"):
        load(tmp_path / "absent.toml")


@pytest.mark.parametrize("load", LOADERS)
def test_what_is_not_toml_is_refused(load: Load, refusal: Refusal) -> None:
    assert "cannot be read as TOML" in refusal(load, "clause: [say]")


def test_what_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes('[assert]\nclause = ["dé"]'.encode("latin-1"))
    with pytest.raises(CodebookError, match=r"mine\.toml cannot be read"):
        load_cues(path)


@pytest.mark.parametrize(
    ("load", "text", "fault"),
    [
        (load_cues, '[sing]\nclause = ["hum"]', "unknown act 'sing'"),
        (load_cues, '[assert]\nchorus = ["say"]', "unknown chorus"),
        (load_cues, '[assert]\nclause = "say"', "clause must be a list of strings"),
        (load_cues, "[assert]\nclause = [1]", "clause must be a list of strings"),
        (load_cues, "assert = 1", "must be a table"),
        (load_cues, '[phrases]\nsing = ["in tune with"]', "unknown act 'sing'"),
        (load_cues, '[assert]\nclause = ["hold"]\n[deny]\nclause = ["hold"]', "'hold' stands"),
        (load_measures, '[bored]\nverbs = ["bore"]', "unknown measure 'bored'"),
        (load_measures, '[killed]\nadverbs = ["dead"]', "unknown adverbs"),
        (load_measures, '[killed]\nverbs = ["die"]\n[missing]\nverbs = ["die"]', "'die' stands"),
        (load_concepts, '[[concept]]\nname = "war"', "war has no terms"),
        (load_concepts, '[[concept]]\nterms = ["war"]', "name must be a string"),
        (load_concepts, '[[concept]]\nname = "w"\nterms = ["w"]\nwords = ["x"]', "unknown words"),
        (load_concepts, '[[concept]]\nname = "w"\nterms = ["w"]\nonly_marked = 1', "true or false"),
        (load_concepts, '[[concepts]]\nname = "w"', "unknown concepts"),
        (load_concepts, 'concept = "w"', "concept must be a list of tables"),
        (sectors, '[sector.XXX]\nnouns = ["king"]', "unknown sector XXX"),
        (sectors, '[titles]\nXXX = ["king"]', "unknown sector XXX"),
        (sectors, '[sector.GOV]\nverbs = ["rule"]', "unknown verbs"),
        (sectors, '[sectors.GOV]\nnouns = ["king"]', "unknown sectors"),
        (triggers, '[DANCE]\nverbs = ["dance"]', "'DANCE' is not a PLOVER event type"),
        (triggers, '[AID]\nadverbs = ["kindly"]', "unknown adverbs"),
        (triggers, '[AID]\nverbs = ["aid"]\nmodes = { aid = "visit" }', "AID has no mode visit"),
        (triggers, '[AID]\nverbs = ["help"]\n[SUPPORT]\nguarded = ["help"]', "'help' stands under"),
        (triggers, '[content.AID]\nvisit = ["fly"]', "AID has no mode visit"),
        (triggers, '[content.DANCE]\nvisit = ["fly"]', "'DANCE' is not a PLOVER event type"),
        (load_modals, 'wished = ["wish"]', "unknown wished"),
        (load_modals, 'future = "plan"', "future must be a list of strings"),
        (contexts, '[words]\nsports = ["goal"]', "unknown context sports"),
        (contexts, '[by_mode]\ncyber = "cyber"', "unknown context cyber"),
        (contexts, 'specific = ["piracy"]', "unknown context piracy"),
        (contexts, '[phrases]\neconomic = ["trade"]', "unknown phrases"),
        (load_plover, "[types.DANCE]\nquad = 1\nscore = 1.0", "not a PLOVER event type"),
        (countries, '[[country]]\ncode = "RU"\nname = "Russia"', "'RU' is not an ISO 3166-1"),
        (countries, '[[country]]\ncode = "rus"\nname = "Russia"', "'rus' is not an ISO 3166-1"),
        (countries, '[[country]]\ncode = 7\nname = "Russia"', "code must be a string"),
        (countries, '[[country]]\ncode = "RUS"', "name must be a string"),
        (countries, '[[country]]\nname = "Oz"\nking = "W"', "unknown king"),
        (countries, '[[region]]\nname = "Oz"\nkind = "dream"', "unknown actor kind 'dream'"),
        (countries, '[[planet]]\nname = "Mars"', "unknown planet"),
        (organisations, '[[organisation]]\nname = "X"\nkind = "club"', "unknown actor kind 'club'"),
        (organisations, '[[organisation]]\nname = "X"', "kind must be a string"),
        (
            organisations,
            '[[organisation]]\nname = "X"\nkind = "igo"\ncountry = "USA "',
            "'USA ' is not an ISO",
        ),
        (people, '[[person]]\nname = "X"\nage = 7', "unknown age"),
        (people, '[[person]]\nname = "X"\ncountry = "US"', "'US' is not an ISO"),
        (
            people,
            '[[person]]\nname = "X"\noffices = [{title = "King", from = "May 1999"}]',
            "'May 1999' is not an ISO date",
        ),
        (
            people,
            '[[person]]\nname = "X"\noffices = [{title = "King", to = "1999-1-1"}]',
            "'1999-1-1' is not an ISO date",
        ),
        (
            people,
            '[[person]]\nname = "X"\noffices = [{title = "King", until = "1999"}]',
            "unknown until",
        ),
    ],
)
def test_what_a_data_file_may_not_hold(load: Load, text: str, fault: str, refusal: Refusal) -> None:
    assert fault in refusal(load, text)


def test_every_event_type_needs_an_entry(refusal: Refusal) -> None:
    text = own("plover.toml")
    start = text.index("[types.AID]")
    without = text[:start] + text[text.index("[types.", start + 1) :]
    assert "no entry for AID" in refusal(load_plover, without)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("score = 2.5", 'score = "high"', "score must be a number"),
        ("score = 2.5", "score = true", "score must be a number"),
        ("quad = 1", "quad = 5", "quad must be one of [1, 2, 3, 4]"),
        ("symmetric = true", "symmetrical = true", "unknown symmetrical"),
    ],
)
def test_what_an_event_type_may_not_hold(old: str, new: str, fault: str, refusal: Refusal) -> None:
    assert fault in refusal(load_plover, own("plover.toml").replace(old, new, 1))


def test_a_message_says_what_to_do_about_an_unknown_key(refusal: Refusal) -> None:
    message = refusal(load_concepts, '[[concept]]\nname = "w"\nterms = ["w"]\nabuot = ["x"]')
    assert message.endswith("concept 1: unknown abuot; correct the spelling or take it out")


def test_a_users_own_words_take_the_place_of_the_packages(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[assert]\nclause = ["quoth"]\n[phrases]\nassert = ["if we trust"]', "utf-8")
    cues = load_cues(path)
    assert cues.act("clause", "quoth") == "assert"
    assert cues.quote_act("quoth") == "assert"
    assert cues.act("clause", "say") is None
    assert cues.phrases == {("if", "we", "trust"): "assert"}


def test_a_word_may_stand_under_two_acts_in_two_frames(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[assert]\nclause = ["hold"]\n[want]\ndirective = ["hold"]', "utf-8")
    cues = load_cues(path)
    assert cues.act("clause", "hold") == "assert"
    assert cues.act("directive", "hold") == "want"


def test_a_users_own_countries(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[country]]\ncode = "RUS"\nname = "the Emerald Land"\nadjectives = ["Green"]\n'
        'people = ["Green"]\ncapital = "Emerald City"\n'
        '[[country]]\nname = "Kansas"\nadjectives = ["Grey"]\npeople = ["Greys"]\n'
        '[[country]]\nname = "Ozark"\nadjectives = ["Grey"]\n',
        "utf-8",
    )
    parties = load_parties(countries=path)
    assert parties.names["Emerald Land"].country == "RUS"
    assert parties.metonyms["Emerald City"] == parties.adjectives["Green"]
    assert parties.peoples["Greys"].name == "Kansas"
    assert "Grey" not in parties.adjectives  # two countries' word is nobody's
    assert parties.party("Kansas") is not None
    assert parties.place("Green") is None


def test_contexts_take_the_longest_words_and_the_most_specific_crime(tmp_path: Path) -> None:
    path = tmp_path / "contexts.toml"
    path.write_text(
        'specific = ["corruption"]\n[by_mode]\ngraft = "corruption"\n[words]\n'
        'economic = ["trade", "prize money"]\ncrime = ["islamic state", "gang"]\n'
        'religion_ethnicity = ["islamic"]',
        "utf-8",
    )
    found = contexts(path)
    assert found.of(["islamic", "state", "trade"], None) == ("economic", "crime")
    assert found.of(["islamic", "gang"], "graft") == ("corruption", "religion_ethnicity")
    assert found.of(["prize", "fight"], None) == ()
