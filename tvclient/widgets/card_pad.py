"""The pad on which the digits of a learning card are typed without digits on the remote."""

from typing import Any

from tvclient import theme
from tvclient.widgets.pad_key import PadKey
from tvclient.widgets.part import Part

PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "delete", "0", "ok")
COLUMNS = 3
PITCH_X, PITCH_Y, KEY = 148, 124, (136, 108)


class CardPad(Part):
    """432×480 from `x`, `y`; `keys` by their focus ids: `key:7`, `key:delete`, `key:ok`."""

    def __init__(self, x: int, y: int, ok_words: str, **given: Any) -> None:
        super().__init__(rect=[0, 0, theme.DESIGN_W, theme.DESIGN_H], **given)
        self.keys = {f"key:{name}": _key(n, name, x, y, ok_words) for n, name in enumerate(PAD)}
        for key in self.keys.values():
            self.add_widget(key)


def _key(number: int, name: str, x: int, y: int, ok_words: str) -> PadKey:
    row, column = divmod(number, COLUMNS)
    rect = [x + PITCH_X * column, y + PITCH_Y * row, *KEY]
    icon = "backspace" if name == "delete" else ""
    role = theme.ROW_TITLE if name == "ok" else theme.FIGURE
    return PadKey(rect=rect, text=ok_words if name == "ok" else name, icon=icon, role=role)
