"""What the cards of the settings show."""

from study.local_api import StatusReply
from study.units import HOUR_MS, MINUTE_MS
from tvclient import theme
from tvclient.state.volume import LOUDEST, Volume
from tvclient.widgets.setting_card import BLOCKS, SettingLook
from tvclient.words import _

DAY_MS = 24 * HOUR_MS
GB = 1_000_000_000


def network_look(status: StatusReply | None, away: bool) -> SettingLook:
    """The way to the city, and what waits for it."""
    title = _("网络")
    if away or status is None:
        words = _("本机服务重连中")
        return SettingLook("wifi", title, words, (_("电视正在找本机的学习服务"),), "", theme.VERM_TEXT)
    foot = _("待上传 {} 条").format(status["waiting"]) if status["waiting"] else _("学习记录都已上传")
    if not status["online"]:
        lines = (_("学习平台：暂时连不上"), _("照常学习，联网后自动上传"))
        return SettingLook("offline", title, _("没有接通"), lines, foot, theme.VERM_TEXT)
    return SettingLook("wifi", title, _("已接通"), (_("学习平台：正常"),), foot, theme.GREEN)


def stick_look(status: StatusReply | None) -> SettingLook:
    """The USB stick in the slot."""
    state = None if status is None or status["stick"] is None else status["stick"]["state"]
    values = {
        None: (_("未插入 U 盘"), theme.PAPER),
        "busy": (_("正在读写，请勿拔出"), theme.VERM_TEXT),
        "done": (_("可以拔出了"), theme.GREEN),
    }
    value, colour = values.get(state, (_("没有导成，请换一个"), theme.VERM_TEXT))
    lines = (_("插上就导出学习记录，"), _("拿到联网的站点上报"))
    return SettingLook("usb", _("U 盘导入导出"), value, lines, _("没有网络时用 U 盘报送学时"), colour)


def volume_look(volume: Volume, *, is_adjusted: bool) -> SettingLook:
    """How loud it is; while it `is_adjusted`, how."""
    value = _("静音") if volume.muted else str(volume.level)
    foot = _("← → 调节，OK 完成") if is_adjusted else _("按 OK 调节")
    return SettingLook("volume", _("音量"), value, (), foot, level=volume.loudness * BLOCKS // LOUDEST)


def storage_look(status: StatusReply | None) -> SettingLook:
    """The disk: how full, and what of it are courses."""
    title, foot = _("存储"), _("学习记录总留有位置")
    if status is None:
        return SettingLook("disk", title, _("正在读取…"), (), foot)
    storage = status["storage"]
    total, used = storage["total_bytes"], storage["total_bytes"] - storage["free_bytes"]
    value = _("已用 {} / {} GB").format(round(used / GB), round(total / GB))
    if status["disk_full"]:
        lines = (_("磁盘已满，请清理"),)
        return SettingLook("disk", title, value, lines, foot, theme.VERM_TEXT, share=1.0)
    lines = (_("其中课程 {} GB").format(f"{storage['courses_bytes'] / GB:.1f}"),)
    return SettingLook("disk", title, value, lines, foot, share=used / max(1, total))


def large_look(is_large: bool) -> SettingLook:
    """Large mode."""
    value = _("已打开") if is_large else _("已关闭")
    lines = (_("首页只留 6 门课和 3 个按钮，"), _("字更大，按数字就能选"))
    foot = _("按 OK 关闭") if is_large else _("按 OK 打开")
    return SettingLook("textsize", _("大字模式"), value, lines, foot, on=is_large)


def edge_look(inset_pct: int, *, is_adjusted: bool) -> SettingLook:
    """What the set cuts off."""
    value = _("缩进 {} %").format(inset_pct) if inset_pct else _("占满屏幕")
    if is_adjusted:
        lines = (_("调到四个角的金色标记"), _("刚好都看得见"))
        return SettingLook("grid", _("画面边缘"), value, lines, _("← → 调节，OK 完成"))
    return SettingLook("grid", _("画面边缘"), value, (_("电视切掉了画面边上的字？"),), _("按 OK 调节"))


def pin_look(status: StatusReply | None) -> SettingLook:
    """The door to all this, and to the box's page for operators."""
    page = None if status is None else status.get("operator_page")
    lines: tuple[str, ...] = (_("换人管理时改一下"),)
    if page is not None:
        lines = (_("手机、电脑上也能管理："), page.removeprefix("http://"))
    return SettingLook("lock", _("管理员密码"), _("已设置"), lines, _("按 OK 修改"), theme.GREEN)


def about_look(status: StatusReply | None, up_ms: int) -> SettingLook:
    """Whether all is well, which station this is, since when it runs."""
    warnings = [] if status is None else status["warnings"]
    value, colour = (_("运行正常"), theme.GREEN)
    if warnings:
        value, colour = _("有 {} 条提醒").format(len(warnings)), theme.VERM_TEXT
    station = status["station"] if status is not None else None
    number = _("站号 {}").format(station["number"]) if station is not None else _("还没有登记")
    name = _("站学") if status is None else f"{_('站学')} {status['version']}"
    lines = (f"{name}·{number}", up_words(up_ms))
    foot = _("按 OK 看提醒") if warnings else _("出了问题，把这一页拍给维护人员")
    return SettingLook("info", _("关于与诊断"), value, lines, foot, colour)


def keys_look() -> SettingLook:
    """A remote that no keymap knows."""
    lines = (_("有的键没反应，或按了不对，"), _("可以教给电视"))
    return SettingLook("key", _("遥控器按键"), _("教一个键"), lines, _("按 OK 开始"))


def up_words(up_ms: int) -> str:
    """已开机 6 天 4 小时."""
    days, hours = up_ms // DAY_MS, up_ms % DAY_MS // HOUR_MS
    if days:
        return _("已开机 {} 天 {} 小时").format(days, hours)
    if hours:
        return _("已开机 {} 小时 {} 分").format(hours, up_ms % HOUR_MS // MINUTE_MS)
    return _("已开机 {} 分").format(up_ms // MINUTE_MS)
