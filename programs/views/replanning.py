"""What lies ahead, written again: the difference first, then the change, and the way back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from movements.selectors import movements_by_slug
from programs.engine.standing import ChangeKind
from programs.models import Program, Session, SessionExercise
from programs.selectors import local_today, program_for
from programs.services.locking import ChangedMeanwhileError
from programs.services.replanning import (
    Outlook,
    is_undoable,
    last_replanning,
    look_ahead,
    replan_program,
    undo_replanning,
)

KIND_WORDS = {
    ChangeKind.LOAD: gettext_lazy("Load"),
    ChangeKind.SWAP: gettext_lazy("Another movement"),
    ChangeKind.SETS: gettext_lazy("Fewer sets"),
    ChangeKind.REMOVE: gettext_lazy("Left out"),
    ChangeKind.MOVE: gettext_lazy("Moved"),
    ChangeKind.DROP: gettext_lazy("Left out of the week"),
    ChangeKind.DELOAD: gettext_lazy("Easy week"),
}
SHOWN = 8  # changes of one session


@login_required
@require_http_methods(["GET", "POST"])
def replan(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Shows what would change; ``deload`` asks for an easy week. Posting applies it."""
    row, today = program_for(request.user, pk), local_today(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    wants_deload = asked.get("deload") == "1"
    if request.method == "POST":
        try:
            _refuse_stale(row, asked.get("version", ""))
            _outlook, applied = replan_program(program=row, today=today, wants_deload=wants_deload)
        except DomainError as error:
            return _page(request, row, wants_deload=wants_deload, error=error)
        count = len(applied.changes) if applied else 0
        words = ngettext("%d change is made.", "%d changes are made.", count) % count
        messages.success(request, words if count else _("Nothing had to change."))
        return redirect("programs:program", row.pk)
    return _page(request, row, wants_deload=wants_deload)


def _refuse_stale(row: Program, version: str) -> None:
    """What was shown must still be what is stored."""
    if version and version != row.updated_at.isoformat():
        raise ChangedMeanwhileError(_("The plan has changed since you opened this page. Here is how it stands now."))


def _page(
    request: AuthenticatedHttpRequest, row: Program, *, wants_deload: bool, error: DomainError | None = None
) -> HttpResponse:
    outlook = look_ahead(program=row, today=local_today(request.user), wants_deload=wants_deload)
    last = last_replanning(row)
    context = {
        "nav": "programs:current",
        "program": row,
        "outlook": outlook,
        "sessions": _grouped(outlook, request.user),
        "wants_deload": wants_deload,
        "error": error,
        "last": last if last is not None and is_undoable(last) else None,
        "version": row.updated_at.isoformat(),
    }
    return render(request, "programs/replan.html", context, status=error.status if error else 200)


def _grouped(outlook: Outlook, user: Any) -> list[dict[str, Any]]:
    """The changes session by session in order of date, with the names that people know; three queries."""
    ids = {one.session for one in outlook.changes}
    rows = {str(one.pk): one for one in Session.objects.filter(pk__in=ids).order_by("date")}
    wanted = [one.exercise for one in outlook.changes if one.exercise]
    held = dict(SessionExercise.objects.filter(pk__in=wanted).values_list("pk", "movement__name"))
    slugs = {one.after["movement"] for one in outlook.changes if "movement" in one.after}
    names = {slug: one.record.name for slug, one in movements_by_slug(slugs, user).items()} if slugs else {}
    groups: dict[str, list[dict[str, Any]]] = {pk: [] for pk in rows}
    for one in outlook.changes:
        groups[one.session].append(
            {
                "change": one,
                "kind": KIND_WORDS[one.kind],
                "name": held.get(UUID(one.exercise), "") if one.exercise else "",
                "becomes": names.get(one.after.get("movement", ""), ""),
            }
        )
    return [
        {"session": rows[pk], "changes": found[:SHOWN], "more": max(0, len(found) - SHOWN)}
        for pk, found in groups.items()
    ]


@login_required
@require_POST
def undo(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Put back what the last re-planning changed."""
    row = program_for(request.user, pk)
    last = last_replanning(row)
    if last is None:  # undone already, in another tab perhaps
        messages.info(request, _("There is no re-planning to take back."))
        return redirect("programs:program", row.pk)
    try:
        undo_replanning(replanning=last, today=local_today(request.user))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Everything is back as it was before."))
    return redirect("programs:program", row.pk)
