"""Teaches the television a key of a remote: from the press to the keymap it stands in."""

from collections.abc import Callable
from functools import partial

from tvclient.background import Background
from tvclient.errors import TvError
from tvclient.remote.key import Key
from tvclient.remote.key_signal import KeySignal
from tvclient.remote.keymap import Keymap
from tvclient.remote.learning import Learning, Stage
from tvclient.remote.own_keymap import OwnKeymap
from tvclient.screens.key_input import KeyInput
from tvclient.words import _

Told = Callable[[str], None]
"""What went wrong, in words for the person in the room; empty when it went well."""


class KeyTeacher:
    """Drawing thread only; the disk is written in the background, and what is learned holds from then on.

    `read` reads all keymaps anew. While a key is being learned call `handle_one_turn` ten times a second and
    show `learning`: every key goes there, but for the question whether to change a key's meaning, which is
    answered as any other.
    """

    def __init__(
        self,
        keys: KeyInput,
        own: OwnKeymap,
        read: Callable[[], Keymap],
        background: Background,
        clock_ms: Callable[[], int],
        told: Told,
    ) -> None:
        self._keys = keys
        self._own = own
        self._read = read
        self._background = background
        self._clock_ms = clock_ms
        self._told = told
        self.learning: Learning | None = None

    def teach(self, target: Key) -> None:
        """Press the key you want for `target`."""
        self.learning = Learning(target, self._keys.keymap, self._clock_ms())
        self._keys.listen(self._hear)

    def handle_one_turn(self) -> None:
        """Time has passed."""
        if self.learning is not None:
            self.learning.handle_due(self._clock_ms())
            self._follow(self.learning)

    def answer(self, yes: bool) -> None:
        """Whether the key shall change its meaning."""
        if self.learning is not None:
            self.learning.answer(yes, self._clock_ms())
            self._follow(self.learning)

    def cancel(self) -> None:
        """Nothing is learned; to be called when the screen is left."""
        if self.learning is not None:
            self.learning.cancel()
            self._follow(self.learning)

    def undo(self) -> None:
        """The last key that was learned means what it meant before."""
        self._save(self._own.undo)

    def _hear(self, signal: KeySignal) -> None:
        if self.learning is not None:
            self.learning.hear(signal, self._clock_ms())
            self._follow(self.learning)

    def _follow(self, learning: Learning) -> None:
        """Who gets the keys now; what was learned is saved, once."""
        listens = learning.stage in (Stage.WAITING, Stage.PRESSED)
        self._keys.listen(self._hear if listens else None)
        if learning.is_over:
            self.learning = None
            if learning.stage is Stage.LEARNED:
                self._save(partial(self._own.assign, learning.codes, learning.target))

    def _save(self, write: Callable[[], object]) -> None:
        self._background.run(
            partial(_written, write, self._read), self._use, lambda error: self._told(error.words)
        )

    def _use(self, keymap: Keymap) -> None:
        self._keys.use(keymap)
        self._told("")


def _written(write: Callable[[], object], read: Callable[[], Keymap]) -> Keymap:
    try:
        write()
    except OSError as error:
        words = _("按键没有存下来（{}）。请检查磁盘，然后再学一次。").format(error.strerror)
        raise TvError(words) from error
    except UnicodeDecodeError as error:
        words = _("按键没有存下来：own.toml 不是 UTF-8 文字。请用 UTF-8 重新保存，然后再学一次。")
        raise TvError(words) from error
    return read()
