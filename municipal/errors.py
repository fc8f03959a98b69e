"""What can go wrong on the municipal platform.

```
MunicipalError                words: one Chinese sentence for a person
├── StartError                ends the command with exit code 2
│   └── FileError             an import file that cannot be read at all; nothing was imported
├── RowError                  one row of an import file; set aside, the rest goes on
├── MediaError                a media file that no box could play
├── RequestError              status and code for the box; trying the same again does not help
│   └── TryLaterError         … after `retry_after_s` it may
└── StorageError              the database cannot be read or written now; trying again can help
```
"""


class MunicipalError(Exception):
    """Carries `words`: what happened, what it means, what to do next, in Chinese."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class StartError(MunicipalError):
    """A command that cannot do its work at all."""


class FileError(StartError):
    """An import file that cannot be read, or lacks a column."""


class RowError(MunicipalError):
    """One row of an import file that makes no sense."""


class MediaError(MunicipalError):
    """A media file that is missing, broken, or in a form that boxes cannot play."""


class RequestError(MunicipalError):
    """A request that is answered with `status` (4xx) and a short `code`."""

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.code = code


class TryLaterError(RequestError):
    """Too much at once: the same request may go through after `retry_after_s`."""

    def __init__(self, code: str, words: str, retry_after_s: int) -> None:
        super().__init__(429, code, words)
        self.retry_after_s = retry_after_s


class StorageError(MunicipalError):
    """The database is locked, full, damaged or away; nothing was kept and nothing acknowledged."""
