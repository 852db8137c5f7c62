"""How to cite a row: in words, and as BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.report.wording import date_words
from onrecord.room.excerpting import Line


@dataclass(frozen=True, slots=True)
class Citation:
    """A row's citation."""

    text: str
    bibtex: str


def cite(line: Line, address: str) -> Citation:
    """Return the citation of a row that has an address."""
    article = line.article
    words = "".join(bit.text for bit in line.excerpt).strip()
    parts = [
        article.byline,
        f"“{article.title}”" if article.title else "Untitled article",
        article.publisher,
        date_words(article.published) if article.published else "no date",
        article.url,
    ]
    source = ", ".join(part for part in parts if part)
    quoted = f" “{words}”" if words else ""
    text = f"{source}.{quoted} onrecord row {line.row_id}, version {article.version}: {address}"
    return Citation(text, _bibtex(line, address))


def _bibtex(line: Line, address: str) -> str:
    article = line.article
    fields = {
        "title": article.title,
        "author": article.byline,
        "publisher": article.publisher,
        "date": article.published,
        "url": article.url,
        "note": f"onrecord row {line.row_id}, version {article.version}, {address}",
    }
    listed = [f"  {name} = {{{_plain(value)}}}" for name, value in fields.items() if value]
    return f"@misc{{onrecord-{line.row_id},\n" + ",\n".join(listed) + "\n}"


def _plain(value: str) -> str:
    r"""Return a value that cannot end its field: "100 %" as "100 \%"."""
    return re.sub(r"([%#&$_{}])", r"\\\1", " ".join(value.replace("\\", " ").split()))
