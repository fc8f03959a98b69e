"""The outcome table of records-and-sync.md, line by line, over real sockets and a real platform's forms."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clients.signing import Signer
from agent.records.outcome import Delivered, Outcome, Refused, TryLater
from agent.records.telling import Telling
from study.record import Refusal
from tests.agent.clients.test_municipal import run_of
from tests.agent.ports import free_port
from tests.fakes.dull_server import dull_server
from tests.fakes.fake_city import ACCOUNT, CODE, Answer, FakeCity, said
from tests.fakes.fake_clock import FakeClock

PORTAL = b"<html><body>please log in to this network</body></html>"
DATE = "Sat, 21 Nov 2026 22:00:00 GMT"


class Line:
    """One box calling one city."""

    def __init__(self, city: FakeCity, clock: FakeClock, folder: Path) -> None:
        self._city = city
        self.client = MunicipalClient(city.url, clock, connect_s=1.0, read_s=1.0)
        self.keys = BoxKeys(folder / "station.key")
        self.key_id = self.client.enrol(ACCOUNT, CODE, self.keys.key)[0].key_id

    def deliver(self, answer: Answer | None = None, client: MunicipalClient | None = None) -> Outcome:
        """What comes of one run, when the city answers so."""
        if answer is not None:
            self._city.faults = [lambda: answer]
        signer = Signer(self.keys.key, self.key_id, datetime.now(UTC))
        return (client or self.client).send_run(run_of(30_000), signer, Telling(0))


@pytest.fixture
def line(city: FakeCity, clock: FakeClock, tmp_path: Path) -> Iterator[Line]:
    held = Line(city, clock, tmp_path)
    yield held
    held.client.close()


# ---- Delivered ---------------------------------------------------------------------------------------------


def test_200_with_the_platforms_own_reply_is_delivered(line: Line) -> None:
    outcome = line.deliver()
    assert isinstance(outcome, Delivered)
    assert outcome.reply is not None
    assert outcome.reply["high_water"] == 1


@pytest.mark.parametrize("status", [201, 202, 207])
def test_any_2xx_with_the_platforms_own_reply_is_delivered(line: Line, status: int) -> None:
    reply = b'{"high_water": 1, "refusals": [], "time": "2026-11-21T08:00:00+00:00", "call_again_s": 60}'
    assert isinstance(line.deliver((status, {}, reply)), Delivered)


def test_the_same_run_again_is_delivered(line: Line) -> None:
    assert isinstance(line.deliver(), Delivered)
    assert isinstance(line.deliver(), Delivered)


def test_already_have_it_is_delivered(line: Line) -> None:
    assert line.deliver(said(409, "already_have_it")) == Delivered(None, None)


# ---- TryLater ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [401, 403, 408, 429, *range(500, 512), 599])
def test_what_can_pass_or_be_repaired_is_tried_later(line: Line, status: int) -> None:
    assert line.deliver(said(status, "code")) == TryLater("平台的话", heard=True)


@pytest.mark.parametrize("status", [401, 403, 408, 429, 500, 502, 503, 504])
def test_it_is_as_well_when_a_server_in_between_says_it(line: Line, status: int) -> None:
    outcome = line.deliver((status, {}, b"<html>bad gateway</html>"))
    assert isinstance(outcome, TryLater)


@pytest.mark.parametrize("status", [200, 204, 302, 303, 307, 400, 404, 405, 410])
def test_a_captive_portal_is_tried_later_whatever_its_status(line: Line, status: int) -> None:
    body = b"" if status == 204 else PORTAL
    outcome = line.deliver((status, {"Location": "/login", "Content-Type": "text/html"}, body))
    assert isinstance(outcome, TryLater)
    assert not outcome.timed_out


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"null", b'{"high_water": -1}', b'{"ok": true}', b"\xff"]
)
def test_a_200_that_is_not_the_platforms_reply_is_tried_later(line: Line, body: bytes) -> None:
    assert isinstance(line.deliver((200, {}, body)), TryLater)


def test_nobody_there_is_tried_later(line: Line, clock: FakeClock) -> None:
    nobody = MunicipalClient(f"http://127.0.0.1:{free_port()}", clock)
    outcome = line.deliver(client=nobody)
    nobody.close()
    assert isinstance(outcome, TryLater)
    assert (outcome.heard, outcome.timed_out) == (False, False)


def test_a_line_that_is_cut_after_intake_is_tried_later(line: Line, city: FakeCity) -> None:
    city.faults = [lambda: None]
    assert isinstance(line.deliver(), TryLater)
    assert isinstance(line.deliver(), Delivered)
    assert len(city.held) == 1


def test_a_reply_that_is_cut_short_is_tried_later(line: Line) -> None:
    assert isinstance(line.deliver((200, {"Content-Length": "400"}, b'{"high_water": 1')), TryLater)


def test_a_reply_that_does_not_come_is_tried_later_with_less(line: Line, clock: FakeClock) -> None:
    with dull_server() as server:
        client = MunicipalClient(f"http://{server.address}", clock, connect_s=0.2, read_s=0.2)
        outcome = line.deliver(client=client)
        client.close()
    assert isinstance(outcome, TryLater)
    assert outcome.timed_out


@pytest.mark.parametrize(
    ("told", "waited_s"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("99999999999", 604_800.0),
        ("Sat, 21 Nov 2026 22:02:00 GMT", 120.0),
        ("Sat, 21 Nov 2026 21:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
    ],
)
def test_retry_after_is_heard_in_seconds_and_as_a_date(line: Line, told: str, waited_s: float | None) -> None:
    outcome = line.deliver(said(503, "busy", Retry_After=told, Date=DATE))
    assert isinstance(outcome, TryLater)
    assert outcome.retry_after_s == waited_s


def test_a_date_to_retry_after_means_nothing_when_the_reply_tells_no_time(line: Line) -> None:
    outcome = line.deliver(said(503, "busy", Retry_After="Sat, 21 Nov 2026 22:02:00 GMT", Date="some day"))
    assert isinstance(outcome, TryLater)
    assert outcome.retry_after_s is None


# ---- Refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 402, 406, 409, 410, 411, 413, 414, 415, 422, 451])
def test_another_4xx_in_the_platforms_own_form_is_refused(line: Line, status: int) -> None:
    assert line.deliver(said(status, "code")) == Refused("code", "平台的话")


def test_a_record_that_the_reply_names_is_refused_and_the_run_delivered(line: Line, city: FakeCity) -> None:
    city.refuse = lambda record: Refusal(record.seq, "bad_facts", "不对")
    outcome = line.deliver()
    assert isinstance(outcome, Delivered)
    assert outcome.reply is not None
    assert outcome.reply["refusals"] == [{"seq": 1, "code": "bad_facts", "words": "不对"}]
