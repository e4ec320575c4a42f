"""Bodies of the named configurations: merged with what is shipped, checked, listed, compared.

A body maps names to groups or to leaves ``{value, grade, source, because}``. ``engine`` holds everything but the
scoring of movements, which is ``scoring``. See docs/algorithms/configuration.md.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from pydantic import ValidationError

from programs.engine.heuristics import DEFAULTS, Heuristics, parse
from programs.engine.scoring import DIMENSIONS

ENGINE = "engine"
SCORING = "scoring"
NAMES = (ENGINE, SCORING)
PACKAGED = 1  # the version that Gainsly ships with; stored versions count on from here
GRADES = ("A", "B", "C")
LEAF = frozenset({"value", "grade", "source", "because"})
SUM_TOLERANCE = 0.001
PAIR = 2

RETIRED = {"time": ("shortest",)}  # values that older stored versions hold and no rule reads any more

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One value with why it stands there; ``path`` is dotted."""

    path: str
    value: Any
    grade: str
    source: str
    because: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What one path holds in two bodies; None on the side that lacks it."""

    path: str
    old: Entry | None
    new: Entry | None

    @property
    def kind(self) -> str:
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "changed"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and how to mend it."""

    path: str
    message: str
    hint: str


@lru_cache(maxsize=1)
def _shipped() -> Body:
    return dict(yaml.safe_load(DEFAULTS.read_text(encoding="utf-8")))


def packaged_body(name: str) -> Body:
    """What Gainsly ships for one of ``NAMES``: version 1."""
    shipped = _shipped()
    if name == SCORING:
        return dict(shipped[SCORING])
    return {key: node for key, node in shipped.items() if key not in ("version", SCORING)}


def release() -> str:
    """The version of the shipped file."""
    return str(_shipped()["version"])


def merged(default: Any, body: Any) -> Any:
    """``body`` over ``default``: a version stored before a value existed takes the shipped one, source and all."""
    if not isinstance(default, Mapping) or not isinstance(body, Mapping):
        return body
    return {**default, **{key: merged(default[key], node) if key in default else node for key, node in body.items()}}


def _without_retired(body: Mapping[str, Any]) -> Body:
    return {
        group: {key: leaf for key, leaf in node.items() if key not in RETIRED[group]}
        if group in RETIRED and isinstance(node, Mapping)
        else node
        for group, node in body.items()
    }


def configured(bodies: Mapping[str, Body], version: str) -> Heuristics:
    """The engine's configuration from stored bodies by name; a name without one is the shipped one.

    Raises ``pydantic.ValidationError`` for a body that ``problems`` would have refused.
    """
    full = {name: merged(packaged_body(name), _without_retired(bodies.get(name, {}))) for name in NAMES}
    return parse({**full[ENGINE], SCORING: full[SCORING], "version": version})


