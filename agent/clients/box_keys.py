"""The box's key file, with the key that is to follow it."""

import threading
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.clients.signing import box_key, key_text, read_key, write_secret

_ID_MARK = b"key-id: "


@dataclass(frozen=True, slots=True)
class NextKey:
    """A key made to follow; `key_id` is known once the platform has taken it."""

    key: Ed25519PrivateKey
    key_id: str | None


class BoxKeys:
    """`station.key`, and during a change `station.key.next`; each is whole on the disk or not there.

    ```
    station.key          old ───────────────────────────────────┐ new
    station.key.next         new ── new with its id ── (renamed)┘
                             begin  confirm            finish
    ```
    Until `confirm` the old key is the one the platform may know; from then on it is the new one.
    """

    def __init__(self, file: Path) -> None:
        """Raises StartError for a key file that cannot be used."""
        self._file = file
        self._next_file = file.with_name(file.name + ".next")
        self.key = box_key(file)
        self.changing = threading.Lock()
        """Held from `begin` to `finish`: an operator and the delivery may both want to end a change."""

    @property
    def next(self) -> NextKey | None:
        """The key to follow; None where no change is under way. Raises StartError."""
        if not self._next_file.exists():
            return None
        key, head = read_key(self._next_file)
        is_known = head.startswith(_ID_MARK)
        return NextKey(key, head.removeprefix(_ID_MARK).decode().strip() if is_known else None)

    def begin(self) -> NextKey:
        """Have a key to follow: the one already made, or a new one. Raises OSError, StartError."""
        if (made := self.next) is not None:
            return made
        key = Ed25519PrivateKey.generate()
        write_secret(self._next_file, key_text(key))
        return NextKey(key, None)

    def confirm(self, made: NextKey, key_id: str) -> None:
        """The platform has taken the key to follow. Raises OSError."""
        write_secret(self._next_file, _ID_MARK + key_id.encode() + b"\n" + key_text(made.key))

    def finish(self) -> None:
        """The key to follow takes its place. Raises OSError, StartError."""
        if (made := self.next) is not None:
            self._next_file.replace(self._file)
            self.key = made.key

    def give_up(self) -> None:
        """No key is to follow. Raises OSError."""
        self._next_file.unlink(missing_ok=True)
