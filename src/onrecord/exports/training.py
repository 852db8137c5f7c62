"""Corrected records as annotated articles: what the scripts that train models read."""

from __future__ import annotations

from dataclasses import replace

from onrecord.export import Json, gold_form
from onrecord.records import InputMap, Record, Segment, Span, Spans, hull

TRAIN = "train"


def training_form(record: Record) -> tuple[Json, Json]:
    """Return an article's line, with its text, and its annotation; both ready for `json.dumps`.

    Offsets count into the article's text. The whole article counts as annotated, so that what the
    record has not is taken for what is not there.
    """
    article = record.article
    whole = Span(0, len(article.text))
    as_read = replace(article, input_map=InputMap((Segment(whole, whole),)))
    held = replace(record, article=as_read)
    line: Json = {
        "id": article.article_id,
        "part": TRAIN,
        "path": article.source_path,
        "published": article.published,
        "title": article.title,
        "text": article.text,
    }
    form = gold_form(held) | {
        "part": TRAIN,
        "events_until": len(article.text),
        "statements": _statements(held),
        "demands": _demands(held),
    }
    return line, form


def _statements(record: Record) -> list[object]:
    """Return statements with their source and cue as one part each."""
    forms = gold_form(record)["statements"]
    assert isinstance(forms, list)
    return [
        form | {"source": _part(record, row.source), "cue": _part(record, row.cue)}
        for form, row in zip(forms, record.statements, strict=True)
    ]


def _demands(record: Record) -> list[object]:
    """Return demands with who asks, and who is asked, where the text says so nearest to the cue."""
    forms = gold_form(record)["demands"]
    assert isinstance(forms, list)
    return [
        form
        | {
            "by": _nearest(record, row.by_id, hull(row.cue)),
            "of": _nearest(record, row.of_id, hull(row.cue)),
        }
        for form, row in zip(forms, record.demands, strict=True)
    ]


def _part(record: Record, spans: Spans) -> Json | None:
    if not spans:
        return None
    span = hull(spans)
    return {"span": [span.start, span.end], "text": record.article.cut(span)}


def _nearest(record: Record, actor_id: str | None, cue: Span) -> Json | None:
    spans = [one.span for one in record.mentions if one.actor_id == actor_id is not None]
    if not spans:
        return None
    return _part(record, (min(spans, key=lambda span: abs(span.start - cue.start)),))
