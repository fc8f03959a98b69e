"""The local API over a real socket."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
import requests

from agent.serving import bound
from agent.settings import Settings
from agent.stores.courses.shelf import Wanted
from agent.stores.delivery.outbox import note_online
from study.month import days
from study.record import Record, Refusal, StudyRecord
from study.subtitles import BYTES_MAX
from tests.agent.api.served import PASS, Agent, mirror
from tests.agent.television import Play, report
from tests.fakes.fake_city import ACCOUNT, CODE, CUE, JPEG, PNG, FakeCity
from tests.fakes.fake_clock import FakeClock


def enrol(agent: Agent) -> requests.Response:
    return agent.call("POST", "/v1/enrolment", json={"account": ACCOUNT, "code": CODE})


def test_without_the_token_nobody_gets_in(agent: Agent) -> None:
    for headers in ({}, {"Authorization": "Bearer other"}):
        answer = requests.get(agent.url + "/v1/status", headers=headers, timeout=5)
        assert (answer.status_code, answer.json()["code"]) == (401, "no_token")


def test_another_name_for_this_box_is_turned_away(agent: Agent) -> None:
    answer = agent.get("/v1/status", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (421, "wrong_host")


def test_a_body_beyond_the_limit_is_not_taken(agent: Agent) -> None:
    assert agent.call("POST", "/v1/reports", data=b"x" * 1_100_000).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 50_000

    # The connection may be closed before all was sent, which is as good an answer.
    with suppress(requests.ConnectionError):
        assert agent.call("POST", "/v1/reports", data=endless()).status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"plays": 3}', b"\xff\xfe", b'{"run_id": NaN}'])
def test_a_report_that_makes_no_sense_is_told_so(agent: Agent, body: bytes) -> None:
    answer = agent.call("POST", "/v1/reports", data=body)
    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "words"}


def test_enrolment_and_its_noes(agent: Agent) -> None:
    assert agent.get("/v1/status").json()["enrolled"] is False
    wrong = agent.call("POST", "/v1/enrolment", json={"account": ACCOUNT, "code": "no"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_code")
    status = enrol(agent).json()
    assert (status["enrolled"], status["online"]) == (True, True)
    assert status["station"]["name"] == "前门社区学习站"
    assert status["clock"]["source"] == "platform"
    again = enrol(agent)
    assert (again.status_code, again.json()["code"]) == (409, "already")


def test_enrolment_without_a_network(agent: Agent, city: FakeCity) -> None:
    assert city.server is not None
    city.server.shutdown()
    city.server.server_close()
    answer = enrol(agent)
    assert (answer.status_code, answer.json()["code"]) == (503, "no_network")


def test_home_has_rows_and_shows_what_was_studied(agent: Agent) -> None:
    enrol(agent)
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    agent.call("POST", "/v1/reports", json=report(1, play))
    rows = {row["id"]: row for row in agent.get("/v1/home").json()["rows"]}
    assert list(rows) == ["continue", "monthly", "live", "category:农业技术"]
    [tile] = rows["continue"]["tiles"]
    assert (tile["id"], tile["episode"], tile["position_ms"], tile["covered_ms"], tile["done"]) == (
        "course:5",
        1,
        30_000,
        30_000,
        False,
    )
    assert (rows["monthly"]["done"], rows["monthly"]["total"]) == (0, 1)
    assert (rows["live"]["tiles"][0]["id"], rows["live"]["tiles"][0]["number"]) == ("live:L1", 1)


def test_without_the_network_home_shows_what_is_on_the_box_instead_of_live(agent: Agent) -> None:
    with agent.database.writing() as tables:
        media, sha256 = tables.execute("SELECT media, sha256 FROM episodes WHERE item_id = '5.1'").fetchone()
        tables.execute("INSERT INTO shelf VALUES (?, ?, 1)", [media, sha256])
    rows = {row["id"]: row for row in agent.get("/v1/home").json()["rows"]}
    assert [tile["id"] for tile in rows["on_box"]["tiles"]] == ["course:5"]
    assert "live" not in rows
    enrol(agent)
    assert "on_box" not in [row["id"] for row in agent.get("/v1/home").json()["rows"]]


def test_a_record_that_was_refused_is_shown_and_makes_no_hours(agent: Agent, city: FakeCity) -> None:
    enrol(agent)
    city.refuse = lambda record: Refusal(record.seq, "other_result", "不同") if is_study(record) else None
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    play.leave()
    agent.call("POST", "/v1/reports", json=report(1, play))
    assert agent.get("/v1/record").json()["effective_ms"] == 30_000
    agent.sync.handle_one_run()
    record = agent.get("/v1/record").json()
    assert [session["state"] for session in record["sessions"]] == ["refused"]
    assert record["effective_ms"] == sum(day["effective_ms"] for day in record["days"]) == 0


def is_study(record: Record) -> bool:
    return isinstance(record, StudyRecord)


def test_a_course_tells_the_session_that_would_go_on(agent: Agent, clock: FakeClock) -> None:
    play = Play("p1", "5.1", clock.mono_ms())
    play.watch(30_000)
    play.leave()
    agent.call("POST", "/v1/reports", json=report(1, play))
    clock.pass_ms(60_000)
    [episode] = agent.get("/v1/courses/5").json()["episodes"]
    assert (episode["played_ms"], episode["counted"], episode["covered"]) == (30_000, True, [[0, 30_000]])
    [there] = agent.get("/v1/courses/5?terminal=tv-2").json()["episodes"]
    assert (there["played_ms"], there["counted"], there["covered"]) == (0, True, [[0, 30_000]])
    clock.pass_ms(600_000)
    [episode] = agent.get("/v1/courses/5").json()["episodes"]
    assert (episode["played_ms"], episode["position_ms"]) == (0, 30_000)
    assert agent.get("/v1/courses/99").status_code == 404


def test_a_report_is_answered_with_what_counts(agent: Agent) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(15_000)
    answer = agent.call("POST", "/v1/reports", json=report(1, play)).json()
    assert answer == {
        "accepted": 1,
        "plays": [
            {
                "play_id": "p1",
                "session_id": "1",
                "played_ms": 15_000,
                "covered_ms": 15_000,
                "effective_ms": 0,
                "counted": False,
                "why": "too_short_share",
                "need_ms": 5_001,
            }
        ],
    }
    assert not agent.kicks.is_set()
    play.leave()
    agent.call("POST", "/v1/reports", json=report(2, play))
    assert agent.kicks.is_set()


def test_a_report_that_does_not_fit_on_the_disk_is_not_acknowledged(agent: Agent) -> None:
    with agent.database.writing() as tables:
        pages = tables.execute("PRAGMA page_count").fetchone()[0]
        tables.execute(f"PRAGMA max_page_count = {pages}")
    plays = [Play(f"p{number}", f"{number}.1", 1_000) for number in range(200)]
    for play in plays:
        play.watch(1_000)
    answer = agent.call("POST", "/v1/reports", json=report(1, *plays))
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
    assert agent.get("/v1/record").json()["sessions"] == []


def test_the_record_shows_every_session_and_its_state(agent: Agent, clock: FakeClock) -> None:
    enrol(agent)
    play = Play("p1", "5.1", clock.mono_ms())
    play.watch(30_000)
    agent.call("POST", "/v1/reports", json=report(1, play))
    assert [s["state"] for s in agent.get("/v1/record").json()["sessions"]] == ["open"]
    play.leave()
    agent.call("POST", "/v1/reports", json=report(2, play))
    assert [s["state"] for s in agent.get("/v1/record").json()["sessions"]] == ["waiting"]
    agent.sync.handle_one_run()
    agent.mirror.handle_one_look()
    record = agent.get("/v1/record").json()
    [session] = record["sessions"]
    assert (session["state"], session["title"], session["counted"]) == ("delivered", "课程5", True)
    assert (record["effective_ms"], record["unplaced_ms"]) == (30_000, 0)
    assert [day["effective_ms"] for day in record["days"] if day["effective_ms"]] == [30_000]
    assert len(record["days"]) == len(days(record["month"]))
    assert record["rank"]["rows"][0]["own"] is True
    assert agent.get("/v1/record?month=2019-01").json()["sessions"] == []
    assert agent.get("/v1/record?month=nonsense").json()["code"] == "bad_month"


def test_hours_without_a_clock_are_unplaced(agent: Agent) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    agent.call("POST", "/v1/reports", json=report(1, play))
    status = agent.get("/v1/status").json()
    assert (status["month"]["effective_ms"], status["month"]["unplaced_ms"]) == (0, 30_000)
    assert status["clock"] == {"utc": None, "source": "none"}


def test_covers(agent: Agent) -> None:
    assert agent.get("/v1/covers/5").status_code == 404
    enrol(agent)
    agent.mirror.handle_one_look()
    answer = agent.get("/v1/covers/5")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")


def test_media_is_relayed_with_range_and_without_a_token(agent: Agent, city: FakeCity) -> None:
    source = agent.get("/v1/items/5.1/source").json()
    assert (source["on_box"], source["length_ms"], source["kind"]) == (False, 100_000, "vod")
    assert source["file"] is None
    whole = requests.get(source["url"], timeout=5)
    assert whole.content == city.files["/media/5.mp4"]
    part = requests.get(source["url"], headers={"Range": "bytes=10-19"}, timeout=5)
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["content-range"] == "bytes 10-19/5000"
    assert agent.parts.relay.is_busy()


def test_live_is_relayed_and_relative_addresses_go_on_working(agent: Agent) -> None:
    source = agent.get("/v1/items/L1/source").json()
    assert (source["length_ms"], source["resume_ms"]) == (None, 0)
    playlist = requests.get(source["url"], timeout=5)
    assert playlist.text.startswith("#EXTM3U")
    segment = requests.get(source["url"].replace("index.m3u8", "seg-1.ts"), timeout=5)
    assert segment.content == b"segment"


def test_media_needs_its_pass_and_gives_nothing_but_media(agent: Agent) -> None:
    url = agent.get("/v1/items/5.1/source").json()["url"]
    for spoilt in (
        url.replace(PASS, "other"),
        url.replace("/media/5.mp4", "/v1/health"),
        url.replace("/media/5.mp4", "/media/%2e%2e/v1/health"),
    ):
        assert requests.get(spoilt, timeout=5).status_code == 404


def test_the_boxs_own_copy_is_served_with_range(agent: Agent, city: FakeCity) -> None:
    with agent.database.writing() as tables:
        wanted = agent.parts.shelf.next_wanted(tables, "2026-11", ())
        assert wanted is not None
        agent.parts.shelf.file(wanted).write_bytes(city.files[wanted.media])
        agent.parts.shelf.put(tables, wanted)
    source = agent.get("/v1/items/6.1/source").json()
    assert source["on_box"] is True
    assert Path(source["file"]).read_bytes() == city.files["/media/6.mp4"]
    calls = len(city.calls)
    part = requests.get(source["url"], headers={"Range": "bytes=0-9"}, timeout=5)
    assert (part.status_code, part.content) == (206, city.files["/media/6.mp4"][:10])
    assert len(city.calls) == calls


def test_without_a_network_only_what_is_on_the_box_can_be_played(agent: Agent, city: FakeCity) -> None:
    assert city.server is not None
    city.server.shutdown()
    city.server.server_close()
    answer = agent.get("/v1/items/5.1/source")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_on_box")
    assert agent.get("/v1/items/99.1/source").status_code == 404


def test_a_fault_of_the_agents_own_is_told_in_words(agent: Agent, caplog: pytest.LogCaptureFixture) -> None:
    with agent.database.writing() as tables:
        tables.execute("UPDATE progress SET covered = 'nonsense'")
        tables.execute("INSERT INTO progress VALUES ('5.1', '5', 0, 'nonsense', 0, 0, 1)")
    answer = agent.get("/v1/home")
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert agent.get("/v1/status").ok


def test_a_port_that_is_taken_is_told(agent: Agent) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = Settings(agent.parts.settings.data_folder, "http://x", port=taken.getsockname()[1])
        with pytest.raises(Exception, match="已被其他程序占用"):
            bound(settings)


@pytest.fixture
def beside(agent: Agent, city: FakeCity) -> FakeCity:
    """Course 6 has subtitles in GB18030 and thumbnails."""
    city.add_beside("6")
    city.revision += 1
    mirror(agent, city)
    return city


def _stock(agent: Agent, city: FakeCity, *paths: str) -> None:
    with agent.database.writing() as tables:
        for path in paths:
            content = city.files[path]
            wanted = Wanted(path, sha256(content).hexdigest(), len(content))
            agent.parts.shelf.file(wanted).write_bytes(content)
            agent.parts.shelf.put(tables, wanted)


def _fetch(url: str, **headers: str) -> requests.Response:
    return requests.get(url, timeout=5, headers=headers)


def test_what_lies_beside_an_item_is_relayed_under_the_same_pass(agent: Agent, beside: FakeCity) -> None:
    source = agent.get("/v1/items/6.1/source").json()
    [subtitles] = source["subtitles"]
    assert (subtitles["language"], subtitles["name"]) == ("zh", "中文")
    reply = _fetch(subtitles["url"])
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert reply.content.decode() == CUE.decode("gb18030")
    thumbnails = source["thumbnails"]
    assert [_fetch(url).content for url in thumbnails.pop("sheets")] == [JPEG]
    assert thumbnails == {"every_ms": 10_000, "columns": 10, "rows": 10, "width_px": 240, "height_px": 135}
    for url in (subtitles["url"], source["url"].replace("6.mp4", "thumbnails/6-1.jpg")):
        assert _fetch(url.replace(PASS, "another")).status_code == 404


def test_an_item_without_them_has_none(agent: Agent, beside: FakeCity) -> None:
    source = agent.get("/v1/items/5.1/source").json()
    assert (source["subtitles"], source["thumbnails"]) == ([], None)


def test_what_lies_beside_an_item_is_there_without_a_network(agent: Agent, beside: FakeCity) -> None:
    _stock(agent, beside, "/media/6.mp4", "/media/6.srt", "/media/thumbnails/6-1.jpg")
    beside.cut = "/"
    source = agent.get("/v1/items/6.1/source").json()
    assert source["on_box"] is True
    assert _fetch(source["subtitles"][0]["url"]).content.decode() == CUE.decode("gb18030")
    assert [_fetch(url).content for url in source["thumbnails"]["sheets"]] == [JPEG]


def test_without_a_network_only_what_is_here_is_offered(agent: Agent, beside: FakeCity) -> None:
    _stock(agent, beside, "/media/6.mp4")
    beside.cut = "/"
    source = agent.get("/v1/items/6.1/source").json()
    assert (source["on_box"], source["subtitles"], source["thumbnails"]) == (True, [], None)
    with agent.database.writing() as tables:
        note_online(tables, True)
    source = agent.get("/v1/items/6.1/source").json()
    assert (len(source["subtitles"]), len(source["thumbnails"]["sheets"])) == (1, 1)


def test_subtitles_beyond_the_limit_or_gone_are_told(agent: Agent, beside: FakeCity) -> None:
    url = agent.get("/v1/items/6.1/source").json()["subtitles"][0]["url"]
    beside.files["/media/6.srt"] = CUE * (BYTES_MAX // len(CUE) + 1)
    assert (_fetch(url).status_code, _fetch(url).json()["code"]) == (502, "city")
    del beside.files["/media/6.srt"]
    assert _fetch(url).status_code == 502


def test_a_stretch_of_subtitles_is_answered_with_all_of_them(agent: Agent, beside: FakeCity) -> None:
    url = agent.get("/v1/items/6.1/source").json()["subtitles"][0]["url"]
    reply = _fetch(url, Range="bytes=5-9")
    assert (reply.status_code, reply.content.decode()) == (200, CUE.decode("gb18030"))


@pytest.mark.parametrize("address", ["udp://@239.1.1.1:5000", "rtsp://10.0.0.9:8554/1", "https://a.cn/1.ts"])
def test_a_channel_of_the_local_line_is_handed_out_as_it_is_without_asking_the_city(
    agent: Agent, city: FakeCity, address: str
) -> None:
    city.channels.append({"channel_id": "L2", "number": 2, "title": "有线", "playlist": address})
    mirror(agent, city)
    city.cut = "/"
    city.calls.clear()
    source = agent.get("/v1/items/L2/source").json()
    assert (source["url"], source["kind"], source["title"]) == (address, "live", "有线")
    assert (source["on_box"], source["subtitles"], source["thumbnails"]) == (False, [], None)
    assert city.calls == []


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "smb://a/b", "udp://@1.1.1.1:1\n", "rtsp://a:b@c/"]
)
def test_an_address_that_came_into_the_mirror_some_other_way_is_never_handed_out(
    agent: Agent, address: str
) -> None:
    with agent.database.writing() as tables:
        tables.execute("UPDATE line_up SET address = ?", [address])
    answer = agent.get("/v1/items/L1/source")
    assert (answer.status_code, answer.json()["code"]) == (404, "bad_address")


def test_a_playlist_is_read_from_its_address_only(agent: Agent, beside: FakeCity) -> None:
    with agent.database.writing() as tables:
        tables.execute("UPDATE episodes SET media = '/media/6.m3u8' WHERE item_id = '6.1'")
    beside.files["/media/6.m3u8"] = beside.files["/media/6.mp4"]
    _stock(agent, beside, "/media/6.m3u8")
    source = agent.get("/v1/items/6.1/source").json()
    assert (source["on_box"], source["file"]) == (True, None)
