"""A channel that is not the platform's: its playlists go through the agent, which sees when they stand."""

from collections.abc import Iterator
from urllib.parse import quote, urljoin

import pytest
import requests

from agent.api.named_playlists import NamedPlaylists
from study.course import PROGRAMME_MARK
from study.units import ItemId
from tests.agent.api.served import PASS, Agent, mirror
from tests.fakes.fake_city import FakeCity, running_city
from tests.fakes.fake_clock import FakeClock

OWN = "/tv/1/index.m3u8"
HD, SOUND, FRAMES = "/tv/1/hd/index.m3u8", "/tv/sound.m3u8", "/tv/1/frames.m3u8"
STANDS_MS = 12_001


def media(newest: int = 3) -> bytes:
    segments = "".join(f"#EXTINF:4,\nseg-{number}.ts\n" for number in range(newest - 2, newest + 1))
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n{segments}".encode()


MASTER = b"""#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="s",NAME="s",URI="../sound.m3u8"
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="frames.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=2000000,AUDIO="s"
/tv/1/hd/index.m3u8?key=a%20b&x=1
"""


@pytest.fixture
def elsewhere(agent: Agent, city: FakeCity) -> Iterator[FakeCity]:
    """A server that is not the platform, with the playlist of channel L2."""
    with running_city() as held:
        held.files[OWN] = media()
        offer(agent, city, "L2", held.url + OWN)
        yield held


def offer(agent: Agent, city: FakeCity, channel_id: str, address: str) -> None:
    city.channels.append({"channel_id": channel_id, "number": 2, "title": "外台", "playlist": address})
    mirror(agent, city)


def own(agent: Agent, channel_id: str = "L2") -> str:
    url: str = agent.get(f"/v1/items/{channel_id}/source").json()["url"]
    return url


def fetched(url: str) -> requests.Response:
    return requests.get(url, timeout=5)


def refusal(url: str) -> tuple[int, str]:
    answer = fetched(url)
    assert set(answer.json()) == {"code", "words"}
    return answer.status_code, answer.json()["code"]


def named(url: str) -> list[str]:
    """The playlists that a playlist leads to, as a player reads them."""
    text = fetched(url).text
    found = [line for line in text.splitlines() if not line.startswith("#")]
    found += [part.split('"')[0] for part in text.split('URI="')[1:]]
    return [urljoin(url, address) for address in found]


def test_it_is_handed_out_on_loopback_without_asking_anybody(
    agent: Agent, city: FakeCity, elsewhere: FakeCity
) -> None:
    city.cut = "/"
    city.calls.clear()
    source = agent.get("/v1/items/L2/source").json()
    assert source["url"] == f"{agent.url}/media/{PASS}/channels/L2/index.m3u8"
    assert (source["kind"], source["on_box"], source["length_ms"]) == ("live", False, None)
    assert (city.calls, elsewhere.calls) == ([], [])
    assert own(agent, f"L2{PROGRAMME_MARK}1") == source["url"]


def test_its_playlist_leads_to_where_everything_is(agent: Agent, elsewhere: FakeCity) -> None:
    elsewhere.files[OWN] = b'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="/key"\nseg-1.ts\nhttp://a.cn/seg-2.ts\n'
    answer = fetched(own(agent))
    assert answer.headers["Content-Type"] == "application/vnd.apple.mpegurl"
    assert answer.text == (
        f'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{elsewhere.url}/key"\n'
        f"{elsewhere.url}/tv/1/seg-1.ts\nhttp://a.cn/seg-2.ts\n"
    )
    assert agent.parts.relay.is_busy()


def test_what_it_is_redirected_to_is_where_its_addresses_begin(agent: Agent, elsewhere: FakeCity) -> None:
    elsewhere.raw[OWN] = b"HTTP/1.1 302 Found\r\nLocation: /other/2.m3u8\r\nContent-Length: 0\r\n\r\n"
    elsewhere.files["/other/2.m3u8"] = media()
    assert f"{elsewhere.url}/other/seg-3.ts" in fetched(own(agent)).text


def test_the_playlists_that_a_master_names_come_through_the_agent_as_well(
    agent: Agent, elsewhere: FakeCity
) -> None:
    elsewhere.files |= {OWN: MASTER, HD: media(), SOUND: media(), FRAMES: media()}
    found = named(own(agent))
    assert len(found) == 3
    assert all(url.startswith(own(agent) + "?at=") for url in found)
    texts = [fetched(url).text for url in found]
    for folder, text in zip(("/tv/1/hd", "/tv", "/tv/1"), texts, strict=True):
        assert f"{elsewhere.url}{folder}/seg-3.ts" in text


def test_one_that_stands_is_refused_until_it_moves_again(
    agent: Agent, elsewhere: FakeCity, clock: FakeClock
) -> None:
    url = own(agent)
    assert fetched(url).ok
    clock.pass_ms(STANDS_MS)
    assert refusal(url) == (503, "live_stands")
    elsewhere.files[OWN] = media(4)
    assert fetched(url).ok
    clock.pass_ms(STANDS_MS - 1)
    assert fetched(url).ok


