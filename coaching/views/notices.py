"""What the coach said unasked, and the link in its letters that ends them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from coaching.models import Notice
from coaching.services import notices as service
from gainsly.core.http import AuthenticatedHttpRequest

PER_PAGE = 12


@login_required
@require_GET
def notices(request: AuthenticatedHttpRequest) -> HttpResponse:
    rows = Notice.objects.of(request.user).exclude(kind="check_in")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "coaching/notices.html", {"page": page, "nav": "coaching:threads"})


@csrf_exempt  # mail programs post here without a cookie (RFC 8058); the signed token is the permission
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Looking asks, posting ends the letters: programs that open every link of a mail change nothing."""
    try:
        service.read_token(token)
        if request.method == "POST":
            service.unsubscribe(token=token)
    except service.BadTokenError as error:
        return render(request, "coaching/unsubscribe.html", {"error": str(error)}, status=error.status)
    return render(request, "coaching/unsubscribe.html", {"done": request.method == "POST"})
