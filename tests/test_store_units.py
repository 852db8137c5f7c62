"""Copies of a story count once, or each of them, in lists of happenings and of identities."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories import make_article, make_record
from onrecord.cli import main
from onrecord.store import Filters, open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with a story that two papers print."""
    with open_store(tmp_path / "store.db") as store:
        for at, name in enumerate(("first", "second")):
            article = make_article(
                article_id=name, title=name, url=None, published=f"2022-03-1{at + 1}"
            )
            store.save(make_record(article), "hand/1")
    return tmp_path / "store.db"


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--store", str(path)], catch_exceptions=False)


def test_a_story_tells_a_happening_once(path: Path) -> None:
    with open_store(path) as store:
        asked = Filters(type="ASSAULT")
        (each,) = store.happenings(asked)
        assert (each.times, each.articles, each.stories, each.unit) == (2, 2, 1, "article")
        assert store.happenings(asked, unit="story") == ()
        (once,) = store.happenings(asked, unit="story", fewest=1)
        assert (once.times, once.unit, len(once.tellings)) == (1, "story", 2)


def test_an_identity_is_in_one_story(path: Path) -> None:
    with open_store(path) as store:
        (each,) = store.identities("Peskov")
        (once,) = store.identities("Peskov", unit="story")
        assert (each.articles, once.articles) == (2, 1)
        assert each.mentions == 2 * once.mentions
        names = {one.name for one in store.identities()}
        assert {one.name for one in store.identities(unit="story")} == names


def test_lists_say_what_they_count(path: Path) -> None:
    listed = run(path, "happenings", "list", "--type", "ASSAULT", "--per", "article")
    assert "articles" in listed.stdout
    assert listed.stderr.endswith("; told per article\n")
    assert "0 happenings; told per story" in run(path, "happenings", "list").stderr
    listed = run(path, "identities", "list", "Peskov")
    assert "stories" in listed.stdout
    assert listed.stderr == "1 identity; counted per story\n"
