"""An HLS channel that is not the platform's, through a real agent: its encoder dies, and comes back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.agent.ports import free_port
from tests.agent.test_process import running
from tests.fakes.fake_city import ACCOUNT, CODE, running_city
from tests.tvclient.streams.broadcaster import picture
from tests.tvclient.streams.channel import hls_channel
from tests.tvclient.streams.nginx import Nginx
from tests.tvclient.streams.signal_loss import outlive_signal_loss
from tests.tvclient.streams.viewer import Viewer

MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\nindex.m3u8\n"


@contextmanager
def handed_out(folder: Path, address: str) -> Iterator[str]:
    """The address under which a box hands a channel of this address out."""
    with running_city() as city:
        city.channels.append({"channel_id": "L2", "number": 2, "title": "外台", "playlist": address})
        with running(folder, city.url, free_port()) as agent:
            agent.call("POST", "/v1/enrolment", json={"account": ACCOUNT, "code": CODE}).raise_for_status()
            agent.wait_for(lambda: agent.call("GET", "/v1/items/L2/source").ok)
            yield agent.get("/v1/items/L2/source")["url"]


@pytest.mark.parametrize("name", ["index", "master"])
def test_no_minute_is_shown_over_and_over_and_it_plays_on_when_its_encoder_is_back(
    nginx: Nginx, make_viewer: Callable[[], Viewer], tmp_path: Path, name: str
) -> None:
    viewer = make_viewer()
    channel = hls_channel(nginx, f"elsewhere_{name}", picture())
    (nginx.root / f"elsewhere_{name}").mkdir()
    (nginx.root / f"elsewhere_{name}" / "master.m3u8").write_text(MASTER)
    with handed_out(tmp_path / "box", channel.url.replace("index.m3u8", f"{name}.m3u8")) as url:
        assert not url.startswith(nginx.url)
        outlive_signal_loss(viewer, channel, url)
