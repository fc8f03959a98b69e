"""The voice that reads articles aloud: espeak-ng, a sentence at a time, as sound files for the player."""

import logging
import subprocess
import tempfile
from pathlib import Path

from tvclient.errors import TvError
from tvclient.words import _

log = logging.getLogger(__name__)

PROGRAM = "espeak-ng"
LANGUAGE, WORDS_A_MINUTE, PAUSE_10_MS = "cmn", 160, 2
PATIENCE_S = 20.0
"""A sentence takes a few hundredths of a second."""


class Voice:
    """Its files lie in a folder that goes with it. Any thread, one at a time."""

    def __init__(self, program: str = PROGRAM) -> None:
        self._program = program
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def speak(self, words: str) -> Path:
        """A sound file with these words; the one before the last is deleted. Waits for the program.

        Raises TvError where it can't be made.
        """
        folder = self._made_folder()
        self._count += 1
        file = _file(folder, self._count)
        options = ("-v", LANGUAGE, "-s", str(WORDS_A_MINUTE), "-g", str(PAUSE_10_MS), "-w", str(file))
        try:
            subprocess.run(
                [self._program, *options, "--stdin"],
                input=words.encode(),
                capture_output=True,
                check=True,
                timeout=PATIENCE_S,
            )
        except (OSError, subprocess.SubprocessError) as error:
            log.warning("朗读程序 %s 没有做成：%s", self._program, error)
            words = _("这台电视的朗读程序不能用，请管理员安装 espeak-ng。文字照常能看。")
            raise TvError(words) from error
        _file(folder, self._count - 2).unlink(missing_ok=True)
        return file

    def close(self) -> None:
        """Leave nothing on the disk."""
        if self._folder is not None:
            self._folder.cleanup()

    def _made_folder(self) -> Path:
        """With the first sentence: a television that never reads aloud needs none."""
        if self._folder is None:
            try:
                self._folder = tempfile.TemporaryDirectory(prefix="zhanxue-voice-")
            except OSError as error:
                log.warning("朗读的声音没有地方放：%s", error)
                raise TvError(_("这台电视没有地方放朗读的声音，磁盘可能满了。文字照常能看。")) from error
        return Path(self._folder.name)


def _file(folder: Path, number: int) -> Path:
    return folder / f"{number}.wav"
