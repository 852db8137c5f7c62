"""Tables of actors: the package's own are sound; a fault in a user's is named with its line."""

import csv
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.codebook import load_codebook
from onrecord.codebook.actor_rows import ActorRow, read_actor_rows
from onrecord.codebook.listing import OWN_TABLES
from onrecord.codebook.parties import Party, Period, Side
from onrecord.codebook.phrases import NOBODY, load_phrase_words
from onrecord.codebook.wordforms import fold, noun_key, singular, skeleton
from onrecord.errors import CodebookError
from test_codebook_data import CODES

DATA = Path(str(files("onrecord") / "data"))
SECTORS = load_codebook().plover.sectors | {"IGO", "NGO"}


@pytest.fixture(scope="module", params=OWN_TABLES)
def rows(request: pytest.FixtureRequest) -> tuple[ActorRow, ...]:
    return read_actor_rows(DATA / request.param, SECTORS)


def test_every_country_is_a_code(rows: tuple[ActorRow, ...]) -> None:
    assert {row.country for row in rows} - {None} <= CODES


def test_no_period_begins_after_it_ends(rows: tuple[ActorRow, ...]) -> None:
    for row in rows:
        assert (row.since or "") <= (row.until or "9999"), row.name
        for day in filter(None, (row.since, row.until)):
            assert 1900 < date.fromisoformat(f"{day}-01-01"[:10]).year < 2100, row.name


def test_no_row_is_there_twice(rows: tuple[ActorRow, ...]) -> None:
    keys = Counter((fold(row.name), row.country, row.title, row.since) for row in rows)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("name", [*OWN_TABLES, "agents.csv", "places.csv"])
def test_every_table_says_what_it_is_made_of(name: str) -> None:
    head = "".join(line for line in (DATA / name).read_text("utf8").splitlines() if line[0] == "#")
    assert "ompil" in head
    assert any(source in head for source in ("public knowledge", "MIT", "CC BY"))


def test_leaders_have_days_of_office() -> None:
    for row in read_actor_rows(DATA / "leaders.csv", SECTORS):
        assert row.kind == "person"
        assert row.since, row.name
        assert row.until, row.name


def test_places_are_names_with_codes_each_once() -> None:
    lines = csv.reader((DATA / "places.csv").read_text("utf8").splitlines()[2:])
    places = [(name, code) for name, code in lines]
    assert {code for _, code in places} <= CODES
    names = Counter(fold(name) for name, _ in places)
    assert max(names.values()) == 1
    assert dict(places)["Odesa"] == "UKR"


def test_nouns_have_sectors_and_some_are_nobody() -> None:
    words = load_codebook().phrases
    assert {noun.sector for noun in words.nouns.values()} <= SECTORS | {NOBODY}
    assert words.nouns["soldier",].sector == "MIL"
    assert words.nouns["yesterday",].sector == NOBODY
    assert set(words.weak) <= set(words.nouns)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (",,person,EST,GOV,,,", "line 3: an actor needs a name"),
        ("Tamm,,human,EST,GOV,,,", "line 3: kind 'human' of Tamm is none of person, state"),
        ("Tamm,,person,Estonia,GOV,,,", "line 3: country 'Estonia' is not a country code"),
        ("Tamm,,person,EST,MINISTER,,,", "line 3: sector 'MINISTER' is none of AGR"),
        ("Tamm,,person,EST,GOV,1 May 2020,,", "line 3: from '1 May 2020' is not a date such as"),
        ("Tamm,,person,EST,GOV,2020-02-31,,", "line 3: there is no day 2020-02-31; correct it"),
        ("Tamm,,person,EST,GOV,2021-01-01,2020,", "line 3: from 2021-01-01 is after to 2020"),
        ("Tamm,,person,EST,GOV,,,42", "line 3: wikidata '42' is not an item such as Q42"),
        ("Tamm,,person,EST,GOV,,,,,", "line 3: more cells than columns"),
        ("Kask,,person,EST,GOV,,,", "line 3: the same as .*line 2; take one of them out"),
    ],
)
def test_a_wrong_row_is_an_error_that_names_its_line(
    tmp_path: Path, line: str, complaint: str
) -> None:
    path = tmp_path / "mine.csv"
    head = "name,aliases,kind,country,sector,from,to,wikidata\nKask,,person,EST,GOV,,,\n"
    path.write_text(f"{head}{line}\n", "utf8")
    with pytest.raises(CodebookError, match=complaint) as raised:
        read_actor_rows(path, SECTORS)
    assert str(path) in str(raised.value)


