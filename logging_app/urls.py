"""Paths of the diary's pages: today at the root, the workout below /log/, the history."""

from django.urls import path

from .views import activities, body, exports, history, progress, readiness, recovery, today, workout

app_name = "logging"
urlpatterns = [
    path("", today.today, name="today"),
    path("check-in/", readiness.check_in, name="check-in"),
    path("log/", workout.train, name="train"),
    path("log/start/", workout.start_empty, name="start-empty"),
    path("log/start/<uuid:session_pk>/", workout.start, name="start"),
    path("log/<uuid:pk>/", workout.workout, name="workout"),
    path("log/<uuid:pk>/sets/", workout.add_set, name="add-set"),
    path("log/<uuid:pk>/undo/", workout.undo, name="undo"),
    path("log/<uuid:pk>/add/", workout.choose_movement, name="choose-movement"),
    path("log/<uuid:pk>/finish/", workout.finish, name="finish"),
    path("progress/", progress.progress, name="progress"),
    path("recovery/", recovery.recovery, name="recovery"),
    path("recovery/soreness/", recovery.tell_soreness, name="soreness"),
    path("recovery/signals/", recovery.tell_signals, name="signals"),
    path("body/", body.body, name="body"),
    path("body/<uuid:pk>/delete/", body.delete, name="delete-measure"),
    path("activities/", activities.activities, name="activities"),
    path("activities/<uuid:pk>/delete/", activities.delete, name="delete-activity"),
    path("history/export.csv", exports.diary, name="export"),
    path("history/", history.history, name="history"),
    path("history/movements/<str:key>/", history.of_movement, name="movement-history"),
    path("history/<uuid:pk>/", history.entry, name="entry"),
    path("history/<uuid:pk>/delete/", history.delete, name="delete"),
]
