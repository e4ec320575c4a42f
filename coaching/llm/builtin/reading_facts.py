"""Readers of tools' answers for the further readings of readings.py: case and words for the gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .lists import Facts, clause, listed

Json = Mapping[str, Any]
LEAST, MOST = 1.6, 2.2  # g of protein per kg of body weight and day (Morton et al. 2018, and its upper bound)
WEEK = 7
LOW_SCORE = 50  # of 100


def move(data: Json) -> Facts:
    days = data["days"]
    first = next((one for one in days if _open(one)), None)
    if first is None:
        return "move_none", {}
    tomorrow = days[1]["session"]
    return "move", {
        "title": first["session"]["title"],
        "when": first["when"],
        "tomorrow": f"Tomorrow holds {tomorrow['title']}." if tomorrow else "Tomorrow is free.",
        "free": listed(one["day"] for one in days[:WEEK] if one["session"] is None) or "none within a week",
    }


def rest_day(data: Json) -> Facts:
    days = data["days"]
    if not any(one["session"] for one in days):
        return "days_none", {}
    place = next((number for number, one in enumerate(days) if one["session"] is None), None)
    if place is None:
        return "days", {"days": _planned(days[:WEEK])}
    before = [one for one in days[:place] if _open(one)]
    when = days[place]["day"] if days[place]["when"].startswith("on") else days[place]["when"]
    return "rest_day", {"day": when, "before": _planned(before) or "nothing more"}


def days(data: Json) -> Facts:
    planned = _planned([one for one in data["days"][:WEEK] if one["session"]])
    return ("days", {"days": planned}) if planned else ("days_none", {})


def in_a_row(data: Json) -> Facts:
    case, facts = days(data)
    return ("in_a_row" if case == "days" else case), facts


def missed(data: Json) -> Facts:
    following = next((one for one in data["days"] if _open(one)), None)
    if following is None:
        return "days_none", {}
    return "missed", {"next": f"{following['session']['title']} {following['when']}"}


def _open(day: Json) -> bool:
    return bool(day["session"]) and day["session"]["status"] == "planned"


def _planned(days: list[Json]) -> str:
    rows = [f"{one['when'].removeprefix('on ')} {one['session']['title']}" for one in days if one["session"]]
    return ", ".join(rows)


def protein(data: Json) -> Facts:
    if not data["entries"]:
        return "protein_none", {}
    low, high = (round(data["kilograms"] * share / 5) * 5 for share in (LEAST, MOST))
    return "protein", {"weight": data["latest"], "low": str(low), "high": str(high)}


def strain_signs(data: Json) -> Facts:
    low = data["score"] is not None and data["score"] < LOW_SCORE
    signs = [
        *([f"recovery {data['score']} of 100"] if low else []),
        *([f"going down: {listed(data['falling'])}"] if data["falling"] else []),
        *map(clause, data["advice"]),
    ]
    deload = "This week is a lighter one already." if data["is_deload"] else ""
    if not deload and data["next_deload"]:
        deload = f"Your next lighter week begins {data['next_deload']}."
    score = "not told today" if data["score"] is None else f"{data['score']} of 100"
    return ("strain_some" if signs else "strain_none"), {
        "signs": "; ".join(signs),
        "score": score,
        "deload": deload,
    }


def movement_guide(data: Json) -> Facts:
    if data["movement"] is None or not data["cues"]:
        return "guide_none", {"asked": data["movement"] or data["asked"] or "that exercise"}
    cues = "; ".join(one.rstrip(".") if not number else clause(one) for number, one in enumerate(data["cues"]))
    return "movement_guide", {"name": data["movement"], "cues": cues, "kit": listed(data["equipment"]) or "none"}


def muscles(data: Json) -> Facts:
    if data["movement"] is None or not data["muscles"]:
        return "guide_none", {"asked": data["movement"] or data["asked"] or "that exercise"}
    return "muscles", {"name": data["movement"], "muscles": listed(data["muscles"])}


def more_volume(data: Json) -> Facts:
    week = data["weeks"][-1] if data["weeks"] else None
    rows = week["muscles"] if week else []
    if not rows or week is None:
        return "volume_muscle_none", {"muscle": data["muscle"], "week": week["week"] if week else "now"}
    return "more_volume", {
        "muscle": listed(one["muscle"] for one in rows),
        "sets": listed(one["sets"] for one in rows),
        "week": week["week"],
    }


READING_READERS: dict[str, Callable[[Json], Facts]] = {
    "move": move,
    "rest_day": rest_day,
    "days": days,
    "days_ahead": days,
    "in_a_row": in_a_row,
    "missed": missed,
    "protein": protein,
    "strain_signs": strain_signs,
    "movement_guide": movement_guide,
    "more_volume": more_volume,
    "muscles": muscles,
}
