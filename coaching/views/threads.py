"""The coach's pages: one thread, asking, renaming. All of it works without scripts."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from coaching import selectors
from coaching.forms import QuestionForm, TitleForm
from coaching.models import Adaptation, Conversation, Turn
from coaching.services import conversations, proposing
from gainsly.core.forms import show_refusal
from gainsly.core.htmx import is_htmx, render_partial
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError

from .keeping import threads_context

WAIT_SECONDS = 6.0  # for an answer, where no script can wait for it
LOOK_EVERY = 0.2
NAV = "coaching:threads"


@login_required
@require_GET
def thread(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = selectors.conversation_for(request.user, pk)
    return _show(request, row, QuestionForm())


@login_required
@require_POST
def ask_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A first question opens its thread."""
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return render(request, "coaching/threads.html", threads_context(request, form), status=422)
    row = conversations.open_conversation(user=request.user)
    turn = conversations.ask(user=request.user, conversation_id=row.pk, content=form.cleaned_data["content"])
    _wait(request, turn)
    return redirect("coaching:thread", row.pk)


@login_required
@require_POST
def ask(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = selectors.conversation_for(request.user, pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            turn = conversations.ask(user=request.user, conversation_id=row.pk, content=form.cleaned_data["content"])
        except DomainError as error:
            show_refusal(form, error)
        else:
            _wait(request, turn)
            return redirect("coaching:thread", row.pk) if not is_htmx(request) else _show(request, row, QuestionForm())
    return _show(request, row, form, status=422)


@login_required
@require_GET
def turn(request: AuthenticatedHttpRequest, pk: UUID, turn_pk: UUID) -> HttpResponse:
    """One answer as it stands, for the script to put in place of the words that streamed."""
    row = selectors.turn_for(request.user, pk, turn_pk)
    return render(request, "coaching/_turn.html", {"turn": row, "conversation": row.conversation})


@login_required
@require_POST
def retry(request: AuthenticatedHttpRequest, pk: UUID, turn_pk: UUID) -> HttpResponse:
    row = selectors.turn_for(request.user, pk, turn_pk)
    try:
        _wait(request, conversations.retry_turn(user=request.user, conversation_id=pk, turn_id=row.pk))
    except DomainError as error:
        messages.error(request, str(error))
    adapted = Adaptation.objects.filter(turn=row).values_list("pk", flat=True).first()
    return redirect("coaching:adaptation", adapted) if adapted else redirect("coaching:thread", pk)


@login_required
@require_POST
def confirm(request: AuthenticatedHttpRequest, pk: UUID, turn_pk: UUID, number: int) -> HttpResponse:
    """Make what the coach proposed; a second tap says the same and does nothing."""
    try:
        words = proposing.confirm(user=request.user, conversation_id=pk, turn_id=turn_pk, number=number)
        messages.success(request, words)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("coaching:thread", pk)


@login_required
@require_POST
def rename(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = selectors.conversation_for(request.user, pk)
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _show(request, row, QuestionForm(), title_form=form, status=422)
    conversations.rename_conversation(user=request.user, conversation_id=row.pk, title=form.cleaned_data["title"])
    return redirect("coaching:thread", row.pk)


def _show(
    request: AuthenticatedHttpRequest,
    row: Conversation,
    form: QuestionForm,
    *,
    title_form: TitleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    turns = selectors.turns_of(row)
    context: dict[str, Any] = {
        "conversation": row,
        "turns": turns,
        "form": form,
        "title_form": title_form or TitleForm(initial={"title": row.title}),
        "nav": NAV,
    }
    return render_partial(request, "coaching/thread.html", context, partial="talk", status=status)


def _wait(request: AuthenticatedHttpRequest, turn: Turn) -> None:
    """Without scripts the answer had better be there when the page comes; a script listens to the stream instead."""
    end = time.monotonic() + WAIT_SECONDS
    while turn.is_open and not is_htmx(request) and time.monotonic() < end:
        time.sleep(LOOK_EVERY)
        turn = selectors.turn_for(request.user, turn.conversation_id, turn.pk)
