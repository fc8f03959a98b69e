"""The keymaps of this television: ours, the operator's, and the keys learned here."""

import logging
from pathlib import Path

from tvclient.key_sources.source_codes import told_code
from tvclient.remote.keymap import Keymap
from tvclient.settings import Settings

log = logging.getLogger(__name__)


def own_folder(settings: Settings) -> Path:
    """Where the files of this television's own keymaps lie."""
    return settings.data_folder / "keymaps"


def read_keymap(settings: Settings) -> Keymap:
    """All files merged, later folders outrank earlier ones; what can't be used is told in the log."""
    folders = [settings.assets_folder / "keymaps", own_folder(settings)]
    if settings.keymap_folder is not None:
        folders.insert(1, settings.keymap_folder)
    paths = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    keymap = Keymap.from_paths(paths, told_code)
    for problem in keymap.problems:
        log.warning("%s", problem)
    return keymap
