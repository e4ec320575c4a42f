"""What may be logged: the one rule set behind the API and the pages (limits, whole sentences, no half saves)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import SetKind, values_of

WEIGHT_KG = (0.0, 1000.0)
HELPED_KG = (-300.0, 1000.0)  # a bodyweight movement may be helped: less than nothing is added
REPS = (0, 200)
RPE = (1.0, 10.0)
RIR = (0.0, 10.0)
SECONDS = (0, 86_400)
METRES = (0.0, 500_000.0)
DIFFICULTY = (1, 10)
ENJOYMENT = (1, 5)
MAX_SETS = 200
MAX_TAGS = 20
TAG_LENGTH = 40
NOTES_LENGTH = 4000
SET_NOTES_LENGTH = 300
TITLE_LENGTH = 120
KINDS = values_of(SetKind)
HALF = 2  # RPE and RIR come in halves
CLOCK_SKEW = dt.timedelta(minutes=5)  # a phone's clock may run ahead
LONGEST = dt.timedelta(hours=24)
OLDEST = dt.date(1970, 1, 1)

Errors = dict[str, list[str]]


class InvalidLogError(DomainError):
    """What was logged cannot have happened; ``errors`` names each field (``sets.0.rpe``)."""

    code = "invalid"


@dataclass(frozen=True, slots=True)
class SetInput:
    """A set as a client tells it: ``movement`` is a slug or an id, kilograms per implement (negative: help).

    ``left`` and ``right`` are what each side did where they differ, in repetitions, else seconds.
    """

    movement: str
    kind: str = SetKind.WORKING.value
    id: UUID | None = None
    session_exercise_id: UUID | None = None
    order: int | None = None
    weight_kg: float | None = None
    reps: int | None = None
    seconds: int | None = None
    metres: float | None = None
    left: int | None = None
    right: int | None = None
    rpe: float | None = None
    rir: float | None = None
    rest_seconds: int | None = None
    performed_at: dt.datetime | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class WorkoutInput:
    """A whole workout as a client tells it; without ``finished_at`` it is still running."""

    started_at: dt.datetime
    finished_at: dt.datetime | None = None
    id: UUID | None = None
    session_id: UUID | None = None
    title: str = ""
    perceived_difficulty: int | None = None
    enjoyment: int | None = None
    feedback_tags: Sequence[str] = ()
    notes: str = ""
    sets: Sequence[SetInput] = field(default_factory=tuple)


def check_workout(workout: WorkoutInput, *, now: dt.datetime, zone: ZoneInfo) -> None:
    """Raise ``InvalidLogError`` unless the workout and each of its sets can have happened."""
    errors = _times(workout, now=now, zone=zone)
    _range(errors, "perceived_difficulty", workout.perceived_difficulty, DIFFICULTY)
    _range(errors, "enjoyment", workout.enjoyment, ENJOYMENT)
    _length(errors, "notes", workout.notes, NOTES_LENGTH)
    _length(errors, "title", workout.title, TITLE_LENGTH)
    _tags(errors, workout.feedback_tags)
    if errors:
        raise invalid(errors)
    check_sets(workout.sets, started_at=workout.started_at, now=now, zone=zone)


def check_sets(
    sets: Sequence[SetInput], *, started_at: dt.datetime, now: dt.datetime, zone: ZoneInfo, prefix: str = "sets."
) -> None:
    """Raise ``InvalidLogError`` naming every wrong field of every set (``sets.0.rpe``)."""
    errors: Errors = {}
    if len(sets) > MAX_SETS:
        errors["sets"] = [_("A workout holds at most %(limit)s sets.") % {"limit": MAX_SETS}]
    ids = [one.id for one in sets if one.id is not None]
    if len(ids) != len(set(ids)):
        errors["sets"] = [_("Two sets have the same id.")]
    for position, one in enumerate(sets):
        path = f"{prefix}{position}." if prefix else ""
        for name, messages in _set_errors(one, started_at=started_at, now=now, zone=zone).items():
            errors[f"{path}{name}"] = messages
    if errors:
        raise invalid(errors)


def invalid(errors: Errors) -> InvalidLogError:
    """One error that carries them all; its sentence is the first of them."""
    return InvalidLogError(next(iter(errors.values()))[0], errors=errors)


def _set_errors(one: SetInput, *, started_at: dt.datetime, now: dt.datetime, zone: ZoneInfo) -> Errors:
    errors: Errors = {}
    for name, limits in _SET_LIMITS.items():
        _range(errors, name, getattr(one, name), limits)
    if "weight_kg" in errors:
        _range(errors, "weight_kg", one.weight_kg, WEIGHT_KG)
    for name in ("rpe", "rir"):
        value = getattr(one, name)
        if name not in errors and value is not None and (value * HALF) % 1:
            errors[name] = [_("Use whole or half steps.")]
    if one.kind not in KINDS:
        errors["kind"] = [_("A set is a warmup, working, drop or failure set.")]
    if not (one.reps is not None or one.seconds is not None or one.metres is not None):
        errors["reps"] = [_("Say what was done: repetitions, seconds or metres.")]
    _length(errors, "notes", one.notes, SET_NOTES_LENGTH)
    if one.performed_at is not None:
        _performed(errors, one.performed_at, started_at=started_at, now=now, zone=zone)
    return errors


def _performed(
    errors: Errors, performed_at: dt.datetime, *, started_at: dt.datetime, now: dt.datetime, zone: ZoneInfo
) -> None:
    if performed_at > latest_moment(now, zone):
        errors["performed_at"] = [_("This time lies in the future.")]
    elif performed_at < started_at - CLOCK_SKEW:
        errors["performed_at"] = [_("This set was done before the workout began.")]
    elif performed_at > started_at + LONGEST:
        errors["performed_at"] = [_("This set was done more than a day after the workout began.")]


_SET_LIMITS: Mapping[str, tuple[float, float]] = {
    "weight_kg": HELPED_KG,
    "reps": REPS,
    "left": SECONDS,
    "right": SECONDS,
    "seconds": SECONDS,
    "metres": METRES,
    "rpe": RPE,
    "rir": RIR,
    "rest_seconds": SECONDS,
    "order": (1, 1000),
}


def latest_moment(now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The end of the athlete's own day: today's workout may be written down ahead of its end, tomorrow's may not."""
    tomorrow = (now + CLOCK_SKEW).astimezone(zone).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(), tzinfo=zone)


