"""Reports that the agent has not taken yet, on the television's own disk."""

import json
import logging
import os
from pathlib import Path
from typing import cast

from study.local_api import ReportRequest

log = logging.getLogger(__name__)

SET_ASIDE = ".refused"


class KeptReports:
    """One file for each run of the television that ended, or may end, before the agent was back.

    A report holds everything not acknowledged and the agent takes it in once however often it comes, so
    the latest one is enough and an outdated one does no harm. A file that can't be written is only logged:
    the report is in memory still.
    """

    def __init__(self, folder: Path, run_id: str) -> None:
        self._folder = folder
        self._own = folder / f"{run_id}.json"
        self._earlier = sorted(folder.glob("*.json"), key=_written_at)

    def keep(self, body: ReportRequest) -> None:
        """The latest report of this run; durable when this returns."""
        unfinished = self._own.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("w", encoding="utf-8") as out:
                json.dump(body, out)
                out.flush()
                os.fsync(out.fileno())
            unfinished.replace(self._own)
        except OSError as error:
            log.warning("学习记录存不到 %s（%s），先留在内存里。", self._own, error.strerror)

    def drop(self) -> None:
        """The agent has taken everything of this run."""
        _remove(self._own)

    def earlier(self) -> ReportRequest | None:
        """The oldest report of an earlier run; None when there is none."""
        while self._earlier:
            try:
                return cast(ReportRequest, json.loads(self._earlier[0].read_text(encoding="utf-8")))
            except (OSError, ValueError) as error:
                log.warning("以前留下的学习记录 %s 读不出来（%s），已放在一边。", self._earlier[0], error)
                self.set_earlier_aside()
        return None

    def drop_earlier(self) -> None:
        """The agent has taken the oldest."""
        _remove(self._earlier.pop(0))

    def set_earlier_aside(self) -> None:
        """The agent will never take the oldest; it stays for whoever looks into it."""
        file = self._earlier.pop(0)
        try:
            file.replace(file.with_suffix(SET_ASIDE))
        except OSError as error:
            log.warning("%s: %s", file, error.strerror)


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s: %s", file, error.strerror)


def _written_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
