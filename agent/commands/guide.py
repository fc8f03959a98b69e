"""The guide: which lists of channels and guides were taken, and why one was not."""

from collections.abc import Sequence
from contextlib import closing

from agent.api.guide import sources_reply
from agent.clients.local import LocalAgent
from agent.commands.answer import DONE, NO, Answer
from agent.commands.call import Call
from agent.commands.moment import moment_words
from agent.commands.table import table
from agent.data_folder import token
from agent.errors import ApiError
from agent.stores.disk.looking import looking
from agent.stores.guide.guides import Guides
from study.guide_api import GUIDE_SOURCES, GuideSourceEntry, GuideSourcesReply

_HEAD = ("来源", "内容", "频道", "节目", "从", "到")
_NONE = """没有设置频道表和节目单；可以写在设置文件里：
  channel_lists = ["/etc/zhanxue/channels.m3u"]
  programme_guides = ["https://epg.example.cn/e.xml.gz"]"""
_READING = "正在读取，稍后再看：zhanxue-agent guide"
_STOPPED = "服务没有运行，启动后自动读取：zhanxue-agent run"
_KINDS = {"channels": "频道表", "programmes": "节目单"}


def guide(call: Call) -> Answer:
    """With `--read` the running agent reads all of them now. Raises StoreError, ApiError, StartError."""
    is_running = call.is_running()
    if call.args.read and not is_running:
        raise ApiError(503, "no_agent", _STOPPED)
    found = _asked(call) if is_running else _seen(call)
    said = [] if is_running else [_STOPPED]
    if call.args.read:
        said = [_READING]
    if not found:
        return Answer("\n".join([_NONE, *said]), found)
    lines = [table(_HEAD, [_line(each) for each in found], call.width)]
    lines += [f"没有采用  {each['source']}：{each['trouble']}" for each in found if each["trouble"]]
    has_trouble = any(each["trouble"] for each in found)
    return Answer("\n".join([*lines, *said]), found, NO if has_trouble else DONE)


def _asked(call: Call) -> Sequence[GuideSourceEntry]:
    agent = LocalAgent(call.settings, token(call.settings))
    reply: GuideSourcesReply = agent.post(GUIDE_SOURCES, {}) if call.args.read else agent.get(GUIDE_SOURCES)
    return reply["sources"]


def _seen(call: Call) -> Sequence[GuideSourceEntry]:
    guides = Guides(call.settings.guide_folder, call.settings.programme_guides)
    with closing(guides), looking(call.settings.database_file) as tables:
        return sources_reply(tables, guides, call.settings, {})["sources"]


def _line(each: GuideSourceEntry) -> tuple[str, ...]:
    if not each["taken"]:
        return (each["source"], _KINDS[each["kind"]], "还没有", "", "", "")
    is_guide = each["kind"] == "programmes"
    return (
        each["source"],
        _KINDS[each["kind"]],
        str(each["channels"]),
        str(each["programmes"]) if is_guide else "",
        moment_words(each["from_utc_ms"]) if is_guide else "",
        moment_words(each["to_utc_ms"]) if is_guide else "",
    )
