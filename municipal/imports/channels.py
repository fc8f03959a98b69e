"""Import of live channels, each with the file that is played on it or the address it comes from."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from municipal.database import Database
from municipal.errors import MediaError, RowError
from municipal.imports.course_sheet import ENTRY_ID
from municipal.imports.sheet import Row, SetAside, read_sheet, shown
from municipal.imports.summary import Summary
from municipal.media.probe import LIVE_CODECS, probe
from municipal.stores.catalogue import Channel, all_channels, all_courses, open_revision, put_channel, remove
from study.address import LENGTH_MAX, SCHEMES, AddressFault, fault_of
from study.anchor import to_utc_ms
from study.units import ItemId

COLUMNS = ("channel_id", "number", "title", "media")
ADDRESS = ("address", "地址")
"""A further column, by either name: where a channel comes from that the platform does not play itself."""

_FAULTS = {
    AddressFault.EMPTY: "为空",
    AddressFault.TOO_LONG: f"超过 {LENGTH_MAX} 个字符",
    AddressFault.CHARACTERS: "有空格、换行、汉字或其他不能用在网址里的字符",
    AddressFault.SCHEME: f"应以 {'、'.join(scheme + '://' for scheme in SCHEMES)} 之一开头",
    AddressFault.CREDENTIALS: "不能带用户名或密码",
    AddressFault.HOST: "没有写明主机，或主机名、IP 地址写错了",
    AddressFault.UNRECEIVED: "缺少 @，udp 要写成 udp://@组播地址:端口",
    AddressFault.PORT: "端口缺少或写错了（udp 和 rtp 必须写端口，如 udp://@239.1.1.1:5000）",
}


def import_channels(database: Database, path: Path, folder: Path, whole: bool, now: datetime) -> Summary:
    """Add or change the channels of a CSV file; with `whole` those it does not name are removed.

    What changed makes one new revision. Raises FileError, StorageError, StartError without ffmpeg.
    """
    sheet = read_sheet(path, COLUMNS)
    with database.reading() as connection:
        course_ids = frozenset(all_courses(connection))
    found, refused = _channels_in(sheet.rows, folder, course_ids)
    named = {row.values["channel_id"] for row in sheet.rows}
    with database.writing() as connection:
        before = all_channels(connection)
        different = [channel for name, channel in found.items() if before.get(name) != channel]
        gone = [name for name in before if whole and name not in named]
        revision = None
        if different or gone:
            revision = open_revision(connection, path.name, to_utc_ms(now))
            for channel in different:
                put_channel(connection, channel, revision)
            for name in gone:
                remove(connection, name, revision)
    new = sum(channel.channel_id not in before for channel in different)
    set_aside = (*sheet.set_aside, *refused)
    unchanged = len(found) - len(different)
    return Summary(new, len(different) - new, unchanged, len(gone), set_aside, revision)


def _channels_in(
    rows: Iterable[Row], folder: Path, course_ids: frozenset[str]
) -> tuple[dict[str, Channel], list[SetAside]]:
    found: dict[str, Channel] = {}
    refused: list[SetAside] = []
    for row in rows:
        try:
            channel = _channel(row, folder)
            if channel.channel_id in found:
                raise RowError(f"频道“{channel.channel_id}”在文件中重复")
            if channel.channel_id in course_ids:
                raise RowError(f"编号“{channel.channel_id}”已是课程，频道不能再用")
        except (RowError, MediaError) as error:
            refused.append(SetAside(row.line, error.words))
        else:
            found[channel.channel_id] = channel
    return found, refused


def _channel(row: Row, folder: Path) -> Channel:
    channel_id, title, number = row.text("channel_id"), row.text("title"), row.number("number")
    if not ENTRY_ID.fullmatch(channel_id):
        raise RowError(f"频道编号“{channel_id[:40]}”只能用数字、英文字母、“-”和“_”")
    column, address = row.optional(*ADDRESS)
    if address:
        _check(row, column, address)
        return Channel(ItemId(channel_id), number, title, "", "", address)
    if column in row.values and not row.values["media"]:
        raise RowError(f"“media”和“{column}”两列都为空，应写一列：文件或直播地址")
    media = probe(folder, row.text("media"))
    if media.codec not in LIVE_CODECS:
        raise RowError(f"直播要用 H.264 编码的媒体，“{media.path}”是 {media.codec}")
    return Channel(ItemId(channel_id), number, title, media.path, media.sha256)


def _check(row: Row, column: str, address: str) -> None:
    if row.values["media"]:
        raise RowError(f"“media”和“{column}”两列都写了，应只写一列：文件或直播地址")
    fault = fault_of(address)
    if fault is not None:
        raise RowError(f"“{column}”一列的“{shown(address)}”{_FAULTS[fault]}")
