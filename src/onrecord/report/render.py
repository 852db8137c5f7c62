"""The report: one HTML page that holds all it needs."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.records import Record
from onrecord.report.page import make_page

_FOLDER = "page"
STYLES = ("tokens.css", "report.css")
_TEMPLATES = Environment(
    loader=PackageLoader("onrecord.report", _FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render_report(record: Record) -> str:
    """Return one self-contained HTML page that shows an article and all it puts on record.

    The page asks for nothing over the network; its policy allows only the style and the script it
    carries. It can be read without the script. Equal records give equal pages.
    """
    style, script = "\n".join(map(_part, STYLES)), _part("report.js")
    # Only our own two files go in unescaped; whatever comes from the record is escaped.
    return _TEMPLATES.get_template("report.html").render(
        page=make_page(record),
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
    )


def _part(name: str) -> str:
    return files("onrecord.report").joinpath(_FOLDER, name).read_text("utf-8").strip()


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(part: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
