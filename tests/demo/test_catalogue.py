"""The demo's CSV files fit together and hold the published names."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from demo.artwork import POSTERS
from demo.catalogue import read_catalogue
from demo.errors import DemoError
from study.station import StationType

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "demo"
PUBLISHED_TITLES = {
    "用好北京长城网 服务基层群众(2015年版)",
    "政务礼仪",
    "关于基层干部心理健康与调适问题",
    "光环的代价",
    "发酵床养猪",
    "多果多茬种甜瓜",
    "中国特色社会主义社会建设",
    "蚕丝被制作工艺",
    "“小金库”",
    "大球盖菇栽培技术",
    "领导干部心理压力及其调适",
    "让力量在党旗下凝聚 让事业在征途上前进",
    "中国特色社会主义经济发展模式的“特色”所在",
}
PUBLISHED_STATIONS = {
    "密云县鼓楼街道鼓楼社区",
    "大兴区黄村镇埝坛村",
    "通州区张家湾镇陆辛庄村",
    "密云县新城子镇太古石村",
    "昌平区霍营街道龙锦苑东四区社区",
    "通州区于家务乡渠头村",
    "大兴区榆垡镇马家屯村",
    "大兴区榆垡镇北化各庄村",
    "丰台区丰台街道东大街社区",
    "顺义区马坡镇石家营村",
}
CATEGORIES = {"党的建设", "实用技术", "典型经验", "文化建设", "社会建设"}
DISTRICTS = (
    *("东城", "西城", "朝阳", "海淀", "丰台", "石景山", "门头沟", "房山"),
    *("通州", "顺义", "大兴", "昌平", "平谷", "怀柔", "密云", "延庆"),
)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_published_course_is_there_verbatim() -> None:
    assert {row["title"] for row in rows("courses.csv")} == PUBLISHED_TITLES


def test_every_published_station_is_there_verbatim() -> None:
    assert {row["name"] for row in rows("stations.csv")} >= PUBLISHED_STATIONS


def test_districts_stand_in_the_published_order() -> None:
    assert [row["district"] for row in rows("districts.csv")] == list(DISTRICTS)


def test_stations_have_known_districts_and_all_types() -> None:
    stations = rows("stations.csv")

    assert {row["district"] for row in stations} <= set(DISTRICTS)
    assert {row["type"] for row in stations} == {str(kind) for kind in StationType}
    assert {row["due"] for row in stations} == {"0", "1"}


@pytest.mark.parametrize("column", ["number", "account", "activation_code"])
def test_no_two_stations_share(column: str) -> None:
    values = [row[column] for row in rows("stations.csv")]

    assert len(set(values)) == len(values)


def test_accounts_have_ten_digits_and_activation_codes_twelve() -> None:
    for row in rows("stations.csv"):
        assert re.fullmatch(r"\d{10}", row["account"])
        assert re.fullmatch(r"\d{12}", row["activation_code"])


def test_courses_have_known_categories_and_numbered_episodes() -> None:
    episodes: dict[str, list[str]] = {}
    for row in rows("courses.csv"):
        assert row["category"] in CATEGORIES
        assert row["producer"]
        episodes.setdefault(row["course_id"], []).append(row["episode"])

    for numbers in episodes.values():
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert episodes["5"] == ["1", "2", "3"]


def test_the_monthly_study_has_five_courses() -> None:
    monthly = {row["course_id"] for row in rows("courses.csv") if row["monthly"] == "2026-11"}

    assert len(monthly) == 5


def test_every_episode_and_channel_has_media_of_its_own() -> None:
    used = Counter(row["media"] for name in ("courses.csv", "channels.csv") for row in rows(name))

    assert set(used) == {row["media"] for row in rows("media.csv")}
    assert set(used.values()) == {1}


def test_clips_last_40_to_180_seconds_and_have_their_posters() -> None:
    for clip in read_catalogue(FOLDER).clips:
        assert 40 <= clip.length_s <= 180
        assert not clip.poster or (POSTERS / f"{clip.poster}.svg").is_file()


def test_each_course_has_one_cover() -> None:
    covers = read_catalogue(FOLDER).covers

    assert len({cover.file for cover in covers}) == len(covers) == len(PUBLISHED_TITLES)


def test_an_episode_without_media_is_named(tmp_path: Path) -> None:
    for name in ("courses.csv", "channels.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / "media.csv").write_text("media,length_s,poster,sounds\n1-1.mp4,48,,\n", encoding="utf-8")

    with pytest.raises(DemoError, match=r"《政务礼仪》的文件 2-1\.mp4 没有写进 media\.csv"):
        read_catalogue(tmp_path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "media.csv").write_text("media,poster\n1-1.mp4,\n", encoding="utf-8")

    with pytest.raises(DemoError, match="缺少列：length_s"):
        read_catalogue(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match=r"media\.csv 打不开"):
        read_catalogue(tmp_path)
