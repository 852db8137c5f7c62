"""Pruning: what no row needs leaves the record, and nothing else does."""

from factories import make_article, span_of
from onrecord.records import (
    Actor,
    Event,
    Ground,
    Mention,
    MentionForm,
    Participant,
    Record,
    Statement,
)
from onrecord.resolve.pruning import prune

ARTICLE = make_article("Russian troops shelled Kyiv. Officials said Ukraine had no French tanks.")


def actor(actor_id: str) -> Actor:
    return Actor(actor_id=actor_id, name=actor_id, kind="group", extractor="hand")


def mention(
    words: str,
    actor_id: str | None,
    form: MentionForm = "name",
    candidates: tuple[str, ...] = (),
) -> Mention:
    return Mention(
        candidates=candidates,
        mention_id=words,
        span=span_of(ARTICLE, words),
        actor_id=actor_id,
        form=form,
        extractor="hand",
    )


def shelling(words: str, actor_id: str | None) -> Event:
    return Event(
        event_id="e",
        event_type="ASSAULT",
        trigger=(span_of(ARTICLE, "shelled"),),
        actors=(Participant(span=span_of(ARTICLE, words), actor_id=actor_id),),
        modality="actual",
        extractor="hand",
    )


def saying(speaker_id: str) -> Statement:
    return Statement(
        statement_id="s",
        source=(span_of(ARTICLE, "Officials"),),
        cue=(span_of(ARTICLE, "said"),),
        content=(span_of(ARTICLE, "Ukraine had no French tanks"),),
        kind="indirect",
        act="assert",
        speaker_id=speaker_id,
        extractor="hand",
    )


def left(record: Record, *passing: str) -> tuple[set[str], set[str]]:
    """The ids of the actors and mentions that stay."""
    pruned = prune(record, frozenset(passing))
    return {row.actor_id for row in pruned.actors}, {row.mention_id for row in pruned.mentions}


def test_an_adjective_no_event_uses_goes_with_its_actor() -> None:
    record = Record(
        article=ARTICLE,
        actors=(actor("france"), actor("ukraine")),
        mentions=(mention("Ukraine", "ukraine"), mention("French", "france", "nominal")),
    )
    assert left(record, "French") == ({"ukraine"}, {"Ukraine"})


def test_an_adjective_that_is_a_party_to_an_event_stays() -> None:
    record = Record(
        article=ARTICLE,
        events=(shelling("Russian", "russia"),),
        actors=(actor("russia"),),
        mentions=(mention("Russian", "russia", "nominal"),),
    )
    assert left(record, "Russian") == ({"russia"}, {"Russian"})


def test_a_name_stays_though_no_row_uses_it() -> None:
    record = Record(
        article=ARTICLE, actors=(actor("ukraine"),), mentions=(mention("Ukraine", "ukraine"),)
    )
    assert left(record) == ({"ukraine"}, {"Ukraine"})


def test_an_unnamed_group_stays_only_where_a_row_refers_to_it() -> None:
    officials = mention("Officials", "officials", "nominal")
    idle = Record(article=ARTICLE, actors=(actor("officials"),), mentions=(officials,))
    assert left(idle) == (set(), set())
    speaking = Record(
        article=ARTICLE,
        statements=(saying("officials"),),
        actors=(actor("officials"),),
        mentions=(officials,),
    )
    assert left(speaking) == ({"officials"}, {"Officials"})


def test_an_actor_a_row_refers_to_by_an_adjective_alone_keeps_that_mention() -> None:
    record = Record(
        article=ARTICLE,
        statements=(saying("france"),),
        actors=(actor("france"),),
        mentions=(mention("French", "france", "nominal"),),
    )
    assert left(record, "French") == ({"france"}, {"French"})


def test_a_mention_of_nobody_goes() -> None:
    record = Record(article=ARTICLE, mentions=(mention("Officials", None, "nominal"),))
    assert left(record) == (set(), set())


def test_the_mentions_that_stay_are_in_text_order_and_no_other_row_changes() -> None:
    record = Record(
        article=ARTICLE,
        statements=(saying("france"),),
        events=(shelling("Russian troops", None),),
        actors=(actor("france"), actor("ukraine")),
        mentions=(mention("French", "france", "nominal"), mention("Ukraine", "ukraine")),
    )
    pruned = prune(record, frozenset({"French"}))
    assert [row.mention_id for row in pruned.mentions] == ["Ukraine", "French"]
    assert (pruned.statements, pruned.events) == (record.statements, record.events)


def test_a_mention_in_doubt_stays_with_those_of_its_candidates_that_do() -> None:
    record = Record(
        article=ARTICLE,
        actors=(actor("ukraine"), actor("officials")),
        mentions=(
            mention("Officials", None, "nominal", ("officials", "ukraine")),
            mention("Ukraine", "ukraine"),
        ),
    )
    pruned = prune(record, frozenset())
    assert [row.candidates for row in pruned.mentions] == [("ukraine",), ()]
    assert [row.actor_id for row in pruned.actors] == ["ukraine"]


def test_a_body_named_once_whose_side_alone_is_known_goes() -> None:
    side = (Ground("country", "side", None),)
    once, twice = (
        Actor(
            actor_id=name,
            name=name,
            kind="organisation",
            country="RUS",
            grounds=side,
            extractor="hand",
        )
        for name in ("once", "twice")
    )
    mentions = (mention("Kyiv", "once"), mention("Ukraine", "twice"), mention("tanks", "twice"))
    record = Record(article=ARTICLE, actors=(once, twice), mentions=mentions)
    assert left(record) == ({"twice"}, {"Ukraine", "tanks"})
