"""What may take a movement's place: a page, and the part of it that a movement's page shows."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from gainsly.core.htmx import render_partial
from gainsly.core.http import AuthenticatedHttpRequest
from movements.selectors import movement_for
from programs.services.substitutes import substitutes_for


@require_GET
@login_required
def substitutes(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Stand-ins under my kit, injuries and rules, with loads where the log knows enough."""
    movement = movement_for(request.user, key)
    context = {
        "nav": "movements:list",
        "movement": movement,
        "substitutes": substitutes_for(user=request.user, movement=movement),
    }
    return render_partial(request, "programs/substitutes.html", context, partial="substitutes")
