"""Label Studio: each article as a task, its rows as predictions to correct.

Places count code points, as Label Studio's do. `CONFIG` is the labelling interface they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.exports.enclosed import Json, enclosed
from onrecord.exports.parts import LAYOUTS, attributes, marked, parts
from onrecord.exports.references import whole_text
from onrecord.exports.told import Told
from onrecord.records import Row, id_of

_LABELS, _TEXT, _RELATION = "label", "text", "relation"


def config() -> str:
    """Return the labelling interface for the tasks, as Label Studio's XML."""
    roles = [role for one in LAYOUTS.values() for role in (one.label, *one.parts.values())]
    labels = "\n".join(f'    <Label value="{role}"/>' for role in dict.fromkeys(roles))
    return (
        "<View>\n"
        "  <Relations>\n"
        + "\n".join(f'    <Relation value="{role}"/>' for role in dict.fromkeys(roles))
        + "\n  </Relations>\n"
        f'  <Labels name="{_LABELS}" toName="{_TEXT}">\n{labels}\n  </Labels>\n'
        f'  <Text name="{_TEXT}" value="${_TEXT}"/>\n'
        "</View>\n"
    )


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield a list of tasks, a line for each article."""
    yield from enclosed("[", map(_task, sources), "]")


def _task(told: Told) -> Json:
    article = told.article
    return {
        "data": {
            _TEXT: whole_text(article),
            "article_id": article.article_id,
            "version": article.version,
            "sha256": article.sha256,
            "title": article.title,
            "url": article.url,
        },
        "predictions": [
            {
                "model_version": "onrecord",
                "result": [
                    item for kind, row in marked(told.record) for item in _regions(told, kind, row)
                ],
            }
        ],
    }


def _regions(told: Told, kind: str, row: Row) -> Iterator[Json]:
    """Yield a region for each piece of a row, and what ties the others to its first."""
    first: str | None = None
    for number, part in enumerate(parts(kind, row)):
        for piece, span in enumerate(part.spans):
            key = f"{kind}-{id_of(row)}-{number}-{piece}"
            value: Json = {"start": span.start, "end": span.end, "labels": [part.role]}
            value["text"] = told.article.cut(span)
            region: Json = {"id": key, "from_name": _LABELS, "to_name": _TEXT, "type": "labels"}
            region["value"] = value
            if first is None:
                region["meta"] = {"text": [f"{k}={v}" for k, v in attributes(kind, row).items()]}
                score = getattr(row, "score", None)
                yield region if score is None else {**region, "score": score}
                first = key
                continue
            yield region
            yield {
                "type": _RELATION,
                "from_id": first,
                "to_id": key,
                "direction": "right",
                "labels": [part.role],
            }
