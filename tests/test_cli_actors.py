"""`actors` and `score actors`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_phrases_are_explained() -> None:
    result = run("actors", "German defence minister", "xkqjv", "--date", "2017-05-01")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "German defence minister: German defence minister (person): DEU, GOV",
        "  'German': country DEU, countries.toml",
        "  'defence minister': sector GOV, sectors.toml",
        "xkqjv: nobody that the words or the tables know",
    ]


def test_the_date_decides_on_an_office() -> None:
    told = [run("actors", "Angela Merkel", "--date", day).stdout for day in ("2017", "2023")]
    assert "DEU, GOV" in told[0]
    assert "DEU, ELI" in told[1]


def test_json_has_a_line_for_each_phrase() -> None:
    lines = run("actors", "--json", "Kenyan police", "Friday").stdout.splitlines()
    police, friday = (json.loads(line) for line in lines)
    assert police["actor"]["country"] == "KEN"
    assert police["because"][0]["source"] == "countries.toml"
    assert friday["actor"] is None


def test_a_users_table_is_used_and_named(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,kind,country,sector,wikidata\nHarbour League,ngo,EST,SOC,Q17\n", "utf8")
    told = run("actors", "the Harbour League", "--actors", table).stdout
    assert "Harbour League (ngo): EST, SOC, Q17" in told
    assert "mine.csv" in told


def test_a_wrong_table_ends_with_its_line(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,kind\nHarbour League,club\n", "utf8")
    result = run("actors", "x", "--actors", table)
    assert result.exit_code == 1
    assert "mine.csv, line 2: kind 'club' of Harbour League is none of" in result.stderr


def test_a_wrong_table_is_named_before_anything_is_read(tmp_path: Path) -> None:
    text, table = tmp_path / "empty.txt", tmp_path / "mine.csv"
    text.write_text("")
    table.write_text("name,kind\nHarbour League,club\n", "utf8")
    result = run("read", text, "--store", tmp_path / "o.db", "--actors", table)
    assert result.exit_code == 1
    assert "mine.csv, line 2: kind 'club'" in result.stderr
    assert not (tmp_path / "o.db").exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "give phrases, or an article"),
        (("x", "--article", "y"), "give phrases, or an article"),
        (("x", "--date", "May"), "give a date such as"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], complaint: str) -> None:
    result = run("actors", *arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_an_articles_mentions_are_explained_and_a_users_table_reaches_the_record(
    tmp_path: Path,
) -> None:
    text, store, table = tmp_path / "talks.txt", tmp_path / "o.db", tmp_path / "mine.csv"
    text.write_text("Harbour League said on Friday that Kenya had agreed.\n")
    table.write_text("name,kind,country,sector,wikidata\nHarbour League,ngo,EST,SOC,Q17\n", "utf8")
    read = ("read", text, "--store", store, "--published", "2022-03-11", "--actors", table)
    assert run(*read).exit_code == 0
    rows = run("find", "actors", "--store", store, "--format", "jsonl").stdout.splitlines()
    league = next(row for row in map(json.loads, rows) if row["name"] == "Harbour League")
    assert (league["country"], league["sector"], league["wikidata"]) == ("EST", "SOC", "Q17")
    told = run("actors", "--article", "talks.txt", "--store", store, "--actors", table).stdout
    assert "Harbour League (ngo): EST, SOC, Q17" in told
    assert "Kenya: Kenya (state): KEN" in told
    assert "In the article: Harbour League (ngo): EST, SOC, Q17" in told
    assert "  country EST: phrase “Harbour League”" in told


def test_phrases_are_scored_as_extracted_from_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    cases = [
        {"actor": "the Kenyan police", "date": "", "exp": {"country": "KEN", "code_1": "COP"}},
        {"actor": "Petra Novotna-Hill", "date": "", "exp": {"code_1": "JNK"}},
        {"actor": "Kenya", "date": "", "exp": {"country": "KEN", "code_1": ""}},
    ]
    path.write_text(json.dumps(cases))
    result = run("score", "actors", path, "--in-text", "--json")
    assert result.exit_code == 0, result.output
    scores = {
        one["name"]: (one["right"], one["gold"]) for one in json.loads(result.stdout)["tallies"]
    }
    assert (scores["country"], scores["sector"]) == ((3, 3), (3, 3))


CASES = [
    {"actor": "Kenyan police", "date": "", "exp": {"country": "KEN", "code_1": "COP"}},
    {"actor": "two men", "date": "Today", "exp": {"country": "", "code_1": "UNK"}},
    {"actor": "yesterday", "date": "", "exp": {"code_1": "JNK"}},
    {"actor": "the EU", "date": "1 May 2020", "exp": {"country": "EUR"}},
    {"actor": "Kenyan police", "date": "2020-01-01", "exp": {"country": "UGA"}},
    {"actor": "Petra Novotna-Hill", "date": "", "exp": {"country": "CZE"}},
    {"actor": "Hamas", "date": "", "exp": {}, "other": ["code['code_1'] in ['PTY', 'REB']"]},
    {"actor": "nonsense", "date": "", "xfail": True, "exp": {"country": "USA"}},
]


def test_cases_are_scored(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(CASES))
    result = run("score", "actors", path, "--detail")
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["country", "6", "4", "66.67"] in lines
    assert ["country", "decided", "5", "4", "80.00"] in lines
    assert ["sector", "4", "4", "100.00"] in lines
    assert "Wrong: 1\nKenyan police (2020-01-01): country UGA, found KEN" in result.stdout
    assert "knowledge: 1\nPetra Novotna-Hill (2022-09-01): country CZE, found none" in result.stdout
    assert json.loads(run("score", "actors", path, "--json").stdout)["faults"][0]["field"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "is not JSON"),
        ('{"actor": "x"}', "must hold a list of cases"),
        ('[{"actor": "x"}]', "case 1: it needs actor"),
        ('[{"actor": "x", "exp": {}, "date": "soon"}]', "case 1: date 'soon' is not a date"),
    ],
)
def test_a_case_file_of_another_form_is_an_error(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "cases.json"
    path.write_text(text)
    result = run("score", "actors", path)
    assert result.exit_code == 1
    assert complaint in result.stderr
