"""The room for programs over a real server: what it answers, whom it lets in, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from factories import make_article, make_record
from onrecord.records import KINDS, Record, id_of
from onrecord.room import RoomSettings
from onrecord.room.api.schemas import FILTER_WORDS
from onrecord.room.api.texts import LONGEST
from onrecord.room.asking import FIELDS
from onrecord.room.passwords import hashed
from onrecord.store import Counting, Filters, Store, open_store
from rooms import room_at, token_of

PASSWORD = "a long enough secret"
SHELLED = "Ukraine said on Friday that Russian forces had shelled Kharkiv."
ONE, OTHER = "0" * 15 + "1", "0" * 15 + "2"
ASKED = {"/claims": {"measure": "killed"}, "/talks": {"between": "RUS,UKR"}}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with an article and, of the next day, a copy of it."""
    with open_store(tmp_path_factory.mktemp("api") / "news.db") as made:
        made.save(make_record(make_article(article_id=ONE)), "test/1")
        later = make_article(article_id=OTHER, published="2022-03-12", publisher="The Other Post")
        made.save(make_record(later), "test/1")
        yield made


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    with room_at(store) as at:
        yield at


@pytest.fixture
def program(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{address}/api/v1", timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def described(address: str) -> Any:  # noqa: ANN401 - JSON
    return httpx.get(f"{address}/api/v1/openapi.json").json()


@pytest.fixture(scope="module")
def locked(store: Store) -> Iterator[str]:
    """A room that asks for a password."""
    with room_at(store, RoomSettings(port=0, password=hashed(PASSWORD), read_only=True)) as at:
        yield at


def check(answer: httpx.Response, described: Any, path: str, method: str = "get") -> Any:  # noqa: ANN401
    """Return what was answered, which is as the description has it."""
    told = described["paths"][path][method]["responses"]["200"]["content"]["application/json"]
    assert answer.status_code == 200, answer.text
    whole = {**told["schema"], "components": described["components"]}
    Draft202012Validator(whole).validate(answer.json())
    return answer.json()


# What it says of itself


def test_the_description_is_openapi(described: Any) -> None:  # noqa: ANN401
    validate(described)
    assert described["openapi"].startswith("3.1")


def test_every_filter_is_described() -> None:
    assert list(FILTER_WORDS) == list(FIELDS)


def test_everything_without_an_id_answers_as_described(
    program: httpx.Client,
    described: Any,  # noqa: ANN401
) -> None:
    paths = [one for one, how in described["paths"].items() if "{" not in one and "get" in how]
    assert len(paths) > 2 * len(KINDS)
    for path in paths:
        check(program.get(path, params=ASKED.get(path)), described, path)


def test_nothing_can_be_changed(described: Any, program: httpx.Client) -> None:  # noqa: ANN401
    sent = {(path, how) for path, of in described["paths"].items() for how in of if how != "get"}
    assert sent == {("/records", "post")}
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert program.request(method, "/events").status_code == 405


# Searches


@pytest.mark.parametrize("kind", KINDS)
def test_a_search_has_the_rows_of_find(program: httpx.Client, store: Store, kind: str) -> None:
    found = program.get(f"/{kind}", params={"order": "oldest", "size": "200"}).json()
    rows = [
        {name: value for name, value in one.items() if name not in ("row", "spans", "link")}
        for one in found["rows"]
    ]
    assert rows == json.loads(json.dumps(store.find(kind, Filters()).to_pylist()))
    assert found["total"] == len(rows) > 0


def test_filters_are_those_of_find(program: httpx.Client, store: Store) -> None:
    asked = {"speaker": "peskov", "publisher": "the other post", "min_score": "0.1"}
    found = program.get("/statements", params=asked).json()
    wanted = Filters(speaker="Peskov", publisher="The Other Post", min_score=0.1)
    assert found["total"] == store.find("statements", wanted).num_rows > 0
    assert {one["publisher"] for one in found["rows"]} == {"The Other Post"}


def test_parts_are_cut_by_their_spans(program: httpx.Client) -> None:
    (event, *_) = program.get("/events", params={"article": ONE, "text": "shelled"}).json()["rows"]
    text = program.get(f"/articles/{ONE}").json()["article"]["text"]
    ((start, end),) = event["spans"]["trigger"]
    assert text[start:end] == event["trigger"] == "shelled"


def test_pages_lead_from_one_to_the_next(address: str, store: Store) -> None:
    seen: list[str] = []
    onward = "/api/v1/mentions?size=5&country=RUS"
    while onward:
        page = httpx.get(address + onward).json()
        assert len(page["rows"]) <= 5
        seen += [one["mention_id"] + one["article_id"] for one in page["rows"]]
        onward = page["next"]
    assert len(seen) == len(set(seen)) == page["total"]
    assert len(seen) == store.find("mentions", Filters(country="RUS")).num_rows


def test_a_row_s_link_leads_to_its_page(address: str, program: httpx.Client) -> None:
    (row, *_) = program.get("/figures").json()["rows"]
    assert row["figure_id"] in httpx.get(address + row["link"]).text


# By id


def test_an_article_has_all_its_rows(
    program: httpx.Client,
    described: Any,  # noqa: ANN401
    store: Store,
) -> None:
    record = store.record(ONE)
    found = check(program.get(f"/articles/{ONE}"), described, "/articles/{article_id}")
    assert found["article"]["text"] == record.article.text
    assert {kind: len(rows) for kind, rows in found["rows"].items()} == {
        kind: len(getattr(record, kind)) for kind in KINDS
    }
    some = program.get(f"/articles/{ONE}", params={"kinds": "events, times"}).json()
    assert list(some["rows"]) == ["events", "times"]


def test_a_row_has_an_address(
    program: httpx.Client,
    described: Any,  # noqa: ANN401
    store: Store,
) -> None:
    wanted = id_of(store.record(ONE).demands[0])
    path = "/articles/{article_id}/rows/{row_id}"
    found = check(program.get(f"/articles/{ONE}/rows/{wanted}"), described, path)
    assert (found["row"], found["demand_id"]) == ("demands", wanted)


def test_an_identity_is_found_by_name_and_id(
    program: httpx.Client,
    described: Any,  # noqa: ANN401
) -> None:
    (peskov,) = program.get("/identities", params={"name": "Dmitry Peskov"}).json()
    path = f"/identities/{peskov['identity_id']}"
    assert check(program.get(path), described, "/identities/{ref}") == peskov


# What it comes to


def test_counts_are_those_of_count(program: httpx.Client, store: Store) -> None:
    asked = {"by": "day", "dyad": "blr,rus", "directed": "true", "per": "type", "unit": "article"}
    found = program.get("/counts", params=asked).json()
    counting = Counting(by="day", dyad=("BLR", "RUS"), directed=True, per="type", unit="article")
    assert found["rows"] == store.count(counting).to_pylist() != []


def test_happenings_come_with_their_tellings(
    program: httpx.Client,
    described: Any,  # noqa: ANN401
) -> None:
    page = program.get("/happenings", params={"size": "1"}).json()
    (one,) = page["rows"]
    assert len(one["tellings"]) == 2
    assert "page=2" in page["next"]
    path = "/happenings/{ref}"
    same = check(program.get(f"/happenings/{one['tellings'][0]['event_id']}"), described, path)
    assert same["happening_id"] == one["happening_id"]


def test_claims_keep_both_bounds_and_say_which_is_gone_by(program: httpx.Client) -> None:
    found = program.get("/claims", params={"measure": "killed", "policy": "latest"}).json()
    assert [(one["low"], one["high"]) for one in found["claims"]] == [(30, 35)] * 2
    assert [one["chosen"] for one in found["claims"]] == [False, True]


def test_talks_have_moves_between_those_asked_for(program: httpx.Client, store: Store) -> None:
    found = program.get("/talks", params={"between": "RUS,UKR"}).json()
    assert len(found["moves"]) == len(store.views.talks("RUS,UKR").items) > 0


# Texts


def test_a_text_is_put_on_record_and_not_stored(
    program: httpx.Client,
    described: Any,  # noqa: ANN401
    store: Store,
) -> None:
    before = store.views.tally()
    sent = {"text": f"  {SHELLED}\n\nShare This:", "published": "2022-03-11"}
    found = check(program.post("/records", json=sent), described, "/records", "post")
    (event,) = found["rows"]["events"]
    assert (event["event_type"], event["voice"]) == ("ASSAULT", "Ukraine")
    ((start, end),) = event["spans"]["trigger"]
    assert found["article"]["text"][start:end] == "shelled"
    assert "Share" not in found["article"]["text"]
    assert store.views.tally() == before


@pytest.mark.parametrize(
    ("sent", "status", "named"),
    [
        ({"txt": SHELLED}, 422, "txt"),
        ({"text": "  "}, 422, "blank"),
        ({"text": SHELLED, "published": "soon"}, 422, "soon"),
        ({"text": SHELLED, "kinds": ["happenings"]}, 400, "happenings"),
        ({"text": "Der Minister sagte, dass die Verhandlungen nicht zu Ende sind und dass er "
                  "mit den anderen über das Abkommen sprechen wird."}, 422, "not in English"),
        ({"text": "a" * (LONGEST + 1)}, 422, "text"),
        ({"text": "a" * 300_000}, 413, "more than"),
        ([], 422, "body"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_read_says_why(
    program: httpx.Client, sent: object, status: int, named: str
) -> None:
    answer = program.post("/records", json=sent)
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert named in problem["detail"]
    assert problem["next"]


# What goes wrong


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("/nowhere", 404, "/nowhere"),
        ("/events?quad=x", 400, "quad"),
        ("/events?spaeker=Putin", 400, "spaeker"),
        ("/figures?modality=actual", 400, "modality"),
        ("/events?type=NONE", 400, "NONE"),
        ("/events?size=1000", 400, "size"),
        ("/events?page=0", 400, "page"),
        ("/events?order=best", 400, "order"),
        ("/articles?speaker=Putin", 400, "speaker"),
        ("/articles/none", 404, "none"),
        (f"/articles/{ONE}?version=x", 422, "version"),
        (f"/articles/{ONE}?version=9", 404, "9"),
        (f"/articles/{ONE}?kinds=evnts", 400, "evnts"),
        (f"/articles/{ONE}/rows/none", 404, "none"),
        ("/identities/Nobody", 404, "Nobody"),
        ("/happenings/0000000000000000", 404, "0000000000000000"),
        ("/happenings?unit=page", 400, "page"),
        ("/counts?by=century", 400, "century"),
        ("/counts?directed=perhaps", 400, "perhaps"),
        ("/claims", 400, "measure"),
        ("/claims?measure=killed&policy=mean", 400, "mean"),
        ("/talks?between=RUS", 400, "RUS"),
    ],
)
def test_an_error_names_the_thing_and_the_next_step(
    program: httpx.Client, path: str, status: int, named: str
) -> None:
    answer = program.get(path)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"]) == (status, status)
    assert named in problem["detail"]
    assert problem["next"]


def test_a_request_by_another_name_is_refused(address: str) -> None:
    answer = httpx.get(f"{address}/api/v1/store", headers={"host": "evil.example"})
    assert (answer.status_code, answer.json()["status"]) == (421, 421)


# Who is let in


def bearer(password: str) -> dict[str, str]:
    return {"authorization": f"Bearer {password}"}


def test_a_locked_room_asks_programs_for_its_password(locked: str) -> None:
    for path in ("/store", "/openapi.json", "/events"):
        answer = httpx.get(f"{locked}/api/v1{path}")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "Authorization" in answer.json()["next"]
        known = httpx.get(f"{locked}/api/v1{path}", headers=bearer(PASSWORD))
        assert known.status_code == 200


def test_a_program_that_has_the_password_needs_no_form_token(locked: str) -> None:
    sent = {"text": SHELLED, "kinds": ["events"]}
    answer = httpx.post(f"{locked}/api/v1/records", json=sent, headers=bearer(PASSWORD), timeout=30)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


def test_a_browser_that_is_signed_in_reads_and_sends_with_its_token(locked: str) -> None:
    with httpx.Client(base_url=locked, timeout=30) as browser:
        token = token_of(browser.get("/login").text)
        browser.post("/login", data={"password": PASSWORD, "token": token})
        assert browser.get("/api/v1/store").status_code == 200
        sent = {"text": SHELLED, "kinds": []}
        assert browser.post("/api/v1/records", json=sent).status_code == 403
        token = token_of(browser.get("/").text)
        signed = browser.post("/api/v1/records", json=sent, headers={"x-form-token": token})
        assert signed.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}],
)
def test_pages_of_other_sites_send_no_texts(address: str, headers: dict[str, str]) -> None:
    answer = httpx.post(f"{address}/api/v1/records", json={"text": SHELLED}, headers=headers)
    assert answer.status_code == 403


