"""The volume keys, and their panel over whatever screen is in sight."""

from collections.abc import Callable

from kivy.clock import Clock

from tvclient.kept_choices import KeptChoices
from tvclient.remote.key import Key
from tvclient.remote.rect import Rect
from tvclient.state.volume import Volume, kept_volume
from tvclient.widgets.part import Part
from tvclient.widgets.volume_panel import PLACE, VolumePanel

SHOWN_S = 2.0
KEPT_AS = "volume"


class VolumeLayer(Part):
    """Lies over all screens. `set_loudness` is told 0 to 100; `cut_out` where the panel lies, None when it
    is gone, so that it can be seen through a video laid over this window."""

    def __init__(
        self,
        choices: KeptChoices,
        set_loudness: Callable[[int], None],
        cut_out: Callable[[Rect | None], None],
    ) -> None:
        super().__init__()
        self._choices = choices
        self._set_loudness = set_loudness
        self._cut_out = cut_out
        self._panel = VolumePanel(rect=list(PLACE), shown=False, volume=kept_volume(choices.get(KEPT_AS)))
        self.add_widget(self._panel)
        # Before the frame is drawn: an X server keeps nothing of what is drawn under a window.
        self._cut = Clock.create_trigger(lambda _dt: self._cut_out(PLACE), -1)
        self._gone = Clock.create_trigger(lambda _dt: self.hide(), SHOWN_S)

    @property
    def volume(self) -> Volume:
        return self._panel.volume  # type: ignore[no-any-return]  # a property of Kivy's

    def press(self, key: Key) -> None:
        """Louder, quieter, mute or heard again; other keys do nothing."""
        volume = _after(self.volume, key)
        if volume is None:
            return
        self._panel.volume = volume
        self._set_loudness(volume.loudness)
        self._choices.keep(KEPT_AS, volume.as_kept())
        self._show()

    def remind(self) -> None:
        """Something is going to be played: say so if it will not be heard."""
        if not self.volume.loudness:
            self._show()

    def hide(self) -> None:
        """Take the panel away."""
        for trigger in (self._cut, self._gone):
            trigger.cancel()
        self._panel.shown = False
        self._cut_out(None)

    def _show(self) -> None:
        self._gone.cancel()
        self._gone()
        if not self._panel.shown:
            self._panel.shown = True
            self._cut()


def _after(volume: Volume, key: Key) -> Volume | None:
    match key:
        case Key.VOLUME_UP:
            return volume.up()
        case Key.VOLUME_DOWN:
            return volume.down()
        case Key.MUTE:
            return volume.toggle_mute()
    return None
