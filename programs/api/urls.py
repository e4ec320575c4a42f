"""Paths of the API."""

from django.urls import URLPattern, URLResolver, path

from .views import programs, sessions, substitutes

urlpatterns: list[URLPattern | URLResolver] = [
    path("programs", programs.ProgramListView.as_view(), name="api_programs"),
    path("programs/preview", programs.PreviewView.as_view(), name="api_program_preview"),
    path("programs/import", programs.ImportView.as_view(), name="api_program_import"),
    path("programs/<uuid:pk>", programs.ProgramView.as_view(), name="api_program"),
    path(
        "programs/<uuid:pk>/generation-status", programs.GenerationStatusView.as_view(), name="api_program_generation"
    ),
    path("programs/<uuid:pk>/activate", programs.ActivateView.as_view(), name="api_program_activate"),
    path("programs/<uuid:pk>/duplicate", programs.DuplicateView.as_view(), name="api_program_duplicate"),
    path("programs/<uuid:pk>/export", programs.ExportView.as_view(), name="api_program_export"),
    path("movements/<str:key>/substitutes", substitutes.SubstitutesView.as_view(), name="api_movement_substitutes"),
    path("sessions/<uuid:pk>", sessions.SessionView.as_view(), name="api_session"),
    path("sessions/<uuid:pk>/lock", sessions.LockView.as_view(), name="api_session_lock"),
    path("sessions/<uuid:pk>/skip", sessions.SkipView.as_view(), name="api_session_skip"),
    path("sessions/<uuid:pk>/reschedule", sessions.RescheduleView.as_view(), name="api_session_reschedule"),
    path("sessions/<uuid:pk>/explanation", sessions.ExplanationView.as_view(), name="api_session_explanation"),
]
