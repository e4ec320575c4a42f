"""Paths of the pages."""

from django.urls import URLPattern, URLResolver, path

from movements.views import circuits, gym, library, mine

app_name = "movements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", library.movement_list, name="list"),
    path("add/", mine.add, name="add"),
    path("mine/", mine.mine, name="mine"),
    path("kit/", gym.kit, name="kit"),
    path("kit/weights/", gym.weights, name="kit-weights"),
    path("kit/onboarding/", gym.onboarding_kit, name="onboarding-kit"),
    path("circuits/", circuits.circuit_list, name="circuits"),
    path("circuits/<str:key>/", circuits.circuit_detail, name="circuit"),
    path("<str:key>/", library.movement_detail, name="detail"),
    path("<str:key>/edit/", mine.edit, name="edit"),
    path("<str:key>/remove/", mine.remove, name="remove"),
    path("<str:key>/hide/", mine.hide, name="hide"),
    path("<str:key>/rule/", library.rule_save, name="rule"),
    path("<str:key>/rule/drop/", library.rule_drop, name="rule-drop"),
    path("<str:key>/favorite/", library.favorite, name="favorite"),
]
