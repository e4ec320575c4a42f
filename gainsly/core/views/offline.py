"""What works without signal: the service worker at the root, and the page for what it does not keep."""

from __future__ import annotations

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET


@require_GET
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script, from the root because it serves all pages; another build of the files is another worker."""
    version = getattr(staticfiles_storage, "manifest_hash", "") or "unhashed"
    return render(request, "core/sw.js", {"version": version}, content_type="text/javascript")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "core/offline.html")
