"""Paths of the account pages; those of sign-in and sign-up are allauth's."""

from django.urls import include, path

from accounts.views import injuries, onboarding, settings

pages = (
    [
        path("onboarding/", onboarding.start, name="onboarding"),
        path("onboarding/safety/", onboarding.safety, name="onboarding-safety"),
        path("onboarding/advice/", onboarding.advice, name="onboarding-advice"),
        path("onboarding/you/", onboarding.you, name="onboarding-you"),
        path("onboarding/week/", onboarding.week, name="onboarding-week"),
        path("onboarding/preferences/", onboarding.likes, name="onboarding-preferences"),
        path("onboarding/done/", onboarding.done, name="onboarding-done"),
        path("settings/", settings.index, name="settings"),
        path("settings/you/", settings.person, name="settings-person"),
        path("settings/week/", settings.week, name="settings-week"),
        path("settings/preferences/", settings.likes, name="settings-preferences"),
        path("settings/display/", settings.display, name="settings-display"),
        path("settings/injuries/", injuries.index, name="injuries"),
        path("settings/injuries/add/", injuries.add, name="injury-add"),
        path("settings/injuries/<uuid:pk>/", injuries.change, name="injury"),
        path("settings/injuries/<uuid:pk>/end/", injuries.end, name="injury-end"),
        path("settings/injuries/<uuid:pk>/remove/", injuries.remove, name="injury-remove"),
    ],
    "accounts",
)
urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include(pages)),
]
