"""Reading the diary: one module per page area, each in a fixed number of queries."""

from .activities import activities_of, activity_for, definition_by, definitions
from .days import day_plan
from .history import HistoryPage, history_page, month_of, templates_of
from .pages import TodayPage, WorkoutExercise, WorkoutPage, today_page, workout_page
from .progress import course_of
from .recovery import Recovery, biometrics_of, muscle_states, recovery_on, signals_of, soreness_of
from .stats import adherence, e1rm_series, record_documents, records_of, weekly_volume
from .trends import load, psi
from .workouts import open_workout, set_documents, workout_document, workout_documents, workout_for, workouts_of

__all__ = [
    "HistoryPage",
    "Recovery",
    "TodayPage",
    "WorkoutExercise",
    "WorkoutPage",
    "activities_of",
    "activity_for",
    "adherence",
    "biometrics_of",
    "course_of",
    "day_plan",
    "definition_by",
    "definitions",
    "e1rm_series",
    "history_page",
    "load",
    "month_of",
    "muscle_states",
    "open_workout",
    "psi",
    "record_documents",
    "records_of",
    "recovery_on",
    "set_documents",
    "signals_of",
    "soreness_of",
    "templates_of",
    "today_page",
    "weekly_volume",
    "workout_document",
    "workout_documents",
    "workout_for",
    "workout_page",
    "workouts_of",
]
