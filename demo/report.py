"""What was watched, what counted and why, what the city now holds; and whether every figure is right."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tabulate import tabulate

from demo.watched import Watched
from study.group.kind import kind_words
from study.participation import hours
from study.rules import WORDS, Why
from study.units import Milliseconds

TOLERANCE_MS = 1_000
LOST_PER_CENT_MAX = 1.0
KEYS_TO_BEGIN_MAX = 5
"""From home to a group study that goes on."""
STATES = {"delivered": "已上传", "waiting": "待上传", "refused": "被退回", "open": "学习中"}


def session_lines(own: Sequence[dict[str, Any]], citys: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The box's sessions, oldest first, each with what the city made of it (None if it has none such)."""
    held = {(entry["kind"], entry["title"], entry["played_ms"]): entry["effective_ms"] for entry in citys}
    return [
        {
            **{name: entry[name] for name in ("kind", "title", "length_ms", "played_ms", "covered_ms")},
            **{name: entry[name] for name in ("effective_ms", "counted", "why", "state")},
            "platform_effective_ms": held.get((entry["kind"], entry["title"], entry["played_ms"])),
        }
        for entry in reversed(own)
    ]


def faults(report: dict[str, Any], watched: Sequence[Watched]) -> list[str]:
    """Every figure that is not what it must be, in words; none when all is right."""
    found = []
    sessions = report["sessions"]
    if len(sessions) != len(watched):
        found.append(f"看了 {len(watched)} 次，记录了 {len(sessions)} 次")
    for seen, session in zip(watched, sessions, strict=False):
        found += _session_faults(seen, session)
    total = sum(session["effective_ms"] for session in sessions)
    if report["platform"]["effective_ms"] != total:
        found.append(f"平台的有效学时 {report['platform']['effective_ms']} 毫秒，本机 {total} 毫秒")
    if report["platform"]["records"] != len(sessions):
        found.append(f"平台有 {report['platform']['records']} 条记录，应为 {len(sessions)} 条")
    if (
        not report["offline"]["sessions"]
        or report["offline"]["delivered_after"] < report["offline"]["sessions"]
    ):
        found.append("平台停掉时的学习没有全部补送")
    found += group_faults(report["groups"], sessions)
    shown, lost = report["frames"]["shown"], report["frames"]["lost"]
    if not shown or lost * 100 > LOST_PER_CENT_MAX * (shown + lost):
        found.append(f"丢了 {lost} 帧（显示 {shown} 帧）")
    if report["keys"]["answered"] < report["keys"]["sent"]:
        found.append(f"按了 {report['keys']['sent']} 下，只有 {report['keys']['answered']} 下有反应")
    return found


def group_faults(groups: dict[str, Any], sessions: Sequence[dict[str, Any]]) -> list[str]:
    """Tonight's is the last one; its hours are those of one session, and nobody has more than they."""
    if not groups["held"]:
        return ["平台没有今晚的集体学习"]
    tonight, found = groups["held"][-1], []
    if tonight["people"] != groups["people"]:
        found.append(f"签到 {groups['people']} 人，平台有 {tonight['people']} 人")
    if tonight["effective_ms"] not in [session["effective_ms"] for session in sessions]:
        found.append(f"集体学习 {tonight['effective_ms']} 毫秒，没有一次学习是这么长")
    if not 0 < tonight["person_ms"] <= tonight["people"] * tonight["effective_ms"]:
        found.append(f"集体学习的人时 {tonight['person_ms']} 毫秒不对")
    if groups["keys_to_begin"] > KEYS_TO_BEGIN_MAX:
        found.append(f"开始集体学习按了 {groups['keys_to_begin']} 下")
    return found


def _session_faults(seen: Watched, session: dict[str, Any]) -> list[str]:
    found = []
    name = f"《{seen.title}》"
    if (seen.title, seen.kind) != (session["title"], session["kind"]):
        return [f"看的是{name}，记录的是《{session['title']}》"]
    if abs(seen.seen_ms - session["played_ms"]) > TOLERANCE_MS:
        found.append(f"{name}看了 {seen.seen_ms} 毫秒，记录了 {session['played_ms']} 毫秒")
    if seen.counts != session["counted"]:
        found.append(f"{name}{'应计入而没有计入' if seen.counts else '不应计入而计入了'}")
    if session["state"] != "delivered":
        found.append(f"{name}没有送达，状态是 {session['state']}")
    if session["platform_effective_ms"] != session["effective_ms"]:
        found.append(f"{name}平台算 {session['platform_effective_ms']}，本机算 {session['effective_ms']}")
    return found


def as_text(report: dict[str, Any], watched: Sequence[Watched]) -> str:
    """The evening in two tables and a few sentences."""
    rows = [
        [
            "直播" if session["kind"] == "live" else "点播",
            session["title"],
            _seconds(session["length_ms"]) if session["length_ms"] else "—",
            _seconds(seen.seen_ms),
            _seconds(session["played_ms"]),
            _seconds(session["effective_ms"]),
            WORDS[Why(session["why"])],
            STATES.get(session["state"], session["state"]),
        ]
        for seen, session in zip(watched, report["sessions"], strict=False)
    ]
    heading = ["方式", "课程", "时长", "眼见", "记录", "有效", "为什么", "状态"]
    keys, frames, offline, city = (report[name] for name in ("keys", "frames", "offline", "platform"))
    together = report["groups"]
    return "\n".join(
        [
            tabulate(rows, heading, tablefmt="simple", disable_numparse=True),
            "",
            f"平台停掉时学习 {offline['sessions']} 次，恢复后送达 {offline['delivered_after']} 次。",
            f"从首页到开始集体学习按 {together['keys_to_begin']} 下（找课程的不算）。",
            *(_group_words(one) for one in together["held"]),
            *(f"线下学习《{title}》等待上级认定。" for title in report["lectures"]),
            f"按键 {keys['sent']} 下，有反应 {keys['answered']} 下。",
            f"显示 {frames['shown']} 帧，丢 {frames['lost']} 帧。",
            f"平台现有学习记录 {city['records']} 条，重复送达 {city['duplicates']} 条。",
        ]
    )


def _group_words(group: dict[str, Any]) -> str:
    name = kind_words(group["kind"]) + (f"《{group['theme']}》" if group["theme"] else "")
    studied, people = (hours(Milliseconds(group[each])) for each in ("effective_ms", "person_ms"))
    return f"集体学习 {name}：{group['people']} 人，有效 {studied} 小时，{people} 人时。"


def save(report: dict[str, Any], path: Path) -> None:
    """Write report.json."""
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.1f} 秒"
