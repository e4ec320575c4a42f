"""What a program may be asked for: the one rule set behind the API body, the wizard and the import.

``read_request`` is a pure function of the body and of what stands in the profile; it answers an ``Order`` or raises
``InvalidRequestError`` with every fault at its field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import (
    Discipline,
    Dose,
    ExperienceLevel,
    Goal,
    Muscle,
    PersonaTone,
    ProgressionStyle,
    SplitTemplate,
    label_of,
    values_of,
)
from programs.engine.types import GoalWeight, HybridDefinition, Request
from programs.models.program import (
    DAYS_PER_WEEK,
    DELOAD_EVERY,
    GOAL_POINTS,
    MICROCYCLE_DAYS,
    SESSION_MINUTES,
    WEEKS,
)

from .hybrid import read_hybrid
from .reading import BodyReader

MOST_GOALS = 3
HIGHEST_PREFERENCE = 5
DAYS_IN_A_WEEK = 7
YEAR = dt.timedelta(days=365)
NAME_LENGTH = 120
LARGEST_SEED = 2**53 - 1  # the largest whole number that every JSON reader keeps
DEFAULT_SPLITS = {
    2: SplitTemplate.FULL_BODY,
    3: SplitTemplate.FULL_BODY,
    4: SplitTemplate.UPPER_LOWER,
    5: SplitTemplate.HYBRID,
    6: SplitTemplate.PPL,
    7: SplitTemplate.HYBRID,
}
DEFAULT_PROGRESSIONS = {
    ExperienceLevel.BEGINNER: ProgressionStyle.SINGLE,
    ExperienceLevel.INTERMEDIATE: ProgressionStyle.DOUBLE,
    ExperienceLevel.ADVANCED: ProgressionStyle.WAVE,
    ExperienceLevel.EXPERT: ProgressionStyle.WAVE,
}
DEFAULT_DELOAD_EVERY = 4
BEGINNER_DELOAD_EVERY = 6
KEYS = (
    "goals",
    "duration_weeks",
    "days_per_week",
    "name",
    "start_date",
    "split_template",
    "progression_style",
    "session_minutes",
    "equipment",
    "deload_every",
    "microcycle_days",
    "seed",
    "dose",
    "priority_muscles",
    "available_weekdays",
    "disciplines",
    "persona_tone",
    "persona_aggression",
    "hybrid_definition",
)
REQUIRED = KEYS[:3]


class InvalidRequestError(DomainError):
    """A program cannot be planned from this body; ``errors`` says why, field by field."""

    code = "invalid"
    status = 400


@dataclass(frozen=True, slots=True)
class Standing:
    """What a body is read against: the athlete's day and defaults, and the equipment that exists."""

    today: dt.date
    experience: ExperienceLevel
    weekdays: tuple[int, ...]
    session_minutes: int
    equipment: tuple[str, ...]  # of the default gym
    known_equipment: tuple[str, ...]
    tone: PersonaTone = PersonaTone.SUPPORTIVE
    aggression: int = 3


@dataclass(frozen=True, slots=True)
class Order:
    """A valid request with what the program row keeps beside it."""

    name: str
    request: Request
    weekdays: tuple[int, ...]
    equipment: tuple[str, ...]
    tone: PersonaTone
    aggression: int


def read_request(body: Any, *, standing: Standing) -> Order:
    """The order that a create body asks for. Raises ``InvalidRequestError``."""
    if not isinstance(body, Mapping):
        raise InvalidRequestError(_("Send one JSON object."))
    reader = BodyReader(body)
    reader.refuse_unknown(KEYS)
    for key in REQUIRED:
        if not reader.given(key):
            reader.fail(key, _("This field is required."))
    order = _order(reader, standing)
    if reader.errors:
        raise InvalidRequestError(_("The program cannot be planned like this."), errors=reader.errors)
    return order


def _order(reader: BodyReader, standing: Standing) -> Order:
    weekdays = reader.weekdays("available_weekdays", standing.weekdays)
    request = _request(reader, standing, weekdays)
    return Order(
        name=reader.text("name", default_name(request), longest=NAME_LENGTH),
        request=request,
        weekdays=weekdays,
        equipment=tuple(sorted(reader.words("equipment", standing.known_equipment, standing.equipment))),
        tone=reader.word("persona_tone", PersonaTone, standing.tone),
        aggression=reader.whole("persona_aggression", standing.aggression, low=1, high=5),
    )


