"""The report as it is printed."""

import json

from municipal.hours import DistrictHours
from municipal.report import Report, draw_report
from municipal.report_text import as_json, as_text
from study.station import StationType
from study.units import Milliseconds


def report(*districts: DistrictHours) -> Report:
    return Report("2026-11", districts, 9, 7, 1, 2, Milliseconds(1_800_000), 3, 4, 0)


def hours(district: str, **by_type: int) -> DistrictHours:
    return DistrictHours(district, {StationType(kind): Milliseconds(ms) for kind, ms in by_type.items()})


def test_a_type_without_stations_prints_a_dash_and_one_without_hours_prints_zero():
    text = as_text(report(hours("大兴", village=18_000, community=0), hours("延庆")))
    table = [line.split() for line in text.splitlines()[2:6]]
    assert table == [
        ["区", "农村", "社区", "机关事业单位", "国企", "两新", "合计"],
        ["大兴", "0.01", "0.00", "-", "-", "-", "0.01"],
        ["延庆", "-", "-", "-", "-", "-", "-"],
        ["合计", "0.01", "0.00", "-", "-", "-", "0.01"],
    ]


def test_sums_are_made_of_milliseconds_and_rounded_once():
    halves = [hours(name, village=17_999) for name in ("甲", "乙", "丙")]
    rows = [line.split() for line in as_text(report(*halves)).splitlines()[3:7]]
    assert [row[1] for row in rows] == ["0.00", "0.00", "0.00", "0.01"]


def test_columns_stand_below_each_other_in_a_terminal():
    text = as_text(report(hours("大兴", village=36_000_000), hours("密云县鼓楼", two_new=3_600_000)))
    table = text.splitlines()[2:6]
    ends = {sum(2 if ord(char) > 0x2E80 else 1 for char in line) for line in table}
    assert len(ends) == 1


def test_what_is_left_out_of_the_hours_is_said_below():
    text = as_text(report(hours("大兴", village=1)))
    assert "学习记录 9 条：计入 7，被替换 1" in text
    assert "时间未定 2 条，0.50 小时" in text
    assert "搁置待查 3 条" in text
    assert text.splitlines()[-1] == "重复送达 4 条，均只计一次。"


def test_json_gives_exact_milliseconds_and_null_where_there_are_no_stations():
    body = json.loads(as_json(report(hours("大兴", village=17_999, community=1))))
    assert body["city"] == {
        "district": "合计",
        "village": 17_999,
        "community": 1,
        "agency": None,
        "soe": None,
        "two_new": None,
        "total": 18_000,
        "offline": 0,
        "offline_people": 0,
    }
    assert (body["records"], body["duplicates"], body["set_aside"]) == (9, 4, 3)
    assert body["unplaced"] == {"records": 2, "effective_ms": 1_800_000}


def test_an_empty_city_prints_every_district(database):
    with database.reading() as connection:
        drawn = draw_report(connection, "2026-11")
    assert [row.district for row in drawn.districts] == ["大兴", "密云", "延庆"]
    assert drawn.districts[0].by_type == {StationType.VILLAGE: 0}
    assert drawn.districts[2].by_type == {}