def test_an_unknown_column_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("# a remark\nname,kind,nation\nTamm,person,EST\n", "utf8")
    with pytest.raises(CodebookError, match=r"line 2: unknown 'nation'; the columns are name,"):
        read_actor_rows(path, SECTORS)


def test_a_toml_table_has_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[actor]]\nname = "Tamm"\naliases = ["Mari Tamm", "M. Tamm"]\nkind = "person"\n'
        'country = "EST"\nsector = "GOV"\nfrom = 2021-01-26\n\n'
        '[[actor]]\nname = "Kask"\nkind = "person"\n',
        "utf8",
    )
    tamm, kask = read_actor_rows(path, SECTORS)
    assert tamm.aliases == ("Mari Tamm", "M. Tamm")
    assert (tamm.since, tamm.until) == ("2021-01-26", None)
    assert (kask.country, kask.sector) == (None, None)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[actor]]\nname = "A"\nkind = "person"\n\n[[actor]]\nname = "B"\n', "line 5: kind ''"),
        ('[[actor]]\nname = "A"\nkind = "person"\nlair = "x"\n', "line 1: unknown 'lair'"),
        ('[[actor]]\nname = 7\nkind = "person"\n', "line 1: name must be a string, got 7"),
        ('[[actor]]\nname = "A"\naliases = "B"\n', "line 1: aliases must be a list of strings"),
        ('[people]\nname = "A"\n', r"write each actor under a line \[\[actor\]\]"),
        ("[[actor\n", "cannot be read as TOML"),
    ],
)
def test_a_wrong_toml_table_is_an_error(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf8")
    with pytest.raises(CodebookError, match=complaint):
        read_actor_rows(path, SECTORS)


def test_a_missing_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read"):
        read_actor_rows(tmp_path / "none.csv", SECTORS)


def test_an_agents_file_of_another_form_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "agents.csv"
    path.write_text("noun,sector\nsoldier,ARMY\n", "utf8")
    with pytest.raises(CodebookError, match="'soldier,ARMY' is no noun with a sector"):
        load_phrase_words(load_codebook().sectors, SECTORS, agents=path)


def test_a_period_known_by_its_year_holds_to_its_end() -> None:
    assert Period("2001-05-01", "2014").holds("2014-12-31")
    assert not Period("2001-05-01", "2014").holds("2015-01-01")


def test_a_party_changes_sides_with_time() -> None:
    sides = (
        Side(Period(None, "2019-06-30"), "EST", "PRM"),
        Side(Period("2019-07-01", None), "LVA", "REB"),
    )
    party = Party("League", "armed_group", "LVA", "REB", sides=sides)
    told = [party.on(day) for day in ("2019-06-30", "2019-07-01", None)]
    assert [(one.country, one.sector) for one in told] == [
        ("EST", "PRM"),
        ("LVA", "REB"),
        ("LVA", "REB"),
    ]
    gone = Party("League", "armed_group", "EST", "PRM", sides=sides[:1])
    assert gone.on("2024-01-01").sector is None


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("gunmen", "gunman"),
        ("women", "woman"),
        ("authorities", "authority"),
        ("churches", "church"),
        ("clerics", "cleric"),
        ("politics", "politics"),
        ("police", "police"),
        ("congress", "congress"),
        ("forces", "force"),
        ("thieves", "thief"),
    ],
)
def test_the_singular_of_a_noun(word: str, one: str) -> None:
    assert singular(word) == one


def test_names_are_folded() -> None:
    assert fold("Al-Shabāb’s  Łódź") == "al shababs lodz"
    assert noun_key("Anti-war Protesters") == ("anti", "war", "protester")
    assert skeleton("Gaddafi") != skeleton("Gantz")
    assert skeleton("Mohammed") == skeleton("Muhamad")
