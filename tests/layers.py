"""Reads the source of the programs and says where it leaves the layers and the house's measures."""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

GROUND = "study"
PROGRAMS = ("agent", "tvclient", "municipal")
PACKAGES = (GROUND, *PROGRAMS)
FILE_MAX_LINES, FUNCTION_MAX_LINES = 400, 60

# What of the standard library neither does I/O nor looks at a clock or at chance.
# fmt: off
PURE_LIBRARY = frozenset((
    "abc", "base64", "binascii", "bisect", "calendar", "collections", "copy", "csv", "dataclasses",
    "datetime", "decimal", "enum", "fractions", "functools", "hashlib", "heapq", "hmac", "ipaddress",
    "itertools", "json", "math", "numbers", "operator", "re", "statistics", "string", "struct",
    "textwrap", "types", "typing", "unicodedata", "zlib", "zoneinfo",
))
# fmt: on
# Calls that reach a clock or the outside through a module that is otherwise pure.
IMPURE_CALLS = frozenset(("now", "utcnow", "today", "open", "print", "input"))

# Which modules a library may enter by: names, or "name.*" for everything in a folder.
DOORS: Mapping[str, tuple[str, ...]] = {
    "kivy": ("tvclient.*",),
    "vlc": (
        "tvclient.playback.vlc_player",
        "tvclient.playback.vlc_tracks",
        "tvclient.playback.frame_shape",
    ),
    "requests": ("agent.clients.*", "tvclient.agent_client.*"),
    "sqlite_utils": ("agent.stores.*",),
    "sqlite3": ("agent.stores.*",),
    "sqlalchemy": ("municipal.database", "municipal.tables"),
    "Xlib": ("tvclient.playback.*",),
    "PIL": ("municipal.media.*",),
    "markdown_it": ("municipal.imports.*",),
    "jinja2": ("agent.page.pages", "municipal.bulletin.page"),
    "openpyxl": ("agent.records.sheet_cells",),
    "xlsxwriter": ("municipal.bulletin.workbook",),
}

# Lower ones never import higher ones. A module that is not named lies as high as what it imports.
RUNGS: Mapping[str, Mapping[str, int]] = {
    "agent": {
        "records": 0,
        "search": 0,
        "stores": 1,
        "clients": 1,
        "loops": 2,
        "api": 3,
        "page": 3,
        "commands": 3,
        "__main__": 4,
    },
    "tvclient": {
        "remote": 0,
        "playback": 0,
        "agent_client": 0,
        "widgets": 1,
        "screens": 2,
        "app": 3,
        "__main__": 4,
    },
}

UNSPEAKING_NAMES = frozenset(("utils", "util", "helpers", "helper", "common", "manager", "base", "misc"))
# The end of a sentence: a full stop before a blank or at the very end.
SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[。！？]")
ABBREVIATIONS = re.compile(r"\b(?:e\.g|i\.e|etc|vs)\.")


@dataclass(frozen=True, slots=True)
class Import:
    """`target` is what is named: the module, or for `from m import n` first m, then m.n."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Module:
    name: str
    text: str
    tree: ast.Module
    imports: tuple[Import, ...]
    is_package: bool = False

    @property
    def program(self) -> str:
        return self.name.split(".")[0]

    def at(self, line: int) -> str:
        return f"{self.name}:{line}"


Modules = Mapping[str, Module]
Rule = Callable[[Modules], Iterator[str]]


def read_modules(root: Path) -> dict[str, Module]:
    """Every module of study and of the programs by dotted name; packages by their folder's name."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            found[name] = parse_module(name, path.read_text(encoding="utf-8"), is_package)
    return found


def parse_module(name: str, text: str, is_package: bool = False) -> Module:
    tree = ast.parse(text, filename=name)
    return Module(name, text, tree, tuple(_imports(tree)), is_package)


