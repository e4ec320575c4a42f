"""``Barbell Back Squat: 3x5x100@8``: a past workout's lines to sets, and a planned session to such lines."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from gainsly.core.templatetags.ui import number, weight_value
from gainsly.lib.vocabulary import Section, Units
from logging_app.metrics.set_text import SetTextError, parse
from logging_app.services.inputs import SetInput
from movements.models import Movement
from movements.selectors import search
from programs.models import Session, SessionExercise

from .set_words import fault_words

WORK = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)
MOST_LINES = 40


class LinesRead(NamedTuple):
    """What lines hold, what is wrong with them, and what a name was taken for."""

    sets: list[SetInput]
    faults: list[str]
    searched: list[str]


def sets_of_lines(text: str, *, user: Any, session: Session | None, pounds: bool) -> LinesRead:
    """The sets of all lines, a sentence for each that could not be read, and one for each name that was searched."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        return LinesRead([], [_("At most %(limit)d lines.") % {"limit": MOST_LINES}], [])
    names = {_name(line).lower() for line in lines}
    known = {row.name.lower(): row for row in Movement.objects.visible_to(user).filter(name__in=_cased(names))}
    planned = _planned(session)
    sets: list[SetInput] = []
    faults: list[str] = []
    searched: list[str] = []
    for line in lines:
        name, _colon, work = line.rpartition(":") if line.count(":") == 1 else line.partition(":")
        movement = known.get(name.strip().lower()) or _found(user, name.strip())
        if movement is None:
            faults.append(
                _("There is no movement “%(name)s”. Write name, colon, sets.") % {"name": name.strip() or line}
            )
            continue
        if movement.name.lower() != name.strip().lower():
            searched.append(
                _("“%(name)s” was read as %(movement)s.") % {"name": name.strip(), "movement": movement.name}
            )
        try:
            typed = parse(work, pounds=pounds)
        except SetTextError as error:
            faults.append(f"{movement.name}: {fault_words(error)}")
            continue
        exercise = planned.get(str(movement.pk))
        sets += [
            SetInput(
                movement=str(movement.pk),
                session_exercise_id=exercise.pk if exercise else None,
                kind=one.kind.value,
                weight_kg=one.weight_kg,
                reps=one.reps,
                seconds=one.seconds,
                metres=one.metres,
                rpe=one.rpe,
                rir=one.rir,
            )
            for one in typed
        ]
    return LinesRead(sets, faults, searched)


def _name(line: str) -> str:
    return line.partition(":")[0].strip()


def _cased(names: set[str]) -> list[str]:
    """Names as the library writes them: each word with a capital."""
    return [one.title() for one in names] + list(names)


def _found(user: Any, name: str) -> Movement | None:
    """The movement that a search for these words finds first, if its name or another name of it says the same."""
    if not name:
        return None
    hits = search(user, name, limit=1)
    return Movement.objects.filter(pk=hits[0].movement.id).first() if hits else None


def _planned(session: Session | None) -> dict[str, SessionExercise]:
    if session is None:
        return {}
    rows = session.exercises.filter(section__in=WORK).order_by("-position")
    return {str(row.movement_id): row for row in rows}


def lines_of_session(session: Session, *, pounds: bool) -> str:
    """What was planned as lines to correct: ``Barbell Back Squat: 4x5x100@8``."""
    units = Units.IMPERIAL if pounds else Units.METRIC
    rows = session.exercises.filter(section__in=WORK).select_related("movement").order_by("position")
    return "\n".join(f"{row.movement.name}: {_planned_sets(row, units)}" for row in rows)


def _planned_sets(row: SessionExercise, units: str) -> str:
    effort = f"@{number(row.target_rpe, 1)}" if row.target_rpe else ""
    if row.reps_max is None:
        amount = f"{row.seconds}s" if row.seconds else f"{row.metres}m"
        return "; ".join([f"{amount}{effort}"] * row.sets)
    weight = "bw" if row.target_load_kg is None else weight_value(row.target_load_kg, units)
    return f"{row.sets}x{row.reps_max}x{weight}{effort}"
