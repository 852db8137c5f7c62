"""Scoring records against annotated articles."""

from onrecord.evaluate.actors import (
    ActorScore,
    carried,
    carried_actor,
    read_actor_cases,
    score_actor_cases,
)
from onrecord.evaluate.alarms import Alarms, alarm_lines, count_alarms, read_neutral
from onrecord.evaluate.article import score_article
from onrecord.evaluate.attribution import (
    attributions_of,
    matched_contents,
    read_corpus,
    score_attributions,
)
from onrecord.evaluate.cases import CHECK, TUNE, Case, CaseStatement, read_cases
from onrecord.evaluate.coreference import (
    PronounScore,
    pronoun_lines,
    score_coreference,
    score_pronouns,
)
from onrecord.evaluate.dates import DateSlip, date_slips, score_dates
from onrecord.evaluate.gap import gap_error, gender_ratio, read_gap, refers, score_gap
from onrecord.evaluate.gold import (
    MarkedArticle,
    MarkedRow,
    read_marked,
    read_marked_lines,
    read_text,
)
from onrecord.evaluate.grouping import BCubed, b_cubed
from onrecord.evaluate.gum import DatedText, EntityText, read_dated, read_entities
from onrecord.evaluate.happenings import (
    HappeningCase,
    happening_lines,
    read_happening_cases,
    score_happening_case,
)
from onrecord.evaluate.metonymy import (
    MarkedName,
    NameScore,
    read_relocar,
    score_name,
    sense_at,
    sense_lines,
    sense_tallies,
)
from onrecord.evaluate.modality import (
    SentenceScore,
    modality_tallies,
    score_sentence,
    slip_lines,
)
from onrecord.evaluate.nesting import case_lines, score_case
from onrecord.evaluate.news import PartySlip, party_slips, score_news
from onrecord.evaluate.record import (
    Part,
    part_of,
    record_slips,
    require_same_text,
    score_record,
)
from onrecord.evaluate.scores import ArticleScore, score_lines
from onrecord.evaluate.tally import Interval, Tally, add_tallies, resample, tally_lines
from onrecord.evaluate.types import (
    PartySentence,
    TypeScore,
    macro_f1,
    read_party_sentences,
    root_of,
    score_types,
    type_lines,
)

__all__ = [
    "CHECK",
    "TUNE",
    "ActorScore",
    "Alarms",
    "ArticleScore",
    "BCubed",
    "Case",
    "CaseStatement",
    "DateSlip",
    "DatedText",
    "EntityText",
    "HappeningCase",
    "Interval",
    "MarkedArticle",
    "MarkedName",
    "MarkedRow",
    "NameScore",
    "Part",
    "PartySentence",
    "PartySlip",
    "PronounScore",
    "SentenceScore",
    "Tally",
    "TypeScore",
    "add_tallies",
    "alarm_lines",
    "attributions_of",
    "b_cubed",
    "carried",
    "carried_actor",
    "case_lines",
    "count_alarms",
    "date_slips",
    "gap_error",
    "gender_ratio",
    "happening_lines",
    "macro_f1",
    "matched_contents",
    "modality_tallies",
    "part_of",
    "party_slips",
    "pronoun_lines",
    "read_actor_cases",
    "read_cases",
    "read_corpus",
    "read_dated",
    "read_entities",
    "read_gap",
    "read_happening_cases",
    "read_marked",
    "read_marked_lines",
    "read_neutral",
    "read_party_sentences",
    "read_relocar",
    "read_text",
    "record_slips",
    "refers",
    "require_same_text",
    "resample",
    "root_of",
    "score_actor_cases",
    "score_article",
    "score_attributions",
    "score_case",
    "score_coreference",
    "score_dates",
    "score_gap",
    "score_happening_case",
    "score_lines",
    "score_name",
    "score_news",
    "score_pronouns",
    "score_record",
    "score_sentence",
    "score_types",
    "sense_at",
    "sense_lines",
    "sense_tallies",
    "slip_lines",
    "tally_lines",
    "type_lines",
]