def entries(body: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Every value of a body, in its order."""
    return tuple(Entry(path, **{key: leaf[key] for key in LEAF}) for path, leaf in _leaves(body, ""))


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What was changed, added and removed, by path."""
    before = {one.path: one for one in entries(old)}
    after = {one.path: one for one in entries(new)}
    return tuple(
        Difference(path, before.get(path), after.get(path))
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    )


def problems(name: str, body: Any) -> tuple[Problem, ...]:
    """Everything that keeps a body from being used; empty when it may be stored."""
    if not isinstance(body, Mapping) or not body:
        return (Problem("", "A configuration is a list of named values.", "Start from the active version."),)
    found = [*_unknown(name, body), *_shape(body, "")]
    if found:
        return tuple(found)
    found = _model_problems(name, dict(body))
    return tuple(found or _sense(name, body))


def _leaves(node: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if _is_leaf(node):
        yield path, node
    elif isinstance(node, Mapping):
        for key, child in node.items():
            yield from _leaves(child, f"{path}.{key}".strip("."))


def _is_leaf(node: Any) -> bool:
    return isinstance(node, Mapping) and "value" in node


def _unknown(name: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    known = packaged_body(name)
    for key in body:
        if key not in known:
            yield Problem(str(key), "This name is not known here.", _nearest(str(key), known))


def _nearest(key: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(key, [str(one) for one in known], n=1)
    return f"Did you mean “{near[0]}”?" if near else "Remove it; known are: " + ", ".join(map(str, known)) + "."


def _shape(node: Any, path: str) -> Iterator[Problem]:
    """Every value is wrapped with its grade, its source and its reason."""
    if not isinstance(node, Mapping):
        yield Problem(path, "This value stands alone.", "Write {value, grade, source, because}.")
    elif _is_leaf(node) or LEAF & {str(key) for key in node}:
        yield from _leaf_problems(node, path)
    else:
        for key, child in node.items():
            yield from _shape(child, f"{path}.{key}".strip("."))


def _leaf_problems(leaf: Mapping[str, Any], path: str) -> Iterator[Problem]:
    for key in sorted(LEAF - set(leaf)):
        yield Problem(path, f"“{key}” is missing.", "Write {value, grade, source, because}.")
    for key in sorted(str(key) for key in set(leaf) - LEAF):
        yield Problem(f"{path}.{key}", "A value has no such part.", "Keep value, grade, source and because only.")
    if "grade" in leaf and leaf["grade"] not in GRADES:
        hint = "A: meta-analysis or position stand, B: one good study, C: convention."
        yield Problem(f"{path}.grade", "The grade is A, B or C.", hint)
    for key in ("source", "because"):
        if key in leaf and not (isinstance(leaf[key], str) and leaf[key].strip()):
            yield Problem(f"{path}.{key}", "This is empty.", "Name what the value stands on, in plain words.")


def _model_problems(name: str, body: Body) -> list[Problem]:
    try:
        configured({name: body}, release())
    except ValidationError as error:
        return [_model_problem(name, one) for one in error.errors(include_url=False)]
    return []


def _model_problem(name: str, error: Mapping[str, Any]) -> Problem:
    parts = [str(part) for part in error["loc"] if part != "[key]"]
    if name == SCORING and parts[:1] == [SCORING]:
        parts = parts[1:]
    hint = "Remove it." if error["type"] == "extra_forbidden" else _shipped_hint(name, parts)
    return Problem(".".join(parts), f"{error['msg']}.", hint)


def _shipped_hint(name: str, parts: list[str]) -> str:
    """The shipped value at the nearest leaf, as an example of what fits."""
    node: Any = packaged_body(name)
    for part in parts:
        if _is_leaf(node) or not isinstance(node, Mapping) or part not in node:
            break
        node = node[part]
    return f"The shipped value is {node['value']}." if _is_leaf(node) else "Compare it with the shipped version."


def _sense(name: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """What types cannot say: spans run upwards, nothing turns negative or endless, weights make one."""
    shipped = {one.path: one.value for one in entries(packaged_body(name))}
    for one in entries(body):
        default = shipped.get(one.path)
        if any(not math.isfinite(number) for number in _numbers(one.value)):
            yield Problem(one.path, "This is not a finite number.", f"The shipped value is {default}.")
        elif min(_numbers(default), default=0) >= 0 > min(_numbers(one.value), default=0):
            yield Problem(one.path, "This cannot be negative.", f"The shipped value is {default}.")
        elif _is_span(default) and one.value[0] > one.value[1]:
            yield Problem(one.path, "The lower end is above the upper end.", "Write the smaller number first.")
    if name == SCORING and "weights" in body:
        yield from _weight_problems(body["weights"]["value"])


def _weight_problems(weights: Mapping[str, float]) -> Iterator[Problem]:
    names = set(DIMENSIONS)
    for key in sorted(set(weights) - names):
        yield Problem(f"weights.{key}", "This is not a dimension.", _nearest(key, dict.fromkeys(DIMENSIONS)))
    for key in sorted(names - set(weights)):
        yield Problem(f"weights.{key}", "This dimension has no weight.", "Give it one; 0 leaves it out.")
    total = sum(weights.values())
    if abs(total - 1) > SUM_TOLERANCE:
        yield Problem("weights", f"The weights add up to {total:.3f}.", "Change them so that they add up to 1.")


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, Mapping):
        for child in value.values():
            yield from _numbers(child)
    elif isinstance(value, list):
        for child in value:
            yield from _numbers(child)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def _is_span(value: Any) -> bool:
    return isinstance(value, list) and len(value) == PAIR and all(isinstance(one, int | float) for one in value)
