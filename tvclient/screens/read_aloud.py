"""An article read aloud: by a person where there is a recording, else sentence by sentence by the voice."""

from collections.abc import Callable

from study.article_api import RecordingEntry
from study.units import Milliseconds
from tvclient.errors import TvError
from tvclient.playback.player_event import Ended, Failed, PlayerEvent
from tvclient.playback.voice import Voice
from tvclient.screens.player_video import PlayerVideo
from tvclient.state.article_state import ArticleState
from tvclient.words import _

Change = Callable[[ArticleState], None]
"""Told another sentence, with its page; its `reading` is None once all was read."""
Trouble = Callable[[str], None]
"""Told in words why it is silent; empty when it is well again."""


class ReadAloud:
    """One article's, while it is on the screen. `loudness` says how loud it is to be, 0 to 100."""

    def __init__(
        self,
        voice: Voice,
        video: PlayerVideo | None,
        loudness: Callable[[], int],
        change: Change,
        trouble: Trouble,
    ) -> None:
        self._voice = voice
        self._video = video
        self._loudness = loudness
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
        self._recording = recording if self._video is not None else None

    def toggle(self, state: ArticleState) -> None:
        """Begin with this page, or be silent; a recording goes on where it was."""
        self._trouble("")
        if self._recording is not None:
            self._toggle_recording(self._recording)
        elif self.speaks:
            self.follow(state.reading_sentence(None))
            self._change(state.reading_sentence(None))
        else:
            begun = state.reading_from_page()
            self.follow(begun)
            self._change(begun)

    def follow(self, state: ArticleState) -> None:
        """The screen shows this now: another sentence is said in place of the present one."""
        before = None if self._state is None else self._state.reading
        self._state = state
        if state.reading == before:
            return
        if state.sentence is None:
            self._voice.stop()
        else:
            self._voice.say(state.sentence.spoken, self._loudness(), self._said)

    def stop(self) -> None:
        """The article is left."""
        self._voice.stop()
        self._state = None
        if self._is_open and self._video is not None:
            self._video.stop()
            self._video.listen(None)
        self._is_open = self._plays = False

    def _said(self, error: TvError | None) -> None:
        if self._state is None:
            return
        if error is not None:
            self._trouble(error.words)
        on = self._state.reading_on() if error is None else self._state.reading_sentence(None)
        self.follow(on)
        self._change(on)

    def _toggle_recording(self, recording: RecordingEntry) -> None:
        if self._video is None:
            return
        self._plays = not self._plays
        if not self._plays:
            self._video.player.pause()
        elif self._is_open:
            self._video.player.resume()
        else:
            self._is_open = True
            self._video.listen(self._heard)
            self._video.open(recording["url"], Milliseconds(0), live=False)

    def _heard(self, event: PlayerEvent) -> None:
        if isinstance(event, Ended | Failed):
            self._is_open = self._plays = False
            if self._video is not None:
                self._video.stop()
        if isinstance(event, Failed):
            # It comes over the network; what is on the screen can be read by the voice at any time.
            self._recording = None
            self._trouble(_("录音现在取不到，再按一次由电视朗读。"))
        if isinstance(event, Ended | Failed) and self._state is not None:
            self._change(self._state)
