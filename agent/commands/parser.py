"""A command line parser that speaks Chinese."""

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

_USAGE_ERROR = 2
_WORDS = (
    (r"the following arguments are required: (.*)", r"还缺少：\1"),
    (r"unrecognized arguments: (.*)", r"不认识：\1"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from .*\)", r"\1 没有 \2 这一项"),
    (r"argument (.*?): invalid \w+ value: (.*)", r"\1 的值 \2 不对，应是数字"),
    (r"argument (.*?): expected one argument", r"\1 后面还缺一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 后面还缺一个值"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 和 \2 不能同时使用"),
    (r"one of the arguments (.*) is required", r"以下几项要写一项：\1"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 写得太短，可能是 \2"),
)


class Parser(argparse.ArgumentParser):
    """argparse with Chinese help; what is wrong is one sentence, and where to read on."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**{"formatter_class": _Chinese, "add_help": False, "allow_abbrev": False, **parts})
        self._positionals.title = "要写的"
        self._optionals.title = "可选的"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """One line on stderr, exit code 2."""
        for english, chinese in _WORDS:
            if found := re.fullmatch(english, message):
                message = found.expand(chinese)
                break
        print(f"{self.prog}：{message}；用法见 {self.prog} --help", file=sys.stderr)
        self.exit(_USAGE_ERROR)


class _Chinese(argparse.RawDescriptionHelpFormatter):
    """argparse writes "usage:" itself where no other word is given."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)
