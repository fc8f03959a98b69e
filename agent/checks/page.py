"""The page for phones in the room: on which port it is, and whether that is the one wished for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from agent.checks.finding import Finding, good, warning
from agent.settings import Settings


@dataclass(frozen=True, slots=True)
class PageNews:
    """What the running agent says of its page."""

    wished: int
    """0 where it is switched off."""
    port: int | None
    operator_page: str | None

    @classmethod
    def of(cls, settings: Settings, status: Mapping[str, Any] | None) -> Self | None:
        """`status` is the agent's answer; None where none answers, or an older one that does not say."""
        if status is None or "page_port" not in status:
            return None
        return cls(settings.page_port, status["page_port"], status.get("operator_page"))

    @property
    def words(self) -> str:
        if self.port is None:
            return "没有，要用的端口都被占用" if self.wished else "已关闭（page_port = 0）"
        place = f"在端口 {self.port}，操作员页 {self.operator_page or '没有地址：本机不在局域网里'}"
        return place if self.port == self.wished else f"{place}；设置的端口 {self.wished} 被别的程序占用"


def page_findings(settings: Settings, status: Mapping[str, Any]) -> Iterator[Finding]:
    """Of an agent that answers."""
    news = PageNews.of(settings, status)
    if news is None:
        return
    if news.port is None and news.wished:
        yield warning("手机页", news.words, "请关闭占用端口的程序，或在设置里改 page_port，再重新启动服务")
    elif news.port not in (None, news.wished):
        yield warning("手机页", news.words, "二维码和电视上的网址已经是新的；存过旧网址的手机请重新扫描")
    else:
        yield good("手机页", news.words)
