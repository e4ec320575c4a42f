"""From a tool's answer to the case of the table of phrases, and the words that go into its gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .lists import Facts, clause, counted, listed, spoken_rest
from .reading_facts import READING_READERS

Json = Mapping[str, Any]
SCORES = re.compile(r": [\d.]+ against [\d.]+$")  # the page of the session shows them; in words they say nothing
TOLD = 2  # reasons for an adapted day's changes in words; its card shows every change
FEW = 75  # per cent of sessions kept; below it the course is told as mixed


def facts_of(tool: str, data: Json) -> Facts:
    """The case and the facts of a tool's answer; a refused call or an unknown tool is answered by the help."""
    if "error" in data or tool not in READERS:
        return "help", {}
    return READERS[tool](data)


def _session(data: Json) -> Facts:
    session, when = data["session"], str(data["when"])
    if session is None:
        following = data["next_session"]
        if data["programme"] is None:
            return "no_programme", {}
        after = f"{following['title']} {following['when']}" if following else "nothing else this week"
        return "rest", {"when": when, "next": after}
    mains = [_exercise(one) for one in session["exercises"] if one["section"] in {"main", "skill"}]
    others = [_exercise(one) for one in session["exercises"] if one["section"] not in {"main", "skill"}]
    advice = " ".join(data["advice"])
    return "session", {
        "when": when,
        "title": session["title"],
        "minutes": str(session["minutes"]),
        "mains": listed(mains or others),
        "count": str(len(session["exercises"])),
        "advice": f" {advice}" if advice else "",
        "done": " It is done already." if session["status"] == "done" else "",
    }


def _exercise(one: Json) -> str:
    return f"{one['name']} {one['dose']}" + (f" with {one['load']}" if one["load"] else "")


def _lift(data: Json) -> Facts:
    if not data["points"]:
        return "lift_none", {"lift": str(data["movement"] or data["asked"] or "that lift")}
    return "lift", {
        "lift": str(data["movement"]),
        "latest": data["latest"],
        "best": data["best"],
        "change": data["change"],
        "since": data["since"],
        "points": counted(data["points"], "workout"),
        "trend": {"up": "going up", "down": "going down", "flat": "level within the noise"}[data["trend"]],
    }


def _lift_as(case: str, data: Json) -> Facts:
    """A lift's figures for another case than the usual one."""
    found, facts = _lift(data)
    return (case if found == "lift" else found), facts


def _recovery(data: Json) -> Facts:
    score = "no check-in yet today" if data["score"] is None else f"{data['score']} of 100"
    if data["worst"]:
        score += f", {data['worst']} lowest"
    tired = [f"{one['muscle']} {one['percent']} %" for one in data["tired"]]
    if not tired:
        return "fresh", {"score": score}
    first = data["tired"][0]
    return "sore", {"score": score, "tired": listed(tired), "worst": first["muscle"], "hours": str(first["hours"])}


def _outline(data: Json) -> Facts:
    if data["name"] is None:
        return "no_programme", {}
    facts = {
        "name": data["name"],
        "week": str(data["week"] or "none"),
        "weeks": str(data["weeks"]),
        "phase": data["phase"] or "between weeks",
        "goals": listed(data["goals"]),
    }
    if data["is_deload"]:
        return "deload_now", facts
    if data["next_deload"] is None:
        return "deload_none", facts
    return "deload_next", {**facts, "deload": data["next_deload"]["when"]}


def _week(data: Json) -> Facts:
    facts = {
        "week": data["week"],
        "done": str(data["done"]),
        "planned": str(data["planned"]),
        "sets": counted(data["sets"], "set"),
        "tonnage": data["tonnage"],
        "records": f" Records: {listed(data['records'])}." if data["records"] else "",
    }
    return ("week" if data["sets"] or data["planned"] else "week_none"), facts


def _why(data: Json) -> Facts:
    if data["exercise"] is None:
        return "why_none", {"asked": data["asked"] or "that exercise"}
    rival = data["runners_up"][0] if data["runners_up"] else None
    lost = SCORES.sub("", clause(rival["lost_because"])) if rival else ""
    against = f" It was chosen over {rival['name']}: {lost}." if rival else ""
    evidence = data["evidence"][0] if data["evidence"] else None
    proof = f" {evidence['claim']} (Evidence grade {evidence['grade']}.)" if evidence else ""
    return "why", {
        "exercise": data["exercise"],
        "when": data["when"],
        "dose": data["dose"],
        "reasons": listed(data["reasons"]) or "it fits the slot",
        "against": against,
        "proof": proof,
    }


