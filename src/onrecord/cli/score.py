"""The commands under `score`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from onrecord.cli.output import write_file
from onrecord.cli.progress import Progress
from onrecord.cli.score_articles import score_corpus, score_one, score_whole_records
from onrecord.cli.scoring import (
    FILE,
    FOLDER,
    OUTPUT,
    as_json_option,
    bootstrap_option,
    extracted,
    print_tallies,
)


@click.group()
def score() -> None:
    """Compare records with annotated articles.

    Example: onrecord score article talks.gold.json talks.txt --detail
    """


for command in (score_one, score_corpus, score_whole_records):
    score.add_command(command)


@score.command("attribution")
@click.argument("gold_dir", type=FOLDER)
@click.option(
    "--predictions", type=OUTPUT, help="A file to write the attributions to, as JSON lines."
)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first texts.")
@bootstrap_option
@as_json_option
def score_attribution(
    gold_dir: Path,
    predictions: Path | None,
    limit: int | None,
    bootstrap: int,
    as_json: bool,
) -> None:
    """Compare statements with the attributions of a corpus in PolNeAR's form.

    Example: onrecord score attribution polnear/dev --predictions attributions.jsonl
    """
    from onrecord.evaluate import (
        add_tallies,
        attributions_of,
        read_corpus,
        resample,
        score_attributions,
    )
    from onrecord.export import attribution_form
    from onrecord.reading import article_from_text

    corpus = list(read_corpus(gold_dir))[:limit]
    records = extracted({one.name: article_from_text(one.text) for one in corpus})
    if predictions:
        lines = [json.dumps(attribution_form(records[one.name], one.name)) for one in corpus]
        write_file(predictions, "".join(f"{line}\n" for line in lines).encode())
    scores = [score_attributions(one, attributions_of(records[one.name])) for one in corpus]
    print_tallies(add_tallies(scores), as_json, resample(scores, bootstrap))


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
    records = extracted(texts)
    scores = [score_sentence(MarkedRow(one.values), records[name]) for name, one in marked.items()]
    print_tallies(tuple(modality_tallies(scores)), as_json)
    if detail and not as_json:
        click.echo("\n".join(slip_lines(scores)))


@score.command("types")
@click.argument("sentences", type=FILE)
@as_json_option
def score_event_types(sentences: Path, as_json: bool) -> None:
    """Compare the trained model's event types with SENTENCES whose parties are marked.

    Each line of SENTENCES is JSON with `marked_sentence`, <s> around the actor and <t> around the
    recipient, and `root`, the type; YIELD stands for CONCEDE and RETREAT. On sentences that the
    model has learnt from the score is too high: see its card.

    Example: onrecord score types plv_test.jsonl
    """
    from onrecord.codebook import load_codebook
    from onrecord.evaluate import read_party_sentences, root_of, score_types, type_lines
    from onrecord.extraction.events.trained import load_event_model
    from onrecord.onepass import load_onepass
    from onrecord.settings import DEFAULTS

    marked, model = (
        list(read_party_sentences(sentences)),
        load_event_model(load_onepass(DEFAULTS.model)),
    )
    with Progress("sentences", len(marked)) as progress:
        found = []
        for one in marked:
            typed = model.type_of(one.text, one.actor, one.recipient)
            found.append(root_of(typed.event_type))
            progress.advance()
    scored = score_types([one.root for one in marked], found, load_codebook().plover)
    click.echo(json.dumps(asdict(scored), indent=1) if as_json else "\n".join(type_lines(scored)))


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
    records = extracted({str(at): article_from_text(text) for at, text in texts})
    alarms = count_alarms(records.values())
    if as_json:
        click.echo(json.dumps({**asdict(alarms), "rate": alarms.rate}, indent=1))
        return
    click.echo("\n".join(alarm_lines(alarms, detail=detail)))


@score.command("gap")
@click.argument("gold", type=FILE)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first texts.")
@click.option("--detail", is_flag=True, help="List every text with a wrong or missing link.")
@as_json_option
def score_pronouns(gold: Path, limit: int | None, detail: bool, as_json: bool) -> None:
    """Compare whom ambiguous pronouns are linked to with GOLD, a file in GAP's form.

    In the list of errors = marks a name that is meant, ≠ one that is not, ! a wrong verdict.

    Example: onrecord score gap gap-validation.tsv --limit 100
    """
    from onrecord.evaluate import add_tallies, gap_error, gender_ratio, read_gap, score_gap
    from onrecord.reading import article_from_text

    texts = list(read_gap(gold))[:limit]
    records = extracted({one.text_id: article_from_text(one.text) for one in texts})
    tallies = add_tallies(score_gap(one, records[one.text_id]) for one in texts)
    if detail and not as_json:
        errors = (gap_error(one, records[one.text_id]) for one in texts)
        click.echo("\n".join(line for line in errors if line))
    print_tallies(tallies, as_json)
    if not as_json:
        click.echo(f"feminine to masculine: {gender_ratio(tallies):.3f}")


@score.command("metonymy")
@click.argument("gold", type=FILE)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first sentences.")
@click.option("--detail", is_flag=True, help="List every name that is wrong or has no row.")
@as_json_option
def score_metonymy(gold: Path, limit: int | None, detail: bool, as_json: bool) -> None:
    """Compare how place names are read with GOLD, a file in ReLocaR's form.

    The package's model is trained on ReLocaR's train side. On those sentences the score is too
    high; `python -m training.metonymy` measures the same decision on sentences kept out.

    Example: onrecord score metonymy ReLocaR_Test.xml --detail
    """
    from onrecord.evaluate import read_relocar, score_name, sense_lines, sense_tallies
    from onrecord.reading import article_from_text

    marked = {str(at): one for at, one in enumerate(list(read_relocar(gold))[:limit])}
    records = extracted({name: article_from_text(one.text) for name, one in marked.items()})
    scores = [score_name(one, records[name]) for name, one in marked.items()]
    print_tallies(sense_tallies(scores), as_json)
    if not as_json:
        click.echo("\n".join(sense_lines(scores, detail=detail)))
        click.echo("Too high on ReLocaR's train side, which the package's model is trained on.")


@score.command("actors")
@click.argument("cases", type=FILE)
@click.option("--detail", is_flag=True, help="List every field that came out wrong.")
@click.option(
    "--in-text", is_flag=True, help="Extract each phrase from a sentence in which it speaks."
)
@as_json_option
def score_phrases(cases: Path, detail: bool, in_text: bool, as_json: bool) -> None:
    """Compare the country and sector of actor phrases with CASES, a JSON list of them.

    What needs outside knowledge is reported apart: names on which neither the words around them
    nor any table decides.

    Example: onrecord score actors cases.json --detail
    """
    from onrecord.evaluate import (
        carried,
        carried_actor,
        read_actor_cases,
        score_actor_cases,
        tally_lines,
    )

    known = read_actor_cases(cases)
    actors = None
    if in_text:
        records = extracted({str(n): carried(case) for n, case in enumerate(known)})
        actors = [carried_actor(case, records[str(n)]) for n, case in enumerate(known)]
    found = score_actor_cases(known, actors)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(tally_lines(found.tallies)))
    if not detail:
        return
    for title, outside in (("Wrong", False), ("Needs outside knowledge", True)):
        listed = [str(fault) for fault in found.faults if fault.outside == outside]
        click.echo("\n".join((f"\n{title}: {len(listed)}", *listed)))


@score.command("nesting")
@click.argument("gold", type=FILE)
@click.option("--half", type=click.Choice(["tune", "check"]), help="Only one half of the cases.")
@click.option("--detail", is_flag=True, help="List the nested statements that are wrong.")
@as_json_option
def score_nesting(gold: Path, half: str | None, detail: bool, as_json: bool) -> None:
    """Compare statements inside statements with the short texts of a TOML file.

    Example: onrecord score nesting nesting.toml --half check --detail
    """
    from onrecord.evaluate import add_tallies, case_lines, read_cases, score_case
    from onrecord.reading import article_from_text

    cases = [case for case in read_cases(gold) if half in {None, case.half}]
    records = extracted({str(n): article_from_text(one.text) for n, one in enumerate(cases)})
    rows = list(zip(cases, records.values(), strict=True))
    if detail:
        for case, record in rows:
            click.echo("".join(f"{line}\n" for line in case_lines(case, record)), nl=False)
    print_tallies(add_tallies(score_case(case, record) for case, record in rows), as_json)


@score.command("happenings")
@click.argument("gold", type=FILE)
@click.option("--detail", is_flag=True, help="List every pair that is missed or wrongly joined.")
@as_json_option
def score_happenings(gold: Path, detail: bool, as_json: bool) -> None:
    """Compare which events are one happening with the marked articles of a TOML file.

    Example: onrecord score happenings happenings.toml --detail
    """
    from onrecord.evaluate import (
        add_tallies,
        happening_lines,
        read_happening_cases,
        score_happening_case,
    )
    from onrecord.reading import article_from_text

    cases = read_happening_cases(gold)
    articles = {
        f"{n} {at}": article_from_text(
            one.text, published=one.published, url=f"https://gold.example/{n}/{at}"
        )
        for n, case in enumerate(cases)
        for at, one in enumerate(case.articles)
    }
    records = extracted(articles)
    rows = [
        (case, [records[f"{n} {at}"] for at in range(len(case.articles))])
        for n, case in enumerate(cases)
    ]
    if detail:
        for case, told in rows:
            click.echo("".join(f"{line}\n" for line in happening_lines(case, told)), nl=False)
    print_tallies(add_tallies(score_happening_case(*row) for row in rows), as_json)


@score.command("dates")
@click.argument("gold_dir", type=FOLDER)
@click.option("--errors", is_flag=True, help="List every wrong date with its cause.")
@as_json_option
def score_gum_dates(gold_dir: Path, errors: bool, as_json: bool) -> None:
    """Compare dates with those of a corpus in GUM's form, published on their datelines.

    Example: onrecord score dates gum-news --errors
    """
    from onrecord.evaluate import add_tallies, date_slips, read_dated, score_dates
    from onrecord.reading import article_from_text

    corpus = list(read_dated(gold_dir))
    records = extracted(
        {one.name: article_from_text(one.text, published=one.published) for one in corpus}
    )
    tallies = add_tallies(score_dates(one, records[one.name]) for one in corpus)
    slips = [slip for one in corpus for slip in date_slips(one, records[one.name])]
    if errors and as_json:
        counts = [asdict(one) for one in tallies]
        click.echo(json.dumps({"tallies": counts, "errors": list(map(asdict, slips))}, indent=1))
        return
    print_tallies(tallies, as_json)
    for slip in slips if errors else ():
        click.echo(
            f"{slip.text}: {slip.words}: wanted {slip.wanted}, got {slip.got or 'none'}: "
            f"{slip.cause}\n  … {slip.around} …"
        )


@score.command("coreference")
@click.argument("gold_dir", type=FOLDER)
@click.option("--errors", is_flag=True, help="List every pronoun that is wrong or open.")
@as_json_option
def score_entities(gold_dir: Path, errors: bool, as_json: bool) -> None:
    """Compare whom pronouns and names mean with the entities of a corpus in GUM's form.

    Example: onrecord score coreference gum-news --errors
    """
    from onrecord.evaluate import (
        add_tallies,
        pronoun_lines,
        read_entities,
        score_coreference,
        score_pronouns,
    )
    from onrecord.reading import article_from_text

    corpus = list(read_entities(gold_dir))
    records = extracted({one.name: article_from_text(one.text) for one in corpus})
    print_tallies(add_tallies(score_coreference(one, records[one.name]) for one in corpus), as_json)
    for one in corpus if errors and not as_json else ():
        for line in pronoun_lines(one, score_pronouns(one, records[one.name])):
            click.echo(line)
