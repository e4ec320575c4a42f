"""Threads and turns, read through their owner."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from coaching.models import Adaptation, Conversation, StandingNote, Turn
from coaching.models.standing import ILL
from coaching.prompts.conversation import PastTurn
from coaching.prompts.safety import Deed
from gainsly.core.http import owned_or_404
from gainsly.lib.vocabulary import AdaptationStatus, ConversationKind, InjuryArea, TurnRole, TurnStatus, label_of
from movements.catalogue.kits import EQUIPMENT_NAMES
from programs.models import Session

Json = dict[str, Any]
MOST_WORDS = 6  # of a search
REMEMBERED = 400  # turns of a thread that are looked at; the prompt holds the newest, and the rest in short
AUDIT_FIELDS = (
    "number", "role", "status", "content", "source", "failure", "tool_calls", "trimmed", "refused", "provider", "model",
    "prompt_version", "prompt_tokens", "completion_tokens", "first_token_ms", "latency_ms", "attempt",
)  # fmt: skip


def conversations_of(user: Any) -> QuerySet[Conversation]:
    """The athlete's threads, the one talked in last first."""
    return Conversation.objects.of(user).filter(deleted_at__isnull=True).order_by("-last_turn_at", "-id")


def just_deleted(user: Any) -> Conversation | None:
    """The thread deleted last that can still be brought back."""
    return Conversation.objects.of(user).filter(deleted_at__isnull=False).order_by("-deleted_at").first()


def threads_found(user: Any, text: str) -> QuerySet[Conversation]:
    """The athlete's threads in whose title or turns these words stand, each word somewhere; all of them for none."""
    rows = conversations_of(user).exclude(kind=ConversationKind.PROGRAM_SETUP)
    for word in text.split()[:MOST_WORDS]:
        told = Turn.objects.filter(conversation=OuterRef("pk"), content__icontains=word)
        rows = rows.filter(Q(title__icontains=word) | Exists(told))
    return rows


def with_figures(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Adds ``questions`` and the ``tokens`` that a model read and wrote in each thread."""
    counted = {name: Coalesce(Sum(f"turns__{name}"), 0) for name in ("prompt_tokens", "completion_tokens")}
    return rows.annotate(
        questions=Count("turns", filter=Q(turns__role=TurnRole.ATHLETE)),
        tokens=counted["prompt_tokens"] + counted["completion_tokens"],
    )


def conversation_for(user: Any, pk: UUID | str) -> Conversation:
    """The athlete's own thread. Raises ``Http404``."""
    row: Conversation = owned_or_404(Conversation.objects.filter(deleted_at__isnull=True), user, pk)
    return row


def deleted_conversation_for(user: Any, pk: UUID | str) -> Conversation:
    """The athlete's own thread that can still be brought back. Raises ``Http404``."""
    row: Conversation = owned_or_404(Conversation.objects.filter(deleted_at__isnull=False), user, pk)
    return row


def turn_for(user: Any, conversation_pk: UUID, pk: UUID) -> Turn:
    """One turn of the athlete's own thread. Raises ``Http404``."""
    row: Turn = owned_or_404(
        Turn.objects.filter(conversation=conversation_pk, conversation__deleted_at__isnull=True).select_related(
            "conversation"
        ),
        user,
        pk,
    )
    return row


def turns_of(conversation: Conversation) -> list[Turn]:
    return list(conversation.turns.order_by("number"))


def resumed_turn(conversation: Conversation, content: str) -> Turn:
    """The coach's turn that a client who saw part of it asks for again: the newest, to the same question."""
    asked, answer = conversation.turns.order_by("-number")[:2][::-1] or (None, None)
    if asked is None or answer is None or asked.content != content.strip():
        raise Http404
    found: Turn = answer
    return found


def past_turns(turn: Turn) -> list[PastTurn]:
    """What was said before the question that this turn answers, oldest first."""
    return turns_before(turn.conversation, turn.number - 1)


def turns_before(conversation: Conversation, number: int | None) -> list[PastTurn]:
    """The finished turns of a thread before this one (all of them for None), oldest first."""
    rows = conversation.turns.filter(status=TurnStatus.DONE)
    rows = rows if number is None else rows.filter(number__lt=number)
    newest = list(rows.order_by("-number")[:REMEMBERED])
    return [PastTurn(row.role == TurnRole.ATHLETE, _with_deeds(row)) for row in reversed(newest)]


def _with_deeds(row: Turn) -> str:
    """A turn's words, and what the athlete confirmed of its proposals."""
    return "\n".join([row.content, *(f"(Confirmed by the athlete: {deed.words})" for deed in _deeds(row.tool_calls))])


def _deeds(calls: list[Json]) -> list[Deed]:
    done = [card["done"] for call in calls if (card := call.get("card")) and card.get("done")]
    return [Deed(one["words"], one["about"]) for one in done]


def deeds_before(turn: Turn) -> tuple[Deed, ...]:
    """What the athlete confirmed in this conversation before this turn: changes that really happened."""
    rows = turn.conversation.turns.filter(number__lt=turn.number).values_list("tool_calls", flat=True)
    return tuple(deed for calls in rows for deed in _deeds(calls))


def question_of(turn: Turn) -> str:
    """What the athlete asked before this turn."""
    asked: str = turn.conversation.turns.filter(number=turn.number - 1).values_list("content", flat=True)[0]
    return asked


def conversation_json(row: Conversation) -> Json:
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "status": row.status,
        "title": row.title,
        "session_id": str(row.session_id) if row.session_id else None,
        "date": row.date.isoformat() if row.date else None,
        "created_at": row.created_at.isoformat(),
        "last_turn_at": row.last_turn_at.isoformat(),
    }