def _records(data: Json) -> Facts:
    rows = [f"{one['movement']} {one['what']} ({one['on']})" for one in data["records"]]
    return ("records", {"records": listed(rows)}) if rows else ("records_none", {})


def _volume(data: Json) -> Facts:
    week = data["weeks"][-1] if data["weeks"] else None
    if week is None or not week["sets"]:
        return "volume_none", {}
    if data["muscle"] and not week["muscles"]:
        return "volume_muscle_none", {"muscle": data["muscle"], "week": week["week"]}
    muscles = [f"{one['muscle']} {one['sets']}" for one in week["muscles"]]
    return "volume", {"week": week["week"], "sets": counted(week["sets"], "set"), "muscles": listed(muscles)}


def _adherence(data: Json) -> Facts:
    if not data["planned"]:
        return "adherence_none", {}
    return "adherence", {
        "done": str(data["done"]),
        "planned": str(data["planned"]),
        "percent": str(data["percent"]),
        "streak": counted(data["streak_weeks"], "week"),
    }


def _workouts(data: Json) -> Facts:
    rows = [f"{one['title']} ({one['date']}, {counted(one['sets'], 'set')})" for one in data["workouts"]]
    return ("workouts", {"workouts": listed(rows)}) if rows else ("workouts_none", {})


def _current(data: Json) -> Facts:
    if not data["running"]:
        return "current_none", {}
    rows = [f"{one['movement']} {one['done']}" for one in data["exercises"]]
    left = [f"{one['movement']} × {one['sets']}" for one in data["left"]]
    return "current", {
        "title": data["title"],
        "sets": counted(data["sets"], "set"),
        "so_far": listed(rows) or "nothing",
        "left": f" Still to do: {listed(left)}." if left else "",
    }


def _found(data: Json) -> Facts:
    names = [one["name"] for one in data["movements"]]
    asked = data["asked"]
    return ("found", {"asked": asked, "names": listed(names)}) if names else ("found_none", {"asked": asked})


def _standing(data: Json) -> Facts:
    rows = [f"{one['title']} until {one['until']}" for one in data["notes"]]
    return ("standing", {"notes": listed(rows)}) if rows else ("standing_none", {})


def _planned(data: Json) -> Facts:
    if data["exercise"] is None:
        return "why_none", {"asked": data["asked"] or "that exercise"}
    guess = " (a first guess: start lighter)" if data["load_is_guess"] else ""
    why = f" {data['load_why']}" if data["load_why"] else ""
    return "planned", {
        "exercise": data["exercise"],
        "when": data["when"],
        "dose": data["dose"],
        "load": f" with {data['load']}{guess}" if data["load"] else "",
        "why": why,
        "rest": f" Rest {spoken_rest(data['rest_seconds'])} between sets." if data["rest_seconds"] else "",
        "warm_up": f" Warm up with {listed(data['warm_up'])}." if data["warm_up"] else "",
    }


def _substitutes(data: Json) -> Facts:
    asked = str(data["movement"] or data["asked"] or "that")
    rows = [f"{one['name']}" + (f" ({one['load']})" if one["load"] else "") for one in data["substitutes"]]
    return ("substitutes", {"asked": asked, "names": listed(rows)}) if rows else ("found_none", {"asked": asked})


def _patterns(data: Json) -> Facts:
    rows = [
        one["pattern"]
        + f" {one['index']}"
        + ("" if one["change_percent"] is None else f" ({one['change_percent']:+g} %)")
        for one in data["patterns"]
    ]
    sure = [one["pattern"] for one in data["patterns"] if one["beyond_noise"]]
    beyond = f" Beyond the noise: {listed(sure)}." if sure else " None of these changes is beyond the noise."
    return ("patterns", {"patterns": listed(rows), "beyond": beyond}) if rows else ("patterns_none", {})


def _body(data: Json) -> Facts:
    if not data["entries"]:
        return "body_none", {}
    facts = {name: str(data[name]) for name in ("latest", "latest_on", "since", "change", "trend")}
    return "body", {**facts, "entries": counted(data["entries"], "entry").replace("entrys", "entries")}


