"""Leaving what libVLC plays, which it may refuse for as long as a server says nothing."""

import threading
from typing import Any


def leave(player: Any, media: Any, within_s: float) -> bool:
    """Stops `player` and frees `media`. False when that takes longer.

    libVLC's HLS waits for the piece of a segment that it has asked for, and nothing interrupts that. Then
    it is left to a thread of its own, which frees the player as well once it comes back; the caller needs
    another one.
    """
    lock = threading.Lock()
    outcome = {"left": False, "given_up": False}

    def stop() -> None:
        player.stop()
        player.set_media(None)
        media.release()
        with lock:
            outcome["left"] = True
            if outcome["given_up"]:
                player.release()

    thread = threading.Thread(target=stop, name="leaving", daemon=True)
    thread.start()
    thread.join(within_s)
    with lock:
        outcome["given_up"] = not outcome["left"]
        return outcome["left"]
