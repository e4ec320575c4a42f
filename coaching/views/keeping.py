"""Keeping conversations: listed and searched, deleted and brought back, carried away. Works without scripts."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coaching import selectors
from coaching.forms import QuestionForm
from coaching.prompts.transcript import markdown_of
from coaching.services import conversations
from gainsly.core.http import AuthenticatedHttpRequest

PER_PAGE = 30
SEARCH_LENGTH = 100
NAV = "coaching:threads"


@login_required
@require_GET
def threads(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All threads, or those that hold some words; a field for a new question; a way back for the one just deleted."""
    return render(request, "coaching/threads.html", threads_context(request, QuestionForm()))


def threads_context(request: AuthenticatedHttpRequest, form: QuestionForm) -> dict[str, Any]:
    words = request.GET.get("q", "").replace("\x00", "")[:SEARCH_LENGTH].strip()
    found = selectors.with_figures(selectors.threads_found(request.user, words))
    return {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "q": words,
        "form": form,
        "deleted": selectors.just_deleted(request.user),
        "nav": NAV,
    }


@login_required
@require_POST
def delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    conversations.delete_conversation(user=request.user, conversation_id=pk)
    return redirect("coaching:threads")


@login_required
@require_POST
def restore(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Undo a deletion."""
    row = conversations.restore_conversation(user=request.user, conversation_id=pk)
    messages.success(request, _("The conversation is back."))
    return redirect("coaching:thread", row.pk)


@login_required
@require_GET
def export(request: AuthenticatedHttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """One conversation as a file: JSON with everything that is kept of it, or Markdown to read."""
    thread = selectors.thread_json(selectors.conversation_for(request.user, pk))
    if kind == "json":
        return _file(json.dumps(thread, ensure_ascii=False, indent=1), "application/json", f"conversation-{pk}.json")
    if kind == "md":
        return _file(markdown_of(thread), "text/markdown; charset=utf-8", f"conversation-{pk}.md")
    raise Http404


@login_required
@require_GET
def export_all(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Everything that the coach keeps of the athlete, as JSON."""
    text = json.dumps(selectors.export_json(request.user), ensure_ascii=False, indent=1)
    return _file(text, "application/json", "coach.json")


def _file(text: str, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