def test_a_master_never_stands_but_what_it_names_does_each_for_itself(
    agent: Agent, elsewhere: FakeCity, clock: FakeClock
) -> None:
    elsewhere.files |= {OWN: MASTER, HD: media(), SOUND: media(10)}
    picture, sound, _ = named(own(agent))
    assert fetched(picture).ok
    assert fetched(sound).ok
    clock.pass_ms(STANDS_MS)
    elsewhere.files[SOUND] = media(11)
    assert fetched(own(agent)).ok
    assert fetched(sound).ok
    assert refusal(picture) == (503, "live_stands")
    elsewhere.files[HD] = media(4)
    assert fetched(picture).ok


def test_a_dead_channel_is_known_again_though_its_master_names_it_anew(
    agent: Agent, elsewhere: FakeCity, clock: FakeClock
) -> None:
    elsewhere.files |= {OWN: MASTER, HD: media()}
    before = named(own(agent))[0]
    assert fetched(before).ok
    clock.pass_ms(STANDS_MS)
    elsewhere.files[OWN] = MASTER.replace(b"x=1", b"x=2")
    after = named(own(agent))[0]
    assert after != before
    assert refusal(after) == (503, "live_stands")


def test_only_what_a_playlist_of_the_same_channel_has_named_is_fetched(
    agent: Agent, city: FakeCity, elsewhere: FakeCity
) -> None:
    elsewhere.files |= {OWN: MASTER, HD: media(), "/other.m3u8": media()}
    offer(agent, city, "L3", elsewhere.url + "/other.m3u8")
    wanted = "?at=" + quote(f"{elsewhere.url}{HD}?key=a%20b&x=1", safe="")
    assert refusal(own(agent) + wanted) == (404, "no_playlist")
    assert elsewhere.calls == []
    fetched(own(agent))
    assert fetched(own(agent) + wanted).ok
    elsewhere.calls.clear()
    for foreign in (
        "",
        "/etc/passwd",
        "file:///etc/passwd",
        f"{elsewhere.url}{HD}",
        f"{agent.url}/v1/status",
    ):
        assert refusal(f"{own(agent)}?at={quote(foreign, safe='')}") == (404, "no_playlist")
    assert refusal(own(agent, "L3") + wanted) == (404, "no_playlist")
    assert elsewhere.calls == []


def test_an_address_that_the_agent_does_not_fetch_is_left_to_the_player(
    agent: Agent, elsewhere: FakeCity
) -> None:
    elsewhere.files[OWN] = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://a:b@c.cn/1.m3u8\n"
    assert named(own(agent)) == ["http://a:b@c.cn/1.m3u8"]


def test_without_the_right_pass_nothing_is_fetched(agent: Agent, elsewhere: FakeCity) -> None:
    url = own(agent)
    fetched(url)
    elsewhere.calls.clear()
    assert refusal(url.replace(PASS, "other")) == (404, "no_media")
    assert elsewhere.calls == []


@pytest.mark.parametrize("item_id", ["L1", "5.1", "L9", "5"])
def test_what_is_no_such_channel_has_no_playlist_here(agent: Agent, item_id: str) -> None:
    assert refusal(f"{agent.url}/media/{PASS}/channels/{item_id}/index.m3u8") == (404, "no_playlist")


@pytest.mark.parametrize("address", ["udp://@239.1.1.1:5000", "http://a.cn/1.ts", "http://a.cn/?1.m3u8"])
def test_a_channel_that_is_no_playlist_stays_the_players(
    agent: Agent, city: FakeCity, elsewhere: FakeCity, address: str
) -> None:
    offer(agent, city, "L3", address)
    assert own(agent, "L3") == address
    assert refusal(own(agent).replace("L2", "L3")) == (404, "no_playlist")


def test_a_channel_that_has_got_another_address_is_fetched_there(
    agent: Agent, city: FakeCity, elsewhere: FakeCity
) -> None:
    elsewhere.files["/new.m3u8"] = b"#EXTM3U\nnew.ts\n"
    city.channels.pop()
    offer(agent, city, "L2", elsewhere.url + "/new.m3u8")
    assert fetched(own(agent)).text.endswith("/new.ts\n")


@pytest.mark.parametrize(
    "body", [b"<html>login</html>", b"#EXTM3U\n" + b"#" * 1_000_000, b"#EXTM3U\n" + b"a\n" * 400_000]
)
def test_a_web_page_or_a_giant_in_its_place_is_told(agent: Agent, elsewhere: FakeCity, body: bytes) -> None:
    elsewhere.files[OWN] = body
    assert refusal(own(agent)) == (502, "no_playlist")


def test_a_server_that_has_gone_is_told(agent: Agent, elsewhere: FakeCity) -> None:
    elsewhere.cut = "/"
    assert refusal(own(agent)) == (502, "no_playlist")


def test_of_too_many_named_the_one_not_named_for_longest_is_forgotten() -> None:
    held, channel = NamedPlaylists(), ItemId("L2")
    for address in ("first", "second", *map(str, range(498)), "first", "last"):
        held.add(channel, address, "L2.1")
    assert [held.place_of(channel, address) is not None for address in ("first", "second", "0", "last")] == [
        True,
        False,
        True,
        True,
    ]
