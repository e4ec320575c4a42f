"""Paths of the API."""

from django.urls import URLPattern, URLResolver, path

from .views import configurations, favorites, programs, replanning, sessions, substitutes, templates

urlpatterns: list[URLPattern | URLResolver] = [
    path("programs", programs.ProgramListView.as_view(), name="api_programs"),
    path("programs/preview", programs.PreviewView.as_view(), name="api_program_preview"),
    path("programs/import", programs.ImportView.as_view(), name="api_program_import"),
    path("programs/grade", templates.GradeView.as_view(), name="api_program_grade"),
    path("programs/templates", templates.TemplateListView.as_view(), name="api_program_templates"),
    path("programs/templates/<slug:slug>", templates.TemplateView.as_view(), name="api_program_template"),
    path(
        "programs/templates/<slug:slug>/start", templates.StartTemplateView.as_view(), name="api_program_template_start"
    ),
    path("programs/<uuid:pk>", programs.ProgramView.as_view(), name="api_program"),
    path(
        "programs/<uuid:pk>/generation-status", programs.GenerationStatusView.as_view(), name="api_program_generation"
    ),
    path("programs/<uuid:pk>/explanation", programs.ExplanationView.as_view(), name="api_program_explanation"),
    path("programs/<uuid:pk>/regenerate-sessions", replanning.RegenerateView.as_view(), name="api_program_regenerate"),
    path(
        "programs/<uuid:pk>/microcycles/generate-next",
        replanning.GenerateNextView.as_view(),
        name="api_program_generate_next",
    ),
    path("programs/<uuid:pk>/activate", programs.ActivateView.as_view(), name="api_program_activate"),
    path("programs/<uuid:pk>/duplicate", programs.DuplicateView.as_view(), name="api_program_duplicate"),
    path("programs/<uuid:pk>/export", programs.ExportView.as_view(), name="api_program_export"),
    path("favorites", favorites.FavoritesView.as_view(), name="api_favorites"),
    path("favorites/programs/<uuid:pk>", favorites.FavoriteProgramView.as_view(), name="api_favorite_program"),
    path("movements/<str:key>/substitutes", substitutes.SubstitutesView.as_view(), name="api_movement_substitutes"),
    path("sessions/<uuid:pk>", sessions.SessionView.as_view(), name="api_session"),
    path("sessions/<uuid:pk>/swap", replanning.SwapView.as_view(), name="api_session_swap"),
    path("sessions/<uuid:pk>/lock", sessions.LockView.as_view(), name="api_session_lock"),
    path("sessions/<uuid:pk>/skip", sessions.SkipView.as_view(), name="api_session_skip"),
    path("sessions/<uuid:pk>/reschedule", sessions.RescheduleView.as_view(), name="api_session_reschedule"),
    path("sessions/<uuid:pk>/explanation", sessions.ExplanationView.as_view(), name="api_session_explanation"),
    path("configs", configurations.ConfigsView.as_view(), name="api_configs"),
    path("configs/<str:name>/active", configurations.ActiveConfigView.as_view(), name="api_config_active"),
    path("scoring/config", configurations.ScoringConfigView.as_view(), name="api_scoring_config"),
    path("scoring/config/metadata", configurations.ScoringMetadataView.as_view(), name="api_scoring_metadata"),
    path("scoring/config/global", configurations.ScoringGlobalView.as_view(), name="api_scoring_global"),
    path("scoring/config/validate", configurations.ScoringValidateView.as_view(), name="api_scoring_validate"),
    path("scoring/config/reload", configurations.ScoringReloadView.as_view(), name="api_scoring_reload"),
    path("scoring/metrics/summary", configurations.MetricsSummaryView.as_view(), name="api_metrics_summary"),
    path("scoring/metrics/success-rate", configurations.SuccessRateView.as_view(), name="api_metrics_success"),
    path(
        "scoring/metrics/dimension-effectiveness",
        configurations.DimensionEffectivenessView.as_view(),
        name="api_metrics_dimensions",
    ),
    path("scoring/metrics/<uuid:user_id>", configurations.UserMetricsView.as_view(), name="api_metrics_user"),
]
