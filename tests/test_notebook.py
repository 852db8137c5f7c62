"""Records in notebooks."""

import html
import re

from IPython.core.interactiveshell import InteractiveShell

import onrecord
from factories import make_article, make_record
from onrecord.notebook import record_html
from onrecord.report import render_report


def test_a_record_is_shown_as_its_report_in_a_frame() -> None:
    record = make_record()
    shown = record_html(record, height=300)
    (source,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(source) == render_report(record)
    assert 'sandbox="allow-scripts"' in shown
    assert "height:300px" in shown


def test_a_title_cannot_leave_the_frame() -> None:
    record = make_record(make_article(title='"><script>alert(1)</script>'))
    shown = record_html(record)
    assert "<script>" not in shown
    assert shown.count('"') == 8  # those of its own four attributes


def test_the_extension_makes_a_notebook_show_records() -> None:
    shell = InteractiveShell.instance()
    onrecord.load_ipython_extension(shell)
    assert shell.display_formatter is not None
    formats, _ = shell.display_formatter.format(make_record())  # type: ignore[no-untyped-call]
    assert formats["text/html"].startswith("<iframe")
