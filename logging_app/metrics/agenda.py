"""What a running workout asks for: the plan's exercises with the athlete's own changes laid over them, in their order.

A workout keeps its changes as a list, each a small dict with ``id`` and ``op``. Laying them over the plan again gives
the same agenda on every device, and dropping the newest takes it back. See docs/algorithms/agenda.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise as it is asked for; kilograms, seconds, metres. Without ``sets`` it goes on until another is chosen.

    ``key`` is the session exercise's id, or the id of the change that brought it. ``swapped_from`` is the movement that
    stood here before a swap.
    """

    key: str
    movement: str
    sets: int | None = None
    load_kg: float | None = None
    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    metres: float | None = None
    rpe: float | None = None
    rest_seconds: int | None = None
    group: str | None = None
    note: str = ""
    swapped_from: str | None = None


def lay(planned: Iterable[Item], changes: Iterable[Change]) -> tuple[Item, ...]:
    """The agenda after all changes. A change of an exercise that is gone, or of an unknown kind, does nothing."""
    items = list(planned)
    for change in changes:
        rule = _RULES.get(change["op"])
        if rule is not None:
            items = rule(items, change)
    return tuple(items)


def circuits_of(changes: Iterable[Change]) -> list[str]:
    """Slugs of the circuits that were added by hand, each once, in their order."""
    return list(dict.fromkeys(change["circuit"] for change in changes if change["op"] == "circuit"))


def results_of(changes: Iterable[Change]) -> dict[str, Change]:
    """The newest result of each circuit by its slug."""
    return {change["circuit"]: change for change in changes if change["op"] == "result"}


def _add(items: list[Item], change: Change) -> list[Item]:
    asked: dict[str, Any] = {
        name: change.get(name)
        for name in ("sets", "load_kg", "reps_min", "reps_max", "seconds", "metres", "rpe", "rest_seconds", "group")
    }
    return [*items, Item(key=change["id"], movement=change["movement"], **asked)]


def _swap(items: list[Item], change: Change) -> list[Item]:
    """Another movement in an exercise's place: its own load, the sets that are left, nothing else changed."""
    return [
        replace(
            one,
            movement=change["movement"],
            load_kg=change.get("load_kg"),
            sets=change.get("sets", one.sets),
            swapped_from=one.swapped_from or one.movement,
        )
        if one.key == change["key"]
        else one
        for one in items
    ]


def _remove(items: list[Item], change: Change) -> list[Item]:
    return [one for one in items if one.key != change["key"]]


def _move(items: list[Item], change: Change) -> list[Item]:
    at = _place(items, change)
    if at is None:
        return items
    to = min(max(at + int(change["by"]), 0), len(items) - 1)
    moved = [*items[:at], *items[at + 1 :]]
    return [*moved[:to], items[at], *moved[to:]]


def _pair(items: list[Item], change: Change) -> list[Item]:
    """A superset of an exercise and the one after it."""
    at = _place(items, change)
    if at is None or at + 1 >= len(items):
        return items
    letter = _letter(items[at]) or _letter(items[at + 1]) or _free_letter(items)
    pair = [replace(one, group=f"{letter}{number}") for number, one in enumerate(items[at : at + 2], start=1)]
    return [*items[:at], *pair, *items[at + 2 :]]


def _unpair(items: list[Item], change: Change) -> list[Item]:
    at = _place(items, change)
    letter = None if at is None else _letter(items[at])
    return [replace(one, group=None) if letter and _letter(one) == letter else one for one in items]


def _set(name: str) -> Callable[[list[Item], Change], list[Item]]:
    def rule(items: list[Item], change: Change) -> list[Item]:
        return [replace(one, **{name: change[name]}) if one.key == change["key"] else one for one in items]

    return rule


def _place(items: Sequence[Item], change: Change) -> int | None:
    return next((at for at, one in enumerate(items) if one.key == change["key"]), None)


def _letter(item: Item) -> str:
    return (item.group or "")[:1]


def _free_letter(items: Sequence[Item]) -> str:
    taken = {_letter(one) for one in items}
    return next(letter for letter in ascii_uppercase if letter not in taken)


_RULES: dict[str, Callable[[list[Item], Change], list[Item]]] = {
    "add": _add,
    "swap": _swap,
    "remove": _remove,
    "move": _move,
    "pair": _pair,
    "unpair": _unpair,
    "note": _set("note"),
    "rest": _set("rest_seconds"),
    "sets": _set("sets"),
}
