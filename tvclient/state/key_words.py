"""What people call the keys of a remote."""

from tvclient.remote.key import Key
from tvclient.words import _


def key_words(key: Key) -> str:
    """“返回”, “确定”, “5” …"""
    return str(key.digit) if key.digit is not None else _words()[key]


def _words() -> dict[Key, str]:
    return {
        Key.UP: _("上"),
        Key.DOWN: _("下"),
        Key.LEFT: _("左"),
        Key.RIGHT: _("右"),
        Key.OK: _("确定"),
        Key.BACK: _("返回"),
        Key.HOME: _("主页"),
        Key.MENU: _("菜单"),
        Key.PLAY_PAUSE: _("播放/暂停"),
        Key.STOP: _("停止"),
        Key.REWIND: _("快退"),
        Key.FORWARD: _("快进"),
        Key.CHANNEL_UP: _("频道加"),
        Key.CHANNEL_DOWN: _("频道减"),
        Key.RED: _("红键"),
        Key.GREEN: _("绿键"),
        Key.YELLOW: _("黄键"),
        Key.BLUE: _("蓝键"),
        Key.INFO: _("信息"),
        Key.VOLUME_UP: _("音量加"),
        Key.VOLUME_DOWN: _("音量减"),
        Key.MUTE: _("静音"),
    }
