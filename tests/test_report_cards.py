from dataclasses import replace

from factories import make_article, make_record, make_statements, span_of
from onrecord.records import Mention, Record, Statement
from onrecord.report.cards import Card, make_cards
from onrecord.report.directory import Directory


def cards_of(record: Record) -> tuple[Card, ...]:
    return make_cards(record, Directory(record))


def card_of(record: Record, row_id: str) -> Card:
    return next(card for card in cards_of(record) if card.row_id == row_id)


def facts_of(card: Card) -> list[tuple[str, str]]:
    return [(fact.label, fact.value) for fact in card.face.facts]


def test_a_split_quotation_names_its_speaker_role_cue_day_and_place() -> None:
    record = make_record()
    card = card_of(record, record.statements[0].statement_id)
    assert card.face.headline == "Dmitry Peskov"
    assert card.face.verb == "says"
    assert card.face.note == "spokesman, Russia"
    assert card.face.tag == "direct"
    assert card.face.words == "Our negotiators … report some progress"
    assert facts_of(card) == [
        ("cue", "“said”"),
        ("on", "11 March 2022"),
        ("at", "Moscow, Russia"),
    ]
    assert card.score == "0.75"


def test_a_nested_statement_says_through_whom_it_came() -> None:
    record = make_record()
    card = card_of(record, record.statements[2].statement_id)
    assert (card.face.headline, card.face.verb) == ("Vladimir Putin", "promises")
    assert ("according to", "Dmitry Peskov") in facts_of(card)


def test_a_condition_two_voices_deep_names_both() -> None:
    record = make_record()
    card = card_of(record, record.conditions[0].condition_id)
    assert card.face.voice == "Vladimir Putin, according to Dmitry Peskov"
    assert facts_of(card)[:2] == [
        ("if", "the West lifted its sanctions"),
        ("then", "the fighting would stop"),
    ]


def test_a_speaker_nobody_names_is_said_to_be_so() -> None:
    record = make_record()
    card = card_of(record, record.statements[-1].statement_id)
    assert card.face.headline == "Speaker not named"
    assert card.face.note is None
    assert card.face.voice_key == "unnamed"
    assert card.score is None


def test_a_source_that_is_not_resolved_keeps_the_words_of_the_text() -> None:
    article = make_article()
    statements = tuple(replace(row, speaker_id=None) for row in make_statements(article))
    record = make_record(article, statements=statements)
    assert card_of(record, statements[3].statement_id).face.headline == "“Ukraine”"


def test_a_speaker_in_doubt_is_asked_for() -> None:
    article = make_article()
    demand = replace(make_statements(article)[3], speaker_id=None)
    doubt = Mention(
        mention_id="m",
        span=demand.source[0],
        actor_id=None,
        form="pronoun",
        candidates=("putin", "peskov"),
        extractor="hand/1",
    )
    record = make_record(article, statements=(demand,), mentions=(doubt,))
    card = card_of(record, demand.statement_id)
    assert card.face.headline == "Ukraine: Vladimir Putin or Dmitry Peskov?"
    assert card.face.voice_key == "unnamed"


def test_a_meeting_reads_both_ways_and_an_attack_one_way() -> None:
    record = make_record()
    meeting, shelling = record.events[:2]
    assert card_of(record, meeting.event_id).face.note == "Vladimir Putin ⇄ Alexander Lukashenko"
    face = card_of(record, shelling.event_id).face
    assert face.note == "Russian forces → “Kharkiv”, “civilians”"
    assert face.voice == "Ukrainian military"


def test_an_event_not_vouched_for_is_the_articles_own_and_keeps_its_modality() -> None:
    record = make_record()
    face = card_of(record, record.events[-1].event_id).face
    assert face.voice == "the article itself"
    assert face.voice_key == "narration"
    assert face.tag == "RETREAT, negated"


def test_a_figure_shows_its_bounds_and_who_counts_among_it() -> None:
    record = make_record()
    card = card_of(record, record.figures[0].figure_id)
    assert card.face.headline == "30 to 35 people"
    assert card.face.words == "between 30 and 35"
    assert facts_of(card) == [
        ("counted", "“civilians”"),
        ("place", "Kharkiv, Ukraine"),
        ("as of", "7 March 2022"),
        ("caused by", "Russian forces"),
    ]


def test_a_demand_says_who_asks_whom_for_what() -> None:
    record = make_record()
    face = card_of(record, record.demands[0].demand_id).face
    assert (face.headline, face.verb, face.words) == (
        "Government of Ukraine",
        "asks Government of Russia for",
        "Russia withdraw its troops",
    )


def test_an_avoided_term_is_not_said_to_be_used() -> None:
    record = make_record()
    avoided, quoted, own = (card_of(record, row.term_id) for row in record.terms)
    assert facts_of(avoided) == [("avoided by", "Russian officials")]
    assert avoided.face.tag == "avoided"
    assert facts_of(quoted) == [("used by", "Russian officials")]
    assert facts_of(own) == [("used by", "the article itself")]


def test_an_unresolved_date_is_said_to_be_so() -> None:
    article = make_article()
    first, second = make_record(article).times
    record = make_record(article, times=(replace(first, value=None, anchor=None), second))
    card = card_of(record, first.time_id)
    assert card.face.headline == "Date not resolved"
    assert facts_of(card) == []
    assert facts_of(card_of(record, second.time_id)) == [
        ("counted from", "an earlier date in the text")
    ]


def test_cards_are_numbered_in_text_order_whatever_the_order_of_the_rows() -> None:
    record = make_record()
    shuffled = replace(
        record, statements=record.statements[::-1], events=record.events[::-1], terms=record.terms
    )
    cards = cards_of(record)
    assert cards == cards_of(shuffled)
    assert [card.number for card in cards] == list(range(1, len(cards) + 1))
    first = card_of(record, record.times[0].time_id)
    assert first.number == 1  # "Friday"


def test_statements_that_claim_to_contain_each_other_end_the_chain() -> None:
    article = make_article()

    def other(key: str, parent: str) -> Statement:
        spans = (span_of(article, "shelled"),)
        return replace(
            make_statements(article)[0], statement_id=key, parent_id=parent, content=spans
        )

    record = Record(article=article, statements=(other("a", "b"), other("b", "a")))
    assert [row.statement_id for row in record.voice_chain("a")] == ["a", "b"]
