"""The settings file: what an operator wrote, as far as it can be used."""

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from agent.errors import cause
from agent.settings import Settings

_BYTES_MAX = 64 * 1024
_NAMES = tuple(field.name for field in fields(Settings) if field.name != "data_folder")
_HINTS = get_type_hints(Settings, include_extras=True)
_SHOWN_MAX = 60
_FAULTS_MAX = 20
_BITS_MAX = 63


@dataclass(frozen=True, slots=True)
class Written:
    """The usable values by name, and a sentence for each line that is not used."""

    values: Mapping[str, Any]
    faults: tuple[str, ...]


def read_settings(file: Path, *, is_required: bool = False) -> Written:
    """Read `file`; whatever is in it, nothing is raised: what cannot be used is told and left out.

    The file is flat, `name = value` line by line, and each line is read as TOML by itself: so a fault
    has a line number, and costs no more than its own line.
    """
    try:
        with file.open("rb") as held:
            content = held.read(_BYTES_MAX + 1)
    except FileNotFoundError:
        return Written({}, (f"找不到设置文件 {file}，全部按默认值运行",) if is_required else ())
    except OSError as error:
        return Written({}, (f"设置文件 {file} 读不出来（{cause(error)}），全部按默认值运行；请检查权限",))
    if len(content) > _BYTES_MAX:
        return Written({}, (f"设置文件 {file} 过大，不像是设置文件，全部按默认值运行",))
    return _read_lines(content.decode("utf-8-sig", errors="replace"), file.name)


def settings_from(
    data_folder: Path, written: Written, given: Mapping[str, Any]
) -> tuple[Settings, list[str]]:
    """The settings in force and what the operator should know; `given` on the command line wins."""
    said = list(written.faults)
    settings = replace(Settings(data_folder), **{**written.values, **given})
    if settings.retry_min_s > settings.retry_max_s:
        default = Settings(data_folder)
        said.append(
            f"设置 retry_min_s（{settings.retry_min_s:g}）不能大于 retry_max_s（{settings.retry_max_s:g}），"
            f"改用默认值 {default.retry_min_s:g} 和 {default.retry_max_s:g}"
        )
        settings = replace(settings, retry_min_s=default.retry_min_s, retry_max_s=default.retry_max_s)
    return settings, said


def usable(name: str, value: Any) -> Any:
    """The value of a setting as its type. Raises ValueError with the reason in words."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("应是一个有限的数")
    if isinstance(value, int) and value.bit_length() > _BITS_MAX:
        raise ValueError("过大")
    try:
        # JSON's strictness: "8431" is no number and true is none, but 30 is a number with decimals too.
        return TypeAdapter(_HINTS[name]).validate_json(json.dumps(value, default=repr), strict=True)
    except ValidationError as error:
        raise ValueError(_reason(error)) from error


def _read_lines(text: str, name: str) -> Written:
    values: dict[str, Any] = {}
    faults: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        where = f"设置文件 {name} 第 {number} 行"
        try:
            entries = tomllib.loads(line.rstrip())
        except (ValueError, RecursionError):
            faults.append(f"{where}看不懂（{_shown(line.strip())}），没有采用；应写成：名称 = 值")
            continue
        for key, value in entries.items():
            _take(key, value, where, values, faults)
    if len(faults) > _FAULTS_MAX:
        faults[_FAULTS_MAX:] = [f"设置文件 {name} 还有 {len(faults) - _FAULTS_MAX} 处不能用，没有采用"]
    return Written(values, tuple(faults))


def _take(key: str, value: Any, where: str, values: dict[str, Any], faults: list[str]) -> None:
    if key not in _NAMES:
        faults.append(f"{where}：没有 {_shown(key)} 这项设置，没有采用；可用的有 {'、'.join(_NAMES)}")
        return
    if key in values:
        faults.append(f"{where}：{key} 写了不止一次，采用最前面的 {_shown(values[key])}")
        return
    try:
        values[key] = usable(key, value)
    except ValueError as error:
        default = getattr(Settings(Path()), key)
        faults.append(f"{where}：{key} = {_shown(value)} 不能用（{error}），改用默认值 {_shown(default)}")


def _reason(error: ValidationError) -> str:
    [first, *_] = error.errors()
    bound = first.get("ctx", {})
    match first["type"]:
        case "value_error":
            return str(bound["error"])
        case "greater_than":
            return f"应大于 {bound['gt']:g}"
        case "greater_than_equal":
            return f"不能小于 {bound['ge']}"
        case "less_than_equal":
            return f"不能大于 {bound['le']}"
        case "int_type" | "int_from_float" | "int_parsing_size":
            return "应是整数"
        case "float_type":
            return "应是数字"
        case "bool_type":
            return "应是 true 或 false"
        case "string_type" | "path_type":
            return "应是用引号括起来的文字"
        case "string_too_long":
            return f"不能超过 {bound['max_length']} 个字"
        case _:
            return "类型不对"


def _shown(value: Any) -> str:
    try:
        text = str(value)
    except (ValueError, RecursionError):
        return "很长的数"  # thousands of digits, which Python does not print
    kept = "".join(character if character.isprintable() else "�" for character in text)
    return kept if len(kept) <= _SHOWN_MAX else kept[:_SHOWN_MAX] + "…"
