"""Why a session holds what it holds, and how far a program's generation is."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.db.models import Prefetch
from django.urls import reverse

from gainsly.lib.vocabulary import GenerationStatus, RefinementStatus
from movements.selectors import movements_by_slug
from programs.engine.configuration import ENGINE, SCORING, entries, packaged_body
from programs.models import Choice, Microcycle, Program, Session

from .trees import Json, movement_json

PROGRESS = {GenerationStatus.PENDING: 0.0, GenerationStatus.RUNNING: 0.5, GenerationStatus.READY: 1.0}


def explanation_json(session: Session) -> Json:
    """Per exercise the scores and weights, who lost and why, and the rules and evidence behind it.

    What the plan chose has seven scores; what took another's place since has the six parts of their likeness.
    """
    exercises = list(session.exercises.select_related("choice", "movement").order_by("position"))
    slugs = {
        runner_up["movement"] for exercise in exercises if exercise.choice for runner_up in exercise.choice.runners_up
    }
    owner = session.microcycle.program.user_id
    shown = {slug: movement_json(listed) for slug, listed in movements_by_slug(slugs, owner).items()}
    return {
        "exercises": [
            {
                "id": str(exercise.id),
                "section": exercise.section,
                "movement": exercise.movement.slug,
                **_choice_json(exercise.choice, shown),
            }
            for exercise in exercises
        ]
    }


def _choice_json(choice: Choice | None, shown: dict[str, Json]) -> Json:
    if choice is None:
        return {
            "scores": {},
            "weights": {},
            "total": None,
            "relaxation_step": 0,
            "runners_up": [],
            "rules": [],
            "evidence": [],
            "chosen_by": None,
            "reason": "",
        }
    return {
        "scores": choice.scores,
        "weights": choice.weights,
        "total": choice.total,
        "relaxation_step": choice.relaxation_step,
        "runners_up": [
            {**runner_up, "movement": shown.get(runner_up["movement"], {"slug": runner_up["movement"]})}
            for runner_up in choice.runners_up
        ],
        "rules": choice.rules,
        "evidence": [{**one, "url": evidence_url(one["claim"])} for one in choice.evidence],
        "chosen_by": choice.chosen_by,
        "reason": choice.reason,
    }


@lru_cache(maxsize=1)
def _anchors() -> dict[str, str]:
    """The path of each shipped value by its sentence; a stored choice keeps the sentence."""
    engine = {one.because: one.path for one in entries(packaged_body(ENGINE))}
    return engine | {one.because: f"{SCORING}.{one.path}" for one in entries(packaged_body(SCORING))}


def evidence_url(claim: str) -> str:
    """Where the evidence page explains a claim; its top for a claim that this release does not ship."""
    anchor = _anchors().get(claim)
    return reverse("programs:evidence") + (f"#{anchor}" if anchor else "")


_SESSIONS = Prefetch("sessions", Session.objects.select_related("refinement"))


def generation_json(program: Program) -> Json:
    """``generation-status``: the program, its microcycles and their sessions, in two queries."""
    microcycles = list(program.microcycles.prefetch_related(_SESSIONS))
    shares = [_progress(microcycle.generation_status) for microcycle in microcycles]
    return {
        "status": program.generation_status,
        "progress": sum(shares) / len(shares) if shares else _progress(program.generation_status),
        "microcycles": [_microcycle_status(microcycle) for microcycle in microcycles],
    }


def _microcycle_status(microcycle: Microcycle) -> Json:
    status, progress = microcycle.generation_status, _progress(microcycle.generation_status)
    return {
        "id": str(microcycle.id),
        "sequence": microcycle.sequence,
        "status": status,
        "progress": progress,
        "refinement": {"status": microcycle.refinement_status, "reason": microcycle.refinement_reason},
        "sessions": [
            {
                "id": str(session.id),
                "date": _iso(session.date),
                "status": status,
                "progress": progress,
                "source": session.source,
                "error": _refinement_error(session),
            }
            for session in microcycle.sessions.all()
        ],
    }


def _refinement_error(session: Session) -> str | None:
    """Why a model did not finish with it; the session itself is whole in any case."""
    row = getattr(session, "refinement", None)
    return row.reason if row is not None and row.status == RefinementStatus.FAILED else None


def _progress(status: str) -> float:
    return PROGRESS.get(GenerationStatus(status), 0.0)


def _iso(date: dt.date) -> str:
    return date.isoformat()
