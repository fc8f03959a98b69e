"""`zhanxue-municipal`: builds the platform's parts, does what was asked, and takes them apart again."""

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from municipal.activation import hashed, new_code
from municipal.api.app import create_app
from municipal.api.parts import Parts
from municipal.arguments import DATABASE_VARIABLE, parsed
from municipal.boxes import as_json as boxes_as_json
from municipal.boxes import as_text as boxes_as_text
from municipal.bulletin.drawing import draw_bulletin
from municipal.bulletin.files import write_bulletin
from municipal.bulletin.sheets import sheets_of
from municipal.bulletin.text import as_text as bulletin_as_text
from municipal.clock import Clock, system_clock
from municipal.database import Connection, Database, open_database, sqlite_url
from municipal.errors import MunicipalError, StartError
from municipal.groups import (
    groups_as_json,
    groups_as_text,
    people_as_json,
    people_as_text,
    station_groups,
    station_people,
)
from municipal.imports.articles import import_articles
from municipal.imports.channels import import_channels
from municipal.imports.courses import import_courses
from municipal.imports.districts import import_districts
from municipal.imports.stations import import_stations
from municipal.imports.summary import Summary, sentences
from municipal.live.broadcast import LiveFolders, Programme
from municipal.live.control_room import ControlRoom
from municipal.media.thumbnails import Drawing, thumbnail_progress
from municipal.offline import decide_offline, find_offline, offline_as_json, offline_as_text
from municipal.parcels.files import as_text as parcels_as_text
from municipal.parcels.files import parcel_files, take_file
from municipal.report import draw_report
from municipal.report_text import as_json, as_text
from municipal.server import Certificate, bound_socket, http_server, stop_on_signals
from municipal.sessions import as_json as sessions_as_json
from municipal.sessions import as_text as sessions_as_text
from municipal.sessions import station_sessions
from municipal.stores.box_health import all_boxes
from municipal.stores.catalogue import all_channels, make_catalogue_id
from municipal.stores.codes import issue_code
from municipal.stores.keys import revoke_keys
from municipal.stores.offline import offline_of_month
from municipal.stores.platform_key import platform_key
from municipal.stores.pseudonym_key import pseudonym_key
from municipal.stores.stations import station_of
from study.anchor import to_utc_ms

log = logging.getLogger("municipal")

T = TypeVar("T")
Command = Callable[[argparse.Namespace, Clock], int]

NOT_ALL = 1
UNUSABLE = 2


def main(arguments: list[str] | None = None, clock: Clock = system_clock) -> int:
    """Do one command; 0 when it was done, 1 when a parcel was not taken, 2 when it could not be done."""
    asked = parsed(arguments)
    # What a command did stands in its own words on the terminal; only the server has a journal.
    level = logging.INFO if asked.command == "serve" else logging.WARNING
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    try:
        return _COMMANDS[asked.command](asked, clock)
    except MunicipalError as error:
        print(error.words, file=sys.stderr)
        return UNUSABLE


def _init(asked: argparse.Namespace, clock: Clock) -> int:
    try:
        asked.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(f"数据文件夹 {asked.data} 建不了（{error.strerror}），请检查 --data。") from error
    database = _database(asked)
    database.create_tables()
    with database.writing() as connection:
        make_catalogue_id(connection)
    platform_key(database)
    pseudonym_key(database)
    database.close()
    print("数据库已就绪。")
    return 0


def _import(asked: argparse.Namespace, clock: Clock) -> int:
    database = _ready_database(asked)
    summary = _summary(asked, database, clock)
    database.close()
    print("\n".join(sentences(asked.file.name, summary)))
    return 0


def _summary(asked: argparse.Namespace, database: Database, clock: Clock) -> Summary:
    if asked.what == "districts":
        return import_districts(database, asked.file)
    if asked.what == "stations":
        return import_stations(database, asked.file, clock())
    if asked.media is None:
        raise StartError("导入课程、频道和图文要用 --media 指明媒体文件夹，什么也没有导入。")
    _check_folder(asked.media, "--media")
    if asked.what == "channels":
        return import_channels(database, asked.file, asked.media, asked.whole, clock())
    if asked.what == "articles":
        return import_articles(database, asked.file, asked.media, asked.whole, clock())
    draw = None if asked.no_thumbnails else Drawing(asked.media, thumbnail_progress)
    return import_courses(database, asked.file, asked.media, asked.whole, clock(), draw)


def _serve(asked: argparse.Namespace, clock: Clock) -> int:
    for folder, name in ((asked.media, "--media"), (asked.covers, "--covers")):
        if folder is not None:
            _check_folder(folder, name)
    database = _ready_database(asked)
    folders = LiveFolders(asked.data / "live", asked.data / "log")
    parts = Parts(database, clock, asked.media, asked.covers, folders.playlists, asked.call_again_s)
    certificate = Certificate(asked.certfile, asked.keyfile) if asked.certfile else None
    server = http_server(create_app(parts), certificate, clock)
    listening = bound_socket(asked.host, asked.port)
    control_room = ControlRoom(_programmes(database, asked.media), folders, time.monotonic)
    stop_on_signals(server)
    control_room.start()
    try:
        log.info("serving host=%s port=%d", asked.host, listening.getsockname()[1])
        server.run(sockets=[listening])
    finally:
        control_room.stop()
        database.close()
        log.info("stopped")
    return 0


