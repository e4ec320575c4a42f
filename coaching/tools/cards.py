"""Small cards of what a tool found: a title and rows, drawn beside the coach's words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .athlete import Json

ROWS = 6


def _card(title: str, rows: list[tuple[str, str]], link: str = "") -> Json | None:
    shown = [list(row) for row in rows if row[1]][:ROWS]
    return {"title": title, "rows": shown, "link": link} if shown else None


def session(data: Json) -> Json | None:
    found = data["session"]
    if found is None:
        return None
    rows = [
        (one["name"], " · ".join(filter(None, (one["dose"], one["load"]))))
        for one in found["exercises"]
        if one["section"] not in {"warmup", "cooldown"}
    ]
    return _card(f"{found['title']}, {data['when']}", rows, "logging:today")


def outline(data: Json) -> Json | None:
    if data["name"] is None:
        return None
    deload = data["next_deload"]
    return _card(
        data["name"],
        [
            (_("Week"), f"{data['week']} / {data['weeks']}" if data["week"] else ""),
            (_("Phase"), data["phase"] or ""),
            (_("Next deload"), deload["when"] if deload else ""),
            *((one["title"], one["when"]) for one in data["coming"]),
        ],
        "programs:current",
    )


def why(data: Json) -> Json | None:
    if data["exercise"] is None:
        return None
    rows = [(_("Chosen for"), ", ".join(data["reasons"]))]
    rows += [(_("Instead of %s") % one["name"], one["lost_because"]) for one in data["runners_up"]]
    rows += [(_("Evidence, grade %s") % one["grade"], one["claim"]) for one in data["evidence"]]
    return _card(f"{data['exercise']}, {data['when']}", rows)


def lift(data: Json) -> Json | None:
    if not data["points"]:
        return None
    rows = [(_("Now"), data["latest"]), (_("Best"), data["best"]), (_("Since %s") % data["since"], data["change"])]
    return _card(_("%s: estimated max") % data["movement"], rows)


def workouts(data: Json) -> Json | None:
    rows = [
        (one["title"], f"{one['date']}, " + ngettext("%d set", "%d sets", one["sets"]) % one["sets"])
        for one in data["workouts"]
    ]
    return _card(_("Latest workouts"), rows, "logging:history")


def running(data: Json) -> Json | None:
    if not data["running"]:
        return None
    rows = [(one["movement"], one["done"]) for one in data["exercises"]]
    left = ", ".join(f"{one['movement']} × {one['sets']}" for one in data["left"])
    return _card(data["title"], [*rows[: ROWS - 1], (_("Still to do"), left)], "logging:train")


def standing(data: Json) -> Json | None:
    rows = [(one["title"], _("until %s") % one["until"]) for one in data["notes"]]
    return _card(_("What stands"), rows, "coaching:seen")


def week(data: Json) -> Json | None:
    rows = [
        (_("Sessions"), f"{data['done']} / {data['planned']}" if data["planned"] else ""),
        (_("Sets"), str(data["sets"])),
        (_("Moved"), data["tonnage"]),
        *((one["muscle"].capitalize(), one["sets"]) for one in data["muscles"]),
    ]
    return _card(_("Week of %s") % data["week"], rows)


def volume(data: Json) -> Json | None:
    if not data["weeks"]:
        return None
    newest = data["weeks"][-1]
    rows = [(one["muscle"].capitalize(), one["sets"]) for one in newest["muscles"]]
    return _card(_("Hard sets, week of %s") % newest["week"], rows)


def records(data: Json) -> Json | None:
    return _card(_("Records"), [(one["movement"], f"{one['what']}, {one['on']}") for one in data["records"]])


def recovery(data: Json) -> Json | None:
    score = "" if data["score"] is None else f"{data['score']} / 100"
    rows = [
        (_("Recovery score"), score),
        *((one["muscle"].capitalize(), f"{one['percent']} %") for one in data["tired"]),
    ]
    return _card(_("Recovery"), rows, "logging:today")


def adherence(data: Json) -> Json | None:
    if not data["planned"]:
        return None
    weeks = ngettext("%d week", "%d weeks", data["streak_weeks"]) % data["streak_weeks"]
    rows = [(_("Sessions"), f"{data['done']} / {data['planned']} ({data['percent']} %)"), (_("Streak"), weeks)]
    return _card(_("The last twelve weeks"), rows)


def movements(data: Json) -> Json | None:
    rows = [(one["name"], ", ".join(one["equipment"]) or one["pattern"]) for one in data["movements"]]
    return _card(_("Movements"), rows, "movements:list")


def planned(data: Json) -> Json | None:
    if data["exercise"] is None:
        return None
    guess = _("%s, a first guess") % data["load"] if data["load_is_guess"] and data["load"] else data["load"]
    rows = [
        (_("Sets"), data["dose"]),
        (_("Load"), guess),
        (_("Why this load"), data["load_why"]),
        (_("Rest"), _("%d s") % data["rest_seconds"] if data["rest_seconds"] else ""),
        (_("Warm-up"), ", ".join(data["warm_up"])),
    ]
    return _card(f"{data['exercise']}, {data['when']}", rows)


def substitutes(data: Json) -> Json | None:
    rows = [(one["name"], " · ".join(filter(None, (one["load"], one["why"])))) for one in data["substitutes"]]
    return _card(_("Instead of %s") % data["movement"], rows) if rows else None


def patterns(data: Json) -> Json | None:
    rows = [
        (
            one["pattern"].capitalize(),
            one["index"] + ("" if one["change_percent"] is None else f", {one['change_percent']:+g} %"),
        )
        for one in data["patterns"]
    ]
    return _card(_("Strength by pattern"), rows, "logging:progress")


def body(data: Json) -> Json | None:
    if not data["entries"]:
        return None
    rows = [(_("Now"), data["latest"]), (_("Since %s") % data["since"], data["change"])]
    return _card(_("Body weight"), rows, "logging:body")


def coming_week(data: Json) -> Json | None:
    rows = [(one["day"], f"{one['title']}, {one['minutes']} min") for one in data["sessions"]]
    return _card(_("The week from %s") % data["from"], rows, "programs:current")


def on_track(data: Json) -> Json | None:
    kept = (_("Sessions"), f"{data['done']} / {data['planned']} ({data['percent']} %)" if data["planned"] else "")
    lifts = [(one["movement"], f"{one['latest']}, {one['change']}") for one in data["lifts"]]
    return _card(_("The last twelve weeks"), [kept, *lifts], "logging:progress")


def last_time(data: Json) -> Json | None:
    return _card(data["movement"], [(data["when"].capitalize(), data["done"])]) if data["movement"] else None


def days_ahead(data: Json) -> Json | None:
    if not data["programme"]:
        return None
    rows = [
        (one["day"], f"{one['session']['title']}, {one['session']['minutes']} min" if one["session"] else _("rest"))
        for one in data["days"][:ROWS]
    ]
    return _card(_("The days ahead"), rows, "programs:current")


def strain(data: Json) -> Json | None:
    rows = [
        (_("Recovery score"), "" if data["score"] is None else f"{data['score']} / 100"),
        (_("Not recovered"), ", ".join(data["tired"])),
        (_("Going down"), ", ".join(data["falling"])),
        (_("Next deload"), data["next_deload"] or ""),
    ]
    return _card(_("Signs of strain"), rows, "logging:progress")


def guide(data: Json) -> Json | None:
    if data["movement"] is None:
        return None
    cues = [("", one) for one in data["cues"]]
    return _card(data["movement"], [*cues, (_("Equipment"), ", ".join(data["equipment"]))])


def nothing(_data: Json) -> Json | None:
    """No card: there is no more to show than the words, or the service that works a proposal out draws it."""
    return None
