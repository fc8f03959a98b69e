"""A bulletin's figures as tables: titles, headings, cells, in the order in which they are published."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, zip_longest

from municipal.bulletin.figures import (
    TAKING_PART,
    Bulletin,
    DistrictParticipation,
    Participation,
    Viewed,
)
from municipal.bulletin.totals import Compared, Totals
from municipal.hours import SUM, DistrictHours, city_hours
from study.participation import MISSING, change_rate, hours, mean_study_time, participation_rate
from study.station import TYPE_NAMES, StationType
from study.units import Milliseconds


@dataclass(frozen=True, slots=True)
class Percent:
    """As it is printed, "37.91%"."""

    text: str


Cell = str | int | Decimal | Percent | None
"""None stands where there is no such station; hours are Decimal with two places."""


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the field's in CSV files, `words` what people read."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `name` names its file, `title` stands over it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets_of(bulletin: Bulletin) -> tuple[Sheet, ...]:
    """All of them."""
    return (
        _overview(bulletin),
        _hours(bulletin),
        _means(bulletin),
        _participation(bulletin),
        _top_stations(bulletin),
        _categories(bulletin),
        _top_courses(bulletin),
        _courses(bulletin),
        _top_articles(bulletin),
    )


def printed(cell: Cell) -> str:
    """As people read it: "-" where there is no such station, which is not 0.00."""
    if cell is None:
        return MISSING
    return cell.text if isinstance(cell, Percent) else str(cell)


def _overview(bulletin: Bulletin) -> Sheet:
    columns = (
        *(Column("figure", "全市"), Column("month", "本月"), Column("last_month", "上月")),
        *(Column("change", "比上月"), Column("last_year", "去年同月"), Column("year_change", "比去年同月")),
        Column("running", "累计"),
    )
    rows = [_compared(words, bulletin.totals, figure) for words, figure in _FIGURES]
    return Sheet("overview", "全市总况", columns, tuple(rows))


def _effective(totals: Totals) -> Cell:
    return _hour(totals.effective_ms)


_FIGURES: tuple[tuple[str, Callable[[Totals], Cell]], ...] = (
    ("有效学时（小时）", _effective),
    ("参学站点（个）", lambda totals: totals.active),
    ("计入学时的学习（次）", lambda totals: totals.counted),
    ("课程点击（次）", lambda totals: totals.views),
    ("图文阅读（次）", lambda totals: totals.readings),
)


def _compared(words: str, totals: Compared, figure: Callable[[Totals], Cell]) -> tuple[Cell, ...]:
    now, before, year = figure(totals.month), figure(totals.last_month), figure(totals.last_year)
    changes = (_change(now, before), _change(now, year))
    return (words, now, before, changes[0], year, changes[1], figure(totals.running))


def _change(now: Cell, before: Cell) -> Cell:
    """In per cent of what it was; None where it was nothing."""
    if not isinstance(now, int | Decimal) or not isinstance(before, int | Decimal) or not before:
        return None
    return Percent(change_rate(Decimal(now), Decimal(before)))


def _means(bulletin: Bulletin) -> Sheet:
    columns = (
        *(Column("district", "区"), Column("due", "应学站点（个）")),
        *(Column("hours", "有效学时（小时）"), Column("mean", "站均学时（小时）")),
    )
    whole = (city_hours(bulletin.hours), sum(bulletin.due.values()))
    each = ((row, bulletin.due.get(row.district, 0)) for row in bulletin.hours)
    rows = [
        (
            *(row.district, due, _hour(row.total_ms)),
            Decimal(mean_study_time(row.total_ms, due)) if due else None,
        )
        for row, due in (*each, whole)
    ]
    return Sheet("mean_hours", "各区站均有效学时", columns, tuple(rows))


def _hours(bulletin: Bulletin) -> Sheet:
    columns = (
        Column("district", "区"),
        *(Column(kind.value, TYPE_NAMES[kind]) for kind in StationType),
        Column("total", SUM),
    )
    rows = (*bulletin.hours, city_hours(bulletin.hours))
    return Sheet("hours_by_district", "各区各类站点有效学时（小时）", columns, tuple(map(_hour_cells, rows)))


def _hour_cells(row: DistrictHours) -> tuple[Cell, ...]:
    cells = [_hour(row.by_type.get(kind)) for kind in StationType]
    return (row.district, *cells, _hour(row.total_ms if row.by_type else None))


def _hour(effective_ms: Milliseconds | None) -> Cell:
    return None if effective_ms is None else Decimal(hours(effective_ms))


_PARTICIPATION = (("active", "参学"), ("idle", "未参学"), ("due", "应学"), ("rate", "参学率"))


def _participation(bulletin: Bulletin) -> Sheet:
    columns = [Column("district", "区")]
    for kind in TAKING_PART:
        columns += [
            Column(f"{kind.value}_{name}", TYPE_NAMES[kind] + words) for name, words in _PARTICIPATION
        ]
    rows = [_participation_cells(row) for row in (*bulletin.participation, _city(bulletin.participation))]
    return Sheet("participation", "各区站点参学情况（个）", tuple(columns), tuple(rows))


def _city(rows: Sequence[DistrictParticipation]) -> DistrictParticipation:
    cells = {}
    for kind in TAKING_PART:
        found = [row.by_type[kind] for row in rows if kind in row.by_type]
        if found:
            cells[kind] = Participation(sum(one.active for one in found), sum(one.due for one in found))
    return DistrictParticipation(SUM, cells)


def _participation_cells(row: DistrictParticipation) -> tuple[Cell, ...]:
    cells: list[Cell] = [row.district]
    for kind in TAKING_PART:
        one = row.by_type.get(kind)
        if one is None:
            cells += [None] * len(_PARTICIPATION)
        else:
            cells += [one.active, one.idle, one.due, Percent(participation_rate(one.active, one.due))]
    return tuple(cells)


def _top_stations(bulletin: Bulletin) -> Sheet:
    columns = (Column("rank", "名次"), Column("station", "站点"), Column("hours", "有效学时（小时）"))
    rows = [
        (rank, one.station.name, _hour(one.effective_ms))
        for rank, one in enumerate(bulletin.top_stations, start=1)
    ]
    return Sheet("top_stations", "有效学时最多的站点", columns, tuple(rows))


def _categories(bulletin: Bulletin) -> Sheet:
    return _beside(
        "categories_by_user_type",
        "各类用户点播的课程分类",
        "category",
        "课程分类",
        bulletin.categories.items(),
    )


def _courses(bulletin: Bulletin) -> Sheet:
    return _beside(
        "courses_by_user_type", "各类用户点播最多的课程", "course", "课程", bulletin.courses.items()
    )


def _beside(
    name: str, title: str, field: str, words: str, by_type: Iterable[tuple[StationType, Sequence[Viewed]]]
) -> Sheet:
    """The lists of each type side by side, each in its own order."""
    of = dict(by_type)
    columns = [
        column
        for kind in of
        for column in (
            Column(f"{kind.value}_{field}", f"{TYPE_NAMES[kind]}用户点播的{words}"),
            Column(f"{kind.value}_clicks", "点击（次）"),
        )
    ]
    rows = [
        tuple(chain.from_iterable((one.title, one.views) if one else (None, None) for one in line))
        for line in zip_longest(*of.values())
    ]
    return Sheet(name, title, tuple(columns), tuple(rows))


def _top_courses(bulletin: Bulletin) -> Sheet:
    columns = (
        *(Column("rank", "名次"), Column("course", "课程")),
        *(Column("producer", "制作单位"), Column("clicks", "点击（次）")),
    )
    return Sheet("top_courses", "点播最多的课程", columns, _ranked(bulletin.top_courses))


def _top_articles(bulletin: Bulletin) -> Sheet:
    columns = (
        *(Column("rank", "名次"), Column("article", "图文")),
        *(Column("column", "栏目"), Column("views", "阅读（次）")),
    )
    return Sheet("top_articles", "阅读最多的图文", columns, _ranked(bulletin.top_articles))


def _ranked(found: Sequence[Viewed]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((rank, one.title, one.by, one.views) for rank, one in enumerate(found, start=1))
