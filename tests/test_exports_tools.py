"""Graphs, maps, tasks and tables: each loaded by a tool of its kind, with all its rows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import geojson as geojson_package
import pandas as pd
import polars as pl
import pytest
from rdflib import RDF, Graph, URIRef

from exported import exported, records, told
from onrecord.exports import FORMS, Told, ftm, geojson, labelstudio, parquet, schemaorg, w3c
from onrecord.exports.enclosed import enclosed
from onrecord.exports.parts import marked, parts
from onrecord.records import KINDS

OA = "http://www.w3.org/ns/oa#"
SCHEMA = "https://schema.org/"

# What the W3C's own context says of the words used here; it is not fetched in a test.
OWN_CONTEXT: dict[str, Any] = {
    "oa": OA,
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "SpecificResource": "oa:SpecificResource",
    "AnnotationPage": "http://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "items": {"@id": "http://www.w3.org/ns/activitystreams#items", "@container": "@list"},
    "body": "oa:hasBody",
    "target": "oa:hasTarget",
    "source": "oa:hasSource",
    "selector": "oa:hasSelector",
    "exact": "oa:exact",
    "start": "oa:start",
    "end": "oa:end",
}


def document(lines: Iterator[str]) -> Any:  # noqa: ANN401 - any JSON
    return json.loads("\n".join(lines))


def graph(form: dict[str, Any], context: dict[str, Any]) -> Graph:
    found = Graph()
    data = json.dumps({**form, "@context": context})
    return found.parse(data=data, format="json-ld")


def rows_marked() -> int:
    return sum(len(list(marked(record))) for record in records())


# W3C Web Annotation


def test_rdflib_finds_every_annotation_and_its_places() -> None:
    form = document(w3c.lines(told()))
    assert form["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    own = {"@vocab": "urn:onrecord:"}
    found = graph(form, own | OWN_CONTEXT)
    annotations = list(found.subjects(RDF.type, URIRef(f"{OA}Annotation")))
    assert len(annotations) == rows_marked() == len(form["items"])
    pieces = sum(
        len(part.spans) for one in records() for row in marked(one) for part in parts(*row)
    )
    for selector in ("TextQuoteSelector", "TextPositionSelector"):
        assert len(list(found.subjects(RDF.type, URIRef(f"{OA}{selector}")))) == pieces


def test_both_selectors_find_the_same_words_in_the_text_of_that_hash() -> None:
    texts = {one.article.sha256: one.article.text for one in records()}
    targets = [target for one in document(w3c.lines(told()))["items"] for target in one["target"]]
    assert targets
    for target in targets:
        quote, place = target["selector"]
        text = texts[target["source"]["sha256"]]
        start, end = place["start"], place["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert len(quote["prefix"]) == min(32, start)


def test_without_text_the_place_alone_finds_the_words() -> None:
    items = document(w3c.lines(told(withheld=True)))["items"]
    kinds = {s["type"] for one in items for target in one["target"] for s in target["selector"]}
    assert kinds == {"TextPositionSelector"}


# schema.org


def test_rdflib_finds_every_statement_as_a_quotation_or_a_claim() -> None:
    found = graph(document(schemaorg.lines(told())), {"@vocab": SCHEMA})
    statements = [row for one in records() for row in one.statements]
    of_kind = {
        name: len(list(found.subjects(RDF.type, URIRef(f"{SCHEMA}{name}"))))
        for name in ("Quotation", "Claim", "NewsArticle")
    }
    indirect = sum(row.kind == "indirect" for row in statements)
    assert of_kind == {
        "Quotation": len(statements) - indirect,
        "Claim": indirect,
        "NewsArticle": len(records()),
    }
    spoken = {str(name) for name in found.objects(None, URIRef(f"{SCHEMA}name"))}
    assert {"Dmitry Peskov", "Government of Ukraine"} <= spoken


def test_what_is_said_is_tied_to_its_article() -> None:
    items = document(schemaorg.lines(told()))["@graph"]
    articles = {one["@id"] for one in items if one["@type"] == "NewsArticle"}
    for one in items:
        if one["@type"] != "NewsArticle":
            assert (one.get("isPartOf") or one["appearance"])["@id"] in articles


# FollowTheMoney


@pytest.fixture
def model() -> Any:  # noqa: ANN401 - FollowTheMoney's own
    reason = "followthemoney is not installed; PyICU, which it needs, is built from its source"
    return pytest.importorskip("followthemoney", reason=reason).model


def test_followthemoney_takes_every_entity_with_all_its_values(model: Any) -> None:  # noqa: ANN401
    lines = [json.loads(line) for line in ftm.lines(told())]
    entities = [model.get_proxy(one, cleaned=False) for one in lines]
    for written, entity in zip(lines, entities, strict=True):
        entity.schema.validate(written)
        for name, values in written["properties"].items():
            assert len(entity.get(name)) == len(values), (name, values)
    wanted = sum(
        1
        + len(one.actors)
        + len(one.mentions)
        + len(one.statements)
        + sum(event.modality == "actual" for event in one.events)
        for one in records()
    )
    assert len({entity.id for entity in entities}) == wanted


def test_every_link_between_entities_leads_somewhere(model: Any) -> None:  # noqa: ANN401
    entities = [model.get_proxy(json.loads(line)) for line in ftm.lines(told())]
    ids = {entity.id for entity in entities}
    links = [
        (prop.name, value)
        for entity in entities
        for prop, value in entity.itervalues()
        if prop.type.name == "entity"
    ]
    assert {"document", "resolved", "entity", "involved", "organizer"} <= {
        name for name, _ in links
    }
    assert {value for _, value in links} <= ids


# GeoJSON


def test_geojson_is_valid_and_has_every_row_with_coordinates() -> None:
    collection = geojson_package.loads("\n".join(geojson.lines(told())))
    assert collection.is_valid
    wanted = [row for one in told() for row in geojson.located(one)]
    assert len(collection["features"]) == len(wanted) == 3
    first = collection["features"][0]
    assert first["geometry"]["coordinates"] == [37.61556, 55.75222]  # longitude first
    assert first["properties"]["actors"] == "Vladimir Putin"


# Label Studio


def test_label_studio_tasks_mark_the_words_they_say() -> None:
    tasks = document(labelstudio.lines(told()))
    assert len(tasks) == len(records())
    for task, record in zip(tasks, records(), strict=True):
        text = task["data"]["text"]
        assert text == record.article.text
        (prediction,) = task["predictions"]
        regions = {one["id"]: one for one in prediction["result"] if one["type"] == "labels"}
        for region in regions.values():
            value = region["value"]
            assert text[value["start"] : value["end"]] == value["text"]
        for one in prediction["result"]:
            if one["type"] == "relation":
                assert {one["from_id"], one["to_id"]} <= regions.keys()
        roots = [one for one in regions.values() if "meta" in one]
        assert len(roots) == len(list(marked(record)))


def test_label_studio_labels_are_in_the_interface_for_them() -> None:
    root = ElementTree.fromstring(labelstudio.config())
    known = {one.get("value") for one in root.iter("Label")}
    tasks = document(labelstudio.lines(told()))
    results = [one for task in tasks for one in task["predictions"][0]["result"]]
    used = {label for one in results if one["type"] == "labels" for label in one["value"]["labels"]}
    assert used <= known
    assert {one["from_name"] for one in results if one["type"] == "labels"} == {
        one.get("name") for one in root.iter("Labels")
    }


# Parquet


def answers(query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("at_once", [1, 500])
def test_duckdb_polars_and_pandas_read_each_folder(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "AT_ONCE", at_once)
    path = exported("parquet", tmp_path)
    assert {one.name for one in path.iterdir()} == {"articles", *KINDS}
    for kind in KINDS:
        wanted = sum(len(getattr(one, kind)) for one in records())
        files = f"{path / kind}/*.parquet"
        assert answers(f"SELECT count(*) FROM '{files}'") == [(wanted,)]
        assert pl.read_parquet(files).height == wanted
        assert len(pd.read_parquet(path / kind)) == wanted
    said = answers(
        f"SELECT s.speaker FROM '{path}/statements/*.parquet' s "
        f"JOIN '{path}/articles/*.parquet' a USING (article_id, version) WHERE a.text LIKE '%fled%'"
    )
    assert ("Dmitry Peskov",) in said


def test_parquet_of_nothing_has_the_columns(tmp_path: Path) -> None:
    parquet.write([], tmp_path / "out")
    assert pl.read_parquet(tmp_path / "out" / "events" / "*.parquet").height == 0


# what they share


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_document_in_lines_is_json(count: int) -> None:
    items = [{"n": number} for number in range(count)]
    assert document(enclosed('{"items": [', items, "]}")) == {"items": items}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_nothing_is_written(name: str, tmp_path: Path) -> None:
    FORMS[name].write([], tmp_path / "nothing")
    assert (tmp_path / "nothing").exists()


@pytest.mark.parametrize("name", FORMS)
def test_nothing_half_written_stays(name: str, tmp_path: Path) -> None:
    def broken() -> Iterator[Told]:
        yield told()[0]
        raise OSError("the disk went away")

    with pytest.raises(Exception, match="the disk went away"):
        FORMS[name].write(broken(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
