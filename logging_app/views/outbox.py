"""What a phone kept while there was no signal, one entry at a time: docs/offline.md.

The page's script sends every start, set and end of a workout here, and keeps it until this answers that it is stored.
Each entry carries ids that the phone made, so an entry that comes twice is stored once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.selectors import settings_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import SessionStatus, Units
from logging_app.forms import FinishForm, SetForm, TypedSetsForm
from logging_app.metrics.set_text import MOST_SETS, SetTextError, parse
from logging_app.models import WorkoutLog
from logging_app.selectors import workout_for, workout_page
from logging_app.selectors.live import workout_version, workout_with_usual
from logging_app.services.changes import undo_last, undo_sets
from logging_app.services.inputs import SetInput, invalid
from logging_app.services.workouts import OpenWorkoutError, add_sets, finish_workout, start_workout
from programs.selectors import session_for

from .doubts import doubt_about, doubt_about_typed
from .set_words import fault_words, undo_words
from .workout import after_set, answers_of, cheer, ended_before_now, ids_of, typed_inputs

HTTP_SIGNED_OUT, HTTP_OTHER = 401, 409


class DoubtfulError(DomainError):
    """The page asks the athlete first; only an entry that is sent at once can be doubted."""

    code = "doubtful"
    status = 409


class FinishedMeanwhileError(DomainError):
    """The workout ended on another device before this set was done."""

    code = "workout_finished"
    status = 409


class ChangedMeanwhileError(DomainError):
    """What was to be taken back is not the last thing any more."""

    code = "changed_meanwhile"
    status = 409


DOUBTS = (DoubtfulError, FinishedMeanwhileError)  # the athlete may say: all the same


class EntryForm(forms.Form):
    """What every entry says of itself, beside the fields of its own form."""

    entry = forms.ChoiceField(choices=[(kind, kind) for kind in ("start", "set", "typed", "undo", "finish")])
    user = forms.UUIDField()
    workout = forms.UUIDField()
    session = forms.UUIDField(required=False)
    at = forms.DateTimeField(required=False)  # when the athlete tapped; only an entry that waited tells it
    anyway = forms.BooleanField(required=False)  # refused once, and meant
    set_id = forms.UUIDField(required=False)  # of an undo: this set, and those typed with it
    version = forms.CharField(required=False, max_length=200)  # of an undo: what was done last in this state


@never_cache
@require_http_methods(["GET", "POST"])
def outbox(request: HttpRequest) -> JsonResponse:
    """GET: who is signed in, and a token to send with. POST: one entry.

    Answers ``state``: ``stored`` with ``next``, and ``workout`` where a start led into the one that runs already;
    ``ask``: the page's own form must ask the athlete; ``refused`` with ``why`` and ``doubt`` (may be sent again with
    ``anyway``); ``signed_out`` (401); ``other`` (409): the entry is another athlete's.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"state": "signed_out"}, status=HTTP_SIGNED_OUT)
    if request.method == "GET":
        return JsonResponse({"user": str(request.user.pk), "token": get_token(request)})
    entry = EntryForm(request.POST)
    if not entry.is_valid():
        return JsonResponse({"state": "refused", "why": _("This entry cannot be read.")})
    if entry.cleaned_data["user"] != request.user.pk:
        return JsonResponse({"state": "other"}, status=HTTP_OTHER)
    return _kept(request, entry)  # type: ignore[arg-type] - signed in


def _kept(request: AuthenticatedHttpRequest, entry: EntryForm) -> JsonResponse:
    data = entry.cleaned_data
    doubt = False
    try:
        told = STORE[data["entry"]](request, data)
    except Http404:
        why = _("This workout, or what was planned in it, is not there any more.")
    except DomainError as error:
        why, doubt = str(error), isinstance(error, DOUBTS)
    else:
        return JsonResponse({"state": "stored", **told})
    return JsonResponse({"state": "refused" if data["at"] else "ask", "why": why, "doubt": doubt})


def _start(request: AuthenticatedHttpRequest, data: dict[str, Any]) -> dict[str, str]:
    """A workout of the same session that another device began meanwhile is the one to go on with."""
    session = session_for(request.user, data["session"])
    known = WorkoutLog.objects.of(request.user).filter(pk=data["workout"]).exists()
    if session.status == SessionStatus.DONE and not known and not data["anyway"]:
        raise DoubtfulError(_("This session is logged already."))
    began = min(data["at"], timezone.now()) if data["at"] else None
    row, _is_new = start_workout(
        user=request.user, session=session, title=session.title, workout_id=data["workout"], started_at=began
    )
    if row.pk != data["workout"] and row.session_id != session.pk:
        raise OpenWorkoutError(_("Another workout is still running. Finish it first."))
    return {"next": reverse("logging:workout", args=[row.pk]), "workout": str(row.pk)}


