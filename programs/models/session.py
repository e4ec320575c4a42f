"""A session and what it holds. SessionExercise rows are the only record of a session's content."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gainsly.core.models import OwnedQuerySet, TimestampedModel, UUIDModel, between, not_after, one_of
from gainsly.lib.vocabulary import (
    ChosenBy,
    Section,
    SessionSource,
    SessionStatus,
    SessionType,
    choices_of,
    values_of,
)
from movements.models import Circuit, Movement

from .microcycle import Microcycle
from .program import Program

COACH_NOTES_LENGTH = 200
MINUTES_FROM_SECONDS = 120  # longer bouts read better in minutes


class SessionQuerySet(OwnedQuerySet):
    owner_field = "microcycle__program__user"


class Session(TimestampedModel):
    microcycle = models.ForeignKey(Microcycle, on_delete=models.CASCADE, related_name="sessions")
    date = models.DateField()
    day_number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    session_type = models.CharField(max_length=12, choices=choices_of(SessionType))
    intent_tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    source = models.CharField(max_length=8, choices=choices_of(SessionSource), default=SessionSource.ENGINE)
    status = models.CharField(max_length=8, choices=choices_of(SessionStatus), default=SessionStatus.PLANNED)
    locked = models.BooleanField(default=False)
    estimated_minutes = models.PositiveSmallIntegerField()
    minutes_warmup = models.FloatField(default=0)
    minutes_skill = models.FloatField(default=0)
    minutes_main = models.FloatField(default=0)
    minutes_accessory = models.FloatField(default=0)
    minutes_finisher = models.FloatField(default=0)
    minutes_cooldown = models.FloatField(default=0)
    coach_notes = models.CharField(max_length=COACH_NOTES_LENGTH, blank=True)
    quality = models.JSONField(default=dict, blank=True)  # the six success criteria, rendered from the report
    main_circuit = models.ForeignKey(Circuit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finisher_circuit = models.ForeignKey(Circuit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["date", "day_number"]
        constraints = [
            models.UniqueConstraint(fields=["microcycle", "day_number"], name="programs_session_day_once"),
            one_of("session_type", values_of(SessionType), "programs_session_type_known"),
            one_of("source", values_of(SessionSource), "programs_session_source_known"),
            one_of("status", values_of(SessionStatus), "programs_session_status_known"),
            between("day_number", 1, 14, "programs_session_day_range"),
            between("estimated_minutes", 1, 240, "programs_session_minutes_range"),
        ]
        indexes = [models.Index(fields=["microcycle", "date"], name="programs_session_by_date")]


class Choice(UUIDModel):
    """Why a movement was chosen for a slot; one row per block, day and slot, shared by its sessions."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="choices")
    key = models.CharField(max_length=360)
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField()  # the seven dimensions, 0-1
    weights = models.JSONField()
    total = models.FloatField()
    relaxation_step = models.PositiveSmallIntegerField(default=0)
    runners_up = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    chosen_by = models.CharField(max_length=8, choices=choices_of(ChosenBy), default=ChosenBy.PLAN)
    reason = models.CharField(max_length=300, blank=True)  # why it took another's place

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "key"], name="programs_choice_once"),
            one_of("chosen_by", values_of(ChosenBy), "programs_choice_maker_known"),
            between("relaxation_step", 0, 6, "programs_choice_relaxation_range"),
        ]


class SessionExerciseQuerySet(OwnedQuerySet):
    owner_field = "session__microcycle__program__user"


class SessionExercise(UUIDModel):
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="exercises")
    section = models.CharField(max_length=10, choices=choices_of(Section))
    position = models.PositiveSmallIntegerField()  # in training order over the whole session, from 1
    order = models.PositiveSmallIntegerField()  # within its section, from 1
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="+")
    choice = models.ForeignKey(Choice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    superset_group = models.CharField(max_length=4, null=True, blank=True)
    sets = models.PositiveSmallIntegerField()
    reps_min = models.PositiveSmallIntegerField(null=True, blank=True)
    reps_max = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    metres = models.PositiveIntegerField(null=True, blank=True)
    target_rpe = models.FloatField(null=True, blank=True)
    target_rir = models.FloatField(null=True, blank=True)
    target_percent_1rm = models.FloatField(null=True, blank=True)
    target_load_kg = models.FloatField(null=True, blank=True)
    load_is_guess = models.BooleanField(default=False)
    load_why = models.CharField(max_length=300, blank=True)  # last time and the rule, once the log has set the load
    rest_seconds = models.PositiveSmallIntegerField()
    tempo = models.CharField(max_length=12, null=True, blank=True)
    notes = models.CharField(max_length=300, blank=True)
    ramp = models.JSONField(default=list, blank=True)  # rendered from engine.types.RampSet
    locked = models.BooleanField(default=False)

    objects = SessionExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "section", "order"],
                name="programs_exercise_order_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            one_of("section", values_of(Section), "programs_exercise_section_known"),
            between("sets", 1, 12, "programs_exercise_sets_range"),
            between("reps_min", 1, 60, "programs_exercise_reps_min_range"),
            between("reps_max", 1, 60, "programs_exercise_reps_max_range"),
            not_after("reps_min", "reps_max", "programs_exercise_reps_ordered"),
            between("target_rpe", 1, 10, "programs_exercise_rpe_range"),
            between("target_rir", 0, 10, "programs_exercise_rir_range"),
            between("target_percent_1rm", 0, 1.2, "programs_exercise_percent_range"),
            between("target_load_kg", 0, 1000, "programs_exercise_load_range"),
            between("rest_seconds", 0, 900, "programs_exercise_rest_range"),
            models.CheckConstraint(
                # Null has to be excluded by name: a comparison with it is unknown, and unknown passes a check.
                condition=Q(reps_max__isnull=False)
                | Q(seconds__isnull=False, seconds__gt=0)
                | Q(metres__isnull=False, metres__gt=0),
                name="programs_exercise_has_work",
            ),
        ]

    @property
    def dose(self) -> str:
        """The prescription as a lifter reads it: ``4 × 5 to 8 @ 8``, ``3 × 45 s``, ``2 × 40 m``."""
        effort = f" @ {self.target_rpe:g}" if self.target_rpe is not None else ""
        return f"{self.sets} × {self._amount()}{effort}" if self.sets > 1 else f"{self._amount()}{effort}"

    def _amount(self) -> str:
        if self.reps_max is not None:
            low = self.reps_min or self.reps_max
            return str(low) if low == self.reps_max else f"{low}–{self.reps_max}"
        if self.seconds is not None:
            minutes = round(self.seconds / 30) / 2  # to the half minute
            return f"{self.seconds} s" if self.seconds < MINUTES_FROM_SECONDS else f"{minutes:g} min"
        return f"{self.metres} m"