def _programmes(database: Database, media: Path | None) -> Callable[[], list[Programme]]:
    def wanted() -> list[Programme]:
        if media is None:
            return []
        with database.reading() as connection:
            channels = all_channels(connection)
        return [
            Programme(name, media / channel.media_path)
            for name, channel in channels.items()
            if not channel.address
        ]

    return wanted


def _report(asked: argparse.Namespace, clock: Clock) -> int:
    database = _ready_database(asked)
    with database.reading() as connection:
        report = draw_report(connection, asked.month)
    database.close()
    sys.stdout.write(as_json(report) if asked.json else as_text(report))
    return 0


def _bulletin(asked: argparse.Namespace, clock: Clock) -> int:
    database = _ready_database(asked)
    with database.reading() as connection:
        sheets = sheets_of(draw_bulletin(connection, asked.month))
    database.close()
    if asked.to is None:
        sys.stdout.write(bulletin_as_text(asked.month, sheets))
    else:
        print("\n".join(f"已写好 {file}" for file in write_bulletin(asked.to, asked.month, sheets)))
    return 0


def _of_station(
    fetch: Callable[[Connection, str, str], list[T]],
    as_json: Callable[[list[T]], str],
    as_text: Callable[[list[T]], str],
) -> Command:
    def told(asked: argparse.Namespace, clock: Clock) -> int:
        database = _ready_database(asked)
        with database.reading() as connection:
            held = fetch(connection, asked.station, asked.month)
        database.close()
        sys.stdout.write(as_json(held) if asked.json else as_text(held))
        return 0

    return told


def _offline(asked: argparse.Namespace, clock: Clock) -> int:
    database = _ready_database(asked)
    try:
        told = _listed_offline(asked, database) if asked.asked == "list" else _decided(asked, database, clock)
    finally:
        database.close()
    sys.stdout.write(told)
    return 0


def _listed_offline(asked: argparse.Namespace, database: Database) -> str:
    with database.reading() as connection:
        of_month = offline_of_month(connection, asked.month)
    found = [
        one
        for one in of_month
        if asked.station in (None, one.station) and asked.district in (None, one.district)
    ]
    return offline_as_json(found) if asked.json else offline_as_text(found)


def _decided(asked: argparse.Namespace, database: Database, clock: Clock) -> str:
    is_approved = asked.asked == "approve"
    with database.writing() as connection:
        held = find_offline(connection, asked.station, asked.number)
        return (
            decide_offline(
                connection, held, approved=is_approved, by=asked.by, words=asked.words, now=clock()
            )
            + "\n"
        )


def _boxes(asked: argparse.Namespace, clock: Clock) -> int:
    database = _ready_database(asked)
    with database.reading() as connection:
        rows = all_boxes(connection)
    database.close()
    now = clock()
    write = boxes_as_json if asked.json else boxes_as_text
    sys.stdout.write(write(rows, now, asked.silent_days))
    return 0


def _code(asked: argparse.Namespace, clock: Clock) -> int:
    database = _ready_database(asked)
    code = new_code()
    with database.writing() as connection:
        row = station_of(connection, asked.station)
        if row is None:
            raise StartError(f"没有编号为“{asked.station}”的站点，请核对编号。")
        issue_code(connection, row.station.number, hashed(code), to_utc_ms(clock()))
        struck_off = revoke_keys(connection, row.station.number) if asked.strike_off else 0
    database.close()
    print(f"{row.station.name}（账号 {row.account}）的新激活码：{code}")
    print("只显示这一次，只能用一次；以前没有用过的激活码已作废。")
    if asked.strike_off:
        print(f"已注销该站点的 {struck_off} 台设备。")
    return 0


def _parcel(asked: argparse.Namespace, clock: Clock) -> int:
    files = parcel_files(asked.paths)
    database = _ready_database(asked)
    brought = [take_file(database, file, clock) for file in files]
    database.close()
    sys.stdout.write(parcels_as_text(brought))
    return 0 if all(one.done for one in brought) else NOT_ALL


def _database(asked: argparse.Namespace) -> Database:
    return open_database(os.environ.get(DATABASE_VARIABLE) or sqlite_url(asked.data / "municipal.db"))


def _ready_database(asked: argparse.Namespace) -> Database:
    words = "数据库还没有建立，请先运行 zhanxue-municipal init。"
    if not os.environ.get(DATABASE_VARIABLE) and not (asked.data / "municipal.db").exists():
        raise StartError(words)
    database = _database(asked)
    if not database.has_tables():
        raise StartError(words)
    if database.lacks_tables():
        database.create_tables()
    return database


def _check_folder(folder: Path, name: str) -> None:
    if not folder.is_dir():
        raise StartError(f"文件夹 {folder} 不存在，请检查 {name}。")


_COMMANDS: dict[str, Command] = {
    "init": _init,
    "import": _import,
    "serve": _serve,
    "report": _report,
    "bulletin": _bulletin,
    "sessions": _of_station(station_sessions, sessions_as_json, sessions_as_text),
    "groups": _of_station(station_groups, groups_as_json, groups_as_text),
    "people": _of_station(station_people, people_as_json, people_as_text),
    "offline": _offline,
    "boxes": _boxes,
    "code": _code,
    "parcel": _parcel,
}


if __name__ == "__main__":
    sys.exit(main())
