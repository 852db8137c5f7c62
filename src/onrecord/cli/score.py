"""The commands of `score`: article, news, attribution, modality and alarms."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.output import make_folder, write_file
from onrecord.cli.progress import Progress
from onrecord.errors import GoldError
from onrecord.records import Article, Failure, Record

if TYPE_CHECKING:
    from onrecord.evaluate import Tally

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
OUTPUT = click.Path(path_type=Path)

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def score() -> None:
    """Compare records with annotated articles.

    Example: onrecord score article talks.gold.json talks.txt --detail
    """


@score.command("article")
@click.argument("gold", type=FILE)
@click.argument("text", type=FILE)
@click.option("--published", metavar="DATE", help="By default the date in GOLD.")
@click.option("--detail", is_flag=True, help="List every miss, extra row and wrong field.")
@as_json_option
def score_one(gold: Path, text: Path, published: str | None, detail: bool, as_json: bool) -> None:
    """Compare the record of TEXT with GOLD, an annotation of all its rows.

    Example: onrecord score article talks.gold.json talks.txt --detail
    """
    from onrecord.evaluate import (
        MarkedArticle,
        read_marked,
        read_text,
        score_article,
        score_lines,
    )
    from onrecord.export import gold_form
    from onrecord.reading import read

    marked = read_marked(gold)
    articles = read(text, published=published or marked.text("published"))
    (record,) = _extracted({str(text): _only(articles, text)}).values()
    found = score_article(marked, MarkedArticle(gold_form(record)), read_text(text))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(score_lines(found, detail=detail)))


def _only(articles: Iterator[Article | Failure], path: Path) -> Article:
    article = next(articles, None)
    if not isinstance(article, Article):
        raise GoldError(f"{path} holds no article: {article.reason if article else 'it is empty'}")
    return article


@score.command("news")
@click.argument("gold_dir", type=FOLDER)
@click.option("--articles", type=FILE, required=True, help="JSON lines with id, text, published.")
@click.option("--predictions", type=OUTPUT, help="A folder to write each record's gold form to.")
@as_json_option
def score_corpus(gold_dir: Path, articles: Path, predictions: Path | None, as_json: bool) -> None:
    """Compare records with the annotated news articles GOLD_DIR/ID.gold.json.

    Example: onrecord score news gold --articles articles.jsonl --predictions records
    """
    from onrecord.evaluate import MarkedArticle, add_tallies, read_marked, score_news
    from onrecord.export import gold_form

    gold = {path.name.removesuffix(".gold.json"): path for path in gold_dir.glob("*.gold.json")}
    if not gold:
        raise GoldError(f"{gold_dir} holds no annotated articles named ID.gold.json")
    records = _extracted(_annotated_articles(articles, gold))
    forms = {name: {**gold_form(record), "id": name} for name, record in sorted(records.items())}
    if predictions:
        make_folder(predictions)
        for name, form in forms.items():
            page = json.dumps(form, ensure_ascii=False, indent=1)
            write_file(predictions / f"{name}.json", page.encode())
    scores = (score_news(read_marked(gold[name]), MarkedArticle(forms[name])) for name in forms)
    _print_tallies(add_tallies(scores), as_json)


def _annotated_articles(path: Path, gold: Mapping[str, Path]) -> dict[str, Article]:
    from onrecord.evaluate import read_marked_lines
    from onrecord.reading import article_from_text

    found = {}
    for line in read_marked_lines(path):
        name, text = line.text("id"), line.text("text")
        if name is not None and name in gold and text is not None:
            found[name] = article_from_text(
                text, published=line.text("published"), publisher=line.text("publisher")
            )
    if missing := sorted(gold.keys() - found.keys()):
        raise GoldError(f"{path} lacks the text of {', '.join(missing)}")
    return found


@score.command("attribution")
@click.argument("gold_dir", type=FOLDER)
@click.option(
    "--predictions", type=OUTPUT, help="A file to write the attributions to, as JSON lines."
)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first texts.")
@as_json_option
def score_attribution(
    gold_dir: Path, predictions: Path | None, limit: int | None, as_json: bool
) -> None:
    """Compare statements with the attributions of a corpus in PolNeAR's form.

    Example: onrecord score attribution polnear/dev --predictions attributions.jsonl
    """
    from onrecord.evaluate import add_tallies, attributions_of, read_corpus, score_attributions
    from onrecord.export import attribution_form
    from onrecord.reading import article_from_text

    corpus = list(read_corpus(gold_dir))[:limit]
    records = _extracted({one.name: article_from_text(one.text) for one in corpus})
    if predictions:
        lines = [json.dumps(attribution_form(records[one.name], one.name)) for one in corpus]
        write_file(predictions, "".join(f"{line}\n" for line in lines).encode())
    scores = (score_attributions(one, attributions_of(records[one.name])) for one in corpus)
    _print_tallies(add_tallies(scores), as_json)


@score.command("modality")
@click.argument("gold", type=FILE)
@click.option("--half", type=click.Choice(["tune", "check"]), help="Only this half.")
@click.option("--detail", is_flag=True, help="List every sentence that is not wholly right.")
@as_json_option
def score_modality(gold: Path, half: str | None, detail: bool, as_json: bool) -> None:
    """Compare the events of sentences with GOLD: trigger, type, modality, voice and parties.

    Example: onrecord score modality tests/gold/modality.jsonl --half tune --detail
    """
    from onrecord.evaluate import (
        MarkedRow,
        modality_tallies,
        read_marked_lines,
        score_sentence,
        slip_lines,
    )
    from onrecord.reading import article_from_text

    lines = [line for line in read_marked_lines(gold) if half in {None, line.text("half")}]
    marked = {line.text("id") or str(at): line for at, line in enumerate(lines)}
    texts = {name: article_from_text(line.text("text") or "") for name, line in marked.items()}
    records = _extracted(texts)
    scores = [score_sentence(MarkedRow(one.values), records[name]) for name, one in marked.items()]
    _print_tallies(tuple(modality_tallies(scores)), as_json)
    if detail and not as_json:
        click.echo("\n".join(slip_lines(scores)))


@score.command("alarms")
@click.argument("sentences", type=FILE)
@click.option("--detail", is_flag=True, help="List every sentence with a false alarm.")
@as_json_option
def score_alarms(sentences: Path, detail: bool, as_json: bool) -> None:
    """Count actual events in SENTENCES of class 0, of which each is a false alarm.

    SENTENCES has a sentence, a tab and a class a line; CONSULT, REQUEST, ACCUSE and REJECT, which
    reported speech alone may be, do not count.

    Example: onrecord score alarms cameo_class_train.tsv --detail
    """
    from onrecord.evaluate import alarm_lines, count_alarms, read_neutral
    from onrecord.reading import article_from_text

    texts = enumerate(read_neutral(sentences))
    records = _extracted({str(at): article_from_text(text) for at, text in texts})
    alarms = count_alarms(records.values())
    if as_json:
        click.echo(json.dumps({**asdict(alarms), "rate": alarms.rate}, indent=1))
        return
    click.echo("\n".join(alarm_lines(alarms, detail=detail)))


def _extracted(articles: Mapping[str, Article]) -> dict[str, Record]:
    """Return the records of articles under the same names, with progress on stderr."""
    from onrecord.pipeline import attempt, load_tools

    tools, records = load_tools(), {}
    with Progress("articles", len(articles)) as progress:
        for name, article in articles.items():
            record = attempt(article, tools)
            if isinstance(record, Failure):  # counts as a record with nothing in it
                click.echo(str(record), err=True)
                record = Record(article=article)
            records[name] = record
            progress.advance()
    return records


def _print_tallies(tallies: tuple[Tally, ...], as_json: bool) -> None:
    from onrecord.evaluate import tally_lines

    if as_json:
        click.echo(json.dumps([asdict(one) for one in tallies], indent=1))
        return
    click.echo("\n".join(tally_lines(tallies)))
