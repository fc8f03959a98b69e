"""The operator's front page: how the box is, and where to go from here."""

from dataclasses import dataclass

from starlette.responses import Response

from agent.errors import StickError
from agent.page.operator.form import Form
from agent.page.operator.ground import Ground
from agent.page.operator.pages import operator_page
from agent.page.operator.sessions import Session
from study.local_api import StatusReply
from study.participation import hours
from study.units import Milliseconds

_GB = 1_000_000_000
_LITTLE_BYTES = 2 * _GB
_MANY = 200
"""Records that wait, more than an evening makes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing about the box: `good`, `note` or `bad`, and the word for it, for who sees no colours."""

    light: str
    name: str
    words: str

    @property
    def light_words(self) -> str:
        return {"good": "正常", "note": "注意", "bad": "要处理"}[self.light]


class Front:
    def __init__(self, on: Ground) -> None:
        self._on = on

    def show(self, session: Session, _form: Form) -> Response:
        status = self._on.deeds.status()
        station = status["station"]
        return operator_page(
            "front",
            session,
            subject="" if station is None else f"{station['name']}（{station['district']}）",
            marks=marks_of(status),
        )

    def export(self, session: Session, _form: Form) -> Response | None:
        """Everything that waits goes onto the stick."""
        try:
            session.tell(self._on.deeds.export())
        except StickError as error:
            session.tell(error.words, is_wrong=True)
        return None


def marks_of(status: StatusReply) -> list[Mark]:
    """In the order in which an operator asks."""
    month, waiting = status["month"], status["waiting"]
    city = (
        Mark("good", "市平台", "能连上")
        if status["online"]
        else Mark("note", "市平台", "最近一次没有连上；学习照常，记录稍后自动上传，也可以用 U盘送")
    )
    outbox = Mark("note" if waiting > _MANY else "good", "待上传", f"{waiting} 条")
    studied = f"{hours(Milliseconds(month['effective_ms']))} 小时"
    if month["unplaced_ms"]:
        studied += f"，另有 {hours(Milliseconds(month['unplaced_ms']))} 小时日期待核定"
    marks = [city, outbox, Mark("good", "本月学时", studied), _clock(status), _disk(status)]
    if status["refused"]:
        marks.append(Mark("bad", "被退回", f"{status['refused']} 条记录市平台没有接收，请联系上级"))
    return marks + [Mark("bad", "提醒", words) for words in status["warnings"]]


def _clock(status: StatusReply) -> Mark:
    if status["clock"]["utc"] is None:
        return Mark("note", "时钟", "还没有可靠的时间；学时照记，连上网络或收到 U盘回执后自动核定日期")
    return Mark("good", "时钟", "准确")


def _disk(status: StatusReply) -> Mark:
    free = f"剩余 {status['storage']['free_bytes'] / _GB:.1f} GB"
    if status["disk_full"]:
        return Mark("bad", "存储", f"{free}，快存满了，新的学习可能记不下，请删去不用的文件")
    return Mark("note" if status["storage"]["free_bytes"] < _LITTLE_BYTES else "good", "存储", free)
