"""Kivy reads its configuration from the environment at import: keep it off the tests' arguments and home."""

import os
import tempfile

os.environ |= {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_HOME": os.environ.get("KIVY_HOME") or tempfile.mkdtemp(prefix="kivy-"),
}
