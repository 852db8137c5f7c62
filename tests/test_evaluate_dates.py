"""Dates compared with those of a corpus in GUM's form."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from factories import make_article
from onrecord.cli import main
from onrecord.errors import GoldError
from onrecord.evaluate import date_slips, read_dated, score_dates
from onrecord.evaluate.dates import same_dates
from onrecord.records import Record, Span, TimeExpression


def conllu() -> str:
    """Three sentences with three dates, one of them an interval, in two paragraphs."""
    date = 'XML=<date from:::"2022-02-28" to:::"2022-03-06">'
    rows = [
        "# newdoc id = talks",
        "# newpar",
        "# newpar_block = head (1 s)",
        "# text = Friday, March 11, 2022",
        *tokens(
            "Friday , March 11 , 2022",
            {0: 'XML=<hi rend:::"bold"><date when:::"2022-03-11">', 5: "XML=</date></hi>"},
        ),
        "",
        "# newpar",
        "# text = They didn't meet on Monday.",
        *tokens("They", {}),
        "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_",
        *tokens("did n't meet on", {}, first=2),
        *tokens("Monday .", {0: 'Entity=(1)|XML=<date when:::"2022-03-07"></date>'}, first=6),
        "8.1\tmet\t_\t_\t_\t_\t_\t_\t_\t_",
        "",
        "# text = They met last week.",
        *tokens("They met last week .", {2: date, 3: "XML=</date>|SpaceAfter=No"}),
        "",
    ]
    return "\n".join(rows)


def tokens(words: str, misc: dict[int, str], *, first: int = 1) -> list[str]:
    fields = "\t_" * 7
    return [
        f"{first + at}\t{word}{fields}\t{misc.get(at, '_')}"
        for at, word in enumerate(words.split())
    ]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "dep").mkdir()
    (tmp_path / "dep" / "talks.conllu").write_text(conllu())
    return tmp_path


def test_dates_are_read_with_their_spans(corpus: Path) -> None:
    (text,) = read_dated(corpus)
    assert text.text == "Friday, March 11, 2022\n\nThey didn't meet on Monday. They met last week."
    assert (text.name, text.published) == ("talks", "2022-03-11")
    assert [(text.text[one.span.start : one.span.end], one.value) for one in text.dates] == [
        ("Friday, March 11, 2022", "2022-03-11"),
        ("Monday", "2022-03-07"),
        ("last week", "2022-02-28/2022-03-06"),
    ]
    assert list(read_dated(corpus / "dep")) == [text]


def test_what_is_not_in_the_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"no \.conllu files"):
        list(read_dated(tmp_path))
    (tmp_path / "bad.conllu").write_text("# text = They met.\n1\tTalks\n")
    with pytest.raises(GoldError, match=r"bad\.conllu, line 2"):
        list(read_dated(tmp_path))
    year = tokens("Today", {0: 'XML=<date when:::"2022"></date>'})
    (tmp_path / "bad.conllu").write_text("\n".join(["# text = Today", *year]))
    with pytest.raises(GoldError, match="no dateline"):
        list(read_dated(tmp_path))


def record(text: str, *times: tuple[str, str | None, str | None]) -> Record:
    article = make_article(text)
    rows = []
    for number, (words, value, anchor) in enumerate(times):
        start = text.index(words)
        span = Span(start, start + len(words))
        rows.append(
            TimeExpression(
                time_id=str(number), span=span, value=value, anchor=anchor, extractor="hand/1"
            )
        )
    return Record(article=article, times=tuple(rows))


def test_wrong_dates_are_listed_with_their_cause(corpus: Path) -> None:
    (gold,) = read_dated(corpus)
    got = record(
        gold.text,
        ("March 11, 2022", "2022-03-11", None),
        ("Monday", "2022-03-14", "published"),
        ("last week", "2022-02-21/2022-02-27", "1"),
    )
    found, value = score_dates(gold, got)
    assert (found.right, value.right, value.gold) == (3, 1, 3)
    assert [(slip.words, slip.wanted, slip.got, slip.cause) for slip in date_slips(gold, got)] == [
        ("Monday", "2022-03-07", "2022-03-14", "“Monday” was told from the publication"),
        (
            "last week",
            "2022-02-28/2022-03-06",
            "2022-02-21/2022-02-27",
            "“last week” was told from “Monday”",
        ),
    ]
    nothing = record(gold.text, ("Monday", None, None))
    assert [slip.cause for slip in date_slips(gold, nothing)] == [
        "not seen as a date",
        "“Monday” has no date to be told from",
        "not seen as a date",
    ]


@pytest.mark.parametrize(
    ("wanted", "got", "same"),
    [
        ("2022-03", "2022-03", True),
        ("2022-03", "2022-03-01", False),
        ("2022-03", "2022-03-01/2022-03-31", False),
        ("1960-01-01/1969-12-31", "1960/1969", True),
        ("2022-06-01/2022-08-31", "2022-06/2022-08", True),
        ("2022-06-01/2022-08-31", "2022-06/2022-09", False),
        ("2022", None, False),
        ("some day", "some day", True),
    ],
)
def test_dates_are_the_same_on_the_same_days(wanted: str, got: str | None, same: bool) -> None:
    assert same_dates(wanted, got) == same


def test_the_command_prints_the_scores_and_the_errors(corpus: Path) -> None:
    path = corpus / "dep" / "talks.conllu"
    path.write_text(path.read_text().replace('"2022-03-07"', '"2022-03-08"'))
    result = CliRunner().invoke(main, ["score", "dates", str(corpus), "--errors"])
    assert result.exit_code == 0
    assert "wanted 2022-03-08, got 2022-03-07: “Monday” was told from" in result.stdout
    printed = CliRunner().invoke(main, ["score", "dates", str(corpus), "--errors", "--json"])
    report = json.loads(printed.stdout)
    assert [one["right"] for one in report["tallies"]] == [3, 2]
    assert [one["words"] for one in report["errors"]] == ["Monday"]
    plain = CliRunner().invoke(main, ["score", "dates", str(corpus), "--json"])
    assert json.loads(plain.stdout) == report["tallies"]
