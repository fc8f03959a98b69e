"""Import of districts."""

from pathlib import Path

from municipal.database import Database
from municipal.imports.sheet import SetAside, read_sheet
from municipal.imports.summary import Summary
from municipal.stores.stations import add_district, district_names

COLUMNS = ("district",)


def import_districts(database: Database, path: Path) -> Summary:
    """Add the districts of a CSV file, in its order, behind those that are there.

    Raises FileError, StorageError.
    """
    sheet = read_sheet(path, COLUMNS)
    set_aside = list(sheet.set_aside)
    names: list[str] = []
    for row in sheet.rows:
        name = row.values["district"]
        if name in names:
            set_aside.append(SetAside(row.line, f"区“{name}”在文件中重复"))
        elif not name:
            set_aside.append(SetAside(row.line, "“district”一列为空"))
        else:
            names.append(name)
    with database.writing() as connection:
        known = district_names(connection)
        new = [name for name in names if name not in known]
        for name in new:
            add_district(connection, name)
    return Summary(len(new), 0, len(names) - len(new), 0, tuple(set_aside))
