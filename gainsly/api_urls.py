"""The API: one include per app, and the schema."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.permissions import AllowAny

urlpatterns = [
    path(
        "schema/", SpectacularAPIView.as_view(permission_classes=[AllowAny], authentication_classes=[]), name="schema"
    ),
    path(
        "docs/", SpectacularSwaggerView.as_view(permission_classes=[AllowAny], authentication_classes=[]), name="docs"
    ),
    path("", include("accounts.api.urls")),
    path("", include("movements.api.urls")),
    path("", include("programs.api.urls")),
    path("", include("logging_app.api.urls")),
    path("", include("coaching.api.urls")),
]
