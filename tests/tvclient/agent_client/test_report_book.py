"""Whatever is lost on the way, the agent ends with the truth."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from study.local_api import ReportRequest
from study.rules import Kind
from study.units import BootId, ItemId, Milliseconds, MonotonicMs, PlayId
from study.watch import WatchInterval, played_ms
from tests.tvclient.agent_client.agent_ledger import EARLIER_MS, AgentLedger
from tvclient.agent_client.play_state import PlayState
from tvclient.agent_client.report_book import MOST_INTERVALS, MOST_PLAYS, REFUSED_REST_MS, ReportBook

BOOT = BootId("boot")
NOW = MonotonicMs(0)


def _book() -> ReportBook:
    return ReportBook("0" * 16, "tv-1", BOOT)


def _interval(start_ms: int, end_ms: int) -> WatchInterval:
    return WatchInterval(
        BOOT, MonotonicMs(start_ms), MonotonicMs(end_ms), Milliseconds(start_ms), Milliseconds(end_ms)
    )


def _play(play_id: str, *intervals: WatchInterval, left_ms: int | None = None) -> PlayState:
    left = None if left_ms is None else MonotonicMs(left_ms)
    return PlayState(PlayId(play_id), ItemId("5.1"), Kind.VOD, NOW, left_ms=left, intervals=intervals)


def _next(book: ReportBook, at_ms: int = 0) -> ReportRequest:
    body = book.next_report(MonotonicMs(at_ms))
    assert body is not None
    return body


def test_an_open_play_is_told_every_time_even_when_nothing_changed() -> None:
    book, agent = _book(), AgentLedger()
    book.put(_play("a", _interval(0, 5)))
    book.settle(agent.take(_next(book)))
    again = _next(book)
    assert [p["play_id"] for p in again["plays"]] == ["a"]
    assert again["plays"][0]["intervals"] == []
    assert again["report_seq"] == 2


def test_what_was_not_acknowledged_is_sent_again_with_what_came_after() -> None:
    book = _book()
    book.put(_play("a", _interval(0, 5)))
    _next(book)
    book.put(_play("a", _interval(0, 5), _interval(7, 9)))
    assert [i["n"] for i in _next(book)["plays"][0]["intervals"]] == [0, 1]


def test_only_the_interval_that_grew_is_sent_again() -> None:
    book, agent = _book(), AgentLedger()
    book.put(_play("a", _interval(0, 5), _interval(7, 9)))
    book.settle(agent.take(_next(book)))
    book.put(_play("a", _interval(0, 5), _interval(7, 12)))
    assert [(i["n"], i["end_ms"]) for i in _next(book)["plays"][0]["intervals"]] == [(1, 12)]


def test_what_grew_while_the_report_was_under_way_is_not_settled_by_its_reply() -> None:
    book, agent = _book(), AgentLedger()
    book.put(_play("a", _interval(0, 5)))
    body = _next(book)
    book.put(_play("a", _interval(0, 9), left_ms=9))
    book.settle(agent.take(body))
    assert not book.is_empty
    book.settle(agent.take(_next(book)))
    assert book.is_empty
    assert agent.played_ms("a") == 9


def test_a_reply_to_an_older_report_settles_nothing() -> None:
    book, agent = _book(), AgentLedger()
    book.put(_play("a", _interval(0, 5)))
    old = _next(book)
    book.put(_play("a", _interval(0, 9)))
    _next(book)
    assert book.settle(agent.take(old)) == ()
    assert [i["end_ms"] for i in _next(book)["plays"][0]["intervals"]] == [9]


def test_nothing_playing_and_nothing_owed_is_no_report() -> None:
    book, agent = _book(), AgentLedger()
    book.put(_play("a", _interval(0, 5), left_ms=5))
    book.settle(agent.take(_next(book)))
    assert book.next_report(NOW) is None


def test_the_standing_tells_what_was_played_in_the_session_before_this_play() -> None:
    book, agent = _book(), AgentLedger()
    book.put(_play("a", _interval(0, 500)))
    (standing,) = book.settle(agent.take(_next(book)))
    assert standing.earlier_ms == EARLIER_MS


def test_of_a_play_that_went_on_into_the_next_programme_only_that_is_in_the_session() -> None:
    book, agent = _book(), AgentLedger()
    book.put(_play("a", _interval(0, 500)))
    reply = agent.take(_next(book))
    reply["plays"][0]["played_ms"] = 120
    (standing,) = book.settle(reply)
    assert standing.earlier_ms == 120 - 500


def test_a_long_absence_of_the_agent_is_delivered_in_pieces_that_all_say_it_was_left() -> None:
    book, agent = _book(), AgentLedger()
    intervals = tuple(_interval(10 * n, 10 * n + 5) for n in range(2 * MOST_INTERVALS + 1))
    book.put(_play("a", *intervals, left_ms=99_999))
    sizes = []
    while not book.is_empty:
        body = _next(book)
        sizes.append(len(body["plays"][0]["intervals"]))
        assert body["plays"][0]["left_ms"] == 99_999
        book.settle(agent.take(body))
    assert sizes == [MOST_INTERVALS, MOST_INTERVALS, 1]
    assert agent.left == {"a"}
    assert agent.played_ms("a") == played_ms(intervals)


def test_many_openings_without_an_agent_are_delivered_oldest_first() -> None:
    book, agent = _book(), AgentLedger()
    for number in range(MOST_PLAYS + 1):
        book.put(_play(str(number), _interval(10 * number, 10 * number + 5), left_ms=10 * number + 5))
    book.settle(agent.take(_next(book)))
    assert len(agent.left) == MOST_PLAYS
    assert [p["play_id"] for p in _next(book)["plays"]] == [str(MOST_PLAYS)]


def test_an_hour_of_lost_reports_keeps_one_state_only() -> None:
    book = _book()
    for second in range(3_600):
        book.put(_play("a", _interval(0, 1000 * second)))
        body = _next(book, second * 1000)
    assert len(body["plays"][0]["intervals"]) == 1


def test_a_refused_play_stops_no_other_and_is_tried_again_alone_and_rarely() -> None:
    book, agent = _book(), AgentLedger()
    book.put(_play("bad", _interval(0, 5), left_ms=5))
    _next(book)
    book.refused(NOW)
    book.put(_play("good", _interval(6, 9), left_ms=9))
    body = _next(book, 1)
    assert [p["play_id"] for p in body["plays"]] == ["good"]
    book.settle(agent.take(body))
    assert book.next_report(MonotonicMs(REFUSED_REST_MS - 1)) is None
    body = _next(book, REFUSED_REST_MS)
    assert [p["play_id"] for p in body["plays"]] == ["bad"]
    book.settle(agent.take(body))
    assert book.is_empty


OUTCOMES = st.sampled_from(["arrives", "request lost", "reply lost", "twice", "late"])
STEPS = st.lists(
    st.tuples(st.sampled_from(["watch", "pause", "leave", "send"]), st.integers(1, 5_000), OUTCOMES),
    max_size=60,
)


class _Television:
    """Plays one item after the other and sends through a road that loses, doubles and delays."""

    def __init__(self) -> None:
        self.book, self.agent = _book(), AgentLedger()
        self.now_ms, self.count = 0, 0
        self.plays: dict[str, PlayState] = {}
        self.late: list[ReportRequest] = []
        self.open: PlayState = self._begin()

    def _begin(self) -> PlayState:
        self.count += 1
        play = replace(_play(str(self.count)), opened_ms=MonotonicMs(self.now_ms))
        self._put(play)
        return play

    def _put(self, play: PlayState) -> None:
        self.open = self.plays[play.play_id] = play
        self.book.put(play)

    def act(self, what: str, span_ms: int, outcome: str) -> None:
        start_ms, self.now_ms = self.now_ms, self.now_ms + span_ms
        if what == "watch":
            self._watch(start_ms)
        elif what == "leave":
            self._put(replace(self.open, left_ms=MonotonicMs(self.now_ms)))
            self._begin()
        elif what == "send":
            self.send(outcome)

    def _watch(self, start_ms: int) -> None:
        done = self.open.intervals
        if done and done[-1].end_ms == start_ms:
            start_ms, done = done[-1].start_ms, done[:-1]
        self._put(replace(self.open, intervals=(*done, _interval(start_ms, self.now_ms))))

    def send(self, outcome: str) -> None:
        body = self.book.next_report(MonotonicMs(self.now_ms))
        if body is None or outcome == "request lost":
            return
        if outcome == "late":
            self.late.append(body)
            return
        reply = self.agent.take(body)
        if outcome == "twice":
            self.agent.take(body)
        if outcome != "reply lost":
            self.book.settle(reply)


@given(STEPS)
def test_whatever_is_lost_doubled_or_late_the_agent_ends_with_the_truth(
    steps: list[tuple[str, int, str]],
) -> None:
    television = _Television()
    for step in steps:
        television.act(*step)
    television.act("leave", 1, "")
    television.send("arrives")
    for body in television.late:
        television.agent.take(body)
    for play_id, play in television.plays.items():
        if play.left_ms is not None:
            assert television.agent.played_ms(play_id) == played_ms(play.intervals)
            assert play_id in television.agent.left
