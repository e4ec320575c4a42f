"""How far a language model is with a program, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gainsly.lib.vocabulary import RefinementStatus, SessionSource
from programs.models import Microcycle, Program, Refinement, Session

Json = dict[str, Any]
SHOWN = 6
OPEN = (RefinementStatus.PENDING, RefinementStatus.RUNNING)
FIELD_WORDS = {
    "movement": gettext_lazy("Exercise"),
    "sets": gettext_lazy("Sets"),
    "reps_min": gettext_lazy("Fewest repetitions"),
    "reps_max": gettext_lazy("Most repetitions"),
    "target_rpe": gettext_lazy("Effort (RPE)"),
    "rest_seconds": gettext_lazy("Rest in seconds"),
    "superset_group": gettext_lazy("Superset"),
}


@dataclass(frozen=True, slots=True)
class RefinementProgress:
    """For a program's page. ``total`` is 0 where no model was ever asked."""

    total: int
    done: int
    failed: int
    is_open: bool
    reason: str
    changed: tuple[Refinement, ...]  # the next sessions that it changed

    @property
    def gone_over(self) -> int:
        return self.done + self.failed

    @property
    def percent(self) -> int:
        return round(100 * self.gone_over / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class SessionRefinement:
    """For a session's page; ``lines`` are the changes in words."""

    row: Refinement
    lines: tuple[Json, ...]
    can_undo: bool


def refinement_progress(program: Program) -> RefinementProgress:
    """In two queries, however long the program is."""
    weeks = list(Microcycle.objects.filter(program=program).values_list("refinement_status", "refinement_reason"))
    rows = list(
        Refinement.objects.filter(session__microcycle__program=program)
        .exclude(status=RefinementStatus.NONE)
        .select_related("session")
        .order_by("session__date")
    )
    failed = [one for one in rows if one.status == RefinementStatus.FAILED]
    changed = [one for one in rows if one.status == RefinementStatus.DONE and one.changes and one.undone_at is None]
    reasons = [one.reason for one in failed] + [reason for _status, reason in weeks if reason]
    return RefinementProgress(
        total=len(rows),
        done=sum(one.status == RefinementStatus.DONE for one in rows),
        failed=len(failed),
        is_open=any(status in OPEN for status, _reason in weeks),
        reason=reasons[0] if reasons else "",
        changed=tuple(changed[:SHOWN]),
    )


def refinement_of(session: Session) -> SessionRefinement | None:
    """What a model made of a session, if it made anything of it."""
    row = Refinement.objects.filter(session=session, status=RefinementStatus.DONE).first()
    if row is None or session.source != SessionSource.LLM:
        return None
    lines = tuple({**one, "words": FIELD_WORDS[one["field"]], **_shown(one)} for one in row.changes)
    return SessionRefinement(row, lines, can_undo=row.undone_at is None)


def _shown(change: Json) -> Json:
    if change["field"] == "superset_group":
        return {"before": _("alone"), "after": _("paired, group %s") % change["after"]}
    return {}
