"""What stages hand one another: who vouches for a position, and which mention stands there."""

from dataclasses import replace

from factories import make_article, make_record
from onrecord.drafts import Attribution, Cast, Voices
from onrecord.records import Mention, Span, Statement


def saying(statement_id: str, *content: Span) -> Statement:
    return replace(make_record().statements[0], statement_id=statement_id, content=content)


def mention(start: int, end: int, actor_id: str) -> Mention:
    return Mention(
        mention_id=f"{start}-{end}",
        span=Span(start, end),
        actor_id=actor_id,
        form="name",
        extractor="hand",
    )


def test_the_innermost_statement_vouches_for_a_position() -> None:
    outer, inner = saying("outer", Span(10, 50)), saying("inner", Span(20, 40))
    for voices in (Voices((outer, inner)), Voices((inner, outer))):
        assert voices.at(Span(25, 30)) is inner
        assert voices.at(Span(20, 40)) is inner
        assert voices.at(Span(12, 15)) is outer


def test_what_only_reaches_into_a_statement_is_not_said_in_it() -> None:
    voices = Voices((saying("one", Span(10, 20)),))
    assert voices.at(Span(5, 12)) is None
    assert voices.at(Span(18, 22)) is None
    assert voices.at(Span(20, 22)) is None


def test_each_piece_of_a_content_counts_and_the_gap_does_not() -> None:
    said = saying("split", Span(0, 10), Span(20, 30))
    voices = Voices((said,))
    assert voices.at(Span(22, 25)) is said
    assert voices.at(Span(12, 15)) is None
    assert voices.at(Span(5, 25)) is None


def test_of_two_statements_around_a_position_the_shorter_in_all_its_pieces_counts() -> None:
    pieces = saying("pieces", Span(0, 10), Span(20, 60))
    whole = saying("whole", Span(0, 45))
    assert Voices((pieces, whole)).at(Span(2, 4)) is whole


def test_without_statements_all_is_narration() -> None:
    assert Voices(()).at(Span(0, 1)) is None


def test_an_attribution_extends_over_all_its_parts() -> None:
    attribution = Attribution(
        source=(Span(30, 35),),
        cue=(Span(36, 40),),
        content=(Span(50, 60), Span(5, 20)),
        kind="direct",
        act="assert",
    )
    assert attribution.extent == (5, 60)


def test_an_attribution_may_have_content_alone() -> None:
    attribution = Attribution(
        source=(), cue=(), content=(Span(5, 20),), kind="direct", act="assert"
    )
    assert attribution.extent == (5, 20)


def test_a_cast_leads_from_a_token_to_its_mention_and_actor() -> None:
    record = make_record(make_article())
    actor = record.actors[0]
    first, second = mention(0, 4, "stranger"), mention(5, 9, actor.actor_id)
    cast = Cast(actors=record.actors, mentions=(first, second), heads={0: 0, 3: 1})
    assert cast.mention_at(3) is second
    assert cast.actor_at(3) == actor.actor_id
    assert cast.actor(cast.actor_at(3)) is actor


def test_a_token_without_a_mention_leads_to_nobody() -> None:
    cast = Cast(actors=(), mentions=(mention(0, 4, "a"),), heads={0: 0})
    assert cast.mention_at(1) is None
    assert cast.actor_at(1) is None
    assert cast.actor_at(None) is None
    assert cast.actor("a") is None
    assert cast.actor(None) is None
