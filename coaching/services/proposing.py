"""Changes that the coach proposes in a chat: worked out for its card, made when the athlete confirms, told as stored.

A proposal lives in its turn (``tool_calls``); confirming writes there what became of it, so that a second tap reads the
same words, and the answer's words can be checked against what really happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.selectors import local_today
from coaching.models import Adaptation, Turn
from coaching.prompts.safety import Deed
from coaching.selectors import turn_for
from coaching.tools.athlete import Bound, bound
from coaching.tools.registry import Result
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import AdaptationStatus
from movements.selectors import movement_for
from programs.models import Session, SessionExercise
from programs.selectors import session_for
from programs.services.adapting import NotAdaptableError, fit_session, refuse_unadaptable
from programs.services.swapping import swap_exercise

from .check_in import Told, signals_for

Json = dict[str, Any]
SHOWN_CHANGES = 5


class ProposalStaleError(DomainError):
    """The plan has moved on since this was proposed."""

    code = "proposal_stale"
    status = 409


# -- working a proposal out


def completed(athlete: Bound, result: Result) -> Result:
    """A tool's result with its proposal worked out and a card that can be confirmed; other results as they are."""
    if result.data.get("proposal") == "adaptation":
        return _with_changes(athlete, result)
    if result.data.get("proposal") == "swap":
        return _with_swap(athlete, result)
    return result


def _refused(athlete: Bound, session: Session, result: Result) -> Result | None:
    """Without its proposal, where the session has begun, is locked or over."""
    try:
        refuse_unadaptable(session, athlete.today)
    except NotAdaptableError as error:
        return replace(result, data={**result.data, "proposal": None, "refused": str(error)}, card=None)
    return None


def _with_swap(athlete: Bound, result: Result) -> Result:
    session = session_for(athlete.user, result.data["session"]["id"])
    return _refused(athlete, session, result) or replace(result, card=_swap_card(athlete, result.data))


def _with_changes(athlete: Bound, result: Result) -> Result:
    session = session_for(athlete.user, result.data["session"]["id"])
    if refused := _refused(athlete, session, result):
        return refused
    told = _told(result.data["told"])
    earlier = _standing_on(session)
    fitted = fit_session(
        session=session,
        signals=signals_for(athlete.user, session.date, told),
        original=earlier.original if earlier else None,
    )
    changes = [{"movement": one["movement"], "why": one["reason"]} for one in fitted.changes]
    data = {**result.data, "changes": changes, "minutes": fitted.minutes, "notes": list(fitted.notes)}
    if not changes:
        return replace(result, data={**data, "proposal": None}, card=None)
    title = _("Proposal: %(session)s, %(when)s") % {
        "session": session.title,
        "when": result.data["session"]["when"],
    }
    rows = [[one["movement"], _beside(one["movement"], one["why"])] for one in changes[:SHOWN_CHANGES]]
    if len(changes) > SHOWN_CHANGES:
        more = len(changes) - SHOWN_CHANGES
        rows.append(["", ngettext("and %d change more", "and %d changes more", more) % more])
    proposal = {
        "kind": "adaptation",
        "date": session.date.isoformat(),
        "session": str(session.pk),
        "version": session.updated_at.isoformat(),
        "told": result.data["told"],
    }
    return replace(result, data=data, card={"title": title, "rows": rows, "link": "", "proposal": proposal})


def _beside(movement: str, why: str) -> str:
    """A reason that begins with the movement's name, without it: the name stands beside it."""
    bare = why.removeprefix(f"{movement}: ")
    return bare[:1].upper() + bare[1:]


def _told(told: Mapping[str, Any]) -> Told:
    felt = {name: told.get(name) for name in ("sleep_hours", "fatigue")}
    return Told(
        soreness=told["soreness"],
        readiness={name: value for name, value in felt.items() if value is not None},
        minutes=told["minutes"],
        equipment=told.get("equipment"),  # absent in proposals stored before it could be told
    )


