"""The live workout: start, one set after another, undo, finish."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.selectors import profile_of, settings_of
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import SetKind, Units
from logging_app.forms import FinishForm, SetForm, TypedSetsForm
from logging_app.metrics.set_text import SetTextError, TypedSet, parse
from logging_app.models import WorkoutLog
from logging_app.selectors import WorkoutPage, workout_for, workout_page
from logging_app.selectors.live import last_set_of, workout_version, workout_with_usual
from logging_app.services.changes import undo_last
from logging_app.services.inputs import SetInput
from logging_app.services.sets import IdTakenError
from logging_app.services.workouts import add_sets, finish_workout
from movements.models import Movement
from movements.selectors import movement_for

from .circuits_in_workout import circuit_cards
from .doubts import doubt_about, doubt_about_typed
from .live import live_context, work_of
from .set_words import fault_words, undo_words

LONG_HOURS = 5  # an open workout longer than this was forgotten more often than trained
AT_LAST_SET, NOW = "last", "now"


@login_required
@require_GET
def workout(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One set at a time. ``?x=<session exercise or change>`` or ``?m=<movement slug>`` chooses what is trained now."""
    row = workout_for(request.user, pk)
    if row.finished_at is not None:
        return redirect("logging:entry", row.pk)
    return show_live(request, row)


def show_live(
    request: AuthenticatedHttpRequest, row: WorkoutLog, form: SetForm | None = None, **more: Any
) -> HttpResponse:
    """The page of a running workout, with a refused form (422) where there is one."""
    page = workout_page(request.user, row)
    refused = form is not None or bool(more)
    chosen = request.POST if refused else request.GET
    slug = chosen.get("m") or ("" if chosen.get("exercise") else chosen.get("movement", "") if refused else "")
    in_it = any(one.movement.slug == slug for one in page.exercises)
    context = live_context(
        page,
        chosen=settings_of(request.user),
        user=request.user,
        exercise_key=chosen.get("x") or chosen.get("exercise") or "",
        movement_slug=slug,
        extra=_extra(request, slug, refused) if slug and not in_it else None,
        form=form,
    )
    context |= {
        "zone": profile_of(request.user).time_zone,
        "circuits": circuit_cards(row),
        "forgotten": timezone.now() - row.started_at > dt.timedelta(hours=LONG_HOURS),
        **more,
    }
    return render(request, "logging_app/workout.html", context, status=422 if refused else 200)


def _extra(request: AuthenticatedHttpRequest, slug: str, refused: bool) -> Movement | None:
    """A movement that is not in the workout yet; one that is gone meanwhile leads back to the plan with the reason."""
    try:
        return movement_for(request.user, slug)
    except Http404:
        if refused:
            return None
        raise


