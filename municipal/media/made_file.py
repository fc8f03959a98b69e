"""Files that an import makes, below the media folder so that the platform serves them as it serves media."""

import tempfile
from pathlib import Path

from municipal.errors import MediaError


def put_made(folder: Path, path: str, data: bytes) -> None:
    """Write a file below the media folder, whole or not at all. Raises MediaError."""
    target = folder / path
    try:
        target.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as unfinished:
            made = Path(unfinished.name)
            try:
                unfinished.write(data)
                unfinished.close()
                made.chmod(0o644)
                made.replace(target)
            finally:
                made.unlink(missing_ok=True)
    except OSError as error:
        raise MediaError(f"“{path}”存不进媒体文件夹（{error.strerror}），请检查权限和磁盘空间") from error
