"""The data folder: made, locked for one agent, and holding the television's token."""

import contextlib
import errno
import fcntl
import hmac
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from agent.clients.signing import write_secret
from agent.errors import StartError, cause
from agent.settings import Settings
from agent.stores.disk.ballast import Ballast

_TOKEN_BYTES = 32
_TOKEN = re.compile(rb"[A-Za-z0-9_-]{43}")
_PASS_HEX = 32


def prepare(settings: Settings) -> None:
    """Make the folder where it is missing. Raises StartError when nothing can be written there.

    A full disk is no reason not to start: the ballast is given up first, and what fails after that says so.
    """
    folder = settings.data_folder
    probe = folder / ".writable"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe.write_bytes(b"1")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise StartError(
                f"数据目录 {folder} 不能写入（{cause(error)}）；"
                "请检查磁盘和权限，或用 --data-dir 指定其他目录"
            ) from error
        with contextlib.suppress(OSError):
            Ballast(folder).give_up()
    with contextlib.suppress(OSError):
        probe.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class DiskSize:
    """Of the disk that the data folder is on."""

    total_bytes: int
    free_bytes: int


def disk_size(settings: Settings) -> DiskSize:
    """As it is now."""
    usage = shutil.disk_usage(settings.data_folder)
    return DiskSize(usage.total, usage.free)


@contextlib.contextmanager
def locked(settings: Settings) -> Iterator[bool]:
    """Hold the folder for one process, until it ends in whatever way; False when another agent has it.

    Raises StartError when it cannot be asked.
    """
    try:
        lock = settings.lock_file.open("ab")
    except OSError as error:
        raise StartError(
            f"数据目录 {settings.data_folder} 不能写入（{cause(error)}）；请清理磁盘或检查权限后重新启动"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def token(settings: Settings) -> str:
    """The television's token, made at the first start (mode 0600), and anew where it is damaged.

    The television reads it again when it is turned away. Raises StartError.
    """
    file = settings.token_file
    try:
        if not file.exists() or not _TOKEN.fullmatch(file.read_bytes().strip()):
            write_secret(file, secrets.token_urlsafe(_TOKEN_BYTES).encode())
        file.chmod(0o600)
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise StartError(f"凭证文件 {file} 不能使用（{error}）；请删除后重新启动") from error


def media_pass(secret: str) -> str:
    """What stands in media addresses in the token's place.

    The same after every start: a film that plays on while the agent is started again keeps its address.
    """
    return hmac.new(secret.encode(), b"media", "sha256").hexdigest()[:_PASS_HEX]
