"""`zhanxue-municipal` as an operator types it, and as a power cut leaves it."""

import json
import random
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from municipal.__main__ import main
from municipal.arguments import DATA_VARIABLE, DATABASE_VARIABLE
from municipal.database import open_database, sqlite_url
from municipal.enrolment import Application, enrol
from municipal.server import bound_socket
from tests.municipal.box import MINUTE, NOON, Box, anchor, runs_of, study
from tests.municipal.city import CODE, START, city_database
from tests.municipal.parcels.boxes import parcel_of

COUNT = 120


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    return tmp_path / "data"


@pytest.fixture
def stations(tmp_path: Path) -> Path:
    path = tmp_path / "stations.csv"
    path.write_text(
        "number,name,district,street,type,due,account,activation_code\n"
        f"V1,埝坛村,大兴,黄村镇,农村,是,v1,{CODE}\nX1,某村,没有,,农村,是,x1,1\n"
    )
    return path


def test_from_nothing_to_a_report(data, tmp_path, stations, capsys):
    (tmp_path / "districts.csv").write_text("district\n大兴\n")
    assert main(["init"]) == 0
    assert main(["init"]) == 0
    assert main(["import", "districts", str(tmp_path / "districts.csv")]) == 0
    capsys.readouterr()
    assert main(["import", "stations", str(stations)]) == 0
    assert capsys.readouterr().out == (
        "stations.csv：新增 1，更改 0，未变 0，下架 0，搁置 1 行。\n"
        "  第 3 行搁置：没有“没有”这个区，请先导入区\n"
    )
    assert main(["report", "--month", "2026-11"]) == 0
    assert re.search(r"^大兴 +0\.00 ", capsys.readouterr().out, re.MULTILINE)
    assert main(["report", "--month", "2026-11", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["city"]["village"] == 0


def test_a_new_code_is_shown_once_and_works(data, capsys):
    data.mkdir()
    city_database(data / "municipal.db").close()
    assert main(["code", "V1", "--strike-off"]) == 0
    printed = capsys.readouterr().out
    code = re.search(r"激活码：(\d{12})\n", printed)
    assert code is not None
    assert "已注销该站点的 0 台设备" in printed
    database = open_database(sqlite_url(data / "municipal.db"))
    assert enrol(database, Application("v1", code[1], Box("").public_key, ""), START)
    database.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["report", "--month", "2026-11"], "请先运行 zhanxue-municipal init"),
        (["import", "districts", "/none.csv"], "请先运行 zhanxue-municipal init"),
    ],
)
def test_before_init_one_sentence_says_what_to_do(data, capsys, arguments, words):
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_what_cannot_be_done_is_said_in_one_sentence(data, tmp_path, capsys):
    main(["init"])
    (tmp_path / "courses.csv").write_text("course_id\n1\n")
    for arguments, words in (
        (["code", "none"], "没有编号为“none”的站点"),
        (["import", "courses", str(tmp_path / "courses.csv")], "要用 --media 指明媒体文件夹"),
        (["import", "courses", str(tmp_path / "courses.csv"), "--media", str(tmp_path)], "缺少列“title”"),
        (["import", "stations", str(tmp_path / "none.csv")], "打不开"),
        (["serve", "--media", str(tmp_path / "none")], "不存在，请检查 --media"),
        (["serve", "--certfile", str(tmp_path / "none")], "TLS 证书或私钥打不开"),
        (["serve", "--port", "99999"], "端口 99999 不存在"),
        (["serve", "--host", "256.0.0.1"], "请检查 --host"),
    ):
        capsys.readouterr()
        assert main(arguments) == 2
        assert words in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_in_one_sentence(data, capsys):
    main(["init"])
    with bound_socket("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert f"端口 {port} 已被别的程序占用" in capsys.readouterr().err


def test_a_file_that_is_no_database_is_said_in_one_sentence(data, capsys):
    data.mkdir()
    (data / "municipal.db").write_bytes(b"no database" * 1000)
    assert main(["report", "--month", "2026-11"]) == 2
    assert "数据库暂时无法读写" in capsys.readouterr().err


def test_a_database_address_that_makes_no_sense_is_said_in_one_sentence(data, monkeypatch, capsys):
    monkeypatch.setenv(DATABASE_VARIABLE, "nonsense")
    assert main(["init"]) == 2
    assert DATABASE_VARIABLE in capsys.readouterr().err


@contextmanager
def served(data: Path):
    """The command in a process of its own, and its address."""
    command = [sys.executable, "-m", "municipal", "--data", str(data), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        words = process.stderr.readline()
        port = re.search(r"serving host=127.0.0.1 port=(\d+)", words)
        assert port is not None, words
        try:
            yield process, f"http://127.0.0.1:{port[1]}"
        finally:
            process.kill()


def test_killed_at_any_moment_the_platform_has_every_record_it_acknowledged(data):
    data.mkdir()
    database = city_database(data / "municipal.db")
    box = Box("")
    box.key_id = enrol(database, Application("v1", CODE, box.public_key, ""), START).key_id
    database.close()
    # Long ago, so that the machine's own clock cannot find the anchor to lie in the future.
    records = [anchor(1, at=NOON.replace(year=2020)), *(study(n, MINUTE * 15) for n in range(2, COUNT + 1))]
    runs = runs_of("V1", records, cuts=tuple(range(2, COUNT + 1, 2)))
    chance = random.Random(20261121)
    acknowledged = 0
    for _ in range(3):
        with served(data) as (process, url):
            box.url = url
            # Answers come every few milliseconds; the cut falls between any two of them, or within one.
            timer = threading.Timer(chance.uniform(0.05, 0.4), process.kill)
            timer.start()
            for run in (each for each in runs if each.records[-1].seq > acknowledged):
                try:
                    acknowledged = box.send(run).json()["high_water"]
                except requests.RequestException:
                    break
            timer.join()
        database = open_database(sqlite_url(data / "municipal.db"))
        with database.reading() as connection:
            held = set(connection.exec_driver_sql("SELECT seq FROM records").scalars())
        database.close()
        assert held >= set(range(1, acknowledged + 1))
    assert acknowledged > 0
    with served(data) as (_, url):
        box.url = url
        assert [box.send(run).status_code for run in runs] == [200] * len(runs)
        hours = requests.get(f"{url}/v1/ranking/大兴", params={"month": "2020-11"}, timeout=10).json()
    assert [row["effective_ms"] for row in hours["rows"]] == [(COUNT - 1) * 15 * MINUTE]


def test_an_interrupted_server_stops_in_order(data):
    data.mkdir()
    city_database(data / "municipal.db").close()
    with served(data) as (process, url):
        assert requests.get(f"{url}/v1/health", timeout=10).status_code == 200
        process.terminate()
        _, words = process.communicate(timeout=10)
    assert "stopped" in words
    assert CODE not in words


def test_parcels_of_a_stick_are_taken_with_receipts_beside_them(data, tmp_path, capsys):
    data.mkdir()
    database = city_database(data / "municipal.db")
    box = Box("")
    box.key_id = enrol(database, Application("v1", CODE, box.public_key, "10.0.0.1"), START).key_id
    database.close()
    (tmp_path / "A.ZXP").write_bytes(parcel_of(box, [anchor(1), study(2)]))

    assert main(["parcel", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "收下 2 条" in said.out and not said.err
    assert main(["parcel", str(tmp_path)]) == 0
    assert "早已收到" in capsys.readouterr().out
    assert len(list(tmp_path.glob("*.ZXR"))) == 1
    (tmp_path / "B.ZXP").write_bytes(b"")
    assert main(["parcel", str(tmp_path)]) == 1
    assert main(["parcel", str(tmp_path / "gone")]) == 2
