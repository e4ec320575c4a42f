"""Paths of the API."""

from django.urls import URLPattern, URLResolver, path

from .views import auth, settings

urlpatterns: list[URLPattern | URLResolver] = [
    path("auth/register", auth.RegisterView.as_view(), name="api_register"),
    path("auth/login", auth.LoginView.as_view(), name="api_login"),
    path("auth/refresh", auth.RefreshView.as_view(), name="api_refresh"),
    path("auth/logout", auth.LogoutView.as_view(), name="api_logout"),
    path("auth/me", auth.MeView.as_view(), name="api_me"),
    path("auth/sessions", auth.SessionListView.as_view(), name="api_sessions"),
    path("auth/sessions/<uuid:pk>", auth.SessionView.as_view(), name="api_session_end"),
    path("settings", settings.SettingsView.as_view(), name="api_settings"),
    path("settings/injuries", settings.InjuryListView.as_view(), name="api_injuries"),
    path("settings/injuries/read", settings.InjuryReadView.as_view(), name="api_injury_read"),
    path("settings/injuries/<uuid:pk>", settings.InjuryView.as_view(), name="api_injury"),
    path("settings/activities", settings.ActivityListView.as_view(), name="api_activities"),
    path("settings/activities/<uuid:pk>", settings.ActivityView.as_view(), name="api_activity"),
]
