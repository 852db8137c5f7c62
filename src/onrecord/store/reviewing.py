"""People's verdicts on rows, as they are kept: appended, never overwritten."""

from __future__ import annotations

from sqlalchemy import Connection, insert, or_, select

from onrecord.errors import StoreError
from onrecord.records import Review
from onrecord.store.schema import review as reviews
from onrecord.store.shapes import SHAPES


def append_review(connection: Connection, place: str, review: Review) -> None:
    """Keep a verdict.

    Raises:
        StoreError: No row has that id.
    """
    row_id = review.row_id
    known = or_(
        *(
            select(shape.table).where(shape.table.c[shape.id_field] == row_id).exists()
            for shape in SHAPES.values()
        )
    )
    if not connection.scalar(select(known)):
        raise StoreError(f"{place} has no row {row_id!r}; give the id of a row it has")
    connection.execute(
        insert(reviews),
        {
            "row_id": row_id,
            "verdict": review.verdict,
            "reviewer": review.reviewer,
            "made_at": review.made_at,
            "why": review.why,
            "corrected": [list(pair) for pair in review.corrected],
        },
    )


def reviews_of(connection: Connection, row_id: str) -> tuple[Review, ...]:
    """Return the verdicts on a row, oldest first; () when there are none."""
    query = select(reviews).where(reviews.c.row_id == row_id).order_by(reviews.c.review_id)
    return tuple(
        Review(
            row_id=line["row_id"],
            verdict=line["verdict"],
            reviewer=line["reviewer"],
            made_at=line["made_at"],
            why=line["why"],
            corrected=tuple((field, value) for field, value in line["corrected"]),
        )
        for line in connection.execute(query).mappings()
    )
