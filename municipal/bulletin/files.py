"""A bulletin as files in a folder."""

from pathlib import Path

from municipal.bulletin.csv_files import as_csv
from municipal.bulletin.page import as_page
from municipal.bulletin.sheets import Sheet
from municipal.bulletin.text import heading
from municipal.bulletin.workbook import as_workbook
from municipal.errors import StartError

_BOM = "\ufeff"
"""Without it spreadsheets take Chinese for something else."""


def write_bulletin(folder: Path, month: str, sheets: tuple[Sheet, ...]) -> list[Path]:
    """The page, the workbook and a CSV file for each table; which were written. Raises StartError."""
    files = {f"{month}_bulletin.xlsx": as_workbook(heading(month), sheets)}
    files[f"{month}_bulletin.html"] = as_page(month, sheets).encode()
    files |= {f"{month}_{sheet.name}.csv": (_BOM + as_csv(sheet)).encode() for sheet in sheets}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise StartError(f"通报写不进 {folder}（{error.strerror}），请检查文件夹和磁盘空间。") from error
    return [folder / name for name in files]
