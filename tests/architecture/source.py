"""The source as the architecture tests read it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "movements", "programs", "logging_app", "coaching")
PURE = (
    "gainsly/lib",
    "programs/engine",
    "logging_app/metrics",
    "movements/catalogue",
    "movements/embeddings",
    "coaching/llm",
    "coaching/prompts",
)


@functools.cache
def modules(*folders: str) -> tuple[Path, ...]:
    """Python files under these folders (or the files themselves), without migrations."""
    found: list[Path] = []
    for folder in folders:
        path = ROOT / folder
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return tuple(path for path in found if "migrations" not in path.parts)


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def inside(app_part: str) -> tuple[Path, ...]:
    """The modules of one part ("views", "services") in every app."""
    folders = [f"{app}/{app_part}" for app in APPS if (ROOT / app / app_part).is_dir()]
    files = [f"{app}/{app_part}.py" for app in APPS if (ROOT / app / f"{app_part}.py").is_file()]
    return modules(*folders, *files)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every call whose target is a plain dotted name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            dotted = dotted_name(node.func)
            if dotted:
                yield node.lineno, dotted


def dotted_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted_name(node.value)
        return f"{left}.{node.attr}" if left else f"?.{node.attr}"
    return ""
