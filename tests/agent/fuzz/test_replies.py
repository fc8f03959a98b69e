"""Whatever is told in the platform's name is believed whole, in part or not at all; what is held stays."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from json import dumps, loads
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent.api.home import home
from agent.api.record import month_record
from agent.errors import NonsenseError
from agent.records.delta import Delta, delta_of
from agent.records.enrolment import enrolment_of
from agent.records.replies import key_id_of, ranking_of, records_reply_of
from agent.stores.courses.catalogue import apply_delta, read_course
from agent.stores.courses.shelf import Shelf, Wanted
from agent.stores.disk.database import Database, Tables
from agent.stores.guide.line_up import channels
from agent.stores.rankings import put_ranking
from study.address import fault_of, is_full
from study.course import Course
from study.units import CourseId
from tests.agent.fuzz.examples import thorough
from tests.fakes.fake_city import STATION, FakeCity

MONTH = "2026-11"
LONE = "\ud800"
ODD = st.sampled_from(
    [
        LONE,
        "\0",
        "\n",
        "../..",
        "/%2e%2e/x",
        "/m.%00",
        "/m." + "x" * 900,
        "//x",
        "5.1",
        "x" * 9_999,
        "NaN",
        "１",
    ]
)
leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), ODD, st.integers(2**53, 2**70)
)
anything = st.recursive(
    leaves,
    lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(max_size=5) | ODD, held, max_size=3),
)


def catalogue() -> dict[str, Any]:
    city = FakeCity()
    city.add_course("7")
    city.add_course("8", monthly=MONTH)
    city.add_beside("8")
    city.add_channel("L1")
    city.channels.append({**city.channels[0], "channel_id": "L2", "playlist": "udp://@239.1.1.1:5000"})
    rows = {"courses": city.courses, "channels": city.channels, "removed": ["5", "9"]}
    return {"revision": 3, "since": 1, "full": False, "time": "x", **rows}


def ranking() -> dict[str, Any]:
    rows = [{"rank": 1, "number": "1", "station": "站", "effective_ms": 5}]
    return {"district": "东城区", "month": MONTH, "stations": 1, "rows": rows}


RECORDS = {
    "high_water": 3,
    "refusals": [{"seq": 2, "code": "c", "words": "话"}],
    "time": "2026-11-21T00:00:00Z",
    "call_again_s": 600,
}
ENROLMENT = {"station": STATION, "key_id": "k", "platform_key": "A" * 43 + "="}


@st.composite
def spoilt(draw: st.DrawFn, good: dict[str, Any]) -> Any:
    """The reply with one to three places changed into something else, or left out."""
    reply = deepcopy(good)
    for _ in range(draw(st.integers(1, 3))):
        holder: Any = reply
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(holder[key], dict | list) and draw(st.booleans()):
                holder = holder[key]
                continue
            if draw(st.booleans()):
                holder[key] = draw(anything)
            else:
                del holder[key]
            break
    return reply


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(tmp_path_factory.mktemp("replies") / "zhanxue.db")
    city = FakeCity()
    city.add_course("5")
    rows = {"courses": city.courses, "channels": [], "removed": []}
    with database.writing() as tables:
        apply_delta(tables, delta_of({"revision": 1, "since": 0, "full": True, **rows}, 0))
    yield database
    database.close()


def is_last(course: Course, delta: Delta) -> bool:
    """Whether no later row of the same reply names the course again, or takes one of its episodes."""
    ids = [other.course_id for other in delta.courses]
    items = [episode.item_id for other in delta.courses for episode in other.episodes]
    return ids.count(course.course_id) == 1 and all(items.count(e.item_id) == 1 for e in course.episodes)


def try_out(database: Database, work: Callable[[Tables], None]) -> None:
    """In a transaction that is taken back, so that each example finds the same."""
    with pytest.raises(UndoneError), database.writing() as tables:
        work(tables)
        raise UndoneError


class UndoneError(Exception):
    """What an example did is not to stay."""


def as_sent(reply: Any) -> Any:
    """As a client reads it off the wire."""
    return loads(dumps(reply))


@thorough
@given(reply=st.one_of(anything, spoilt(catalogue())))
@example(reply=catalogue() | {"removed": [LONE]})
@example(reply=catalogue() | {"courses": [{"course_id": f"{LONE}\n"}, *catalogue()["courses"]]})
def test_a_catalogue_is_taken_as_far_as_it_can_be_read(
    held: Database, reply: Any, tmp_path_factory: Any
) -> None:
    try:
        delta = delta_of(as_sent(reply), 1)
    except NonsenseError as error:
        assert error.words
        return
    assert "\n" not in "".join(delta.unreadable)
    "".join(delta.unreadable).encode()

    def use(tables: Tables) -> None:
        apply_delta(tables, delta)
        assert all(not is_full(c.address) or fault_of(c.address) is None for c in channels(tables, 0, 100))
        assert all(read_course(tables, c.course_id) == c for c in delta.courses if is_last(c, delta))
        dumps(home(tables, MONTH), ensure_ascii=False).encode()
        if not delta.full and "5" not in delta.removed and "5" not in [c.course_id for c in delta.courses]:
            assert read_course(tables, CourseId("5")) is not None

    try_out(held, use)
    shelf = Shelf(tmp_path_factory.getbasetemp() / "shelf", 10**9)
    for course in delta.courses:
        for episode in course.episodes:
            file = shelf.file(Wanted(episode.media_path, episode.media_sha256, episode.media_bytes))
            assert not file.exists()
            assert file.parent.name == "shelf"


@thorough
@given(reply=st.one_of(anything, spoilt(ranking())))
@example(reply=ranking() | {"district": LONE})
@example(reply=ranking() | {"month": "\n"})
def test_a_ranking_is_stored_and_shown_or_nonsense(held: Database, reply: Any) -> None:
    try:
        told = ranking_of(as_sent(reply))
    except NonsenseError:
        return

    def use(tables: Tables) -> None:
        put_ranking(tables, told)
        dumps(month_record(tables, MONTH), ensure_ascii=False).encode()

    try_out(held, use)


@thorough
@given(reply=st.one_of(anything, spoilt(RECORDS)))
def test_a_delivery_is_only_what_has_a_deliverys_form(reply: Any) -> None:
    try:
        told = records_reply_of(as_sent(reply))
    except NonsenseError:
        return
    assert told["high_water"] >= 0
    dumps(told, ensure_ascii=False).encode()


@thorough
@given(reply=st.one_of(anything, spoilt(ENROLMENT)))
def test_an_enrolment_is_whole_or_none(reply: Any) -> None:
    try:
        told = enrolment_of(as_sent(reply))
    except NonsenseError:
        return
    assert told.key_id
    assert told.station.number
    f"{told}".encode()


def test_a_good_reply_is_believed() -> None:
    assert enrolment_of(ENROLMENT).key_id == "k"
    assert records_reply_of(RECORDS)["high_water"] == 3
    assert ranking_of(ranking())["stations"] == 1
    assert len(delta_of(catalogue(), 1).courses) == 2


@pytest.mark.parametrize("name", ["", "k\n", "k\r\nHost: x", 'k"', "k\\", "键", LONE, "k" * 201, "a b", 7])
def test_a_keys_name_that_fits_no_header_is_nonsense(name: object) -> None:
    with pytest.raises(NonsenseError):
        key_id_of({"key_id": name})
    with pytest.raises(NonsenseError):
        enrolment_of(ENROLMENT | {"key_id": name})


def test_a_part_that_no_file_can_be_named_after_costs_its_course_only(tmp_path: Path) -> None:
    for media in ("/m.%00", "/m%0a.mp4", "/m%7f.mp4"):
        reply = catalogue()
        reply["courses"][0]["episodes"][0]["media"] = media
        delta = delta_of(reply, 1)
        assert [course.course_id for course in delta.courses] == ["8"]
    long = Wanted("/m." + "x" * 900, "0" * 64, 1)
    assert not Shelf(tmp_path, 1).file(long).exists()
