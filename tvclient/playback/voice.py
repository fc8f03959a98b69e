"""The voice that reads articles aloud, a sentence at a time: espeak-ng, through whatever sound there is."""

import logging
import subprocess
import threading
from collections.abc import Callable

from tvclient.errors import TvError
from tvclient.words import _

log = logging.getLogger(__name__)

PROGRAM = "espeak-ng"
LANGUAGE, WORDS_A_MINUTE, PAUSE_10_MS = "cmn", 150, 2
AMPLITUDE_MOST = 200
ERROR = b"error:"
"""Begins a line of its own where it finds no loudspeaker; it ends with 0 all the same."""

Deliver = Callable[[Callable[[], None]], None]
Said = Callable[[TvError | None], None]
"""Told on the drawing thread when a sentence was said to its end, or why it was not."""


class Voice:
    """One sentence at a time; `deliver` puts a call on the drawing thread. Drawing thread only."""

    def __init__(self, deliver: Deliver, program: str = PROGRAM) -> None:
        self._deliver = deliver
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def speaks(self) -> bool:
        """Something is being said."""
        return self._process is not None

    def say(self, words: str, loudness: int, said: Said) -> None:
        """Leave what is being said, and say this; `loudness` from 0 to 100. `said` is told once, unless it
        was left."""
        self.stop()
        amplitude = str(AMPLITUDE_MOST * max(0, min(loudness, 100)) // 100)
        options = ("-v", LANGUAGE, "-s", str(WORDS_A_MINUTE), "-g", str(PAUSE_10_MS), "-a", amplitude)
        try:
            process = subprocess.Popen(
                [self._program, *options, "--stdin"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            log.warning("朗读程序 %s 起不来：%s", self._program, error.strerror)
            self._deliver(lambda: said(TvError(_("这台电视没有装朗读程序，请管理员安装。文字照常能看。"))))
            return
        self._process = process
        threading.Thread(
            target=self._handle_one_sentence, args=(process, words, said), name="voice", daemon=True
        ).start()

    def stop(self) -> None:
        """Be silent."""
        if self._process is not None:
            self._process.terminate()
            self._process = None

    def _handle_one_sentence(self, process: "subprocess.Popen[bytes]", words: str, said: Said) -> None:
        _nothing, told = process.communicate(words.encode())
        is_well = process.returncode == 0 and not any(line.startswith(ERROR) for line in told.splitlines())
        self._deliver(lambda: self._ended(process, is_well, said))

    def _ended(self, process: "subprocess.Popen[bytes]", is_well: bool, said: Said) -> None:
        if process is not self._process:
            return  # left meanwhile
        self._process = None
        if is_well:
            said(None)
            return
        log.warning("朗读没有成功：%s 以 %s 结束。", self._program, process.returncode)
        said(TvError(_("现在不能朗读：没有找到声音设备。请检查电视的声音，文字照常能看。")))