def test_passwords_are_tried_a_few_times_a_minute(store: Store) -> None:
    settings = RoomSettings(port=0, password=hashed(PASSWORD))
    with room_at(store, settings) as at:
        assert httpx.get(f"{at}/api/v1/store", headers=bearer(PASSWORD)).status_code == 200
        wrong = [
            httpx.get(f"{at}/api/v1/store", headers=bearer(f"{PASSWORD}{n}")) for n in range(6)
        ]
        assert [one.status_code for one in wrong] == [401] * 5 + [429]
        assert int(wrong[-1].headers["retry-after"]) > 0
        known = httpx.get(f"{at}/api/v1/store", headers=bearer(PASSWORD))
        assert known.status_code == 200  # who has it is not kept out by who has not


def test_rejected_rows_are_not_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    record: Record = make_record()
    gone = id_of(record.events[0])
    with open_store(tmp_path_factory.mktemp("rejected") / "one.db") as one:
        one.save(record, "test/1")
        one.reviews.give(gone, "reject", by="A. Reader")
        with room_at(one) as at:
            rows = httpx.get(f"{at}/api/v1/events").json()["rows"]
            assert gone not in {row["event_id"] for row in rows}
            path = f"/articles/{record.article.article_id}/rows/{gone}"
            assert httpx.get(f"{at}/api/v1{path}").status_code == 404
