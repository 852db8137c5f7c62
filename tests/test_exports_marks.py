"""brat and INCEpTION: what goes out comes back the same, what was changed there is changed."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cassis
import pytest

from exported import exported, make_broken, records, told
from factories import make_record
from onrecord.errors import ExportError
from onrecord.exports import FORMS, Told, brat, inception
from onrecord.exports.held import read_folder
from onrecord.exports.parts import LAYOUTS, marked
from onrecord.exports.rows import record_from, record_json
from onrecord.pipeline import Tools, extract
from onrecord.reading import read
from onrecord.records import Article, Record, id_of

SAMPLES = Path(__file__).parents[1] / "src" / "onrecord" / "samples"
MARKED = ("brat", "inception")


@pytest.fixture(scope="module")
def samples(tools: Tools) -> list[Record]:
    articles = (one for one in read(SAMPLES) if isinstance(one, Article))
    return [extract(article, tools=tools) for article in articles]


def by_id(found: list[Record]) -> dict[str, Record]:
    return {one.article.article_id: one for one in found}


@pytest.mark.parametrize("name", MARKED)
def test_records_come_back_equal(name: str, tmp_path: Path) -> None:
    path = exported(name, tmp_path)
    assert by_id(list(read_folder(path))) == by_id(records())


@pytest.mark.parametrize("name", MARKED)
def test_records_of_real_articles_come_back_equal(
    name: str, samples: list[Record], tmp_path: Path
) -> None:
    FORMS[name].write(map(Told, samples), tmp_path / "out")
    assert by_id(list(read_folder(tmp_path / "out"))) == by_id(samples)
    assert sum(len(one.statements) for one in samples) > 20


@pytest.mark.parametrize("record", records(), ids=["hand", "broken"])
def test_a_record_is_json_and_comes_back(record: Record) -> None:
    assert record_from(record_json(record), record.article.text) == record
    assert record.article.text[20:50] not in record_json(record)


@pytest.mark.parametrize("written", ["{}", "[]", '{"article": {}, "rows": {}}'])
def test_what_is_no_record_is_a_value_error(written: str) -> None:
    with pytest.raises(ValueError, match="no record"):
        record_from(written, "text")


def brat_files(record: Record) -> tuple[str, str, str]:
    text, marks, beside = (content for _, content in brat.files(Told(record)))
    return text, marks, beside


def after(change: Callable[[str], str]) -> Record:
    """The hand-made record once its brat annotations were changed."""
    text, marks, beside = brat_files(make_record())
    changed = change(marks)
    assert changed != marks
    return brat.record_of(text, changed, beside)


def test_brat_lines_are_of_its_standoff_format() -> None:
    forms = (
        r"T\d+\t\w+ \d+ \d+(;\d+ \d+)*\t[^\t\n]*",
        r"E\d+\t\w+:T\d+( \w+:T\d+)*",
        r"A\d+\t\w+ [TE]\d+ \S+",
        r"#\d+\tAnnotatorNotes [TE]\d+\t\w+",
    )
    for record in (make_record(),):
        text, marks, _ = brat_files(record)
        for line in marks.splitlines():
            assert any(re.fullmatch(form, line) for form in forms), line
            if line.startswith("T"):
                _, place, words = line.split("\t")
                pieces = [one.split() for one in place.partition(" ")[2].split(";")]
                assert " ".join(text[int(start) : int(end)] for start, end in pieces) == words


def test_no_brat_annotation_runs_over_a_line() -> None:
    text, marks, _ = brat_files(make_broken())
    for place in re.findall(r"\d+ \d+", marks):
        start, end = map(int, place.split())
        assert len(text[start:end].splitlines()) == 1


def test_every_role_and_attribute_is_in_brats_configuration() -> None:
    _, marks, _ = brat_files(make_record())
    config = brat.config()
    for name in re.findall(r"^[TEA]\d+\t(\w+)", marks, re.M):
        assert re.search(rf"^{name}\b", config, re.M), name


def test_a_part_moved_in_brat_is_moved() -> None:
    record = after(lambda marks: marks.replace("\tCue 163 167\tsaid", "\tCue 163 168\tsaid,"))
    first = make_record().statements[0]
    assert record.statements[0].cue[0].end == first.cue[0].end + 1
    assert replace(record.statements[0], cue=first.cue) == first
    assert record.statements[1:] == make_record().statements[1:]


def test_an_attribute_changed_in_brat_is_changed() -> None:
    record = after(lambda marks: marks.replace("Act E1 assert", "Act E1 deny"))
    assert record.statements[0].act == "deny"


def test_a_row_deleted_in_brat_is_gone_and_nothing_is_linked_to_it() -> None:
    gone = make_record().statements[1]

    def without(marks: str) -> str:
        kept = [line for line in marks.splitlines() if not re.search(r"\bE2\b", line)]
        return "".join(f"{line}\n" for line in kept if "T4\t" not in line)

    record = after(without)
    assert gone.statement_id not in {row.statement_id for row in record.statements}
    assert len(record.statements) == len(make_record().statements) - 1
    assert record.statements[1].parent_id is None


def test_a_row_added_in_brat_is_new_and_says_so() -> None:
    def added(marks: str) -> str:
        return (
            f"{marks}T900\tStatement 0 7\t🔴 Live:\nT901\tCue 8 15\tleaders\n"
            "E900\tStatement:T900 Cue:T901\nA900\tStatementKind E900 direct\nA901\tAct E900 ask\n"
            "T902\tMention 8 15\tleaders\nA902\tForm T902 nominal\n"
        )

    record = after(added)
    new = record.statements[-1]
    assert (new.act, new.extractor, new.score) == ("ask", brat.MAKER, None)
    assert record.article.cut(new.cue[0]) == "leaders"
    assert record.mentions[-1].actor_id is None


def test_a_party_added_in_brat_has_no_actor_and_the_others_keep_theirs() -> None:
    def added(marks: str) -> str:
        line = next(
            one for one in marks.splitlines() if one.startswith("E") and "Recipient:" in one
        )
        return f"{marks.replace(line, f'{line} Recipient9:T900')}T900\tRecipient 8 15\tleaders\n"

    event = after(added).events[0]
    assert [party.actor_id for party in event.recipients] == ["lukashenko", None]


@pytest.mark.parametrize("line", ["T1\tStatement x y\twords", "E1\tStatement", "#1"])
def test_a_line_that_is_not_brats_is_named(line: str) -> None:
    text, marks, beside = brat_files(make_record())
    with pytest.raises(ValueError, match="line"):
        brat.record_of(text, f"{marks}{line}\n", beside)


@pytest.mark.parametrize("name", MARKED)
def test_a_text_that_was_changed_is_refused(name: str, tmp_path: Path) -> None:
    path = exported(name, tmp_path)
    suffix = "txt" if name == "brat" else "json"
    (file,) = [one for one in path.glob(f"0f*.{suffix}") if ".record." not in one.name]
    file.write_text(file.read_text("utf8").replace("Moscow", "Mosc0w"), "utf8")
    with pytest.raises(ExportError, match="not the one that was exported"):
        list(read_folder(path))


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.record\.json"):
        list(read_folder(tmp_path))


# INCEpTION's own library for its format reads what is written, and writes what is read back.


def cas_of(record: Record) -> Any:  # noqa: ANN401 - cassis has no types
    return cassis.load_cas_from_json(json.dumps(inception.cas(record)))


@pytest.mark.parametrize("record", records(), ids=["hand", "broken"])
def test_cassis_finds_every_row_with_its_words(record: Record) -> None:
    cas = cas_of(record)
    assert cas.sofa_string == record.article.text
    for kind, layout in LAYOUTS.items():
        rows = {id_of(row): row for one, row in marked(record) if one == kind}
        found = cas.select(f"webanno.custom.Onrecord{layout.label}")
        assert {one.row for one in found} == set(rows)
        assert len(found) == len(rows)
        for one in found:
            anchor = getattr(rows[one.row], layout.anchor)
            first = anchor[0] if isinstance(anchor, tuple) else anchor
            assert one.get_covered_text() == record.article.cut(first)


@pytest.mark.parametrize("record", records(), ids=["hand", "broken"])
def test_what_cassis_writes_comes_back_equal(record: Record) -> None:
    written = cas_of(record).to_json()
    assert inception.record_of(written, record_json(record)) == record


def test_what_is_changed_with_cassis_is_changed() -> None:
    record = make_record()
    cas = cas_of(record)
    statement = next(iter(cas.select("webanno.custom.OnrecordStatement")))
    statement.Act = "deny"
    statement.end -= 1
    found = inception.record_of(cas.to_json(), record_json(record))
    row = next(one for one in found.statements if one.statement_id == statement.row)
    before = record.statement(statement.row)
    assert before is not None
    assert (row.act, row.content[0].end) == ("deny", before.content[0].end - 1)


def test_the_type_system_is_what_the_files_have() -> None:
    loaded = cassis.load_typesystem(inception.type_system())
    cas = cas_of(make_record())
    for layout in LAYOUTS.values():
        name = f"webanno.custom.Onrecord{layout.label}"
        features = {one.name for one in loaded.get_type(name).all_features}
        assert features == {one.name for one in cas.typesystem.get_type(name).all_features}


def test_what_is_no_cas_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="no CAS"):
        inception.record_of('{"%FEATURE_STRUCTURES": []}', record_json(make_record()))


def test_every_row_but_actors_is_marked() -> None:
    for one in told():
        rows = [row for _, row in marked(one.record)]
        assert len(rows) == len(list(one.record.rows())) - len(one.record.actors)
