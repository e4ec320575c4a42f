"""The house rules that import contracts and ruff cannot hold."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import APPS, PURE, ROOT, calls, dotted_name, functions, inside, modules, name_of, tree

LONGEST_MODULE = 500  # a gate far behind the aim of 300 lines
LONGEST_FUNCTION = 70  # a gate far behind the aim of 40 lines
WRITES = {
    "save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create",
    "acreate", "asave", "aupdate", "adelete",
}  # fmt: skip
FORBIDDEN_MODULE_NAMES = {"utils.py", "helpers.py", "managers.py", "common.py", "misc.py", "exceptions.py"}
CLOCKS = ("now", "today", "utcnow", "localdate", "localtime", "time.time", "monotonic", "perf_counter")
ALL = (*APPS, "gainsly")


def test_modules_stay_small_enough_to_read() -> None:
    sizes = {name_of(path): len(path.read_text().splitlines()) for path in modules(*ALL)}
    assert {name: size for name, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_functions_stay_small_enough_to_read() -> None:
    long = {
        f"{name_of(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in modules(*ALL)
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_module_is_named_for_odds_and_ends() -> None:
    assert [name_of(path) for path in modules(*ALL) if path.name in FORBIDDEN_MODULE_NAMES] == []


@pytest.mark.parametrize("part", ["views", "api", "tasks", "forms", "selectors", "history", "admin", "receivers"])
def test_only_services_write(part: str) -> None:
    """ORM writes carry a manager, a queryset or an instance before them; `form.save` is no way around either."""
    writes = [
        f"{name_of(path)}:{line} {call}"
        for path in inside(part)
        for line, call in calls(path)
        if call.rsplit(".", 1)[-1] in WRITES and "." in call and looks_like_a_row(call)
    ]
    assert writes == []


def looks_like_a_row(call: str) -> bool:
    """Dicts and sets have update and friends too; services may be called `services.update(...)`."""
    owner, method = call.rsplit(".", 1)
    if method == "update":
        return "objects" in owner or owner.startswith("?")
    return owner.split(".")[-1] not in {"cache", "session", "services"}


def test_what_a_service_writes_it_takes_by_name() -> None:
    """What writes or locks rows is called with names; a reader beside it may take its one subject as it stands."""
    faults = [
        f"{name_of(path)}:{node.name}"
        for path in inside("services")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and is_use_case(node) and (node.args.args or node.args.posonlyargs)
    ]
    assert faults == []


def is_use_case(node: ast.FunctionDef) -> bool:
    """A public function that opens a transaction, locks rows, or writes them itself."""
    used = [dotted_name(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)]
    atomic = "transaction.atomic" in [*used, *map(ast.unparse, node.decorator_list)]
    locks = any(call.endswith(".select_for_update") for call in used)
    writes = any(call.rsplit(".", 1)[-1] in WRITES and "." in call and looks_like_a_row(call) for call in used)
    return not node.name.startswith("_") and (atomic or locks or writes)


def test_services_are_annotated() -> None:
    faults = [
        f"{name_of(path)}:{node.name}"
        for path in inside("services")
        for node in functions(path)
        if node.returns is None or not all(given.annotation or given.arg == "self" for given in arguments(node))
    ]
    assert faults == []


def arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    given = node.args
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]


@pytest.mark.parametrize("part", ["views", "api", "tasks", "services", "forms"])
def test_objects_are_fetched_through_their_owner(part: str) -> None:
    found = [
        f"{name_of(path)}:{line}" for path in inside(part) for line, call in calls(path) if "get_object_or_404" in call
    ]
    assert found == []


def test_tasks_are_thin_and_take_ids_by_name() -> None:
    faults = []
    for path in inside("tasks"):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and any("task" in ast.unparse(mark) for mark in node.decorator_list):
                positional = [argument.arg for argument in node.args.args if argument.arg != "self"]
                if len(node.body) > 6 or positional:
                    faults.append(f"{name_of(path)}:{node.name}")
    assert faults == []


def test_pure_packages_use_no_clock_and_no_global_chance() -> None:
    found = []
    for path in modules(*PURE):
        if name_of(path) == "gainsly/lib/ids.py":  # ids of version 7 hold the time by definition
            continue
        for line, call in calls(path):
            clock = call.split(".")[-1] in CLOCKS or call in CLOCKS
            chance = call.startswith(("random.", "np.random.", "numpy.random.")) and call != "random.Random"
            if clock or chance:
                found.append(f"{name_of(path)}:{line} {call}")
    assert found == []


def test_pure_packages_import_without_django() -> None:
    names = []
    for package in PURE:
        root = package.replace("/", ".")
        imported = importlib.import_module(root)
        names += [root, *(f"{root}.{part.name}" for part in pkgutil.iter_modules(imported.__path__))]
    script = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
    script += "assert 'django' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_modules_of_arithmetic_name_a_page_that_exists() -> None:
    """The page is named in the module's docstring, or in that of the package it is a part of."""
    faults = []
    for path in modules("programs/engine", "logging_app/metrics"):
        if any(isinstance(node, ast.FunctionDef) for node in tree(path).body):
            pages = pages_of(path) or pages_of(path.parent / "__init__.py")
            faults += [name_of(path)] if not pages else []
            faults += [f"{name_of(path)}: {page}" for page in pages if not (ROOT / page).is_file()]
    assert faults == []


def pages_of(path: Path) -> list[str]:
    return re.findall(r"docs/algorithms/[\w-]+\.md", ast.get_docstring(tree(path)) or "")
