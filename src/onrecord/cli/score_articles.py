"""The commands under `score` that compare whole annotated articles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.output import make_folder, write_file
from onrecord.cli.scoring import (
    FILE,
    FOLDER,
    OUTPUT,
    as_json_option,
    bootstrap_option,
    extracted,
    print_tallies,
)
from onrecord.errors import GoldError
from onrecord.records import Article, Failure

if TYPE_CHECKING:
    from onrecord.evaluate import MarkedArticle


@click.command("article")
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
    (record,) = extracted({str(text): _only(articles, text)}).values()
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


@click.command("news")
@click.argument("gold_dir", type=FOLDER)
@click.option("--articles", type=FILE, required=True, help="JSON lines with id, text, published.")
@click.option("--predictions", type=OUTPUT, help="A folder to write each record's gold form to.")
@click.option("--parties", is_flag=True, help="List the events whose parties' countries are wrong.")
@as_json_option
def score_corpus(
    gold_dir: Path, articles: Path, predictions: Path | None, parties: bool, as_json: bool
) -> None:
    """Compare records with the annotated news articles GOLD_DIR/ID.gold.json.

    Example: onrecord score news gold --articles articles.jsonl --predictions records
    """
    from onrecord.evaluate import (
        MarkedArticle,
        add_tallies,
        party_slips,
        read_marked,
        score_news,
    )
    from onrecord.export import gold_form

    gold = _annotations(gold_dir)
    records = extracted(
        {name: _article(line) for name, line in _annotated_texts([articles], gold).items()}
    )
    forms = {name: {**gold_form(record), "id": name} for name, record in sorted(records.items())}
    _write_forms(forms, predictions)
    pairs = {name: (read_marked(gold[name]), MarkedArticle(form)) for name, form in forms.items()}
    print_tallies(add_tallies(score_news(*pair) for pair in pairs.values()), as_json)
    if parties and not as_json:
        for name, pair in pairs.items():
            click.echo("".join(f"{name}: {slip}\n" for slip in party_slips(*pair)), nl=False)


@click.command("record")
@click.argument("gold_dir", type=FOLDER)
@click.option(
    "--articles",
    type=FILE,
    required=True,
    multiple=True,
    help="JSON lines with id, text, published; give it again for another file.",
)
@click.option(
    "--part",
    type=click.Choice(["check", "train", "all"]),
    default="all",
    help="Only the articles for checking (one in four, by a hash of the id), or only the others.",
)
@click.option("--predictions", type=OUTPUT, help="A folder to write each record's gold form to.")
@click.option("--detail", is_flag=True, help="List every miss, extra row and wrong field.")
@bootstrap_option
@as_json_option
def score_whole_records(
    gold_dir: Path,
    articles: tuple[Path, ...],
    part: str,
    predictions: Path | None,
    detail: bool,
    bootstrap: int,
    as_json: bool,
) -> None:
    """Compare whole records with the annotated articles GOLD_DIR/ID.gold.json.

    Statements and events count in an article's opening, as far as they are annotated.

    Example: onrecord score record gold --articles articles.jsonl --part check --bootstrap 1000
    """
    from onrecord.evaluate import (
        MarkedArticle,
        add_tallies,
        part_of,
        read_marked,
        record_slips,
        resample,
        score_record,
    )
    from onrecord.export import gold_form

    paths = _annotations(gold_dir)
    asked = {name: path for name, path in paths.items() if part in {"all", part_of(name)}}
    texts = _annotated_texts(articles, asked)
    marked = {name: read_marked(asked[name]) for name in sorted(texts)}
    records = extracted({name: _article(texts[name]) for name in marked})
    forms = {name: {**gold_form(records[name]), "id": name} for name in marked}
    _write_forms(forms, predictions)
    pairs = {name: (gold, MarkedArticle(forms[name])) for name, gold in marked.items()}
    scores = [score_record(*pair) for pair in pairs.values()]
    if detail and not as_json:
        for name, pair in pairs.items():
            for slip in record_slips(*pair, texts[name].text("text") or ""):
                click.echo(f"{name}: {slip}")
    print_tallies(add_tallies(scores), as_json, resample(scores, bootstrap))


def _annotations(folder: Path) -> dict[str, Path]:
    """Return the files ID.gold.json of a folder by id."""
    found = {path.name.removesuffix(".gold.json"): path for path in folder.glob("*.gold.json")}
    if not found:
        raise GoldError(f"{folder} holds no annotated articles named ID.gold.json")
    return found


def _annotated_texts(paths: Sequence[Path], gold: Mapping[str, Path]) -> dict[str, MarkedArticle]:
    """Return the lines of the annotated articles by id; each must be the text annotated."""
    from onrecord.evaluate import read_marked, read_marked_lines, require_same_text

    found = {}
    for line in (line for path in paths for line in read_marked_lines(path)):
        name, text = line.text("id"), line.text("text")
        if name is not None and name in gold and text is not None:
            require_same_text(read_marked(gold[name]), text)
            found[name] = line
    if missing := sorted(gold.keys() - found.keys()):
        where = " and ".join(map(str, paths))
        raise GoldError(f"{where} lacks the text of {', '.join(missing)}")
    return found


def _article(line: MarkedArticle) -> Article:
    from onrecord.reading import article_from_text

    return article_from_text(
        line.text("text") or "", published=line.text("published"), publisher=line.text("publisher")
    )


def _write_forms(forms: Mapping[str, Mapping[str, object]], folder: Path | None) -> None:
    if folder is None:
        return
    make_folder(folder)
    for name, form in forms.items():
        page = json.dumps(form, ensure_ascii=False, indent=1)
        write_file(folder / f"{name}.json", page.encode())
