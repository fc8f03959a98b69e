"""The screens under the one in sight, each with its focus and scroll."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tvclient.remote.memory import Memory


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """One screen: which ("course"), of what ({"course_id": "5"}), and how it was left.

    `scroll` is pixels by container id. Memory is None until the screen has been left once.
    """

    screen: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    memory: Memory | None = None
    scroll: Mapping[str, int] = field(default_factory=dict)


class ScreenStack:
    """Never empty: the first entry (home) stays."""

    def __init__(self, first: ScreenEntry) -> None:
        self._entries = [first]

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def top(self) -> ScreenEntry:
        """The screen in sight."""
        return self._entries[-1]

    def keep(self, memory: Memory, scroll: Mapping[str, int]) -> None:
        """Notes focus and scroll of the screen in sight; call before push(), and before the player opens."""
        self._entries[-1] = replace(self.top, memory=memory, scroll=dict(scroll))

    def push(self, entry: ScreenEntry) -> None:
        """Opens a screen over the one in sight."""
        self._entries.append(entry)

    def pop(self) -> ScreenEntry | None:
        """Back: the entry now in sight, with the memory and scroll to restore before its first frame;
        None at the first entry, which stays."""
        if len(self._entries) == 1:
            return None
        self._entries.pop()
        return self.top

    def replace(self, entry: ScreenEntry) -> None:
        """Another screen in place of the one in sight."""
        self._entries[-1] = entry

    def pop_to_first(self) -> ScreenEntry:
        """Home: everything above the first entry is closed."""
        del self._entries[1:]
        return self.top
