"""Paths of the API."""

from django.urls import URLPattern, URLResolver, path

from movements.api.views import circuits, library, profile, rules

urlpatterns: list[URLPattern | URLResolver] = [
    path("movements", library.MovementsView.as_view(), name="api_movements"),
    path("movements/search", library.MovementSearchView.as_view(), name="api_movement_search"),
    path("movements/preferences", rules.PreferencesView.as_view(), name="api_preferences"),
    path("movements/preferences/<uuid:pk>", rules.PreferenceView.as_view(), name="api_preference"),
    path("movements/<str:key>/similar", library.SimilarView.as_view(), name="api_movement_similar"),
    path("movements/<str:key>", library.MovementView.as_view(), name="api_movement"),
    path("favorites/movements", rules.FavoriteMovementsView.as_view(), name="api_favorite_movements"),
    path("favorites/movements/<str:key>", rules.FavoriteMovementView.as_view(), name="api_favorite_movement"),
    path("hidden/movements", rules.HiddenMovementsView.as_view(), name="api_hidden_movements"),
    path("hidden/movements/<str:key>", rules.HiddenMovementView.as_view(), name="api_hidden_movement"),
    path("circuits", circuits.CircuitsView.as_view(), name="api_circuits"),
    path("circuits/<str:key>", circuits.CircuitView.as_view(), name="api_circuit"),
    path("settings/profile", profile.ProfileView.as_view(), name="api_profile"),
]