def _coming(data: Json) -> Facts:
    if not data["programme"]:
        return "no_programme", {}
    if not data["sessions"]:
        return "coming_none", {"from": data["from"]}
    rows = [f"{one['day']} {one['title']}" for one in data["sessions"]]
    return "coming", {
        "from": data["from"],
        "count": counted(len(rows), "session"),
        "sessions": ", ".join(rows),
        "kind": "a lighter week" if data["is_deload"] else str(data["phase"]),
    }


def _track(data: Json) -> Facts:
    rows = [f"{one['movement']} {one['latest']} ({one['change']} since {one['since']})" for one in data["lifts"]]
    if not rows and not data["planned"]:
        return "track_none", {}
    falling = [one["movement"] for one in data["lifts"] if one["trend"] == "down"]
    kept = (
        f"{data['done']} of {data['planned']} sessions ({data['percent']} %)" if data["planned"] else "nothing due yet"
    )
    return ("track_mixed" if falling or (data["percent"] or 100) < FEW else "track"), {
        "kept": kept,
        "lifts": listed(rows) or "no estimates yet",
        "falling": f" Going down: {listed(falling)}." if falling else "",
        "week": f"week {data['week']} of {data['weeks']}" if data["week"] else "no running programme",
    }


def _last(data: Json) -> Facts:
    if data["movement"] is None:
        return "last_none", {"asked": data["asked"] or "that exercise"}
    return "last", {"exercise": data["movement"], "when": data["when"], "done": data["done"]}


def _sleep(data: Json) -> Facts:
    if data["sleep_part"] is None:
        return "sleep_none", {}
    return "sleep", {"part": str(data["sleep_part"]), "score": str(data["score"]), "worst": str(data["worst"])}


def _adapt(data: Json) -> Facts:
    session = data["session"]
    if session is None:
        return "adapt_rest", {}
    if data.get("refused"):
        return "adapt_refused", {"why": str(data["refused"])}
    if not data.get("changes"):
        return "adapt_none", {"title": session["title"]}
    why: dict[str, list[str]] = {}
    for one in data["changes"]:
        reason = str(one["why"]).removeprefix(f"{one['movement']}: ")
        why.setdefault(clause(reason), []).append(one["movement"])
    rows = [f"{listed(dict.fromkeys(movements))}: {reason}" for reason, movements in why.items()]
    rest = sum(len(movements) for movements in list(why.values())[TOLD:])
    more = f"; and {counted(rest, 'change')} more on the card" if rest else ""
    return "adapt", {
        "title": session["title"],
        "count": counted(len(data["changes"]), "change"),
        "changes": "; ".join(rows[:TOLD]) + more,
        "minutes": f"{data['minutes']:.0f}",
    }


def _swap(data: Json) -> Facts:
    if data["exercise"] is None:
        return "why_none", {"asked": data["asked"] or "that exercise"}
    if data.get("refused"):
        return "adapt_refused", {"why": str(data["refused"])}
    if data["proposal"] is None:
        others = listed(data["others"])
        return "swap_none", {
            "exercise": data["exercise"],
            "asked": data["asked"] or "it",
            "others": f" Closest are {others}." if others else "",
        }
    load = f" with {data['load']}" if data["load"] else ""
    return "swap", {
        "exercise": data["exercise"],
        "instead": f"{data['instead']}{load}",
        "when": data["session"]["when"],
        "reason": clause(data["reason"]),
        "others": f" Or {listed(data['others'])}." if data["others"] else "",
    }


READERS: dict[str, Callable[[Json], Facts]] = {
    "session_on": _session,
    "lift_strength": _lift,
    "recovery": _recovery,
    "programme_outline": _outline,
    "week_review": _week,
    "explain_exercise": _why,
    "records": _records,
    "weekly_volume": _volume,
    "adherence": _adherence,
    "recent_workouts": _workouts,
    "current_workout": _current,
    "find_movements": _found,
    "exercise_plan": _planned,
    "substitutes": _substitutes,
    "pattern_strength": _patterns,
    "body_weight": _body,
    "coming_week": _coming,
    "on_track": _track,
    "last_time": _last,
    "sleep_effect": _sleep,
    "adapt_today": _adapt,
    "swap_exercise": _swap,
    "standing_notes": _standing,
    **{case: partial(_lift_as, case) for case in ("stuck", "target", "grow", "ranking")},
    **READING_READERS,
}