def _request(reader: BodyReader, standing: Standing, weekdays: tuple[int, ...]) -> Request:
    weeks = reader.one_of_numbers("duration_weeks", WEEKS[0], WEEKS)
    days = _days(reader, weekdays)
    length = _microcycle_days(reader, weeks)
    split = reader.word("split_template", SplitTemplate, _default_split(reader, days))
    beginner = standing.experience is ExperienceLevel.BEGINNER
    deload = BEGINNER_DELOAD_EVERY if beginner else DEFAULT_DELOAD_EVERY
    muscles = reader.words("priority_muscles", values_of(Muscle), ())
    return Request(
        start_date=_start(reader, standing.today),
        duration_weeks=weeks,
        days_per_week=days,
        goals=_goals(reader),
        split=split,
        progression=reader.word("progression_style", ProgressionStyle, DEFAULT_PROGRESSIONS[standing.experience]),
        session_minutes=reader.whole(
            "session_minutes", standing.session_minutes, low=SESSION_MINUTES[0], high=SESSION_MINUTES[1]
        ),
        deload_every=reader.whole("deload_every", deload, low=DELOAD_EVERY[0], high=DELOAD_EVERY[1]),
        microcycle_days=length,
        dose=reader.word("dose", Dose, Dose.BALANCED),
        priority_muscles=tuple(Muscle(muscle) for muscle in muscles),
        disciplines=dict(reader.weights("disciplines", "discipline", Discipline, highest=HIGHEST_PREFERENCE)),
        hybrid=_hybrid(reader, split, days, length),
        seed=reader.whole("seed", 0, low=0, high=LARGEST_SEED),
    )


def _goals(reader: BodyReader) -> tuple[GoalWeight, ...]:
    if not reader.given("goals"):
        return ()
    before = len(reader.errors.get("goals", ()))
    pairs = reader.weights("goals", "goal", Goal, highest=GOAL_POINTS)
    if len(reader.errors.get("goals", ())) > before:
        return ()
    if not 1 <= len(pairs) <= MOST_GOALS:
        reader.fail("goals", _("Choose one to three goals."))
    elif sum(weight for _goal, weight in pairs) != GOAL_POINTS:
        total = sum(weight for _goal, weight in pairs)
        reader.fail("goals", _("Share exactly ten points among your goals; these make %d.") % total)
    return tuple(GoalWeight(goal, weight) for goal, weight in pairs)


def _days(reader: BodyReader, weekdays: tuple[int, ...]) -> int:
    days = reader.whole("days_per_week", DAYS_PER_WEEK[0], low=DAYS_PER_WEEK[0], high=DAYS_PER_WEEK[1])
    if reader.given("days_per_week") and "days_per_week" not in reader.errors and days > len(weekdays):
        message = ngettext(
            "You have %(count)d weekday available. Choose fewer training days or make more weekdays available.",
            "You have %(count)d weekdays available. Choose fewer training days or make more weekdays available.",
            len(weekdays),
        )
        reader.fail("days_per_week", message % {"count": len(weekdays)})
    return days


def _start(reader: BodyReader, today: dt.date) -> dt.date:
    start = reader.date("start_date", today)
    if not today - YEAR <= start <= today + YEAR:
        limits = {"first": today - YEAR, "last": today + YEAR}
        reader.fail("start_date", _("Start between %(first)s and %(last)s.") % limits)
    return start


def _microcycle_days(reader: BodyReader, weeks: int) -> int:
    fitting = [length for length in MICROCYCLE_DAYS if weeks * DAYS_IN_A_WEEK % length == 0]
    return reader.one_of_numbers("microcycle_days", DAYS_IN_A_WEEK, fitting)


def _default_split(reader: BodyReader, days: int) -> SplitTemplate:
    return SplitTemplate.HYBRID if reader.given("hybrid_definition") else DEFAULT_SPLITS[days]


def _hybrid(reader: BodyReader, split: SplitTemplate, days: int, length: int) -> HybridDefinition | None:
    if not reader.given("hybrid_definition"):
        return None
    if split is not SplitTemplate.HYBRID:
        reader.fail("hybrid_definition", _("Only the hybrid split takes a definition; choose it or leave this out."))
        return None
    return read_hybrid(reader, wanted=(days, round(days * length / DAYS_IN_A_WEEK)), length=length)


def default_name(request: Request) -> str:
    """``Strength and hypertrophy, 8 weeks``."""
    goals = [label_of(goal.goal) for goal in request.goals]
    words = [goals[0], *(goal.lower() for goal in goals[1:])] if goals else []
    listed = _(" and ").join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
    return _("%(goals)s, %(weeks)d weeks") % {"goals": listed, "weeks": request.duration_weeks}
