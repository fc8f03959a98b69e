"""An article read aloud: by a person where there is a recording, else sentence by sentence by the voice."""

from collections.abc import Callable
from pathlib import Path

from study.article_api import RecordingEntry
from study.units import Milliseconds
from tvclient.background import Background
from tvclient.errors import TvError
from tvclient.playback.player_event import Ended, Failed, PlayerEvent
from tvclient.playback.voice import Voice
from tvclient.screens.player_video import PlayerVideo
from tvclient.state.article_sentence import Sentence
from tvclient.state.article_state import ArticleState
from tvclient.words import _

Change = Callable[[ArticleState], None]
"""Told another sentence, with its page; its `reading` is None once all was read."""
Trouble = Callable[[str], None]
"""Told in words why it is silent; empty when it is well again."""


class ReadAloud:
    """One article's, while it is on the screen. Drawing thread only; without `video` it is always silent.

    `is_heard` says whether this box has anything that sounds; if not, the strokes wander all the same.
    """

    def __init__(
        self,
        voice: Voice,
        background: Background,
        video: PlayerVideo | None,
        is_heard: Callable[[], bool],
        change: Change,
        trouble: Trouble,
    ) -> None:
        self._voice = voice
        self._background = background
        self._video = video
        self._is_heard = is_heard
        self._change = change
        self._trouble = trouble
        self._recording: RecordingEntry | None = None
        self._state: ArticleState | None = None
        self._is_open = self._plays = False

    @property
    def speaks(self) -> bool:
        """It is to be heard now."""
        return self._plays or (self._state is not None and self._state.reading is not None)

    def has(self, recording: RecordingEntry | None) -> None:
        """What the agent knows of the article."""
        self._recording = recording

    def toggle(self, state: ArticleState) -> None:
        """Begin with this page, or be silent; a recording goes on where it was."""
        if self._video is None:
            self._trouble(_("这台电视现在不能发声。文字照常能看。"))
            return
        is_silent = not self.speaks and not self._is_heard()
        self._trouble(_("没有找到声音设备，请检查音箱和连线。文字照常能看。") if is_silent else "")
        if self._recording is not None:
            self._toggle_recording(self._video, self._recording)
        else:
            self._tell(state.reading_sentence(None) if self.speaks else state.reading_from_page())

    def follow(self, state: ArticleState) -> None:
        """The screen shows this now: another sentence is said in place of the present one."""
        before = None if self._state is None else self._state.reading
        self._state = state
        if state.reading == before:
            return
        if state.sentence is None:
            self._be_silent()
        else:
            self._say(state.sentence)

    def stop(self) -> None:
        """The article is left."""
        self._state = None
        self._be_silent()
        if self._video is not None:
            self._video.listen(None)

    def _tell(self, state: ArticleState) -> None:
        self.follow(state)
        self._change(state)

    def _say(self, sentence: Sentence) -> None:
        self._background.run(
            lambda: self._voice.speak(sentence.spoken),
            lambda file: self._play(sentence, file),
            self._fail,
        )

    def _play(self, sentence: Sentence, file: Path) -> None:
        # Somebody may have turned the page meanwhile, or left.
        if self._state is not None and self._state.sentence is sentence:
            self._open(str(file))

    def _open(self, url: str) -> None:
        if self._video is not None:
            self._is_open = True
            self._video.listen(self._heard)
            self._video.open(url, Milliseconds(0), live=False)

    def _be_silent(self) -> None:
        if self._is_open and self._video is not None:
            self._video.stop()
        self._is_open = self._plays = False

    def _toggle_recording(self, video: PlayerVideo, recording: RecordingEntry) -> None:
        self._plays = not self._plays
        if not self._plays:
            video.player.pause()
        elif self._is_open:
            video.player.resume()
        else:
            self._open(recording["url"])

    def _heard(self, event: PlayerEvent) -> None:
        if self._state is None or not isinstance(event, Ended | Failed):
            return
        if self._state.reading is not None and isinstance(event, Ended):
            self._tell(self._state.reading_on())
            return
        self._be_silent()
        if isinstance(event, Failed) and self._recording is not None:
            # It comes over the network; what is on the screen can be read by the voice at any time.
            self._recording = None
            self._trouble(_("录音现在取不到，再按一次由电视朗读。"))
        self._tell(self._state.reading_sentence(None))

    def _fail(self, error: TvError) -> None:
        if self._state is not None:
            self._trouble(error.words)
            self._tell(self._state.reading_sentence(None))
