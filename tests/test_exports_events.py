"""Event data: read with pandas as their users do, a line for each event there should be."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

import pandas as pd
import pytest

from exported import make_broken, records, told
from factories import make_article, make_events, make_figures, make_record
from onrecord.codebook.country_codes import load_country_codes
from onrecord.exports import Told, acled, gdelt, plover, polecat, ucdp
from onrecord.exports.casualties import exact, killed
from onrecord.exports.days import when
from onrecord.records import Actor, Event, EventType, Figure, Participant, Record, Span

HAPPENED = [event for one in records() for event in one.events if event.modality == "actual"]
ASSAULTS = [event for event in HAPPENED if event.event_type == "ASSAULT"]


def frame(lines: Sequence[str], separator: str, **options: Any) -> pd.DataFrame:  # noqa: ANN401
    return pd.read_csv(
        io.StringIO("\n".join(lines)), sep=separator, dtype=str, keep_default_na=False, **options
    )


def row_of(rows: pd.DataFrame, column: str, value: str) -> dict[str, str]:
    (found,) = rows[rows[column] == value].to_dict("records")
    return {str(name): cell for name, cell in found.items()}


def sided(kinds: tuple[str, str], sectors: tuple[str | None, str | None], **changes: Any) -> Told:  # noqa: ANN401
    """An assault between two parties of those kinds and sectors."""
    words = Span(0, 1), Span(2, 6)
    actors = tuple(
        Actor(actor_id=name, name=name, kind=kind, sector=sector, extractor="t")  # type: ignore[arg-type]
        for name, kind, sector in zip("ab", kinds, sectors, strict=True)
    )
    values: dict[str, Any] = {"event_id": "e", "event_type": "ASSAULT", "modality": "actual"}
    parties = {
        "actors": (Participant(span=words[0], actor_id="a"),),
        "recipients": (Participant(span=words[1], actor_id="b"),),
    }
    event = Event(**values | parties | changes, trigger=(Span(7, 10),), extractor="t")
    return Told(Record(article=make_article(), events=(event,), actors=actors))


# POLECAT


def test_polecat_has_its_41_columns_and_a_line_an_event() -> None:
    rows = frame(list(polecat.lines(told())), "\t", quoting=3)
    assert list(rows.columns) == list(polecat.COLUMNS)
    assert len(polecat.COLUMNS) == len(set(polecat.COLUMNS)) == 41
    assert list(rows["Event ID"]) == [event.event_id for event in HAPPENED]


def test_polecat_says_who_did_what_to_whom() -> None:
    rows = frame(list(polecat.lines(told())), "\t", quoting=3)
    met = row_of(rows, "Event Type", "CONSULT")
    assert (met["Event Date"], met["Event Mode"]) == ("2022-03-11", "visit")
    assert (met["Actor Name"], met["Actor Country"]) == ("Vladimir Putin", "Russia")
    assert (met["Actor COW"], met["Recipient COW"]) == ("365", "370")
    assert met["Actor Name Raw"] == "Russian President Vladimir Putin"
    assert met["Actor Title"] == "President"
    assert met["Contexts"] == "diplomatic; military"
    assert (met["GeoNames ID"], met["Latitude"]) == ("524901", "55.75222")
    assert "Dmitry Peskov" in met["Story People"]
    assert met["Headline"] == "Leaders meet in Moscow"


def test_polecat_leaves_empty_what_is_not_known() -> None:
    rows = frame(list(polecat.lines(told())), "\t", quoting=3)
    shelled = row_of(rows, "Actor Name", "Russian forces")
    for column in ("City", "District", "Feature Type", "Latitude", "Wikipedia Actor ID"):
        assert shelled[column] == ""
    assert shelled["Recipient Name"] == "Kharkiv; civilians"
    assert shelled["Recipient Country"] == ""


def test_a_date_of_several_days_is_no_event_date() -> None:
    events = tuple(replace(event, date="2022-03") for event in make_events(make_article()))
    one = Told(replace(make_record(), events=events))
    assert set(frame(list(polecat.lines([one])), "\t")["Event Date"]) == {""}


# PLOVER


def plover_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in plover.lines(told())]


FIELDS = {
    *("id", "date", "enddate", "actor", "recipient", "event", "event_loc", "event_text"),
    *("quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info"),
    "coder",
}
ENTITY = {"code", "sector", "entity_text", "identifier_id", "identifier_text", "office"}
LOCATION = {
    *("extracted_place", "resolved_place", "geonameid", "lat", "lon", "province", "country"),
    "country_code",
}


def test_plover_has_every_event_and_the_manuals_names() -> None:
    rows = plover_rows()
    assert len(rows) == sum(len(one.events) for one in records())
    for row in rows:
        assert set(row) <= FIELDS
        assert {"id", "date", "actor", "event"} <= set(row)
        for entity in [*row["actor"], *row.get("recipient", [])]:
            assert set(entity) <= ENTITY
        assert set(row.get("event_loc", {})) <= LOCATION


def test_plover_lists_all_who_meet_as_actors() -> None:
    met = plover_rows()[0]
    assert [one["identifier_text"] for one in met["actor"]] == [
        "Vladimir Putin",
        "Alexander Lukashenko",
    ]
    assert "recipient" not in met


def test_plover_has_the_manuals_auxiliary_modes() -> None:
    modes = {row["event"][0]: row["mode"] for row in plover_rows() if "mode" in row}
    assert modes["CONCEDE"] == ["hypothetical"]
    assert modes["RETREAT"] == ["negation"]
    assert modes["CONSULT"] == ["visit"]


def test_plover_dates_have_a_day_and_an_end() -> None:
    events = tuple(replace(event, date="2022-03") for event in make_events(make_article()))
    row = json.loads(next(plover.lines([Told(replace(make_record(), events=events))])))
    assert (row["date"], row["enddate"]) == ("2022-03-01", "2022-03-31")


# ACLED and UCDP


def acled_rows(sources: Sequence[Told]) -> pd.DataFrame:
    return frame(list(acled.lines(sources)), ",")


def ucdp_rows(sources: Sequence[Told]) -> pd.DataFrame:
    return frame(list(ucdp.lines(sources)), ",")


def test_acled_has_its_columns_and_a_line_for_each_assault() -> None:
    rows = acled_rows(told())
    assert list(rows.columns) == list(acled.COLUMNS)
    assert len(acled.COLUMNS) == 31
    assert list(rows["event_id_cnty"]) == [event.event_id for event in ASSAULTS]


def test_acled_says_what_is_told() -> None:
    row = row_of(acled_rows(told()), "location", "Kharkiv")
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2022-03-07", "2022", "1")
    assert row["event_type"] == "Explosions/Remote violence"
    assert row["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (row["actor1"], row["actor2"], row["assoc_actor_2"]) == (
        "Russian forces",
        "Kharkiv",
        "civilians",
    )
    assert (row["iso"], row["country"]) == ("804", "Ukraine")
    assert row["notes"].startswith("Russian forces shelled Kharkiv on 7 March")
    for column in ("region", "geo_precision", "source_scale", "inter1", "latitude", "fatalities"):
        assert row[column] == ""


def test_no_cell_is_a_formula() -> None:
    row = row_of(acled_rows(told()), "location", "Aden")
    assert row["actor1"] == "'=Rebels="
    assert row["latitude"] == "12.77944"
    assert row["fatalities"] == "12"


@pytest.mark.parametrize(
    ("kinds", "sectors", "changes", "wanted"),
    [
        (("armed_group", "group"), ("REB", "CVL"), {}, ("Violence against civilians", "Attack")),
        (
            ("armed_group", "organisation"),
            ("REB", "MIL"),
            {"symmetric": True},
            ("Battles", "Armed clash"),
        ),
        (("armed_group", "organisation"), ("REB", "MIL"), {}, ("", "")),
        (("group", "group"), (None, "CVL"), {"mode": "destroy"}, ("", "")),
        (("group", "group"), (None, None), {"mode": "abduct"}, ("Violence against civilians",)),
        (("group", "group"), ("CVL", None), {"event_type": "PROTEST", "mode": "riot"}, ("Riots",)),
        (("group", "group"), ("CVL", None), {"event_type": "PROTEST", "mode": "boycott"}, ("",)),
    ],
)
def test_acled_types_follow_mode_and_parties(
    kinds: tuple[str, str], sectors: tuple[str, str], changes: dict[str, Any], wanted: Sequence[str]
) -> None:
    (row,) = acled_rows([sided(kinds, sectors, **changes)]).to_dict("records")
    assert (row["event_type"], row["sub_event_type"])[: len(wanted)] == tuple(wanted)


def test_ucdp_has_its_49_columns_and_a_line_for_each_assault() -> None:
    rows = ucdp_rows(told())
    assert list(rows.columns) == list(ucdp.COLUMNS)
    assert len(ucdp.COLUMNS) == 49
    assert list(rows["id"]) == [event.event_id for event in ASSAULTS]


def test_ucdp_has_the_bounds_and_a_best_number_only_where_there_is_one() -> None:
    rows = ucdp_rows(told())
    kharkiv = row_of(rows, "where_coordinates", "Kharkiv")
    assert (kharkiv["low"], kharkiv["high"], kharkiv["best"]) == ("30", "35", "")
    assert (kharkiv["gwnoa"], kharkiv["country_id"]) == ("365", "369")
    assert kharkiv["source_original"] == "Ukrainian military"
    assert kharkiv["type_of_violence"] == ""
    aden = row_of(rows, "where_coordinates", "Aden")
    assert (aden["low"], aden["high"], aden["best"]) == ("12", "12", "12")
    assert aden["geom_wkt"] == "POINT (45.03667 12.77944)"
    assert aden["conflict_new_id"] == ""


@pytest.mark.parametrize(
    ("kinds", "sectors", "wanted"),
    [
        (("organisation", "armed_group"), ("MIL", "REB"), "1"),
        (("armed_group", "armed_group"), ("REB", "REB"), "2"),
        (("armed_group", "group"), ("REB", "CVL"), "3"),
        (("group", "group"), ("CVL", "CVL"), ""),
        (("group", "armed_group"), (None, "REB"), ""),
    ],
)
def test_ucdp_violence_follows_the_parties(
    kinds: tuple[str, str], sectors: tuple[str, str], wanted: str
) -> None:
    (row,) = ucdp_rows([sided(kinds, sectors)]).to_dict("records")
    assert row["type_of_violence"] == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2022-03-07", "1"),
        ("2022-03-07/2022-03-09", "2"),
        ("2022-03-07/2022-03-13", "3"),
        ("2022-03", "4"),
        ("2022", "5"),
        ("2021/2022", ""),
        (None, ""),
    ],
)
def test_ucdp_says_how_exact_a_date_is(value: str | None, wanted: str) -> None:
    (row,) = ucdp_rows([sided(("group", "group"), ("CVL", "CVL"), date=value)]).to_dict("records")
    assert row["date_prec"] == wanted


# which figure belongs to an event


def test_a_figure_belongs_to_the_one_assault_whose_actor_caused_it() -> None:
    record = make_record()
    found = killed(record, record.events[1])
    assert found == record.figures[0]
    assert exact(found) is None
    assert killed(record, record.events[0]) is None


def changed_figure(**changes: Any) -> Record:  # noqa: ANN401 - any field
    figures = make_figures(make_article())
    return replace(make_record(), figures=(replace(figures[0], **changes),))


@pytest.mark.parametrize(
    "changes",
    [
        {"cause_id": None},
        {"cause_id": "west"},
        {"statement_id": None},
        {"as_of": "2022-03-08"},
        {"denied": True},
        {"measure": "wounded"},
    ],
)
def test_a_figure_of_something_else_belongs_to_no_event(changes: dict[str, Any]) -> None:
    record = changed_figure(**changes)
    assert killed(record, record.events[1]) is None


def test_a_figure_that_fits_two_assaults_belongs_to_neither() -> None:
    record = make_record()
    twin = replace(record.events[1], event_id="twin")
    both = replace(record, events=(*record.events, twin))
    assert killed(both, both.events[1]) is None
    figure: Figure = replace(record.figures[0], figure_id="twin", low=40, high=40)
    two = replace(record, figures=(*record.figures, figure))
    assert killed(two, two.events[1]) is None


# GDELT


def gdelt_rows(sources: Sequence[Told]) -> pd.DataFrame:
    return frame(
        list(gdelt.lines(sources)), "\t", header=None, names=list(gdelt.COLUMNS), quoting=3
    )


def test_gdelt_has_its_61_columns_and_a_line_a_pair_of_parties() -> None:
    lines = list(gdelt.lines(told()))
    assert len(gdelt.COLUMNS) == len(set(gdelt.COLUMNS)) == 61
    assert {line.count("\t") for line in lines} == {60}
    pairs = [max(len(one.actors), 1) * max(len(one.recipients), 1) for one in HAPPENED]
    assert len(lines) == sum(pairs)
    numbers = gdelt_rows(told())["GlobalEventID"].astype("int64")
    assert numbers.is_unique
    assert (numbers > 0).all()


def test_gdelt_codes_what_happened() -> None:
    row = gdelt_rows(told()).to_dict("records")[0]
    assert (row["Day"], row["MonthYear"], row["Year"]) == ("20220311", "202203", "2022")
    assert (row["EventRootCode"], row["EventCode"], row["QuadClass"]) == ("04", "040", "1")
    assert (row["Actor1Code"], row["Actor2Code"]) == ("RUSGOV", "BLRGOV")
    assert row["Actor1Name"] == "VLADIMIR PUTIN"
    assert row["DATEADDED"] == "20220312080000"
    assert row["IsRootEvent"] == "1"
    assert row["AvgTone"] == row["ActionGeo_CountryCode"] == ""


def root_of(event_type: str, mode: str | None = None) -> str | None:
    return gdelt.root(
        sided(("group", "group"), (None, None), event_type=event_type, mode=mode).record.events[0]
    )


def test_every_type_but_two_has_one_cameo_root() -> None:
    open_types = [one for one in get_args(EventType) if root_of(one) is None]
    assert open_types == ["ACCUSE", "ASSAULT"]


@pytest.mark.parametrize(
    ("event_type", "mode", "wanted"),
    [
        ("ACCUSE", "investigate", "09"),
        ("ACCUSE", "allege", "11"),
        ("ASSAULT", "aerial", "19"),
        ("ASSAULT", "abduct", "18"),
        ("ASSAULT", "unconventional", "20"),
        ("ASSAULT", "explosives", None),
    ],
)
def test_a_mode_decides_between_roots(event_type: str, mode: str, wanted: str | None) -> None:
    assert root_of(event_type, mode) == wanted


# what they share


@pytest.mark.parametrize(
    ("value", "day", "month", "length"),
    [
        ("2022-03-07", "2022-03-07", "2022-03", 1),
        ("2022-02", None, "2022-02", 28),
        ("2022-02-27/2022-03-01", None, None, 3),
    ],
)
def test_a_date_says_what_is_known_of_it(
    value: str, day: str | None, month: str | None, length: int
) -> None:
    found = when(value)
    assert found is not None
    assert (found.day, found.month, found.length) == (day, month, length)
    assert when(None) is None


def test_country_codes_are_those_of_the_lists() -> None:
    codes = load_country_codes()
    assert (codes["DEU"].cow, codes["DEU"].gw, codes["DEU"].numeric) == (255, 260, 276)
    assert (codes["XKX"].alpha2, codes["XKX"].numeric, codes["XKX"].cow) == ("XK", None, 347)
    for field in ("alpha2", "numeric", "cow", "gw"):
        known = [value for one in codes.values() if (value := getattr(one, field)) is not None]
        assert len(known) == len(set(known)), field
    assert len([one for one in codes.values() if one.cow]) == 195  # the states of today


def test_the_broken_article_is_one_line_in_tables() -> None:
    lines = list(polecat.lines([Told(make_broken())]))
    assert len("\n".join(lines).splitlines()) == 2
