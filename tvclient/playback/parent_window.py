"""What the player needs to know of Kivy's own window."""

from typing import Any

from kivy.core.window import Window
from kivy.graphics.opengl import GL_RENDERER, glGetString

from tvclient.playback.errors import VideoWindowError


def parent_window_id() -> int:
    """The X11 id of Kivy's window.

    Raises VideoWindowError where Kivy does not run on X11 (Wayland, KMS).
    """
    window: Any = Window
    info = window and window.get_window_info()
    xid = getattr(info, "window", None)
    if not isinstance(xid, int) or type(info).__name__ != "WindowInfoX11":
        raise VideoWindowError("电视端不在 X11 窗口中运行，画面没有地方显示，请在 X11 会话中启动。")
    return xid


def gl_renderer() -> str:
    """Who draws for Kivy, as OpenGL names it; "" when it does not tell."""
    name: bytes | None = glGetString(GL_RENDERER)
    return name.decode("utf-8", "replace") if name else ""
