"""HTMX, written once: what a request asked for, and how a page or one part of it is answered.

Nothing else in the product reads ``request.htmx`` (docs/design.md, "Pages and parts").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

PAGE_LAYOUT = "layouts/page.html"
FRAGMENT_LAYOUT = "layouts/fragment.html"


class HtmxRequest(HttpRequest):
    """A request that came through ``HtmxMiddleware``."""

    htmx: HtmxDetails


def is_htmx(request: HttpRequest) -> bool:
    """Whether HTMX asks for a piece of a page (a restored history entry wants the whole page)."""
    details = getattr(request, "htmx", None)
    return details is not None and bool(details) and not details.history_restore_request


def layout_for(request: HttpRequest) -> str:
    """The shell that ``base.html`` extends: a whole document, or the app's inside for HTMX to swap in."""
    return FRAGMENT_LAYOUT if is_htmx(request) else PAGE_LAYOUT


def current_path(request: HttpRequest) -> str:
    """Path and query of the page that the person looks at, on this host; for a fragment that is not its own URL."""
    details = getattr(request, "htmx", None)
    if details and details.current_url_abs_path:
        return str(details.current_url_abs_path)
    return request.get_full_path()


def render_partial(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    partial: str | None = None,
    target: str | None = None,
    status: int | None = None,
) -> HttpResponse:
    """The page, or for HTMX only its ``{% partialdef partial %}``.

    ``target`` (default: the partial's name, as the house rule has it) limits the short answer to requests that will
    swap exactly that element, so that a navigation by HTMX still gets everything.
    """
    if partial and is_htmx(request) and _aims_at(request, target or partial):
        template = f"{template}#{partial}"
    return render(request, template, context, status=status)


def _aims_at(request: HttpRequest, target: str) -> bool:
    aimed = request.htmx.target  # type: ignore[attr-defined]
    return aimed is None or aimed == target
