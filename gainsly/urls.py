"""The HTML side: one include per app, composition root of the whole product."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("gainsly.api_urls")),
    path("", include("gainsly.core.urls")),  # health, landing of the signed-out
    path("", include("accounts.urls")),  # account pages, onboarding, settings
    path("movements/", include("movements.urls")),
    path("programs/", include("programs.urls")),
    path("coach/", include("coaching.urls")),
    path("", include("logging_app.urls")),  # today at /, log/, history/
]

handler400 = "gainsly.core.problems.bad_request"
handler404 = "gainsly.core.problems.not_found"
handler500 = "gainsly.core.problems.server_error"
