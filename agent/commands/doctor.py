"""The doctor: every check that somebody on the telephone would ask for, each with what to do."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from agent.checks.finding import Finding, Mark, warning
from agent.checks.folder import folder_findings
from agent.checks.identity import identity_findings, own_keys
from agent.checks.line import line_findings
from agent.checks.service import service_findings
from agent.checks.stock import stock_findings
from agent.checks.store import store_findings
from agent.checks.timing import timing_findings
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clients.signing import Signer
from agent.commands.answer import DONE, NO, Answer
from agent.commands.call import Call
from agent.commands.progress import progress
from agent.errors import StoreError
from agent.stores.box import read_box
from agent.stores.courses.shelf import Shelf
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.database import Tables
from agent.stores.disk.looking import looking
from study.anchor import from_utc_ms

_MARKS = {Mark.GOOD: "✓", Mark.WARNING: "!", Mark.WRONG: "✗"}
_INDENT = "    "


def doctor(call: Call) -> Answer:
    """Nothing is raised for what is wrong: that is what the answer is about. NO when something is."""
    findings = list(_findings(call))
    is_wrong = any(finding.mark is Mark.WRONG for finding in findings)
    return Answer(
        _words(findings), {"findings": [asdict(finding) for finding in findings]}, NO if is_wrong else DONE
    )


def _findings(call: Call) -> Iterator[Finding]:
    settings = call.settings
    yield from (warning("设置文件", words, "请改正这一行，然后重新启动服务") for words in call.told)
    yield from folder_findings(settings)
    if not settings.data_folder.is_dir():
        return
    yield from service_findings(settings, is_running=call.is_running())
    with progress("检查数据库") as told:
        yield from store_findings(settings, told)
    keys, finding = own_keys(settings)
    yield finding
    signer = None
    try:
        with looking(settings.database_file) as tables:
            signer = _signer(tables, call, keys)
            yield from identity_findings(tables)
            yield from timing_findings(tables, call.clock)
            yield from _stock(tables, call)
    except StoreError:
        pass  # the checks of the database have said why
    yield from line_findings(
        settings.municipal_url, lambda: MunicipalClient(settings.municipal_url, call.clock), signer
    )


def _stock(tables: Tables, call: Call) -> Iterator[Finding]:
    shelf = Shelf(call.settings.shelf_folder, call.settings.shelf_limit_bytes)
    if call.args.deep:
        with progress("核对课程文件") as told:
            yield from stock_findings(tables, shelf, call.clock, told)
    else:
        yield from stock_findings(tables, shelf, call.clock, None)


def _signer(tables: Tables, call: Call, keys: BoxKeys | None) -> Signer | None:
    key_id = read_box(tables).key_id
    utc_ms = utc_ms_of(tables, call.clock.boot, call.clock.mono_ms())
    if keys is None or key_id is None:
        return None
    return Signer(keys.key, key_id, from_utc_ms(call.clock.wall_utc_ms() if utc_ms is None else utc_ms))


def _words(findings: Sequence[Finding]) -> str:
    lines = []
    for finding in findings:
        lines.append(f"{_MARKS[finding.mark]} {finding.subject}：{finding.words}")
        if finding.advice:
            lines.append(textwrap.indent(f"→ {finding.advice}", _INDENT))
    wrongs, warnings = (
        sum(finding.mark is mark for finding in findings) for mark in (Mark.WRONG, Mark.WARNING)
    )
    if wrongs:
        lines.append(f"\n发现 {wrongs} 个问题，请按 → 后面的办法处理")
    elif warnings:
        lines.append(f"\n没有问题；有 {warnings} 处请留意")
    else:
        lines.append("\n一切正常")
    return "\n".join(lines)
