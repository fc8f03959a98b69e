"""The one queue of key presses, with repeats of our own making."""

from dataclasses import dataclass

from tvclient.remote.key import Key


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One press to act on; `repeat` is 0 for the press itself, then 1, 2, 3… while it is held."""

    key: Key
    repeat: int


class KeyQueue:
    """Sources put presses and releases in; the frame loop takes events out, once a frame.

    All times are monotonic milliseconds. Call from one thread.
    """

    def press(self, key: Key, now_ms: int) -> None:
        """A source says the key went down, or repeats it because it is still down."""
        raise NotImplementedError

    def release(self, key: Key, now_ms: int) -> None:
        """A source says the key went up; its repeats end."""
        raise NotImplementedError

    def take(self, now_ms: int) -> tuple[KeyEvent, ...]:
        """What to act on in this frame, in order, with at most one move or seek in it."""
        raise NotImplementedError

    def clear(self) -> None:
        """Forgets everything; for a window that loses its keys."""
        raise NotImplementedError

    def next_due_ms(self) -> int | None:
        """When take() has something to give next; None while nothing is pending or held."""
        raise NotImplementedError