def _times(workout: WorkoutInput, *, now: dt.datetime, zone: ZoneInfo) -> Errors:
    errors: Errors = {}
    started, finished = workout.started_at, workout.finished_at
    if started > latest_moment(now, zone):
        errors["started_at"] = [_("A workout cannot begin on a day that lies ahead.")]
    elif started.date() < OLDEST:
        errors["started_at"] = [_("This date is too far back.")]
    if finished is None:
        return errors
    if finished < started:
        errors["finished_at"] = [_("A workout cannot end before it begins.")]
    elif finished - started > LONGEST:
        errors["finished_at"] = [_("A workout lasts at most 24 hours.")]
    elif finished > latest_moment(now, zone):
        errors["finished_at"] = [_("A workout cannot end on a day that lies ahead.")]
    return errors


def _range(errors: Errors, name: str, value: float | None, limits: tuple[float, float]) -> None:
    low, high = limits
    if value is not None and not low <= value <= high:  # also refuses NaN, which compares as false
        errors[name] = [_("Must be between %(low)g and %(high)g.") % {"low": low, "high": high}]


def _length(errors: Errors, name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        errors[name] = [_("At most %(limit)s characters.") % {"limit": limit}]
    elif "\x00" in text:
        errors[name] = [_("This text holds a character that cannot be kept.")]


def _tags(errors: Errors, tags: Sequence[str]) -> None:
    if len(tags) > MAX_TAGS or any(not tag.strip() or len(tag) > TAG_LENGTH or "\x00" in tag for tag in tags):
        errors["feedback_tags"] = [
            _("At most %(count)s tags of up to %(length)s characters.") % {"count": MAX_TAGS, "length": TAG_LENGTH}
        ]
