"""Paths of the API."""

from django.urls import path

from .views.activities import ActivityListView, DefinitionListView
from .views.readiness import BiometricListView, MuscleRecoveryView, RecoveryListView, SorenessListView
from .views.stats import AdherenceView, DayPlanView, E1rmView, LoadView, PsiView, RecordListView, VolumeView
from .views.workouts import CustomWorkoutView, SetListView, WorkoutListView, WorkoutView

urlpatterns = [
    path("days/<str:date>/plan", DayPlanView.as_view(), name="api-day-plan"),
    path("logs/workouts", WorkoutListView.as_view(), name="api-workouts"),
    path("logs/workouts/<uuid:pk>", WorkoutView.as_view(), name="api-workout"),
    path("logs/workouts/<uuid:pk>/sets", SetListView.as_view(), name="api-workout-sets"),
    path("logs/custom", CustomWorkoutView.as_view(), name="api-workout-custom"),
    path("logs/soreness", SorenessListView.as_view(), name="api-soreness"),
    path("logs/recovery", RecoveryListView.as_view(), name="api-recovery"),
    path("logs/biometrics", BiometricListView.as_view(), name="api-biometrics"),
    path("logs/muscle-recovery", MuscleRecoveryView.as_view(), name="api-muscle-recovery"),
    path("stats/e1rm", E1rmView.as_view(), name="api-stats-e1rm"),
    path("stats/records", RecordListView.as_view(), name="api-stats-records"),
    path("stats/volume", VolumeView.as_view(), name="api-stats-volume"),
    path("stats/psi", PsiView.as_view(), name="api-stats-psi"),
    path("stats/load", LoadView.as_view(), name="api-stats-load"),
    path("activities", ActivityListView.as_view(), name="api-activities"),
    path("activities/definitions", DefinitionListView.as_view(), name="api-activity-definitions"),
    path("stats/adherence", AdherenceView.as_view(), name="api-stats-adherence"),
]