def turn_json(row: Turn) -> Json:
    return {"id": str(row.pk), **{name: getattr(row, name) for name in AUDIT_FIELDS}, "at": row.created_at.isoformat()}


def thread_json(row: Conversation) -> Json:
    """A thread with all its turns, in one query."""
    return {**conversation_json(row), "turns": [turn_json(turn) for turn in turns_of(row)]}


def export_json(user: Any) -> Json:
    """All that the coach keeps of an athlete: threads with every turn, standing notes."""
    rows = conversations_of(user).prefetch_related(Prefetch("turns", Turn.objects.order_by("number")))
    return {
        "schema": "gainsly.coach/1",
        "conversations": [
            {**conversation_json(row), "turns": [turn_json(turn) for turn in row.turns.all()]} for row in rows
        ],
        "standing_notes": [standing_note_json(note) for note in standing_notes_of(user)],
    }


def adaptation_for(user: Any, date: dt.date | None, pk: UUID | str) -> Adaptation:
    """The athlete's own adaptation, of that day where one is named. Raises ``Http404``."""
    rows = Adaptation.objects.select_related("session__microcycle__program__user", "turn__conversation")
    rows = rows if date is None else rows.filter(session__date=date)
    row: Adaptation = owned_or_404(rows, user, pk)
    return row


def adaptation_in_force(user: Any, date: dt.date) -> Adaptation | None:
    """What was accepted for a day and not undone."""
    row: Adaptation | None = (
        Adaptation.objects.of(user).filter(session__date=date, status=AdaptationStatus.ACCEPTED).first()
    )
    return row


def standing_notes_of(user: Any) -> QuerySet[StandingNote]:
    """All standing notes, the one that ends last first."""
    return StandingNote.objects.of(user)


def notes_on(user: Any, date: dt.date) -> list[StandingNote]:
    """The notes that stand on a day: the first and the last day count, the day after does not."""
    return list(StandingNote.objects.of(user).filter(starts_on__lte=date, ends_on__gte=date).order_by("created_at"))


def note_for(user: Any, pk: UUID | str) -> StandingNote:
    """The athlete's own standing note. Raises ``Http404``."""
    row: StandingNote = owned_or_404(StandingNote.objects.all(), user, pk)
    return row


def title_of(note: StandingNote) -> str:
    """ "Ill", "Sore: shoulder", or the athlete's own words for what is none of the kinds."""
    titles = {"ill": _("Ill"), "travelling": _("Travelling"), "busy": _("Little time"), "sore": _("Sore")}
    if note.area:
        return _("Sore: %s") % label_of(InjuryArea(note.area)).lower()
    return titles.get(note.kind) or note.text or _("Note")


def effects_of(note: StandingNote, *, names: list[str] | None = None) -> list[str]:
    """What follows from a note once it is confirmed, in words; ``names`` picks some of the effects."""
    words: dict[str, str] = {}
    if note.kind == ILL:
        words["readiness"] = _("sessions as on a day of poor recovery")
    if note.minutes is not None:
        words["minutes"] = _("at most %d minutes a session") % note.minutes
    if note.equipment is not None:
        kit = ", ".join(EQUIPMENT_NAMES.get(slug, slug) for slug in note.equipment)
        words["equipment"] = _("only with: %s") % kit if kit else _("without any kit")
    if note.area:
        how = {1: _("eased"), 2: _("spared"), 3: _("left out")}[note.severity or 1]
        words["area"] = f"{label_of(InjuryArea(note.area))} {how}"
    return [text for name, text in words.items() if names is None or name in names]


def standing_note_json(note: StandingNote) -> Json:
    return {
        "id": str(note.pk),
        **{name: getattr(note, name) for name in ("kind", "text", "minutes", "equipment", "area", "severity")},
        "starts_on": note.starts_on.isoformat(),
        "ends_on": note.ends_on.isoformat(),
        "effects": effects_of(note),
        "confirmed": note.confirmed_at is not None,
    }


def standing_adaptation(session: Session) -> Adaptation | None:
    """What was accepted for a session and not undone."""
    row: Adaptation | None = Adaptation.objects.filter(session=session, status=AdaptationStatus.ACCEPTED).first()
    return row


def moved_by(session: Session) -> frozenset[str]:
    """Ids of what the adaptation in force of this session put into later ones."""
    row = standing_adaptation(session)
    return frozenset(key for kept in row.deferred for key in kept["added"]) if row is not None else frozenset()
