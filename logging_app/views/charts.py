"""Geometry of the charts of progress: numbers in, coordinates for a 400-wide SVG out. Templates only draw."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gainsly.lib.vocabulary import Muscle, label_of
from logging_app.metrics.landmarks import Landmark

LEFT, RIGHT, TOP, BOTTOM = 34.0, 392.0, 26.0, 178.0
TICKS = 5
LABELS = 4
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
ROW, ROW_TOP = 31, 14
BAR_LEFT, BAR_SPAN = 104, 250
ONE_DAY = dt.timedelta(days=1)
MARK = 8  # half the width of a record's diamond


@dataclass(frozen=True, slots=True)
class Point:
    """One day's value with its likely range; ``kind`` is ``dot``, ``new_strength`` or ``best_yet``."""

    on: dt.date
    value: float
    low: float | None = None
    high: float | None = None
    kind: str = "dot"


def line_chart(
    points: Sequence[Point], since: dt.date, until: dt.date, shades: Sequence[tuple[dt.date, dt.date]] = ()
) -> dict[str, Any]:
    """A line over days with its band, and shaded spans behind it. Needs at least one point."""
    low = min(value for one in points for value in (one.value, one.low) if value is not None)
    high = max(value for one in points for value in (one.value, one.high) if value is not None)
    ticks = ticks_between(low, high)
    x, y = _days(since, until), _heights(ticks[0], ticks[-1])
    banded = [one for one in points if one.low is not None and one.high is not None]
    upper = [f"{x(one.on)},{y(one.high or 0)}" for one in banded]
    lower = [f"{x(one.on)},{y(one.low or 0)}" for one in reversed(banded)]
    marks: list[dict[str, Any]] = [
        {"x": x(one.on), "y": y(one.value), "kind": one.kind, "on": one.on, "value": one.value} for one in points
    ]
    return {
        "lines": [{"y": y(tick), "text_y": y(tick) + 4, "value": tick} for tick in ticks],
        "labels": _labels(points[0].on if len(points) == 1 else since, until, x),
        "path": " ".join(f"{mark['x']},{mark['y']}" for mark in marks),
        "band": " ".join([*upper, *lower]) if len(banded) > 1 else "",
        "marks": [{**mark, "diamond": _diamond(mark["x"], mark["y"])} for mark in marks],
        "last": {**marks[-1], "text_y": max(12.0, round(marks[-1]["y"] - 14, 1))},
        "shades": [_shade(first, last, x) for first, last in shades if last >= since and first <= until],
        "left": LEFT - 4,
        "right": RIGHT + 8,
        "axis": LEFT - 12,
    }


def column_chart(values: Sequence[tuple[str, float, str]]) -> dict[str, Any]:
    """Columns from zero: label, value and colour class of each."""
    ticks = ticks_between(0.0, max([1.0, *(value for _, value, _ in values)]))
    y = _heights(0.0, ticks[-1])
    slot = (RIGHT - LEFT) / max(1, len(values))
    every = max(1, math.ceil(len(values) / LABELS))
    return {
        "lines": [{"y": y(tick), "text_y": y(tick) + 4, "value": tick} for tick in ticks],
        "columns": [
            {
                "x": round(LEFT + slot * (at + 0.18), 1),
                "middle": round(LEFT + slot * (at + 0.5), 1),
                "width": round(slot * 0.64, 1),
                "y": y(value),
                "height": round(BOTTOM - y(value), 1),
                "colour": colour,
                "label": label if at % every == 0 else "",
                "value": value,
                "title": label,
            }
            for at, (label, value, colour) in enumerate(values)
        ],
        "left": LEFT - 4,
        "right": RIGHT + 8,
        "axis": LEFT - 12,
    }


def muscle_bars(
    done: Mapping[Muscle, float], planned: Mapping[Muscle, float], bands: Mapping[Muscle, Landmark]
) -> dict[str, Any]:
    """Hard sets of a week per muscle, done and still planned, in front of the useful band."""
    shown = [muscle for muscle in Muscle if muscle in bands]
    top = max([1.0, *(bands[one].high for one in shown), *(done.get(one, 0) + planned.get(one, 0) for one in shown)])
    rows = []
    for index, muscle in enumerate(shown):
        band, ready, all_of_it = bands[muscle], done.get(muscle, 0.0), done.get(muscle, 0.0) + planned.get(muscle, 0.0)
        base = index * ROW + ROW_TOP
        rows.append(
            {
                "label": label_of(muscle),
                "done": ready,
                "planned": planned.get(muscle, 0.0),
                "total": all_of_it,
                "low": band.low,
                "high": band.high,
                "short": band.place(all_of_it) == "below",
                "text_y": base + 4,
                "band_y": base - 10,
                "bar_y": base - 4,
                "band_x": round(BAR_LEFT + band.low / top * BAR_SPAN, 1),
                "band_width": round((band.high - band.low) / top * BAR_SPAN, 1),
                "width": round(all_of_it / top * BAR_SPAN, 1),
                "done_width": round(ready / top * BAR_SPAN, 1),
                "left": BAR_LEFT,
            }
        )
    return {"rows": rows, "height": len(rows) * ROW + 2}


def ticks_between(low: float, high: float) -> list[float]:
    """Round numbers that hold both ends, about five of them; three at least."""
    span = max(high - low, abs(high) * 0.02, 1e-6)
    scale = 10.0 ** math.floor(math.log10(span / TICKS))
    step = next(one * scale for one in STEPS if one * scale * TICKS >= span)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(at * step, 6) for at in range(first, max(last, first + 2) + 1)]


def _days(since: dt.date, until: dt.date) -> Callable[[dt.date], float]:
    days = max(1, (until - since).days)
    return lambda on: round(LEFT + (on - since).days / days * (RIGHT - LEFT), 1)


def _heights(low: float, high: float) -> Callable[[float], float]:
    return lambda value: round(BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP), 1)


def _labels(since: dt.date, until: dt.date, x: Callable[[dt.date], float]) -> list[dict[str, Any]]:
    days = (until - since).days
    count = min(LABELS, days + 1)
    places = [since + ONE_DAY * round(days * at / max(1, count - 1)) for at in range(count)]
    last = len(places) - 1
    anchors = ["start" if at == 0 else "end" if at == last else "middle" for at in range(len(places))]
    return [{"on": day, "x": x(day), "anchor": anchor} for day, anchor in zip(places, anchors, strict=True)]


def _shade(first: dt.date, last: dt.date, x: Callable[[dt.date], float]) -> dict[str, float]:
    start, end = max(LEFT, x(first)), min(RIGHT, x(last + ONE_DAY))
    return {"x": round(start, 1), "width": round(max(2.0, end - start), 1)}


def _diamond(x: float, y: float) -> str:
    return f"M{x} {y - MARK}l{MARK} {MARK}-{MARK} {MARK}-{MARK}-{MARK}Z"
