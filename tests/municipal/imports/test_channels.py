"""A channel is played from a file by the platform, or comes from an address of its own."""

from pathlib import Path

import pytest

from municipal.__main__ import _programmes
from municipal.imports.channels import import_channels
from municipal.stores.catalogue import all_channels, as_live_channel
from tests.municipal.city import START

HEADER = "channel_id,number,title,media,address"


def load(database, folder: Path, *rows: str, header: str = HEADER):
    path = folder / "channels.csv"
    path.write_text("\n".join([header, *rows]))
    return import_channels(database, path, folder, False, START)


def addresses(database) -> dict[str, str]:
    with database.reading() as connection:
        return {name: as_live_channel(channel).address for name, channel in all_channels(connection).items()}


@pytest.fixture
def folder(tmp_path: Path, clip: Path) -> Path:
    media = tmp_path / "media"
    media.mkdir()
    (media / "a.mp4").write_bytes(clip.read_bytes())
    return media


@pytest.mark.parametrize("column", ["address", "地址"])
def test_an_address_goes_to_the_boxes_as_it_is(database, folder, column):
    header = HEADER.replace("address", column)
    rows = ("L1,1,直播,a.mp4,", "L2,2,有线,,udp://@239.1.1.1:5000", "L3,3,网络,,https://tv.example.cn/1.m3u8")
    assert load(database, folder, *rows, header=header).new == 3
    assert addresses(database) == {
        "L1": "/live/L1/index.m3u8",
        "L2": "udp://@239.1.1.1:5000",
        "L3": "https://tv.example.cn/1.m3u8",
    }


def test_only_what_has_a_file_is_put_on_the_air(database, folder):
    load(database, folder, "L1,1,直播,a.mp4,", "L2,2,有线,,udp://@239.1.1.1:5000")
    assert [programme.channel_id for programme in _programmes(database, folder)()] == ["L1"]


def test_a_channel_may_change_from_one_to_the_other(database, folder):
    load(database, folder, "L1,1,直播,a.mp4,")
    assert load(database, folder, "L1,1,直播,,rtp://@239.1.1.1:5004").changed == 1
    assert addresses(database) == {"L1": "rtp://@239.1.1.1:5004"}
    assert load(database, folder, "L1,1,直播,,rtp://@239.1.1.1:5004").revision is None
    assert load(database, folder, "L1,1,直播,a.mp4,").changed == 1
    assert addresses(database) == {"L1": "/live/L1/index.m3u8"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (",", "“media”和“address”两列都为空，应写一列：文件或直播地址"),
        ("a.mp4,udp://@:1", "“media”和“address”两列都写了，应只写一列：文件或直播地址"),
        (
            ",file:///etc/passwd",
            "“address”一列的“file:///etc/passwd”应以 udp://、rtp://、rtsp://、http://、https:// 之一开头",
        ),
        (",rtsp://admin:12345@10.0.0.9/1", "“address”一列的“rtsp://…@10.0.0.9/1”不能带用户名或密码"),
        (
            ",udp://@239.1.1.1",
            "“address”一列的“udp://@239.1.1.1”端口缺少或写错了（udp 和 rtp 必须写端口，如 udp://@239.1.1.1:5000）",
        ),
        (',"http://a/b\nc"', "“address”一列的“http://a/b c”有空格、换行、汉字或其他不能用在网址里的字符"),
    ],
)
def test_an_address_that_is_none_sets_its_row_aside(database, folder, cells, reason):
    summary = load(database, folder, f"L1,1,直播,{cells}", "L2,2,有线,,udp://@:5000")
    assert [(row.line, row.reason) for row in summary.set_aside] == [(2, reason)]
    assert list(addresses(database)) == ["L2"]
