"""A model goes over a program's sessions, one at a time; what it says is judged before anything is written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.selectors import local_today
from coaching.llm.base import ChatRequest, Chunk, LLMProvider, ProviderError, RestingError
from coaching.llm.structured import StructuredAnswers
from coaching.prompts.refinement import VERSION, SessionAnswer, Subject, messages_of, shown_notes
from gainsly.core.jobs import enqueue
from gainsly.lib.vocabulary import PersonaTone, label_of
from programs.engine.refine import Offer, Wish
from programs.models import Refinement
from programs.services import refining
from programs.services.refining import Answer, Brief

from .answering import FAILURE_WORDS, silence
from .conversations import MARGIN
from .providers import limits, session_provider

Json = dict[str, Any]
TOUCH_SECONDS = 10.0
RECENT = 2  # times of each lift
INVALID = "model_invalid_answer"
WORDS = {**FAILURE_WORDS, INVALID: "The model gave no valid answer in three tries."}
STANDS = "The engine's session stands."


class Watched(StructuredAnswers):
    """A provider that gives a sign of life while it is listened to."""

    def __init__(self, inner: LLMProvider, sign: Callable[[], None]) -> None:
        self.inner, self.sign = inner, sign

    def stream_chat(self, request: ChatRequest) -> Iterator[Chunk]:
        self.sign()
        last = time.monotonic()
        for chunk in self.inner.stream_chat(request):
            if time.monotonic() - last > TOUCH_SECONDS:
                last = time.monotonic()
                self.sign()
            yield chunk


def refine_program(*, program_id: UUID | str) -> None:
    """Go over the next session and send for the one after it, so that chats are answered in between.

    Safe to run twice, at once or late: a session is claimed once, and written only while it may change.
    """
    if not refining.is_wanted():
        refining.call_off(program_id=program_id, reason="No model is asked; the engine's plan stands.")
        return
    provider = session_provider()
    health = provider.health()
    if not health.well:
        refining.call_off(program_id=program_id, reason=f"{health.sentence} The engine's plan stands.")
        return
    refinement = refining.claim_next(program_id=program_id, now=timezone.now())
    if refinement is None:
        return
    _refine(refinement, provider)
    enqueue(refining.REFINE_TASK, program_id=program_id)


def _refine(refinement: Refinement, provider: LLMProvider) -> None:
    user = refinement.session.microcycle.program.user
    today = local_today(user)
    brief = refining.brief_of(refinement=refinement, today=today)
    started = time.monotonic()
    if brief is None:
        empty = Answer((), provider=provider.kind, model=provider.model, prompt_version=VERSION)
        refining.write_refinement(refinement=refinement, answer=empty, today=today)
        return
    window = limits()
    messages, trimmed = messages_of(subject_of(brief), room=window.context - window.answer)
    watched = Watched(provider, lambda: refining.touch(refinement=refinement))
    stamp: Json = {"provider": provider.kind, "model": provider.model, "prompt_version": VERSION}
    try:
        said = watched.complete_structured(ChatRequest(messages), SessionAnswer)
    except ProviderError as error:
        spent = round((time.monotonic() - started) * 1000)
        failed = Answer((), latency_ms=spent, trimmed=[asdict(one) for one in trimmed], **stamp)
        reason = f"{WORDS.get(error.code, WORDS[INVALID])} {STANDS}"
        resting = isinstance(error, RestingError)
        refining.fail_refinement(refinement=refinement, reason=reason, answer=failed, all_of_it=resting)
        return
    spent = round((time.monotonic() - started) * 1000)
    answer = read(said, latency_ms=spent, trimmed=[asdict(one) for one in trimmed], **stamp)
    refining.write_refinement(refinement=refinement, answer=answer, today=today)


def read(said: SessionAnswer, **stamp: Any) -> Answer:
    """The model's answer as wishes; its note only as far as it may be shown."""
    notes, held_back = shown_notes(said.coach_notes)
    wishes = [
        Wish(one.slot, one.movement, one.sets, one.reps_min, one.reps_max, one.rest_seconds, one.target_rpe)
        for one in said.slots
    ]
    return Answer(wishes, said.supersets, notes, refused=[*said.unread, *held_back], **stamp)


def subject_of(brief: Brief) -> Subject:
    """What the model is told: ids, names and numbers; nothing that somebody typed freely but movement names."""
    basis, program = brief.outset.basis, brief.outset.tree.row
    athlete, session = basis.athlete, brief.standing
    return Subject(
        tone=PersonaTone(athlete.tone).value,
        level=athlete.aggression,
        athlete={
            "experience": athlete.experience.value,
            "goals": {str(goal): weight for goal, weight in program.goals},
            "disciplines": {one.value: weight for one, weight in basis.request.disciplines.items()},
            "equipment": sorted(athlete.kit.equipment),
            "injuries": [f"{label_of(one.area)}, severity {one.severity} of 3" for one in athlete.injuries],
        },
        session={
            "title": session.planned.title,
            "week": session.sequence,
            "deload": session.is_deload,
            "minutes": session.planned.estimated_minutes,
            "most_minutes": max(session.planned.estimated_minutes, basis.request.session_minutes),
        },
        slots=[_slot(offer, brief) for offer in brief.offers.values()],
        extras=_extras(brief),
    )


def _slot(offer: Offer, brief: Brief) -> Json:
    planned, movements = offer.slot.planned, brief.outset.basis.movements
    told: Json = {
        "slot": offer.slot.id,
        "section": planned.section.value,
        "movement": planned.movement,
        "name": movements[planned.movement].name,
        "sets": planned.sets,
        "reps": [planned.reps_min, planned.reps_max],
        "rest_seconds": planned.rest_seconds,
        "target_rpe": planned.target_rpe,
        "may": "sets -1 to +1, rpe -1.5 to 0, rest -30 to +30; accessories also reps -2 to +2",
    }
    if offer.alternatives:
        told["or"] = [{"id": slug, "name": movements[slug].name} for slug in offer.alternatives]
    return told


def _extras(brief: Brief) -> Json:
    session, outset = brief.standing, brief.outset
    same_week = {
        slot.planned.movement
        for one in outset.sessions
        if one.sequence == session.sequence and one.id != session.id
        for slot in one.slots
    }
    recent = {
        slot.planned.movement: [
            {"on": one.on.isoformat(), "e1rm_kg": one.e1rm_kg, "rir": one.rir}
            for one in outset.news.logged.get(slot.planned.movement, ())[-RECENT:]
        ]
        for slot in session.slots
        if slot.planned.movement in outset.news.logged
    }
    tired = {muscle.value: round(value, 2) for muscle, value in outset.basis.history.fatigue.items() if value > 0}
    return {"fatigued_muscles": tired, "used_this_week": sorted(same_week), "recent_performance": recent}


def pick_up_lost() -> int:
    """Called each minute by the beat."""
    return refining.pick_up_lost(now=timezone.now(), silence=silence() + MARGIN)
