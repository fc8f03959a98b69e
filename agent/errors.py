"""The errors of the agent.

```
AgentError                       .words: one Chinese sentence for a person; .again: can trying again help
├── StartError                   the agent cannot start; exit code 2
├── StoreError                   the database did not take or give something
│   ├── DiskFullError            no room: the report is not acknowledged, the television keeps it
│   └── UnusableDatabaseError    not writable, or from a newer version
│       └── DamagedDatabaseError bytes that no database has: the next start mends it
├── BackupError                  a backup that was not made, is none, or is another box's
├── StickError                   a USB stick, or a folder named for a parcel, did not take or give something
├── GuideError                   a guide or a list of channels that was not taken; the one before it stays
├── RosterError                  a list of names that was not taken, or somebody who is not in the roster
│   └── RosterKeyError           the roster cannot be opened: its key is lost or another box's
├── GroupError                   a group study in which this cannot be done now: .code
├── CorrectionError              a session that cannot be corrected so; nothing was changed
├── CityError                    the platform did not do what was asked
│   ├── NoAnswerError            no connection, cut off, or a time-out
│   ├── NonsenseError            an answer that is not the platform's
│   └── DeclinedError            the platform's own no: .status, .code
└── ApiError                     what the local API answers: .status, .code
```
"""

import errno
import socket

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EADDRINUSE: "端口已被别的程序占用",
    errno.ECONNREFUSED: "对方没有开放这个端口",
    errno.ECONNRESET: "连接被中断",
    errno.EDQUOT: "超出磁盘配额",
    errno.EHOSTUNREACH: "网络不通",
    errno.EIO: "磁盘读写出错",
    errno.EISDIR: "这是一个目录",
    errno.ENETUNREACH: "网络不通",
    errno.ENOENT: "没有这个文件或目录",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "这不是一个目录",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读，不能写",
    errno.ETIMEDOUT: "没有应答",
}


def cause(error: OSError) -> str:
    """Why the operating system did not do it, in Chinese where it is one of the usual reasons."""
    if isinstance(error, socket.gaierror):
        return "没有这个名字，或域名服务器没有应答"
    if isinstance(error, TimeoutError):
        return "没有应答"
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


class AgentError(Exception):
    """Anything the agent tells a person; `again` says whether trying again can help."""

    again = False

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class StartError(AgentError):
    """The agent cannot start."""


class StoreError(AgentError):
    """The database did not take or give something."""

    again = True


class DiskFullError(StoreError):
    """No room left on the disk."""


class UnusableDatabaseError(StoreError):
    """Damaged, not writable, or made by a newer version."""

    again = False


class DamagedDatabaseError(UnusableDatabaseError):
    """SQLite met bytes that no database has; the next start of the agent mends it."""


class BackupError(AgentError):
    """A backup that could not be made, or from which nothing can be restored."""


class StickError(AgentError):
    """Full, read-only, pulled out, or not there; what was to travel on it is still on the box."""

    again = True


class GuideError(AgentError):
    """A guide or a list of channels could not be taken; what was known before stays."""

    again = True


class RosterError(AgentError):
    """A list of names that cannot be read, or somebody who is not in the roster."""


class RosterKeyError(RosterError):
    """The roster's key is lost, damaged or another box's; no check-in until it is back."""


class GroupError(AgentError):
    """Nothing was changed: the group study has ended, another goes on, or the plan makes no sense."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


class OfflineError(AgentError):
    """Nothing was changed: what was registered makes no sense, or is no longer there to be changed."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


class CorrectionError(AgentError):
    """A session that cannot be corrected in that way."""


class CityError(AgentError):
    """The platform did not do what was asked."""

    again = True
    retry_after_s: float | None = None
    """What it asked to be waited, where it did."""


class NoAnswerError(CityError):
    """No connection, cut off on the way, or a time-out."""

    def __init__(self, words: str, *, timed_out: bool = False) -> None:
        super().__init__(words)
        self.timed_out = timed_out


class NonsenseError(CityError):
    """An answer that the platform cannot have meant: a captive portal, another server, a broken body."""


class DeclinedError(CityError):
    """The platform's own no."""

    def __init__(self, status: int, code: str, words: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        self.retry_after_s = retry_after_s
        self.again = status >= 500 or status in (401, 403, 408, 429)


class ApiError(AgentError):
    """An answer of the local API that is not the one hoped for."""

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
