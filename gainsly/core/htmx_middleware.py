"""Three small rules for every HTML answer, so that no view has to think of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from .htmx import current_path, is_htmx

GetResponse = Callable[[HttpRequest], HttpResponseBase]
VARY = ("HX-Request", "HX-Target")
APP = "#app"  # the element that a navigation replaces, see layouts/


class VaryMiddleware:
    """One URL answers a page or a part of it: caches have to tell them apart."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_html(response):
            patch_vary_headers(response, VARY)
        return response


class HtmxRedirectMiddleware:
    """HTMX would follow a redirect and swap the new page into the old target: tell it to go there instead."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not is_htmx(request) or not 300 <= response.status_code < 400 or "Location" not in response:  # noqa: PLR2004
            return response
        location = response["Location"]
        if _is_login(location):
            answer: HttpResponse = HttpResponseClientRedirect(_login_and_back(request))
        elif urlsplit(location).netloc:
            answer = HttpResponseClientRedirect(location)
        else:
            answer = HttpResponse(status=204)
            answer["HX-Location"] = json.dumps({"path": location, "target": APP, "swap": "outerHTML show:window:top"})
        answer.cookies = response.cookies  # a redirect may carry the message cookie or a new session
        return answer


class OobMessagesMiddleware:
    """Messages that a fragment left unread ride along, out of band."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not is_htmx(request) or not _takes_body(response):
            return response
        if any(header in response for header in ("HX-Location", "HX-Redirect", "HX-Refresh")):
            return response
        unread = list(get_messages(request))
        if unread:
            response.write(render_to_string("components/messages.html", {"messages": unread, "oob": True}, request))
        return response


def _is_html(response: HttpResponseBase) -> bool:
    return str(response.get("Content-Type", "")).startswith("text/html")


def _takes_body(response: HttpResponse) -> bool:
    return _is_html(response) and response.status_code not in (204, 304) and not 300 <= response.status_code < 400  # noqa: PLR2004


def _is_login(location: str) -> bool:
    return urlsplit(location).path == urlsplit(resolve_url(settings.LOGIN_URL)).path


def _login_and_back(request: HttpRequest) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': current_path(request)})}"
