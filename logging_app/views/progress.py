"""Progress: strength, volume, adherence, load and measures over any range."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.selectors import local_today, profile_of, settings_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.units import kg_to_lb, round_half_up
from gainsly.lib.vocabulary import Muscle, Units, label_of
from logging_app import selectors
from logging_app.metrics.adherence import DAYS_PER_WEEK, week_of
from logging_app.metrics.landmarks import Landmark
from logging_app.metrics.plateaus import Try
from logging_app.models import BiometricEntry
from logging_app.selectors import progress as reads
from movements.selectors import ListedMovement

from . import charts
from .ranges import RangeForm, chosen_range

RECORDS = 6
A_YEAR = dt.timedelta(days=364)  # a chart or a table by weeks shows the last year of a longer range
POINTS = 120  # a line holds no more: of a longer one the best of each span of days stands for it
Json = dict[str, Any]

TRIES = {
    Try.TRAIN_AS_PLANNED: gettext_lazy("Do the sessions as planned for two weeks: fewer than three in four were done."),
    Try.DELOAD: gettext_lazy("Take an easy week: strength is falling in more than one pattern."),
    Try.CLOSER_TO_FAILURE: gettext_lazy("Go closer to failure: on average more than three repetitions were left."),
    Try.MORE_SETS: gettext_lazy("Add a set or two: the muscles that it trains are below their useful band."),
    Try.MORE_OFTEN: gettext_lazy("Train it more often: it came up less than three times in two weeks."),
    Try.OTHER_REPS: gettext_lazy("Change the rep range for a block: heavier with fewer reps, or lighter with more."),
}


@login_required
@require_GET
def progress(request: AuthenticatedHttpRequest) -> HttpResponse:
    """``?weeks=`` or ``?from=&to=`` choose the range, ``?lift=`` the lift."""
    user = request.user
    today, profile = local_today(user), profile_of(user)
    form = RangeForm(request.GET or None)
    since, until = chosen_range(form, today)
    lifts = reads.lifts_in(user, since, until)
    recent = max(since, until - A_YEAR)
    psi = selectors.psi(user, since=recent, until=until)
    bands = reads.landmarks_of(user)
    week = _week(user, today, profile.first_weekday, bands)
    lift = next((one for one in lifts if one.record.slug == request.GET.get("lift")), lifts[0] if lifts else None)
    context = {
        "nav": "logging:progress",
        "form": form,
        "since": since,
        "until": until,
        "recent": recent if recent > since else None,
        "tabs": [_tab(request, one, one is lift) for one in lifts] if lift else [],
        "lift": _lift(user, lift, (since, until), below=week["below"], falling=psi["early_deload"]) if lift else None,
        "patterns": [_pattern(one) for one in psi["patterns"]],
        "early_deload": psi["early_deload"],
        "course": _course(psi["series"]),
        "records": _records(user, since, until),
        "week": week,
        "program_weeks": reads.program_weeks(user, today),
        **_adherence(
            selectors.adherence(user, since=since, until=until, today=today, first_weekday=profile.first_weekday)
        ),
        "load": _load(selectors.load(user, since=recent, until=until, first_weekday=profile.first_weekday)),
        "sleep": _sleep(reads.sleep(user, since, until), since, until),
        "measures": _measures(reads.measures(user, since, until), settings_of(user).units, since, until),
    }
    return render(request, "logging_app/progress.html", context)


def _pattern(one: Json) -> Json:
    return {
        **one,
        "trend_percent": None if one["trend"] is None else f"{one['trend'] * 100:.1f}".replace("-", "\u2212"),
    }


def _records(user: Any, since: dt.date, until: dt.date) -> list[Json]:
    """The newest records with the words that judge them."""
    rows = selectors.records_of(user, since=since, until=until).filter(previous__isnull=False)[:RECORDS]
    words = {"reps_at_weight": _("rep record"), "volume": _("most moved in a workout")}
    return [
        {
            **one,
            "day": dt.datetime.fromisoformat(one["achieved_at"]).date(),
            "reps": round(one["value"]),
            "words": words.get(one["kind"]) or (_("new strength") if one["label"] == "new_strength" else _("best yet")),
        }
        for one in selectors.record_documents(rows)
    ]


def _adherence(found: Json) -> Json:
    share = found["share"]
    return {"adherence": found, "adherence_percent": None if share is None else round(share * 100)}


def _tab(request: AuthenticatedHttpRequest, one: ListedMovement, current: bool) -> Json:
    query = request.GET.copy()
    query["lift"] = one.record.slug
    return {
        "url": f"{reverse('logging:progress')}?{query.urlencode()}",
        "label": one.record.name,
        "current": current,
    }


def _lift(
    user: Any, lift: ListedMovement, days: tuple[dt.date, dt.date], *, below: frozenset[Muscle], falling: bool
) -> Json:
    since, until = days
    series = selectors.e1rm_series(user, since=since, until=until, movement_id=lift.id)
    records = reads.e1rm_records(user, lift.id, since, until)
    imperial = settings_of(user).units == Units.IMPERIAL
    shown = _thinned(
        [{**point, "mark": records.get(point["set_id"], "")} for point in series],
        lambda point: (bool(point["mark"]), point["e1rm"]),
    )
    working = [point for point in shown if not point["is_deload"]]
    now, change = reads.course_of(series, until)
    muscles = frozenset(lift.record.primary)
    return {
        "name": lift.record.name,
        "now": now,
        "change": change,
        "rows": [_e1rm_row(point, imperial) for point in reversed(shown)],
        "chart": charts.line_chart([_point(point, imperial) for point in working], since, until, _deloads(shown))
        if working
        else None,
        "standstill": _standstill(
            reads.standstill(user, lift, series, until, below=bool(muscles & below), falling=falling)
        ),
    }


def _thinned(points: list[Any], worth: Callable[[Any], Any]) -> list[Any]:
    """At most ``POINTS`` of them in their order: of each run of neighbours the worthiest."""
    run = math.ceil(len(points) / POINTS)
    return [max(points[at : at + run], key=worth) for at in range(0, len(points), run)] if run > 1 else points


def _standstill(found: reads.Standstill | None) -> Json | None:
    if found is None:
        return None
    return {"since": found.plateau.since, "best": found.plateau.best, "tries": [TRIES[one] for one in found.tries]}


def _point(point: Json, imperial: bool) -> charts.Point:
    value, low, high = (_mass(point[name], imperial) for name in ("e1rm", "e1rm_low", "e1rm_high"))
    return charts.Point(dt.date.fromisoformat(point["date"]), value, low, high, point["mark"] or "dot")


def _e1rm_row(point: Json, imperial: bool) -> tuple[str, ...]:
    words = {"new_strength": _("new strength"), "best_yet": _("best yet")}
    value, low, high = (_mass(point[name], imperial) for name in ("e1rm", "e1rm_low", "e1rm_high"))
    note = _("deload, left out") if point["is_deload"] else words.get(point["mark"], "")
    return (date_format(dt.date.fromisoformat(point["date"]), "j M Y"), f"{value:g}", f"{low:g}-{high:g}", note)


def _mass(kilograms: float, imperial: bool) -> float:
    """To the half unit: more digits would claim more than an estimate knows."""
    return round_half_up((kg_to_lb(kilograms) if imperial else kilograms) * 2) / 2


def _deloads(points: Sequence[Json]) -> list[tuple[dt.date, dt.date]]:
    """The weeks behind the points of deload sessions, from the first such day on."""
    days = sorted({dt.date.fromisoformat(point["date"]) for point in points if point["is_deload"]})
    spans: list[tuple[dt.date, dt.date]] = []
    for day in days:
        if spans and day <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], day))
        else:
            spans.append((day, day + dt.timedelta(days=DAYS_PER_WEEK - 1)))
    return spans


def _course(series: Sequence[Json]) -> Json | None:
    """The index of each pattern week by week, as shares of its first value: patterns of different weight compare."""
    days = sorted({point["date"] for point in series})
    patterns = list(dict.fromkeys(point["pattern"] for point in series))
    if not days:
        return None
    known = {(point["pattern"], point["date"]): point["psi"] for point in series}
    head = [_("Week to"), *(label_of(pattern) for pattern in patterns)]
    rows = [
        (
            date_format(dt.date.fromisoformat(day), "j M Y"),
            *(f"{known[pattern, day]:g}" if (pattern, day) in known else "-" for pattern in patterns),
        )
        for day in reversed(days)
    ]
    return {"head": head, "rows": rows}


def _week(user: Any, today: dt.date, first_weekday: int, bands: dict[Muscle, Landmark]) -> Json:
    start = week_of(today, first_weekday)
    end = start + dt.timedelta(days=DAYS_PER_WEEK - 1)
    volume = selectors.weekly_volume(user, since=start, until=end, first_weekday=first_weekday)[0]
    done = {Muscle(one["muscle"]): one["fractional_sets"] for one in volume["muscles"]}
    chart = charts.muscle_bars(done, reads.planned_sets(user, today, end), bands)
    return {
        "chart": chart,
        "any": any(row["total"] for row in chart["rows"]),
        "tonnage_kg": volume["tonnage_kg"],
        "below": frozenset(muscle for muscle, row in zip(_shown(bands), chart["rows"], strict=True) if row["short"]),
        "rows": [
            (row["label"], f"{row['done']:g}", f"{row['planned']:g}", f"{row['low']:g}-{row['high']:g}")
            for row in chart["rows"]
        ],
    }


def _shown(bands: dict[Muscle, Landmark]) -> list[Muscle]:
    return [muscle for muscle in Muscle if muscle in bands]


def _load(found: Json) -> Json:
    weeks = [(date_format(dt.date.fromisoformat(one["week"]), "j M"), one) for one in found["weeks"]]
    columns = [(day, one["load"], _column_colour(one)) for day, one in weeks]
    words = {None: "-", "max": _("all days alike")}
    return {
        **found,
        "any": any(one["load"] for one in found["weeks"]),
        "chart": charts.column_chart(columns),
        "monotony_words": words.get(found["last_seven_days"]["monotony"], ""),
        "rows": [
            (
                day,
                f"{one['load']:.0f}",
                words.get(one["monotony"]) or f"{one['monotony']:g}",
                "-" if one["strain"] is None else one["strain"],
            )
            for day, one in reversed(weeks)
        ],
    }


def _column_colour(week: Json) -> str:
    """Monotony is judged when a week is over: half a week of rest to come would look like easy days."""
    if not week["complete"]:
        return "c-primary-dim"
    return "c-warn" if week["monotonous"] else "c-primary"


def _sleep(hours: dict[dt.date, float], since: dt.date, until: dt.date) -> Json | None:
    if not hours:
        return None
    points = _thinned([charts.Point(day, value) for day, value in hours.items()], lambda point: point.on)
    return {
        "mean": sum(hours.values()) / len(hours),
        "nights": len(hours),
        "chart": charts.line_chart(points, since, until),
        "rows": [(date_format(one.on, "j M Y"), f"{one.value:g}") for one in reversed(points)],
    }


def _measures(rows: Sequence[BiometricEntry], units: str, since: dt.date, until: dt.date) -> list[Json]:
    """Each kind of measure with its last value and its course."""
    kinds: dict[str, list[BiometricEntry]] = {}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    return [
        _measure(kind, kinds[kind], units == Units.IMPERIAL, since, until)
        for kind in sorted(kinds, key=lambda kind: (kind != "weight", kind))
    ]


def _measure(kind: str, rows: Sequence[BiometricEntry], imperial: bool, since: dt.date, until: dt.date) -> Json:
    pounds = imperial and rows[0].unit == "kg"
    rows = _thinned(list(rows), lambda row: row.taken_at)
    values = [round_half_up(kg_to_lb(row.value) if pounds else row.value, 1) for row in rows]
    days = [row.taken_at.date() for row in rows]
    return {
        "kind": kind,
        "unit": "lb" if pounds else rows[0].unit,
        "last": values[-1],
        "change": round_half_up(values[-1] - values[0], 1) if len(values) > 1 else None,
        "chart": charts.line_chart(
            [charts.Point(day, value) for day, value in zip(days, values, strict=True)],
            min(since, days[0]),
            max(until, days[-1]),
        ),
        "rows": [
            (date_format(day, "j M Y"), f"{value:g}") for day, value in reversed(list(zip(days, values, strict=True)))
        ],
    }