def _set(request: AuthenticatedHttpRequest, data: dict[str, Any]) -> dict[str, str]:
    row, usual = workout_with_usual(request.user, data["workout"], slug=request.POST.get("movement", ""))
    at = _moment(row, data)
    form = SetForm(request.POST, units=settings_of(request.user).units)
    _check(form)
    doubt = None if data["anyway"] else doubt_about(usual, form, waited=at is not None)
    if doubt:
        raise DoubtfulError(f"{doubt.title} {doubt.text}")
    told = form.set_input(planned=row.session_id is not None)
    added = add_sets(user=request.user, workout_id=row.pk, sets=[_done_at(told, at)])
    cheer(request, added.records)
    return {"next": after_set(row, form)}


def _typed(request: AuthenticatedHttpRequest, data: dict[str, Any]) -> dict[str, str]:
    row, usual = workout_with_usual(request.user, data["workout"], slug=request.POST.get("movement", ""))
    at = _moment(row, data)
    form, units = TypedSetsForm(request.POST), settings_of(request.user).units
    _check(form)
    try:
        typed = parse(form.cleaned_data["text"], pounds=units == Units.IMPERIAL)
    except SetTextError as error:
        raise invalid({"text": [fault_words(error)]}) from error
    question = "" if data["anyway"] else doubt_about_typed(usual, typed, form, units)
    if question:
        raise DoubtfulError(question)
    sets = [_done_at(one, at) for one in typed_inputs(form, typed, row)]
    add_sets(user=request.user, workout_id=row.pk, sets=sets)
    return {"next": after_set(row, form)}


def _undo(request: AuthenticatedHttpRequest, data: dict[str, Any]) -> dict[str, str]:
    """A set that the server may have or not is taken back by its id; else what was done last, once."""
    row = workout_for(request.user, data["workout"])
    if data["set_id"]:
        undo_sets(user=request.user, workout_id=row.pk, set_ids=ids_of(data["set_id"], MOST_SETS))
    elif data["version"] == workout_version(row):
        messages.success(request, undo_words(undo_last(user=request.user, workout_id=row.pk)))
    elif data["at"]:
        raise ChangedMeanwhileError(_("The workout changed meanwhile. Nothing was taken back."))
    else:
        messages.info(request, _("Nothing more was taken back. This is what the workout holds now."))
    return {"next": reverse("logging:workout", args=[row.pk])}


def _finish(request: AuthenticatedHttpRequest, data: dict[str, Any]) -> dict[str, str]:
    row = workout_for(request.user, data["workout"])
    form = FinishForm(request.POST)
    _check(form)
    if data["at"] is None and ended_before_now(workout_page(request.user, row), row):
        raise DoubtfulError(_("When did this workout end?"))
    at = None if data["at"] is None else _within(row, data["at"])
    finish_workout(user=request.user, workout_id=row.pk, finished_at=at, **answers_of(form))
    messages.success(request, _("Well done. Your workout is in the book."))
    return {"next": reverse("logging:entry", args=[row.pk])}


STORE: dict[str, Callable[[AuthenticatedHttpRequest, dict[str, Any]], dict[str, str]]] = {
    "start": _start,
    "set": _set,
    "typed": _typed,
    "undo": _undo,
    "finish": _finish,
}


def _check(form: forms.Form) -> None:
    if not form.is_valid():
        raise invalid({field: [_named(form, field, one) for one in found] for field, found in form.errors.items()})


def _named(form: forms.Form, field: str, fault: str) -> str:
    """The card is not beside the field, so it says which one is meant."""
    return f"{form.fields[field].label}: {fault}" if field in form.fields and form.fields[field].label else str(fault)


def _moment(row: WorkoutLog, data: dict[str, Any]) -> dt.datetime | None:
    """When a set that waited was done; None for one that is sent at once.

    A set that was done before the workout ended on another device belongs to it; a later one is asked about.
    """
    at = None if data["at"] is None else _within(row, data["at"])
    if row.finished_at is not None and not data["anyway"] and (at is None or at > row.finished_at):
        raise FinishedMeanwhileError(_("This workout was finished on another device before this set was done."))
    return at


def _within(row: WorkoutLog, at: dt.datetime) -> dt.datetime:
    """A phone's clock may be wrong: never before the workout began, never in the future."""
    return max(row.started_at, min(at, timezone.now()))


def _done_at(told: SetInput, at: dt.datetime | None) -> SetInput:
    return told if at is None else replace(told, performed_at=at)
