"""Sets as lifters type them: ``100x8@9``, ``bw+10x8``, ``3x8x100``. See docs/algorithms/set-text.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gainsly.lib.units import lb_to_kg, round_half_up
from gainsly.lib.vocabulary import SetKind

MOST_SETS = 20
MOST_FIRST = 20  # a first number up to this one counts sets in 3x8x100; a larger one is the weight, as in 100x8x3
DIGITS = 2
KINDS = {"w": SetKind.WARMUP, "d": SetKind.DROP, "f": SetKind.FAILURE}
UNITS = {"kg": False, "kgs": False, "lb": True, "lbs": True, "#": True}
MINUTE = 60
THREE = 3  # sets, repetitions and weight
MOST_EFFORT = 10.0

_SPACED = re.compile(r"\s*([x@+\-])\s*")
_SPLIT = re.compile(r"[;\n]+|,\s+|(?<=\d)\s+(?=(?:[wdf]\s+)?(?:bw|\d+(?:[.,]\d+)?(?:kgs?|lbs?)?x))")
_NUMBER = r"\d+(?:[.,]\d+)?"
_EFFORT = re.compile(rf"@(?P<rpe>{_NUMBER})$|@?(?P<rir>{_NUMBER})\s*rir$")
_WEIGHT = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>kgs?|lbs?|#)?$")
_BODY = re.compile(rf"bw(?:(?P<sign>[+-])(?P<number>{_NUMBER})\s*(?P<unit>kgs?|lbs?|#)?)?$")
_TIME = re.compile(r"(?:(?P<minutes>\d+):(?P<rest>[0-5]\d)|(?P<seconds>\d+)\s*s(?:ec)?|(?P<min>\d+)\s*min)$")
_METRES = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>km|m)$")


class Fault(StrEnum):
    """What is wrong with a piece of text."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    EFFORT = "effort"
    TOO_MANY = "too_many"
    REPS = "reps"


class SetTextError(ValueError):
    """Text that is no set; ``part`` is the piece that could not be read."""

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(f"{fault}: {part}")
        self.fault = fault
        self.part = part


@dataclass(frozen=True, slots=True)
class TypedSet:
    """A set as typed; kilograms (negative: help on a bodyweight movement), seconds, metres.

    ``has_weight`` is false where none was named, so that the usual one is meant.
    """

    weight_kg: float | None = None
    has_weight: bool = False
    reps: int | None = None
    seconds: int | None = None
    metres: float | None = None
    rpe: float | None = None
    rir: float | None = None
    kind: SetKind = SetKind.WORKING


def parse(text: str, *, pounds: bool = False) -> tuple[TypedSet, ...]:
    """All sets of a text, several divided by ``;``, a line end or a comma with a space. ``pounds`` is the unit of bare
    numbers. Raises ``SetTextError``."""
    pieces = [piece.strip() for piece in _SPLIT.split(_tidy(text)) if piece.strip()]
    if not pieces:
        raise SetTextError(Fault.EMPTY)
    sets = tuple(one for piece in pieces for one in _piece(piece, pounds))
    if len(sets) > MOST_SETS:
        raise SetTextError(Fault.TOO_MANY, text.strip())
    return sets


def _tidy(text: str) -> str:
    return _SPACED.sub(r"\1", text.lower().replace("×", "x").replace("*", "x").replace("−", "-")).strip()


def _piece(piece: str, pounds: bool) -> Sequence[TypedSet]:
    kind, rest = SetKind.WORKING, piece
    if re.match(r"[wdf]\s+", piece):
        kind, rest = KINDS[piece[0]], piece[1:].strip()
    rpe, rir, rest = _effort(rest, piece)
    parts = rest.strip().split("x")
    if len(parts) > THREE:
        raise SetTextError(Fault.UNREADABLE, piece)
    count, parts = _three(parts, piece) if len(parts) == THREE else (1, parts)
    done = _work(parts, piece, pounds)
    return [TypedSet(**done, rpe=rpe, rir=rir, kind=kind)] * count


def _effort(rest: str, piece: str) -> tuple[float | None, float | None, str]:
    found = _EFFORT.search(rest)
    if found is None:
        if "@" in rest:
            raise SetTextError(Fault.EFFORT, piece)
        return None, None, rest
    value = _number(found["rpe"] or found["rir"])
    low = 1 if found["rpe"] else 0
    if not low <= value <= MOST_EFFORT or (value * 2) % 1:
        raise SetTextError(Fault.EFFORT, piece)
    return (value if found["rpe"] else None), (None if found["rpe"] else value), rest[: found.start()]


def _three(parts: list[str], piece: str) -> tuple[int, list[str]]:
    """Sets, repetitions, weight; or weight, repetitions, sets when the first number is too large for sets."""
    first, middle, last = (part.strip() for part in parts)
    if first.isdigit() and 0 < int(first) <= MOST_FIRST:
        return int(first), [last, middle]
    if last.isdigit() and 0 < int(last) <= MOST_FIRST:
        return int(last), [first, middle]
    raise SetTextError(Fault.TOO_MANY if last.isdigit() else Fault.UNREADABLE, piece)


def _work(parts: list[str], piece: str, pounds: bool) -> dict[str, Any]:
    amount = parts[-1].strip()
    weight = parts[0].strip() if len(parts) > 1 else ""
    done: dict[str, Any] = dict(_amount(amount, piece))
    if weight:
        done |= {"weight_kg": _weight(weight, piece, pounds), "has_weight": True}
    return done


def _amount(text: str, piece: str) -> dict[str, float | int | None]:
    if found := _TIME.match(text):
        seconds = int(found["seconds"] or 0) + MINUTE * int(found["minutes"] or found["min"] or 0)
        return {"seconds": seconds + int(found["rest"] or 0)}
    if found := _METRES.match(text):
        return {"metres": _number(found["number"]) * (1000 if found["unit"] == "km" else 1)}
    if not text.isdigit():
        raise SetTextError(Fault.REPS, piece)
    return {"reps": int(text)}


def _weight(text: str, piece: str, pounds: bool) -> float | None:
    if text.startswith("bw"):
        found = _BODY.match(text)
        if found is None:
            raise SetTextError(Fault.UNREADABLE, piece)
        if found["number"] is None:
            return None
        kilograms = _kilograms(found["number"], found["unit"], pounds)
        return -kilograms if found["sign"] == "-" else kilograms
    found = _WEIGHT.match(text)
    if found is None:
        raise SetTextError(Fault.UNREADABLE, piece)
    return _kilograms(found["number"], found["unit"], pounds)


def _kilograms(number: str, unit: str | None, pounds: bool) -> float:
    value = _number(number)
    return round_half_up(lb_to_kg(value), DIGITS) if UNITS.get(unit or "", pounds) else value


def _number(text: str) -> float:
    return float(text.replace(",", "."))
