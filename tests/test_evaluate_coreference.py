"""Whom pronouns and names mean, compared with the entities of a corpus in GUM's form."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from factories import make_article
from onrecord.cli import main
from onrecord.errors import GoldError
from onrecord.evaluate import (
    EntityText,
    Tally,
    pronoun_lines,
    read_entities,
    score_coreference,
    score_pronouns,
)
from onrecord.records import Actor, Mention, MentionForm, Record, Span

# A line a token: the word, its tag and the brackets of the entities around it.
TOKENS = """
Anna NNP (1-person-new-nnnnn-cf1-1,2-coref-Anna_Berg
Berg NNP 1)
met VBD _
Tom NNP (2-person-new-nnnnn-cf2-1-coref)
. . _
She PRP (1-person-giv:act-nnnnn-cf1-1-ana)
thanked VBD _
him PRP (2-person-giv:act-nnnnn-cf1-1-ana)
. . _
It PRP (4-abstract-new-nnnnn-cf1-1-coref)
helped VBD _
them PRP (5-person-new-nnnnn-cf1-1-coref)
. . _
The DT (1-person-giv:act-nnnnn-cf1-2,3-coref
elder JJ (3-place-new-nnnnn-cf1-1-sgl)
Berg NNP 1)
left VBD _
"""


def conllu(tokens: str = TOKENS) -> str:
    rows = [line.split(" ") for line in tokens.strip().splitlines()]
    lines = [
        f"{at}\t{word}\t_\t_\t{tag}\t_\t_\t_\t_\t{'_' if markup == '_' else f'Entity={markup}'}"
        for at, (word, tag, markup) in enumerate(rows, start=1)
    ]
    return "\n".join(["# newpar", f"# text = {' '.join(row[0] for row in rows)}", *lines, ""])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "meeting.conllu").write_text(conllu())
    return tmp_path


@pytest.fixture
def gold(corpus: Path) -> EntityText:
    (text,) = read_entities(corpus)
    return text


def record(
    gold: EntityText,
    *mentions: tuple[str, str | None, MentionForm, tuple[str, ...]],
) -> Record:
    """A record of the text with those mentions: words, actor, form, candidates."""
    article = make_article(gold.text)
    rows, actors, at = [], {}, 0
    for words, actor_id, form, candidates in mentions:
        at = gold.text.index(words, at)
        span = Span(at, at + len(words))
        rows.append(
            Mention(
                mention_id=f"m{at}",
                span=span,
                actor_id=actor_id,
                form=form,
                candidates=candidates,
                extractor="hand",
            )
        )
        for one in (actor_id, *candidates):
            if one is not None:
                actors[one] = Actor(actor_id=one, name=one, kind="person", extractor="hand")
    return Record(article=article, actors=tuple(actors.values()), mentions=tuple(rows))


def test_mentions_are_read_with_their_heads_and_nesting(gold: EntityText) -> None:
    def words(span: Span) -> str:
        return gold.text[span.start : span.end]

    assert [(words(one.span), words(one.core), one.entity, one.kind) for one in gold.mentions] == [
        ("Anna Berg", "Anna Berg", 1, "person"),
        ("Tom", "Tom", 2, "person"),
        ("She", "She", 1, "person"),
        ("him", "him", 2, "person"),
        ("It", "It", 4, "abstract"),
        ("them", "them", 5, "person"),
        ("The elder Berg", "elder Berg", 1, "person"),
        ("elder", "elder", 3, "place"),
    ]


def test_a_pronoun_is_right_wrong_or_abstained_from(gold: EntityText) -> None:
    found = record(
        gold,
        ("Anna Berg", "anna", "name", ()),
        ("Tom", "tom", "name", ()),
        ("She", "anna", "pronoun", ()),
        ("him", "anna", "pronoun", ()),
    )
    assert [(one.verdict, one.wanted, one.got) for one in score_pronouns(gold, found)] == [
        ("right", "Anna Berg", "anna"),
        ("wrong", "Tom", "anna"),
    ]
    tallies = {one.name: one for one in score_coreference(gold, found)}
    assert tallies["he, she"] == Tally("he, she", 1, 2, 2)
    assert tallies["pronouns"] == Tally("pronouns", 1, 2, 2)
    (line,) = pronoun_lines(gold, score_pronouns(gold, found))
    assert line.startswith("meeting: wrong: wanted Tom, got anna\n")
    assert ">him<" in line


def test_a_pronoun_in_doubt_counts_as_abstained_from(gold: EntityText) -> None:
    assert [one.verdict for one in score_pronouns(gold, record(gold))] == ["abstained"] * 2
    doubt = record(
        gold,
        ("Anna Berg", "anna", "name", ()),
        ("Tom", "tom", "name", ()),
        ("She", None, "pronoun", ("tom", "anna")),
    )
    assert [one.verdict for one in score_pronouns(gold, doubt)] == ["in doubt", "abstained"]
    assert score_coreference(gold, doubt)[0].predicted == 0


def test_pronouns_of_things_and_without_a_name_before_them_are_left_out(gold: EntityText) -> None:
    assert {one.kind for one in score_pronouns(gold, record(gold))} == {"he, she"}


@pytest.mark.parametrize(("later", "found", "right"), [("anna", 1, 1), ("tom", 0, 0)])
def test_links_between_names(gold: EntityText, later: str, found: int, right: int) -> None:
    made = record(
        gold,
        ("Anna Berg", "anna", "name", ()),
        ("Tom", "tom", "name", ()),
        ("The elder Berg", later, "name", ()),
    )
    asked, given = score_coreference(gold, made)[-2:]
    assert (asked.right, asked.gold) == (found, 1)
    assert (given.right, given.gold) == (right, 1)


def test_a_bracket_that_nobody_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.conllu").write_text(conllu("Anna NNP 1)"))
    with pytest.raises(GoldError, match="entity 1 ends at 0 unopened"):
        list(read_entities(tmp_path))


def test_the_command_prints_tallies_and_errors(corpus: Path) -> None:
    done = CliRunner().invoke(main, ["score", "coreference", str(corpus), "--errors"])
    assert done.exit_code == 0, done.output
    assert "pronouns" in done.output
