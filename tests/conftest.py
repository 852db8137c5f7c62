"""What several test modules share: the real parser, loaded once a run."""

from collections.abc import Callable

import pytest

from onrecord.pipeline import Tools, extract, load_tools
from onrecord.reading import article_from_text
from onrecord.records import Record


@pytest.fixture(scope="session")
def tools() -> Tools:
    """The default tools."""
    return load_tools()


@pytest.fixture(scope="session")
def record_of(tools: Tools) -> Callable[[str], Record]:
    """The record of a text published on Friday 11 March 2022."""

    def made(text: str) -> Record:
        return extract(article_from_text(text, published="2022-03-11"), tools=tools)

    return made