def _standing_on(session: Session) -> Adaptation | None:
    """The adaptation in force whose plan is still the plan: what adapts again begins from its original."""
    row = Adaptation.objects.filter(session=session, status=AdaptationStatus.ACCEPTED).first()
    return row if row is not None and row.session_version == session.updated_at else None


def _swap_card(athlete: Bound, data: Mapping[str, Any]) -> Json:
    load = data["load"]
    guess = _("%s, a first guess") % load if data["load_is_guess"] and load else load
    rows = [
        [_("Instead of"), data["exercise"]],
        [_("Why this one"), data["reason"]],
        [_("Load"), guess],
        [_("Or"), ", ".join(data["others"])],
    ]
    return {
        "title": _("Proposal: %(name)s, %(when)s") % {"name": data["instead"], "when": data["session"]["when"]},
        "rows": [row for row in rows if row[1]],
        "link": "",
        "proposal": {
            "kind": "swap",
            "session": data["session"]["id"],
            "exercise": data["exercise_id"],
            "from": data["from"],
            "to": data["to"],
        },
    }


# -- confirming it


def confirm(*, user: User, turn_id: Any, conversation_id: Any, number: int) -> str:
    """Make a proposed change, once; answers what is stored now, in words.

    Raises ``Http404`` for another's turn or no such proposal, ``ProposalStaleError`` where the plan has moved on, and
    what the change itself may raise.
    """
    with transaction.atomic():
        turn = Turn.objects.select_for_update().get(pk=turn_for(user, conversation_id, turn_id).pk)
        calls = turn.tool_calls
        card = (calls[number].get("card") or {}) if 0 <= number < len(calls) else {}
        proposal = card.get("proposal")
        if not proposal:
            raise Http404
        if card.get("done"):
            return str(card["done"]["words"])
        deed = CONFIRM[proposal["kind"]](user, proposal)
        card["done"] = {**asdict(deed), "at": timezone.now().isoformat()}
        turn.save(update_fields=["tool_calls", "updated_at"])
    return deed.words


def _confirm_adaptation(user: User, proposal: Mapping[str, Any]) -> Deed:
    from . import adaptation  # noqa: PLC0415 - it words itself through the chat's own answering

    session = session_for(user, proposal["session"])
    if session.updated_at.isoformat() != proposal["version"]:
        raise ProposalStaleError(_("The plan has changed since this was proposed. Ask again."))
    date = dt.date.fromisoformat(proposal["date"])
    row = adaptation.preview(user=user, date=date, signals=_told(proposal["told"]))
    accepted = adaptation.accept(user=user, date=date, adaptation_id=row.pk)
    count = len(accepted.accepted)
    made = ngettext("%d change is made", "%d changes are made", count) % count
    minutes = Session.objects.values_list("estimated_minutes", flat=True).get(pk=session.pk)
    told = _("%(session)s: %(made)s; it takes %(minutes)d minutes now.")
    return Deed(told % {"session": session.title, "made": made, "minutes": minutes}, session.title)


def _confirm_swap(user: User, proposal: Mapping[str, Any]) -> Deed:
    session = session_for(user, proposal["session"])
    exercise = session.exercises.select_related("movement").filter(pk=proposal["exercise"]).first()
    if exercise is None or exercise.movement.slug != proposal["from"]:
        raise ProposalStaleError(_("The plan has changed since this was proposed. Ask again."))
    today = local_today(user)
    refuse_unadaptable(session, today)
    if exercise.locked:
        raise ProposalStaleError(_("This exercise is locked now. Unlock it to swap it."))
    swap_exercise(session=session, exercise=exercise, movement=movement_for(user, proposal["to"]), today=today)
    stored = SessionExercise.objects.select_related("movement").get(pk=exercise.pk)
    weight = bound(user, timezone.now()).weight(stored.target_load_kg)
    dose = f"{stored.dose}, {weight}" if weight else stored.dose
    told = _("%(name)s is in %(session)s now: %(dose)s.")
    return Deed(told % {"name": stored.movement.name, "session": session.title, "dose": dose}, stored.movement.name)


CONFIRM = {"adaptation": _confirm_adaptation, "swap": _confirm_swap}
