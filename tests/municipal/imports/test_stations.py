"""Import of districts and stations."""

from municipal.database import Database
from municipal.enrolment import Application, enrol
from municipal.errors import RequestError
from municipal.imports.districts import import_districts
from municipal.imports.stations import import_stations
from municipal.imports.summary import Summary, sentences
from municipal.stores.stations import all_stations, district_names, station_of
from tests.municipal.box import Box
from tests.municipal.city import CODE, START

HEADER = "number,name,district,street,type,due,account,activation_code"
SAME = f"V1,埝坛村,大兴,黄村镇,village,1,v1,{CODE}"


def load(database: Database, tmp_path, *rows: str) -> Summary:
    path = tmp_path / "stations.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="gb18030")
    return import_stations(database, path, START)


def counts(summary: Summary) -> tuple[int, int, int]:
    return summary.new, summary.changed, summary.unchanged


def test_districts_are_added_in_order_and_doubles_are_set_aside(database, tmp_path):
    (tmp_path / "d.csv").write_text("district\n密云\n怀柔\n\n怀柔\n", encoding="utf-8-sig")
    summary = import_districts(database, tmp_path / "d.csv")
    assert counts(summary) == (1, 0, 1)
    assert [(row.line, row.reason) for row in summary.set_aside] == [(5, "区“怀柔”在文件中重复")]
    with database.reading() as connection:
        assert district_names(connection) == ("大兴", "密云", "延庆", "怀柔")


def test_the_same_file_twice_changes_nothing(database, tmp_path):
    rows = (SAME, "A1,机关,延庆,,机关事业单位,否,a1,555")
    assert counts(load(database, tmp_path, *rows)) == (1, 0, 1)
    assert counts(load(database, tmp_path, *rows)) == (0, 0, 2)


def test_a_changed_station_is_changed(database, tmp_path):
    assert counts(load(database, tmp_path, SAME.replace("埝坛村", "埝坛二村"))) == (0, 1, 0)
    with database.reading() as connection:
        assert station_of(connection, "V1").station.name == "埝坛二村"


def test_a_new_code_replaces_the_open_one_and_a_spent_one_stays_spent(database, tmp_path):
    assert counts(load(database, tmp_path, SAME.replace(CODE, "42"))) == (0, 1, 0)
    enrol(database, Application("v1", "42", Box("").public_key, ""), START)
    assert counts(load(database, tmp_path, SAME.replace(CODE, "42"))) == (0, 0, 1)
    try:
        enrol(database, Application("v1", "42", Box("").public_key, ""), START)
    except RequestError as error:
        assert error.code == "wrong_code"
    else:
        raise AssertionError("a spent code was taken again")


def test_rows_that_make_no_sense_are_set_aside_and_the_rest_is_imported(database, tmp_path):
    bad = [
        "A1,甲,没有区,,village,1,a1,1",
        "A2,乙,密云,,farm,1,a2,1",
        "A3,丙,密云,,village,maybe,a3,1",
        ",丁,密云,,village,1,a4,1",
        "A5 x,戊,密云,,village,1,a5,1",
        "A6,己,密云,,village,1,c1,1",
        "V1,again,密云,,village,1,v1,1",
    ]
    summary = load(database, tmp_path, SAME, *bad, "A9,壬,密云,,两新,1,a9,")
    assert counts(summary) == (1, 0, 1)
    assert [row.line for row in summary.set_aside] == [3, 4, 5, 6, 7, 8, 9]
    assert "请先导入区" in summary.set_aside[0].reason
    assert (
        sentences("stations.csv", summary)[0] == "stations.csv：新增 1，更改 0，未变 1，下架 0，搁置 7 行。"
    )
    with database.reading() as connection:
        assert [row.station.number for row in all_stations(connection)] == ["A9", "C1", "C2", "V1"]
