"""Who is who through a store: what is linked, what stays apart, and what people decide."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from casts import Part, cast, president
from onrecord.errors import StoreError
from onrecord.records import Record
from onrecord.store import Filters, Store, open_store
from onrecord.store.schema import metadata


def fill(store: Store, *records: Record) -> None:
    for record in records:
        store.save(record, "hand/1")


def together(store: Store) -> set[frozenset[str]]:
    """The actors that are one identity: "article:name" of each."""
    return {
        frozenset(f"{one.article_id}:{one.name}" for one in store.appearances(identity.identity_id))
        for identity in store.identities()
    }


def articles(store: Store, kind: str = "statements", **filters: str) -> list[str]:
    """The articles of the rows that are found."""
    rows = store.find(kind, Filters(**filters))  # type: ignore[arg-type]  # names
    return [str(one) for one in rows.column("article_id").to_pylist()]


ZELENSKY = Part(name="Volodymyr Zelensky", country="UKR", sector="GOV", role="President")
SURNAME = Part(name="Zelensky", country="UKR", sector="GOV", role="Ukrainian president")
MINISTER = Part(name="John Smith", country="GBR", sector="GOV", role="foreign minister")
PLAYER = Part(name="John Smith", country="GBR", role="footballer")


def linked(store: Store, *parts: Part) -> int:
    """How many identities actors of as many articles are."""
    fill(store, *(cast(f"a{at}", part) for at, part in enumerate(parts)))
    return len(store.identities())


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        ([ZELENSKY, replace(ZELENSKY, name="Volodymyr Zelenskyy", role=None)], 1),
        ([ZELENSKY, replace(ZELENSKY, country=None, sector=None, role=None)], 1),
        ([ZELENSKY, SURNAME], 1),
        ([ZELENSKY, replace(SURNAME, role="leader")], 1),
        ([replace(ZELENSKY, role=None), SURNAME], 1),
        ([ZELENSKY, Part(name="Zelensky")], 2),
        ([ZELENSKY, replace(SURNAME, role=None)], 2),
        ([ZELENSKY, replace(SURNAME, country=None)], 2),
        ([ZELENSKY, replace(SURNAME, country="POL")], 2),
        ([ZELENSKY, replace(SURNAME, role="defence minister")], 2),
        ([ZELENSKY, replace(ZELENSKY, name="Olena Zelensky"), SURNAME], 3),
        ([SURNAME, replace(SURNAME, name="Zelenskyy")], 1),
        ([Part(name="Smith"), Part(name="Smith")], 2),
        ([MINISTER, PLAYER], 2),
        ([MINISTER, replace(MINISTER, sector="ELI", role="former minister")], 1),
        ([MINISTER, replace(MINISTER, country="AUS")], 2),
        ([MINISTER, replace(MINISTER, country="AUS"), Part(name="John Smith")], 3),
        ([MINISTER, PLAYER, Part(name="John Smith", country="GBR")], 3),
        ([MINISTER, replace(MINISTER, name="John P. Smith")], 1),
        ([president("George W. Bush", "USA"), president("George H. W. Bush", "USA")], 2),
        (
            [
                president("George W. Bush", "USA"),
                president("George H. W. Bush", "USA"),
                president("Bush", "USA"),
            ],
            3,
        ),
        ([president("Xi Jinping", "CHN"), president("Xi", "CHN")], 1),
        ([president("J. Smith", "USA"), president("Adam Smith", "USA")], 2),
        ([president("A. Smith", "USA"), president("Adam Smith", "USA")], 1),
        ([Part(name="spokesman", named=False, country="RUS")] * 2, 2),
        ([Part(name="Russian officials", kind="group", country="RUS")] * 2, 2),
        ([Part(name="Russia", kind="state", country="RUS")] * 2, 1),
        ([Part(name="European Union", kind="igo")] * 2, 1),
        ([Part(name="Amnesty International", kind="organisation")] * 2, 1),
        ([Part(name="Supreme Court", kind="organisation")] * 2, 2),
        ([Part(name="Supreme Court", kind="organisation", country="USA")] * 2, 1),
        (
            [
                Part(name="Supreme Court", kind="organisation", country="USA"),
                Part(name="Supreme Court", kind="organisation", country="IND"),
            ],
            2,
        ),
        ([Part(name="Syrian government", kind="government", country="SYR", named=False)] * 2, 1),
        ([Part(name="government", kind="government", named=False)] * 2, 2),
        ([Part(name="Russian bank", kind="organisation", country="RUS", named=False)] * 2, 2),
        ([replace(ZELENSKY, wikidata="Q1"), Part(name="Wladimir Selenski", wikidata="Q1")], 1),
        ([replace(ZELENSKY, wikidata="Q1"), replace(ZELENSKY, wikidata="Q2")], 2),
    ],
)
def test_who_is_linked(store: Store, parts: list[Part], count: int) -> None:
    assert linked(store, *parts) == count


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(6)))
def test_the_order_of_articles_makes_no_difference(
    new_place: Callable[[], str], order: list[int]
) -> None:
    parts = [ZELENSKY, SURNAME, MINISTER, PLAYER, Part(name="John Smith"), Part(name="Zelensky")]
    with open_store(new_place()) as store:
        fill(store, *(cast(f"a{at}", parts[at]) for at in order))
        assert together(store) == {
            frozenset({"a0:Volodymyr Zelensky", "a1:Zelensky"}),
            *(frozenset({f"a{at}:{parts[at].name}"}) for at in range(2, 6)),
        }


def test_an_identity_says_who_it_is(store: Store) -> None:
    spelt = replace(ZELENSKY, name="Volodymyr Zelenskyy", wikidata="Q3874799")
    fill(store, cast("a", ZELENSKY, SURNAME), cast("b", ZELENSKY), cast("c", spelt))
    (found,) = store.identities()
    assert (found.name, found.kind, found.country) == ("Volodymyr Zelensky", "person", "UKR")
    assert (found.articles, found.mentions, found.wikidata) == (3, 4, "Q3874799")
    assert found.names == ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelensky")
    for ref in (*found.names, found.identity_id, found.identity_id[:6], "volodymyr ZELENSKIY"):
        assert store.identity(ref) == found
    appearances = store.appearances(found.identity_id)
    assert [one.article_id for one in appearances] == ["a", "a", "b", "c"]


def test_identities_are_listed_by_name_kind_and_country(store: Store) -> None:
    russia = Part(name="Russia", kind="state", country="RUS")
    fill(store, cast("a", ZELENSKY, russia), cast("b", russia), cast("c", MINISTER, PLAYER))
    assert [one.name for one in store.identities(limit=2)] == ["Russia", "John Smith"]
    assert [one.name for one in store.identities(kind="state")] == ["Russia"]
    assert [one.name for one in store.identities(country="UKR")] == ["Volodymyr Zelensky"]
    assert len(store.identities("smith")) == 2
    assert store.identities("nobody") == ()
    assert len(store.identities("smith", limit=1)) == 1


def test_an_unclear_name_lists_who_it_may_be(store: Store) -> None:
    fill(store, cast("a", MINISTER), cast("b", PLAYER))
    with pytest.raises(StoreError, match=r"'John Smith' means 2 in .*\n  [0-9a-f]{16}  John Smith"):
        store.identity("John Smith")
    with pytest.raises(StoreError, match=r"nobody called 'Ada'; give a name or an id"):
        store.identity("Ada")


def test_a_name_finds_the_articles_that_have_only_the_office(store: Store) -> None:
    fill(store, cast("a", ZELENSKY), cast("b", SURNAME), cast("c", Part(name="Zelensky")))
    assert articles(store, speaker="Volodymyr Zelensky") == ["a", "b"]
    assert articles(store, speaker="Volodymyr Zelenskiy") == ["a", "b"]
    assert articles(store, actor="Zelensky") == ["a", "b", "c"]
    for kind in ("actors", "mentions"):
        assert articles(store, kind, actor="Volodymyr Zelensky") == ["a", "b"]
    assert articles(store, actor=store.identity("Volodymyr Zelensky").identity_id) == ["a", "b"]


def test_the_table_of_actors_says_who_they_are(store: Store) -> None:
    fill(store, cast("a", ZELENSKY, MINISTER), cast("b", SURNAME, PLAYER))
    rows = store.find("actors", Filters()).to_pylist()
    ids = {(row["article_id"], row["name"]): row["identity"] for row in rows}
    assert len(ids) == 4
    assert ids["a", "Volodymyr Zelensky"] == ids["b", "Zelensky"]
    assert ids["a", "John Smith"] != ids["b", "John Smith"]
    assert {store.identity(one).identity_id for one in ids.values()} == set(ids.values())


def test_a_merge_holds_until_it_is_undone(store: Store) -> None:
    other = Part(name="Vladimir Selenski", country="DEU")
    fill(store, cast("a", ZELENSKY), cast("b", other))
    made = store.merge("Vladimir Selenski", "Volodymyr Zelensky", by="Ada", why="spelling")
    (found,) = store.identities()
    assert (found.articles, found.names) == (2, ("Vladimir Selenski", "Volodymyr Zelensky"))
    assert articles(store, speaker="Volodymyr Zelensky") == ["a", "b"]
    assert (made.number, made.signed.made_by, made.signed.why) == (1, "Ada", "spelling")
    undone = store.undo(1, by="Bob")
    assert len(store.identities()) == 2
    assert articles(store, speaker="Volodymyr Zelensky") == ["a"]
    assert [(one.action, one.undone_by) for one in store.decisions()] == [
        ("merge", undone.number),
        ("undo", None),
    ]
    store.undo(undone.number, by="Ada")
    assert len(store.identities()) == 1


def test_a_split_moves_the_actor_of_an_article(store: Store) -> None:
    fill(store, *(cast(name, ZELENSKY) for name in "abc"))
    store.split("Volodymyr Zelensky", articles=["b"], by="Ada")
    together_now = {
        frozenset({"a:Volodymyr Zelensky", "c:Volodymyr Zelensky"}),
        frozenset({"b:Volodymyr Zelensky"}),
    }
    assert together(store) == together_now
    ids = {one.articles: one.identity_id for one in store.identities()}
    assert articles(store, actor=ids[2]) == ["a", "c"]
    assert articles(store, actor=ids[1]) == ["b"]
    fill(store, cast("d", ZELENSKY))
    assert {one.articles for one in store.identities()} == {1, 3}
    store.undo(1, by="Ada")
    assert len(store.identities()) == 1


def test_a_split_by_name_takes_that_name_wherever_it_is(store: Store) -> None:
    other = replace(ZELENSKY, name="Volodymyr Zelenskyy")
    fill(store, cast("a", ZELENSKY), cast("b", other), cast("c", other))
    store.split("Volodymyr Zelensky", names=["volodymyr zelenskyy"], by="Ada")
    fill(store, cast("d", replace(other, role="leader")))
    assert {one.names: one.articles for one in store.identities()} == {
        ("Volodymyr Zelensky",): 1,
        ("Volodymyr Zelenskyy",): 3,
    }


def test_the_other_person_can_be_merged_with_someone(store: Store) -> None:
    fill(store, cast("a", MINISTER), cast("b", MINISTER), cast("c", PLAYER))
    minister, player = (one.identity_id for one in store.identities("John Smith"))
    store.split(minister, articles=["b"], by="Ada")
    (other,) = (
        one
        for one in store.identities("John Smith")
        if [at.article_id for at in store.appearances(one.identity_id)] == ["b"]
    )
    store.merge(other.identity_id, player, by="Ada")
    assert together(store) == {
        frozenset({"a:John Smith"}),
        frozenset({"b:John Smith", "c:John Smith"}),
    }
    (found,) = (one for one in store.identities("John Smith") if one.articles == 2)
    assert store.identity(found.identity_id) == found


@pytest.mark.parametrize(
    ("decide", "message"),
    [
        (lambda store: store.merge("Smith", "John Smith", by="A"), "are one identity already"),
        (lambda store: store.merge("Ada", "John Smith", by="A"), "nobody called 'Ada'"),
        (lambda store: store.split("Smith", articles=["b"], by="A"), "does not appear in 'b'"),
        (lambda store: store.split("Smith", articles=["z"], by="A"), "no article 'z'"),
        (lambda store: store.split("Smith", articles=["a"], by="A"), "all of John Smith"),
        (lambda store: store.split("Smith", names=["Al"], by="A"), "go by 'Al'; it goes by John"),
        (lambda store: store.undo(7, by="A"), "no decision 7"),
        (lambda store: [store.undo(1, by="A") for _ in "ab"], "undone already; .* undo 2"),
    ],
)
def test_what_cannot_be_decided_is_refused(place: str, decide: object, message: str) -> None:
    with open_store(place) as store:
        fill(store, cast("a", MINISTER), cast("b", ZELENSKY), cast("c", ZELENSKY))
        store.merge("Zelensky", "Smith", by="A")
        store.undo(1, by="A") if "already" not in message else None
        store.undo(2, by="A") if "already" not in message else None
        store.undo(3, by="A") if "already" not in message else None
        with pytest.raises(StoreError, match=message):
            decide(store)  # type: ignore[operator]  # a function of the store


def test_a_split_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="needs articles, or names"):
        store.split("Smith", by="Ada")


def test_decisions_outlive_reading_again(store: Store) -> None:
    other = Part(name="Vladimir Selenski", country="DEU", sector="GOV", role="President")
    fill(store, *(cast(name, ZELENSKY) for name in "abc"), cast("d", other), cast("e", SURNAME))
    store.split("Volodymyr Zelensky", articles=["b"], by="Ada")
    store.merge(_of(store, "a"), "Vladimir Selenski", by="Ada")
    decided = {
        frozenset(
            {"a:Volodymyr Zelensky", "c:Volodymyr Zelensky", "d:Vladimir Selenski", "e:Zelensky"}
        ),
        frozenset({"b:Volodymyr Zelensky"}),
    }
    assert together(store) == decided
    for name in "ab":  # the same version, by an extractor that sees no office; then a new version
        store.save(cast(name, replace(ZELENSKY, sector=None, role=None)), "hand/2")
    store.save(cast("d", replace(other, sector="ELI")), "hand/2")
    store.save(cast("e", replace(SURNAME, sector=None)), "hand/2")
    store.save(cast("a", replace(ZELENSKY, sector="MIL"), version=2), "hand/2")
    store.save(cast("b", Part(name="Someone Else"), ZELENSKY, version=2), "hand/2")
    assert together(store) == decided | {frozenset({"b:Someone Else"})}


def _of(store: Store, article_id: str) -> str:
    """The id of the identity that is in an article."""
    rows = store.find("actors", Filters(article=article_id)).to_pylist()
    return str(rows[0]["identity"])


def test_an_actor_that_gets_its_full_name_is_still_who_was_decided(store: Store) -> None:
    fill(store, cast("a", Part(name="Zelensky")), cast("b", Part(name="Vladimir Selenski")))
    store.merge("Zelensky", "Vladimir Selenski", by="Ada")
    store.save(cast("a", ZELENSKY, version=2), "hand/1")
    assert together(store) == {frozenset({"a:Volodymyr Zelensky", "b:Vladimir Selenski"})}


def test_only_latest_versions_count(store: Store) -> None:
    fill(store, cast("a", ZELENSKY), cast("a", MINISTER, version=2))
    store.save(cast("a", ZELENSKY), "hand/2")  # the earlier version, again
    assert [one.name for one in store.identities()] == ["John Smith"]
    assert store.find("actors", Filters()).column("identity").to_pylist() == [_of(store, "a")]


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "split", "undo", "read"]), st.integers(0, 9), st.integers(0, 9)
    ),
    max_size=8,
)


def _operate(store: Store, operation: str, one: int, other: int) -> bool:
    """Do something, or what comes nearest; whether a decision was made."""
    found = store.identities()
    first, second = found[one % len(found)], found[other % len(found)]
    try:
        if operation == "merge":
            store.merge(first.identity_id, second.identity_id, by="Ada")
        elif operation == "split":
            there = store.appearances(first.identity_id)
            store.split(first.identity_id, articles=[there[other % len(there)].article_id], by="A")
        elif operation == "undo":
            store.undo(one + 1, by="Ada")
        else:
            fill(store, cast(f"a{one % 5}", ZELENSKY if one % 2 else MINISTER))
            return False
    except StoreError:
        return False
    return True


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(operations=OPERATIONS)
def test_undoing_a_decision_restores_what_was(
    new_place: Callable[[], str], operations: list[tuple[str, int, int]]
) -> None:
    parts = [ZELENSKY, ZELENSKY, SURNAME, MINISTER, PLAYER]
    with open_store(new_place()) as store:
        fill(store, *(cast(f"a{at}", part) for at, part in enumerate(parts)))
        for operation, one, other in operations:
            before = together(store)
            assert sum(map(len, before)) == len(parts)  # everyone is somebody, and only one
            if _operate(store, operation, one, other):
                after, made = together(store), store.decisions()
                store.undo(len(made), by="Ada")
                assert together(store) == before
                store.undo(len(made) + 1, by="Ada")
                assert together(store) == after
                assert store.decisions()[: len(made) - 1] == made[:-1]


def test_processes_that_decide_at_once_are_all_heard(place: str) -> None:
    with open_store(place) as store:
        fill(store, *(cast(f"a{at}", Part(name=f"Ada {name}")) for at, name in enumerate("BCDE")))
    script = (
        "import sys; from onrecord.store import open_store\n"
        "open_store(sys.argv[1]).merge('Ada B', sys.argv[2], by='Ada')"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([sys.executable, "-c", script, place, f"Ada {name}"], env=environment)
        for name in "CDE"
    ]
    assert [process.wait(120) for process in running] == [0, 0, 0]
    with open_store(place) as store:
        assert [one.number for one in store.decisions()] == [1, 2, 3]
        assert len(store.identities()) == 1


def test_a_thousand_articles_are_linked_in_good_time(store: Store) -> None:
    fill(store, *(cast(f"{at}", ZELENSKY, SURNAME, MINISTER) for at in range(100)))
    with store._writing() as connection:
        for table in ("article", "actor", "appearance"):
            columns = [one.name for one in metadata.tables[table].columns]
            names = ", ".join(f'"{name}"' for name in columns)
            for copy in range(1, 10):
                new = {
                    "number": f'"number" + {copy * 100}',
                    "article_id": f"article_id || '-{copy}'",
                }
                values = ", ".join(new.get(name, f'"{name}"') for name in columns)
                connection.execute(
                    text(
                        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} "
                        f'WHERE "number" <= 100'
                    )
                )
    start = time.process_time()
    assert [one.articles for one in store.identities(limit=2)] == [1000, 1000]
    assert time.process_time() - start < 1
