"""Copies in a store: found at each save, joined to stories, and let go when a text changes."""

import random
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from factories import make_article
from onrecord.copies import credit_of, differences, keys_of, shingles_of, words_of
from onrecord.copies.shingles import plain_words
from onrecord.records import Article, Record
from onrecord.store import open_store
from onrecord.store.copying import enter_all_copies

WORDS = [f"word{number}" for number in range(600)]


def text_of(seed: int, words: int = 200) -> str:
    """A text that shares no run of words with that of another seed."""
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def article(name: str, text: str, published: str | None = "2022-03-11", **more: str) -> Article:
    source = "given" if published else None
    return make_article(
        text, article_id=name, published=published, published_from=source, url=None, **more
    )


STORY = text_of(1)
EDITED = STORY.replace(STORY[300:360], "an editor put other words here")
LONGER = f"{STORY} {text_of(2, 500)}"
PARTLY = f"{' '.join(STORY.split()[:110])} {text_of(3, 150)}"
ARTICLES = (
    article("agency", STORY, "2022-03-11"),
    article("edited", EDITED, "2022-03-12"),
    article("longer", LONGER, "2022-03-13"),
    article("partly", PARTLY, "2022-03-14"),
    article("other", text_of(4), "2022-03-10"),
)


@pytest.mark.parametrize("order", list(permutations(range(5)))[::17])
def test_copies_are_one_story_with_the_earliest_s_id_in_any_order(
    place: str, order: tuple[int, ...]
) -> None:
    with open_store(place) as store:
        for at in order:
            store.save(Record(article=ARTICLES[at]), "hand/1")
        told = {one.article_id: store.record(one.article_id).article for one in ARTICLES}
        assert {name: one.story_id for name, one in told.items()} == {
            "agency": "agency",
            "edited": "agency",
            "longer": "agency",
            "partly": None,
            "other": None,
        }
        assert [one.article_id for one in told.values() if one.copy_of == "agency"] == [
            "edited",
            "longer",
        ]
        kinds = {pair.other.article_id: pair.kind for pair in store.copies("agency")}
        assert kinds == {"edited": "near", "longer": "excerpt", "partly": "part"}
        (story,) = store.stories()
        assert [one.article_id for one in story.printings] == ["agency", "edited", "longer"]


def test_copies_are_entered_anew_also_where_the_first_of_a_story_comes_last(tmp_path: Path) -> None:
    path = tmp_path / "copies.db"
    late = (article("a", EDITED, "2022-03-12"), article("b", LONGER, "2022-03-13"))
    first = article("z", STORY, "2022-03-11")
    with open_store(path) as store:
        for one in (first, *late):
            store.save(Record(article=one), "hand/1")
    with create_engine(f"sqlite:///{path}").begin() as connection:
        enter_all_copies(connection, ((late[0], 2), (late[1], 3), (first, 1)))
    with open_store(path) as store:
        (story,) = store.stories()
        assert [one.article_id for one in story.printings] == ["z", "a", "b"]


def test_a_corrected_text_leaves_its_story(place: str) -> None:
    with open_store(place) as store:
        for one in ARTICLES[:2]:
            store.save(Record(article=one), "hand/1")
        changed = store.versioned(article("edited", text_of(9)))
        store.save(Record(article=changed), "hand/1")
        assert store.stories() == ()
        assert store.record("agency").article.story_id is None
        assert store.record("edited", 1).article.story_id is None


def test_an_earlier_date_makes_another_article_the_first(place: str) -> None:
    with open_store(place) as store:
        for one in ARTICLES[:2]:
            store.save(Record(article=one), "hand/1")
        store.save(Record(article=replace(ARTICLES[1], published="2022-03-01")), "hand/1")
        assert store.record("agency").article.copy_of == "edited"


def test_saving_again_keeps_the_story_and_changes_nothing(place: str) -> None:
    with open_store(place) as store:
        for one in ARTICLES:
            store.save(Record(article=one), "hand/1")
        before = store.stories()
        for one in ARTICLES:
            store.save(Record(article=one), "hand/2")
        assert store.stories() == before


def test_a_text_printed_very_often_is_one_story(place: str) -> None:
    with open_store(place) as store:
        for number in range(130):
            store.save(Record(article=article(f"a{number:03}", STORY)), "hand/1")
        (story,) = store.stories()
        assert len(story.printings) == 130
        assert story.story_id == "a000"


def test_the_keys_of_a_text_never_change() -> None:
    """Stores keep them: if this fails, a migration has to make them anew."""
    keys = keys_of(shingles_of(STORY))
    assert (len(keys.bands), keys.bands[0], keys.bands[-1]) == BANDS
    assert keys.samples[:2] == SAMPLES


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aB_é’“—\u0345 ß\n"))))
def test_words_made_quickly_are_the_same_words(text: str) -> None:
    assert plain_words(text) == [word.plain for word in words_of(text)]


BANDS = (32, 5751975246367542153, 4662748877748785006)
SAMPLES = (-8159430953697812992, -7891745072711048432)


@pytest.mark.parametrize(
    ("text", "more", "agency"),
    [
        ("MINSK (AP) — Leaders met.", {}, "Associated Press"),
        ("WARSAW, March 3 (PAP) – Leaders met.", {}, "Polish Press Agency"),
        ("Leaders met.\n\n© 2022 AFP", {}, "Agence France-Presse"),
        ("Leaders met.\nSource: Interfax", {}, "Interfax"),
        ("Leaders met.", {"byline": "A. Reporter, Reuters"}, "Reuters"),
        ("Leaders met.", {"publisher": "www.reuters.com"}, "Reuters"),
        ("Leaders met. (AFP, dpa)", {}, None),
        ("The minister told Reuters that leaders met. He had told AFP so before.", {}, None),
        ("Leaders met in the AP building. They left.", {}, None),
    ],
)
def test_whose_text_it_is(text: str, more: dict[str, str], agency: str | None) -> None:
    found = credit_of(article("a", text, **({"byline": ""} | more)))
    assert (found.agency if found else None) == agency


def test_differences_say_what_stands_instead() -> None:
    one, other = "Ten people were killed on Monday.", "At least ten people were hurt on Monday."
    found = [
        (
            at.one and one[at.one.start : at.one.end],
            at.other and other[at.other.start : at.other.end],
        )
        for at in differences(one, other)
    ]
    assert found == [(None, "At least"), ("killed", "hurt")]
