"""What the player needs to know of Kivy's own window."""

from typing import Any

from kivy.core.window import Window
from kivy.graphics.opengl import GL_RENDERER, glGetString


def parent_window_id() -> int | None:
    """The X11 id of Kivy's window; None where Kivy does not run on X11 (Wayland, KMS)."""
    window: Any = Window
    info = window and window.get_window_info()
    xid = getattr(info, "window", None)
    return xid if isinstance(xid, int) and type(info).__name__ == "WindowInfoX11" else None


def gl_renderer() -> str:
    """Who draws for Kivy, as OpenGL names it; "" when it does not tell."""
    name: bytes | None = glGetString(GL_RENDERER)
    return name.decode("utf-8", "replace") if name else ""