def _imports(tree: ast.AST) -> Iterator[Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield Import(start, node.lineno)
            yield from (Import(f"{start}.{alias.name}", node.lineno) for alias in node.names)


# ---- directions --------------------------------------------------------------------------------------------


def programs_apart(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        others = set(PROGRAMS) - {module.program}
        for entry in module.imports:
            if _top(entry) in others:
                yield f"{module.at(entry.line)} imports {entry.target}: programs meet in study only"


def ground_is_pure(modules: Modules) -> Iterator[str]:
    for module in _of(modules, GROUND):
        for entry in module.imports:
            if _top(entry) not in PURE_LIBRARY and _top(entry) != GROUND:
                yield f"{module.at(entry.line)} imports {entry.target}: study is pure, standard library only"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and _called(node) in IMPURE_CALLS:
                yield f"{module.at(node.lineno)} calls {_called(node)}: study has no I/O, no clock"


def doors_kept(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        for line, library in sorted({(entry.line, _top(entry)) for entry in module.imports}):
            doors = DOORS.get(library)
            if doors is not None and not any(_matches(module.name, door) for door in doors):
                yield f"{module.at(line)} imports {library}: it enters only by {', '.join(doors)}"


def rungs_kept(modules: Modules) -> Iterator[str]:
    for program, rungs in RUNGS.items():
        for module in _of(modules, program):
            own = _rung(module.name, rungs)
            for entry in module.imports:
                if own is None or _top(entry) != program:
                    continue
                if _height(entry.target, rungs, modules, frozenset()) > own:
                    yield f"{module.at(entry.line)} imports {entry.target}, which lies higher"


def _height(name: str, rungs: Mapping[str, int], modules: Modules, seen: frozenset[str]) -> int:
    """The rung of a module; one without a rung lies as high as the highest that it leads to."""
    own = _rung(name, rungs)
    if own is not None:
        return own
    if name in seen or name not in modules:
        return 0
    onwards = (entry.target for entry in modules[name].imports if _top(entry) == modules[name].program)
    return max((_height(target, rungs, modules, seen | {name}) for target in onwards), default=0)


def main_imported_by_none(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        for entry in module.imports:
            if entry.target.split(".")[-1] == "__main__":
                yield f"{module.at(entry.line)} imports {entry.target}: only a start may build the parts"


def absolute_imports(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        for entry in module.imports:
            if entry.target.startswith("."):
                yield f"{module.at(entry.line)} imports {entry.target} by a relative name"


def imports_at_the_top(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        for function in _functions(module):
            for entry in _imports(function):
                yield f"{module.at(entry.line)} imports {entry.target} inside {function.name}"


def no_cycles(modules: Modules) -> Iterator[str]:
    """A module that leads back to itself; each cycle is named once, from its first module on."""
    edges = {name: sorted(_edges(module, modules)) for name, module in modules.items()}
    for name in sorted(edges):
        path = _way_back(name, edges)
        if path and name == min(path):
            yield "import cycle: " + " -> ".join([*path, name])


def _edges(module: Module, modules: Modules) -> set[str]:
    """`from package import module` means the module, not the empty package around it."""
    named = {entry.target for entry in module.imports if entry.target in modules}
    return {target for target in named if not modules[target].is_package} - {module.name}


def _way_back(start: str, edges: Mapping[str, list[str]]) -> list[str] | None:
    """The shortest path from `start` back to it, without the last step; None when there is none."""
    paths, seen = [[start]], set()
    while paths:
        path = paths.pop(0)
        for target in edges.get(path[-1], ()):
            if target == start:
                return path
            if target not in seen:
                seen.add(target)
                paths.append([*path, target])
    return None


# ---- measures ----------------------------------------------------------------------------------------------


def one_sentence_docstrings(modules: Modules) -> Iterator[str]:
    """The first paragraph counts; a drawing or a reason may follow it."""
    for module in modules.values():
        if module.is_package:
            continue
        words = ABBREVIATIONS.sub("", (ast.get_docstring(module.tree) or "").partition("\n\n")[0])
        if len(SENTENCE_END.findall(words)) != 1 or not SENTENCE_END.search(words[-1:]):
            yield f"{module.name}: the module docstring's first paragraph is to be one sentence"


def empty_packages(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        if module.is_package and module.text.strip():
            yield f"{module.name}: __init__.py is to be empty"


def small_files(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        lines = len(module.text.splitlines())
        if lines > FILE_MAX_LINES:
            yield f"{module.name}: {lines} lines of {FILE_MAX_LINES}"


def small_functions(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        for function in _functions(module):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > FUNCTION_MAX_LINES:
                yield f"{module.at(function.lineno)} {function.name}: {lines} lines of {FUNCTION_MAX_LINES}"


def speaking_names(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        if UNSPEAKING_NAMES.intersection(module.name.split(".")):
            yield f"{module.name}: a file is named after one noun of the glossary"


def standard_library_unhidden(top_folders: Iterable[str]) -> Iterator[str]:
    """A folder beside the programs named like a standard module would be imported in its place."""
    for name in top_folders:
        if name in sys.stdlib_module_names:
            yield f"{name}/ hides the standard library's module of that name"


RULES: tuple[Rule, ...] = (
    programs_apart,
    ground_is_pure,
    doors_kept,
    rungs_kept,
    main_imported_by_none,
    absolute_imports,
    imports_at_the_top,
    no_cycles,
    one_sentence_docstrings,
    empty_packages,
    small_files,
    small_functions,
    speaking_names,
)


def _top(entry: Import) -> str:
    return entry.target.split(".")[0]


def _of(modules: Modules, program: str) -> Iterator[Module]:
    return (module for module in modules.values() if module.program == program)


def _matches(name: str, door: str) -> bool:
    folder = door.removesuffix(".*")
    return name == folder or (folder != door and name.startswith(folder + "."))


def _rung(name: str, rungs: Mapping[str, int]) -> int | None:
    parts = name.split(".")
    return rungs.get(parts[1]) if len(parts) > 1 else None


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
