"""What the coach sees, and the notes that stand for some days. All of it works without scripts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.selectors import local_today
from coaching import selectors
from coaching.forms import StandingNoteForm
from coaching.services import standing
from coaching.services.context import seen_by_coach
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError

NAV = "coaching:threads"
SHOWN_ENDED = 10


@login_required
@require_http_methods(["GET", "POST"])
def seen(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The page; POST writes a note."""
    form = StandingNoteForm(request.POST or None, initial={"ends_on": local_today(request.user)})
    if request.method == "POST" and form.is_valid():
        try:
            note = standing.write_note(user=request.user, **form.note())
        except DomainError as error:
            show_refusal(form, error)
        else:
            kept = _("Noted. The coach knows it until its last day.")
            more = _(" Confirm below what should follow from it.") if note.has_effects else ""
            messages.success(request, kept + more)
            return redirect("coaching:seen")
    return render(request, "coaching/seen.html", _context(request, form), status=422 if form.errors else 200)


def _context(request: AuthenticatedHttpRequest, form: StandingNoteForm) -> dict[str, Any]:
    today = local_today(request.user)
    notes = [
        {"row": note, "title": selectors.title_of(note), "effects": selectors.effects_of(note)}
        for note in selectors.standing_notes_of(request.user)[: SHOWN_ENDED * 3]
    ]
    return {
        "form": form,
        "seen": seen_by_coach(user=request.user),
        "standing": [one for one in notes if one["row"].ends_on >= today],
        "ended": [one for one in notes if one["row"].ends_on < today][:SHOWN_ENDED],
        "today": today,
        "nav": NAV,
    }


@login_required
@require_GET
def seen_in_thread(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The context of the next question in one thread, with what is told in short or left out."""
    row = selectors.conversation_for(request.user, pk)
    context = {"conversation": row, "seen": seen_by_coach(user=request.user, conversation=row), "nav": NAV}
    return render(request, "coaching/seen_in_thread.html", context)


@login_required
@require_POST
def confirm(request: AuthenticatedHttpRequest, note_pk: UUID) -> HttpResponse:
    """Let the effects of a note follow."""
    try:
        standing.confirm_note(user=request.user, note_id=note_pk)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It counts from now on, until its last day."))
    return redirect("coaching:seen")


@login_required
@require_POST
def end(request: AuthenticatedHttpRequest, note_pk: UUID) -> HttpResponse:
    """It is over."""
    standing.end_note(user=request.user, note_id=note_pk)
    messages.success(request, _("The note counts no more."))
    return redirect("coaching:seen")


@login_required
@require_POST
def delete(request: AuthenticatedHttpRequest, note_pk: UUID) -> HttpResponse:
    standing.delete_note(user=request.user, note_id=note_pk)
    messages.success(request, _("The note is deleted."))
    return redirect("coaching:seen")
