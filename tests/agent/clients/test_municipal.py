"""The contract of the city platform as the agent relies on it: the fake and the real one keep it."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.clients.municipal import MunicipalClient
from agent.clients.signing import Signer, box_key
from agent.clock import BootClock
from agent.errors import DeclinedError, NoAnswerError
from agent.records.delta import delta_of
from agent.records.outcome import Delivered, Refused, TryLater
from agent.records.telling import Telling
from study.record import StudyRecord, chain_start
from study.rules import Kind, Terminal, Why
from study.units import BootId, Epoch, ItemId, Milliseconds, MonotonicMs, Seq, StationNumber
from study.wire import Run, encode
from tests.agent.real_city import real_city
from tests.fakes.fake_city import ACCOUNT, CODE, STATION, running_city


@pytest.fixture(scope="module", params=["fake", "real"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a platform answers: each test below runs against the fake and against the real one."""
    if request.param == "fake":
        with running_city() as city:
            city.add_course("5")
            city.add_channel("L1")
            yield city.url
    else:
        folder = tmp_path_factory.mktemp("real") / "folder"
        shutil.copytree(request.getfixturevalue("city_as_set_up"), folder)
        with real_city(folder) as city_url:
            yield city_url


@pytest.fixture
def client(url: str) -> Iterator[MunicipalClient]:
    held = MunicipalClient(url, BootClock())
    yield held
    held.close()


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Ed25519PrivateKey:
    return box_key(tmp_path_factory.mktemp("key") / "station.key")


def enrolled(client: MunicipalClient, key: Ed25519PrivateKey) -> str:
    return client.enrol(ACCOUNT, CODE, key)[0].key_id


def run_of(*played_ms: int, first: int = 1, effective_ms: int | None = None) -> bytes:
    station, epoch = StationNumber(STATION["number"]), Epoch("0123456789abcdef")
    records = tuple(
        StudyRecord(
            seq=Seq(first + place),
            item_id=ItemId("5.1"),
            kind=Kind.VOD,
            terminal=Terminal.TV,
            screen="tv-1",
            boot=BootId("b"),
            opened_ms=MonotonicMs(1_000),
            length_ms=Milliseconds(100_000),
            played_ms=Milliseconds(ms),
            covered=((0, ms),),
            overlap_ms=Milliseconds(0),
            rule="bj-2023",
            effective_ms=Milliseconds(ms if effective_ms is None else effective_ms),
            why=Why.COUNTED,
        )
        for place, ms in enumerate(played_ms)
    )
    return encode(Run(station, epoch, chain_start(station, epoch), records))


def now() -> datetime:
    return datetime.now(UTC)


def test_health_tells_the_time(client: MunicipalClient) -> None:
    told = client.health()
    assert told is not None
    assert abs(told.utc_ms - time.time() * 1000) < 5_000
    assert told.error_ms < 5_000


def test_a_wrong_code_is_declined_in_words(client: MunicipalClient, key: Ed25519PrivateKey) -> None:
    with pytest.raises(DeclinedError) as caught:
        client.enrol(ACCOUNT, "0000-0000", key)
    assert caught.value.status == 403
    assert caught.value.words


def test_enrolling_twice_with_the_same_key_gives_the_same_station(
    client: MunicipalClient, key: Ed25519PrivateKey
) -> None:
    first, second = client.enrol(ACCOUNT, CODE, key)[0], client.enrol(ACCOUNT, CODE, key)[0]
    assert first == second
    assert first.station.number == STATION["number"]


def test_the_catalogue_comes_whole_and_then_as_nothing_new(client: MunicipalClient) -> None:
    reply, _ = client.catalogue(0)
    delta = delta_of(reply, 0)
    assert delta.full
    assert delta.courses
    assert delta.unreadable == ()
    again = delta_of(client.catalogue(delta.revision)[0], delta.revision)
    assert (again.full, again.courses, again.revision) == (False, (), delta.revision)


def test_media_comes_whole_and_in_parts(client: MunicipalClient) -> None:
    [course, *_] = delta_of(client.catalogue(0)[0], 0).courses
    episode = course.episodes[0]
    whole = client.fetch(episode.media_path, 10_000_000)
    assert len(whole) == episode.media_bytes
    with client.stream(episode.media_path, "bytes=100-") as stream:
        assert stream.status == 206
        assert b"".join(stream.chunks) == whole[100:]


def test_a_signed_run_is_delivered_and_so_is_its_repetition(
    client: MunicipalClient, key: Ed25519PrivateKey
) -> None:
    key_id = enrolled(client, key)
    body = run_of(30_000, 40_000)
    for _ in range(2):
        outcome = client.send_run(body, Signer(key, key_id, now()), Telling(0))
        assert isinstance(outcome, Delivered)
        assert outcome.reply is not None
        assert (outcome.reply["high_water"], outcome.reply["refusals"]) == (2, [])
        assert outcome.time is not None


def test_a_record_that_does_not_add_up_is_named(client: MunicipalClient, key: Ed25519PrivateKey) -> None:
    outcome = client.send_run(
        run_of(30_000, first=3, effective_ms=31_000), Signer(key, enrolled(client, key), now()), Telling(0)
    )
    assert isinstance(outcome, Delivered)
    assert outcome.reply is not None
    assert [(r["seq"], bool(r["words"])) for r in outcome.reply["refusals"]] == [(3, True)]


def test_a_clock_that_is_decades_off_does_not_matter(client: MunicipalClient, key: Ed25519PrivateKey) -> None:
    outcome = client.send_run(
        run_of(30_000, 40_000),
        Signer(key, enrolled(client, key), datetime(1970, 1, 2, tzinfo=UTC)),
        Telling(0),
    )
    assert isinstance(outcome, Delivered)


def test_a_foreign_key_is_tried_later(
    client: MunicipalClient, key: Ed25519PrivateKey, tmp_path: Path
) -> None:
    key_id = enrolled(client, key)
    outcome = client.send_run(
        run_of(30_000), Signer(box_key(tmp_path / "other.key"), key_id, now()), Telling(0)
    )
    assert isinstance(outcome, TryLater)
    assert outcome.heard


def test_bytes_that_are_no_run_are_refused(client: MunicipalClient, key: Ed25519PrivateKey) -> None:
    outcome = client.send_run(b"no run", Signer(key, enrolled(client, key), now()), Telling(0))
    assert isinstance(outcome, Refused)
    assert outcome.words


def test_the_ranking_is_told(client: MunicipalClient) -> None:
    ranking = client.ranking(STATION["district"], "2026-11")
    assert (ranking["district"], ranking["month"]) == (STATION["district"], "2026-11")


def test_nobody_there_is_no_answer() -> None:
    client = MunicipalClient("http://127.0.0.1:9", BootClock())
    with pytest.raises(NoAnswerError):
        client.health()
    client.close()