@login_required
@require_POST
def add_set(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Log one set and come back for the next. A weight far from the usual, or a set that another device logged
    meanwhile, is asked about first."""
    row, usual = workout_with_usual(request.user, pk, slug=request.POST.get("movement", ""))
    if row.finished_at is not None:
        return _over(request, row)
    form = SetForm(request.POST, units=settings_of(request.user).units)
    if not form.is_valid():
        return show_live(request, row, form)
    doubt = doubt_about(usual, form)
    if doubt is not None:
        return show_live(request, row, doubt.form, doubt=doubt)
    try:
        added = add_sets(
            user=request.user, workout_id=row.pk, sets=[form.set_input(planned=row.session_id is not None)]
        )
    except IdTakenError:
        form = form.renewed()  # the browser's back button brought an old page with other numbers
        form.add_error(None, _("That set is logged already. Undo it to change it, or log these numbers as one more."))
    except DomainError as error:
        form.refuse(error)
    else:
        cheer(request, added.records)
        return redirect(after_set(row, form))
    return show_live(request, row, form)


def _over(request: AuthenticatedHttpRequest, row: WorkoutLog) -> HttpResponse:
    """A page left open after another device finished the workout."""
    messages.info(request, _("This workout is finished already. Nothing was logged."))
    return redirect("logging:entry", row.pk)


def cheer(request: AuthenticatedHttpRequest, records: Any) -> None:
    if any(one.kind == "e1rm" and one.beyond_noise for one in records):
        messages.success(request, _("New strength. That is more than you ever showed, beyond the noise."))


def after_set(row: WorkoutLog, form: SetForm | TypedSetsForm) -> str:
    """Stay with a movement that is not in the plan; the plan leads on by itself."""
    url = reverse("logging:workout", args=[row.pk])
    return url if form.cleaned_data["exercise"] else f"{url}?m={form.cleaned_data['movement']}"


@login_required
@require_POST
def add_typed(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Sets typed in one line (``3x8x100``), for the exercise of now."""
    row, usual = workout_with_usual(request.user, pk, slug=request.POST.get("movement", ""))
    if row.finished_at is not None:
        return _over(request, row)
    form, units = TypedSetsForm(request.POST), settings_of(request.user).units
    if not form.is_valid():
        return show_live(request, row, typed_form=form)
    try:
        typed = parse(form.cleaned_data["text"], pounds=units == Units.IMPERIAL)
        question = doubt_about_typed(usual, typed, form, units)
        if question:
            return show_live(request, row, typed_form=form, typed_question=question)
        add_sets(user=request.user, workout_id=row.pk, sets=typed_inputs(form, typed, row))
    except SetTextError as error:
        form.add_error("text", fault_words(error))
    except DomainError as error:
        form.add_error("text", str(error))
    else:
        return redirect(after_set(row, form))
    return show_live(request, row, typed_form=form)


def typed_inputs(form: TypedSetsForm, typed: tuple[TypedSet, ...], row: WorkoutLog) -> list[SetInput]:
    """The ids of several sets follow from the page's one, so that the same tap twice is the same sets."""
    data = form.cleaned_data
    weight = _usual_weight(row, data["movement"])
    return [
        SetInput(
            id=set_id,
            movement=data["movement"],
            session_exercise_id=data["exercise"] if row.session_id else None,
            kind=one.kind.value,
            weight_kg=one.weight_kg if one.has_weight else weight,
            reps=one.reps,
            seconds=one.seconds,
            metres=one.metres,
            rpe=one.rpe,
            rir=one.rir,
        )
        for set_id, one in zip(ids_of(data["set_id"], len(typed)), typed, strict=True)
    ]


def ids_of(first: UUID, count: int) -> list[UUID]:
    """The ids of so many sets that were typed in one line."""
    return [first, *(uuid5(first, str(number)) for number in range(1, count))]


def _usual_weight(row: WorkoutLog, slug: str) -> float | None:
    """What ``8`` alone is done with: the weight of this workout's last set of the movement."""
    last = row.sets.filter(movement__slug=slug).exclude(kind=SetKind.WARMUP).order_by("-created_at", "-order").first()
    return last.weight_kg if last else None


@login_required
@require_POST
def undo(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Take back what was done last, of the state that the page showed: a double tap takes back one thing."""
    row = workout_for(request.user, pk)
    if request.POST.get("version") not in (None, workout_version(row)):
        messages.info(request, _("Nothing more was taken back. This is what the workout holds now."))
        return redirect("logging:workout", row.pk)
    try:
        taken_back = undo_last(user=request.user, workout_id=row.pk)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, undo_words(taken_back))
    return redirect("logging:workout", row.pk)


@login_required
@require_GET
def state(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Whether a page of this workout is still true: other devices ask this when they are looked at again."""
    row = workout_for(request.user, pk)
    answer = JsonResponse({"version": workout_version(row), "finished": row.finished_at is not None})
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def finish(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = workout_for(request.user, pk)
    if request.method == "GET" and row.finished_at is not None:
        return redirect("logging:entry", row.pk)
    form = FinishForm(request.POST if request.method == "POST" else None, initial={"notes": row.notes})
    page = workout_page(request.user, row)
    ended = ended_before_now(page, row)
    if ended is not None:
        form.ask_end(ended.astimezone(_zone(request)), now=timezone.now().astimezone(_zone(request)))
    if request.method == "POST" and form.is_valid():
        at = ended if form.cleaned_data["ended"] == AT_LAST_SET else None
        try:
            finish_workout(user=request.user, workout_id=row.pk, finished_at=at, **answers_of(form))
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Well done. Your workout is in the book."))
            return redirect("logging:entry", row.pk)
    return show_finish(request, row, page, form, ended)


def show_finish(
    request: AuthenticatedHttpRequest,
    row: WorkoutLog,
    page: WorkoutPage,
    form: FinishForm,
    ended: dt.datetime | None = None,
) -> HttpResponse:
    """The page that ends a workout; ``ended`` is when a forgotten one probably did."""
    context = {
        "form": form,
        "workout": row,
        "ended": ended,
        "sets": sum(len(one.sets) for one in page.exercises),
        "left": sum(max(0, one.planned - one.done) for one in work_of(page)),
        "nav": "logging:train",
    }
    return render(request, "logging_app/finish.html", context, status=422 if request.method == "POST" else 200)


def ended_before_now(page: WorkoutPage, row: WorkoutLog) -> dt.datetime | None:
    """When a workout that was left open probably ended; None for one of a usual length, or over."""
    if row.finished_at is not None or timezone.now() - row.started_at <= dt.timedelta(hours=LONG_HOURS):
        return None
    last = last_set_of(page)
    return max(last.performed_at, row.started_at) if last else row.started_at + dt.timedelta(hours=1)


def _zone(request: AuthenticatedHttpRequest) -> ZoneInfo:
    return ZoneInfo(profile_of(request.user).time_zone)


def answers_of(form: FinishForm) -> dict[str, Any]:
    names = ("perceived_difficulty", "enjoyment", "feedback_tags", "notes")
    return {name: form.cleaned_data[name] for name in names}
