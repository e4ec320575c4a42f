"""Geometry of the program charts: numbers in, coordinates for a 400-wide SVG out. Templates only draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from gainsly.lib.vocabulary import MAJOR_MUSCLES, Section, SessionType, label_of

WIDTH = 400
DAY_SLOT, DAY_BAR = 51, 34
BASELINE, PLOT_HEIGHT = 128, 103
GAP = 2
ROW, ROW_TOP = 31, 14
BAR_LEFT, BAR_SPAN = 104, 250
WEEK_LEFT, WEEK_WIDTH = 96, 298
MUSCLE_ROW, MUSCLE_PLOT = 60, 42
LINE_TOP, LINE_HEIGHT = 14, 84
PERCENT_LINES = (60, 70, 80, 90)

Json = Mapping[str, Any]


def minutes_chart(sessions: Sequence[Json], weekdays: Sequence[Any], target: int) -> dict[str, Any]:
    """Stacked minutes per weekday of one week; grey is warm-up and cool-down."""
    top = max([target, *(session["estimated_minutes"] for session in sessions)])
    by_day = {_weekday(session): session for session in sessions}
    columns = []
    for day, label in enumerate(weekdays):
        session = by_day.get(day)
        columns.append(
            {
                "label": label,
                "x": day * DAY_SLOT + 4,
                "middle": day * DAY_SLOT + 4 + DAY_BAR / 2,
                "bars": _stack(session, top) if session else [],
                "minutes": session["estimated_minutes"] if session else 0,
                "title": session["title"] if session else "",
            }
        )
    lines = [{"y": _height_y(value, top), "minutes": value} for value in (round(target / 2), target)]
    return {"columns": columns, "lines": lines, "bar": DAY_BAR, "baseline": BASELINE}


def _stack(session: Json, top: float) -> list[dict[str, Any]]:
    bars, y = [], float(BASELINE)
    for colour, minutes in _parts(session):
        height = minutes / top * PLOT_HEIGHT
        if height > GAP:
            bars.append({"y": round(y - height, 1), "height": round(height - GAP, 1), "colour": colour})
        y -= height
    return bars


def _parts(session: Json) -> list[tuple[str, float]]:
    minutes = session["minutes"]
    middle_colour = "c-g3" if session["session_type"] in (SessionType.CARDIO, SessionType.CONDITIONING) else "c-g1"
    return [
        ("c-rest", minutes[Section.WARMUP] + minutes[Section.COOLDOWN]),
        ("c-g2", minutes[Section.SKILL] + minutes[Section.ACCESSORY]),
        ("c-g3", minutes[Section.FINISHER]),
        (middle_colour, minutes[Section.MAIN]),
    ]


def _height_y(value: float, top: float) -> float:
    return round(BASELINE - value / top * PLOT_HEIGHT, 1)


def _weekday(session: Json) -> int:
    return dt.date.fromisoformat(session["date"]).weekday()


def muscle_bars(quality: Json) -> dict[str, Any]:
    """Hard sets of the first week per major muscle, in front of the useful band."""
    weeks = quality.get("weeks") or []
    sets = weeks[0]["muscle_sets"] if weeks else {}
    bands = quality.get("bands") or {}
    muscles = [muscle for muscle in MAJOR_MUSCLES if muscle in bands]
    top = max([1.0, *(bands[muscle][1] for muscle in muscles), *(sets.get(muscle, 0) for muscle in muscles)])
    rows = []
    for index, muscle in enumerate(muscles):
        low, high = bands[muscle]
        done = sets.get(muscle, 0.0)
        rows.append(
            {
                "label": label_of(muscle),
                "sets": done,
                "low": low,
                "high": high,
                "y": index * ROW + ROW_TOP,
                "text_y": index * ROW + ROW_TOP + 4,
                "band_y": index * ROW + ROW_TOP - 10,
                "bar_y": index * ROW + ROW_TOP - 4,
                "band_x": round(BAR_LEFT + low / top * BAR_SPAN, 1),
                "band_width": round((high - low) / top * BAR_SPAN, 1),
                "width": round(done / top * BAR_SPAN, 1),
                "short": done < low - 0.5,
            }
        )
    return {"rows": rows, "height": len(rows) * ROW}


def weekly_sets(quality: Json, states: Mapping[int, str]) -> dict[str, Any]:
    """Hard sets per major muscle and week as small bars before their band; ``states`` colours each week."""
    weeks = quality.get("weeks") or []
    bands = quality.get("bands") or {}
    muscles = [muscle for muscle in MAJOR_MUSCLES if muscle in bands]
    slot = WEEK_WIDTH / max(1, len(weeks))
    rows = []
    for index, muscle in enumerate(muscles):
        low, high = bands[muscle]
        top = max([high, *(week["muscle_sets"].get(muscle, 0) for week in weeks)]) or 1
        base = 30 + index * MUSCLE_ROW + MUSCLE_PLOT
        rows.append(
            {
                "label": label_of(muscle),
                "low": low,
                "high": high,
                "text_y": base - MUSCLE_PLOT + 18,
                "band_text_y": base - MUSCLE_PLOT + 36,
                "base": base,
                "band_y": round(base - high / top * MUSCLE_PLOT, 1),
                "band_height": round((high - low) / top * MUSCLE_PLOT, 1),
                "bars": [
                    {
                        "x": round(WEEK_LEFT + slot * position + slot * 0.2, 1),
                        "width": round(slot * 0.45, 1),
                        "y": round(base - week["muscle_sets"].get(muscle, 0) / top * MUSCLE_PLOT, 1),
                        "height": round(week["muscle_sets"].get(muscle, 0) / top * MUSCLE_PLOT, 1),
                        "sets": week["muscle_sets"].get(muscle, 0),
                        "week": week["sequence"],
                        "colour": states.get(week["sequence"], "c-primary-dim"),
                    }
                    for position, week in enumerate(weeks)
                ],
            }
        )
    marks = [
        {"x": round(WEEK_LEFT + slot * (position + 0.42), 1), "week": week["sequence"], "deload": week["is_deload"]}
        for position, week in enumerate(weeks)
    ]
    return {"rows": rows, "weeks": marks, "height": 30 + len(rows) * MUSCLE_ROW, "left": WEEK_LEFT, "width": WEEK_WIDTH}


def load_line(quality: Json) -> dict[str, Any] | None:
    """Mean share of 1RM of the main lifts over the weeks; None where no week plans one."""
    weeks = quality.get("weeks") or []
    if not any(week["main_percent"] for week in weeks):
        return None
    slot = WEEK_WIDTH / len(weeks)
    points = [
        {
            "x": round(WEEK_LEFT + slot * (position + 0.42), 1),
            "y": _percent_y(week["main_percent"] * 100),
            "percent": round(week["main_percent"] * 100),
            "week": week["sequence"],
        }
        for position, week in enumerate(weeks)
        if week["main_percent"]
    ]
    shades = [round(WEEK_LEFT + slot * position, 1) for position, week in enumerate(weeks) if week["is_deload"]]
    return {
        "points": points,
        "path": " ".join(f"{point['x']},{point['y']}" for point in points),
        "lines": [{"y": _percent_y(value), "percent": value} for value in PERCENT_LINES],
        "shades": shades,
        "shade_width": round(slot * 0.9, 1),
        "left": WEEK_LEFT,
    }


def _percent_y(percent: float) -> float:
    low, high = PERCENT_LINES[0] - 10, PERCENT_LINES[-1] + 5
    return round(LINE_TOP + LINE_HEIGHT * (1 - (min(high, max(low, percent)) - low) / (high - low)), 1)
