"""Exports without the text: no words of it, and the same export once the words are back."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exported import contents, exported, records, texts, told
from factories import make_article, make_record
from onrecord.export import gold_form, json_lines
from onrecord.exports import FORMS, Told, without_text
from onrecord.exports.references import Rejoiner, whole_text
from onrecord.exports.rejoining import rejoin
from onrecord.records import (
    KINDS,
    Actor,
    Condition,
    Demand,
    Event,
    Figure,
    Ground,
    Mention,
    Participant,
    Place,
    Record,
    Span,
    Statement,
    Term,
    TimeExpression,
)
from onrecord.tables import table

RUN = 3  # words in a row that count as text: names and terms of the record are shorter or known


def runs(text: str) -> set[str]:
    """Every run of words in a text."""
    words = text.split()
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def known_names(record: Record) -> str:
    """What a record calls its actors, places and terms, and where the article is from."""
    article = record.article
    actors, places = record.actors, record.places
    named = [*(row.name for row in actors), *(row.name for row in places)]
    terms = [row.term for row in record.terms]
    return " ".join([*named, *terms, article.title or "", article.byline or ""])


@pytest.mark.parametrize("name", FORMS)
def test_no_form_writes_the_text_where_it_is_withheld(name: str, tmp_path: Path) -> None:
    path = exported(name, tmp_path, withheld=True)
    written = " ".join(" ".join(part.split()) for part in contents(path))
    for record in records():
        known = runs(known_names(record))
        assert not [one for one in runs(record.article.text) - known if one in written]


@pytest.mark.parametrize("name", FORMS)
def test_an_export_is_the_same_once_its_words_are_back(name: str, tmp_path: Path) -> None:
    whole, withheld = exported(name, tmp_path), exported(name, tmp_path, withheld=True)
    rejoiner = Rejoiner(texts().get)
    rejoin(withheld, tmp_path / "again", rejoiner)
    assert list(contents(tmp_path / "again")) == list(contents(whole))
    assert not rejoiner.missing


def test_what_had_text_withheld_did_change(tmp_path: Path) -> None:
    textless = {"gdelt"}
    for name in FORMS:
        whole, withheld = exported(name, tmp_path), exported(name, tmp_path, withheld=True)
        assert (list(contents(whole)) == list(contents(withheld))) == (name in textless), name


@pytest.mark.parametrize("name", sorted(set(FORMS) - {"gdelt"}))
def test_texts_that_are_missing_are_named_and_their_places_kept(name: str, tmp_path: Path) -> None:
    withheld = exported(name, tmp_path, withheld=True)
    first, second = texts()
    rejoiner = Rejoiner({first: texts()[first], second: "another text"}.get)
    rejoin(withheld, tmp_path / "again", rejoiner)
    assert set(rejoiner.missing) == {second}
    assert second in " ".join(contents(tmp_path / "again"))


def test_the_gold_form_has_no_text_either() -> None:
    for one in told(withheld=True):
        written = json.dumps(gold_form(one.record), ensure_ascii=False)
        text = one.article.text
        assert not [run for run in runs(text) - runs(known_names(one.record)) if run in written]


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])


@st.composite
def statements(draw: st.DrawFn) -> Record:
    """A record of any text, in which somebody says a stretch of it."""
    text = draw(st.text(LETTERS, min_size=1))
    start = draw(st.integers(0, len(text) - 1))
    row = Statement(
        statement_id="s",
        source=(),
        cue=(),
        content=(Span(start, draw(st.integers(start + 1, len(text)))),),
        kind="direct",
        act="assert",
        extractor="test",
    )
    return Record(article=make_article(text), statements=(row,))


@given(statements())
def test_any_words_come_back_as_they_were(record: Record) -> None:
    (row,), hidden = record.statements, without_text(record)
    (span,), article = row.content, record.article
    assert hidden.article.cut(span) == f"sha256:{article.sha256}#char={span.start},{span.end}"
    rejoiner = Rejoiner({article.sha256: article.text}.get)
    assert rejoiner.words(hidden.article.cut(span)) == article.cut(span)
    assert rejoiner.words(whole_text(hidden.article)) == article.text


@pytest.mark.parametrize("name", ["brat", "ftm", "inception", "labelstudio", "schemaorg", "w3c"])
@settings(max_examples=8, deadline=None)
@given(record=statements())
def test_any_text_comes_back_in_its_form(name: str, record: Record) -> None:
    form, text_of = FORMS[name], {record.article.sha256: record.article.text}.get
    with TemporaryDirectory() as folder:
        whole, hidden, again = (Path(folder) / one for one in ("whole", "hidden", "again"))
        form.write([Told(record)], whole)
        form.write([Told(without_text(record))], hidden)
        rejoin(hidden, again, Rejoiner(text_of))
        assert list(contents(again)) == list(contents(whole))


GREEK = st.characters(min_codepoint=0x3B1, max_codepoint=0x3C9)
"""Letters that nothing but the text of an article has."""


@st.composite
def full_records(draw: st.DrawFn) -> Record:
    """A record with rows of every kind at any places of a text in letters of its own."""
    text = draw(st.text(GREEK, min_size=2, max_size=200))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    made: dict[str, Any] = {"score": 0.5, "extractor": "test"}
    plain: dict[str, Any] = {"extractor": "test"}
    place = Place(place_id="p", span=span(), name="Port", lat=1.5, lon=2.5, **plain)
    time = TimeExpression(time_id="t", span=span(), value="2022-03-07", **plain)
    parts: dict[str, Any] = {name: (span(),) for name in ("source", "cue", "content", "occasion")}
    event: dict[str, Any] = {"event_type": "ASSAULT", "modality": "actual", "date": "2022-03-07"}
    parties: dict[str, Any] = {
        side: (Participant(span=span()),) for side in ("actors", "recipients")
    }
    return Record(
        article=make_article(text),
        statements=(
            Statement(
                statement_id="s",
                kind="mixed",
                act="deny",
                said_on=time,
                said_at=place,
                **parts,
                **made,
            ),
        ),
        events=(
            Event(
                event_id="e",
                trigger=(span(),),
                date_span=span(),
                place=place,
                statement_id="s",
                **event,
                **parties,
                **made,
            ),
        ),
        figures=(
            Figure(
                figure_id="f",
                span=span(),
                whom=span(),
                measure="killed",
                low=2,
                high=2,
                place=place,
                **made,
            ),
        ),
        conditions=(
            Condition(
                condition_id="c",
                if_=(span(),),
                then=(span(),),
                connective=(span(),),
                kind="rule",
                **made,
            ),
        ),
        demands=(Demand(demand_id="d", cue=(span(),), asks=span(), **made),),
        terms=(Term(term_id="w", span=span(), concept="war", term="war", voice="own", **made),),
        actors=(
            Actor(
                actor_id="a",
                name="Nobody",
                kind="group",
                grounds=(Ground("kind", "table", span()),),
                **plain,
            ),
        ),
        mentions=(Mention(mention_id="m", span=span(), actor_id="a", form="name", **plain),),
        times=(time,),
        places=(place,),
    )


@settings(max_examples=15, deadline=None)
@given(record=full_records())
def test_no_letter_of_a_text_is_in_any_form_without_it(record: Record) -> None:
    hidden = Told(without_text(record))
    letters = set(record.article.text)
    with TemporaryDirectory() as folder:
        for name, form in FORMS.items():
            form.write([hidden], Path(folder) / name)
            assert not letters & set("".join(contents(Path(folder) / name))), name
    assert not letters & set(json.dumps(gold_form(hidden.record), ensure_ascii=False))
    for kind in KINDS:
        assert not letters & set("".join(json_lines(kind, table(hidden.record, kind)))), kind


def test_a_text_that_was_changed_is_not_put_in() -> None:
    record = make_record()
    sha256, text = record.article.sha256, record.article.text
    rejoiner = Rejoiner({sha256: text.replace("Putin", "Putix")}.get)
    place = f"sha256:{sha256}#char=0,4"
    assert rejoiner.words(f"a {place} b") == f"a {place} b"
    assert rejoiner.missing == {sha256: 1}
    past = f"sha256:{sha256}#char=0,{len(text) + 1}"
    assert Rejoiner({sha256: text}.get).words(past) == past
