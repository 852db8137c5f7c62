"""What several test modules share: the real parser, loaded once a run."""

import pytest

from onrecord.pipeline import Tools, load_tools


@pytest.fixture(scope="session")
def tools() -> Tools:
    """The default tools."""
    return load_tools()
