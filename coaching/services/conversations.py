"""Threads: opened, renamed, deleted; questions asked and asked again; turns that nobody finished."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coaching.models import Conversation, Turn
from coaching.models.conversation import CONTENT_LENGTH, OPEN, TITLE_LENGTH
from coaching.selectors import conversation_for, deleted_conversation_for, turn_for
from gainsly.core.jobs import enqueue
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import TurnRole, TurnStatus

from . import answering
from .providers import answers_at_once

UNCLAIMED_AFTER = dt.timedelta(seconds=45)  # the message was lost, or the worker is busy: send it once more
LOST_AFTER = dt.timedelta(minutes=10)  # no worker at all
MARGIN = dt.timedelta(seconds=60)  # beyond the longest silence of a model that is only slow
KEPT_DELETED = dt.timedelta(days=1)
MADE_TITLE_LENGTH = 60
GREETING = re.compile(r"^(?:hi|hello|hey|good (?:morning|evening))\b(?: there)?(?: coach)?[,.! ]*", re.IGNORECASE)
ANSWER_TASK = "coaching.tasks.answer_turn"


class QuestionError(DomainError):
    """The question is empty or too long."""


class TurnRunningError(DomainError):
    """One question at a time in a thread."""

    code = "turn_running"
    status = 409


class TurnNotFailedError(DomainError):
    """Only what failed is tried again."""

    code = "turn_not_failed"
    status = 409


@dataclass(frozen=True, slots=True)
class PickedUp:
    sent_again: int
    failed: int


def open_conversation(*, user: User, title: str = "") -> Conversation:
    """A new thread; without a title its first question gives it one."""
    return Conversation.objects.create(user=user, title=_title(title), last_turn_at=timezone.now())


def rename_conversation(*, user: User, conversation_id: UUID, title: str) -> Conversation:
    row = conversation_for(user, conversation_id)
    row.title = _title(title)
    row.save(update_fields=["title", "updated_at"])
    return row


def delete_conversation(*, user: User, conversation_id: UUID) -> None:
    """Out of sight at once with all that was said in it; for a day it can be brought back, then it is gone."""
    row = conversation_for(user, conversation_id)
    row.deleted_at = timezone.now()
    row.save(update_fields=["deleted_at", "updated_at"])


def restore_conversation(*, user: User, conversation_id: UUID) -> Conversation:
    """Undo a deletion; a thread that was not deleted stays as it is. Raises ``Http404``."""
    row = Conversation.objects.of(user).filter(pk=conversation_id, deleted_at__isnull=True).first()
    if row is None:
        row = deleted_conversation_for(user, conversation_id)
        row.deleted_at = None
        row.save(update_fields=["deleted_at", "updated_at"])
    return cast(Conversation, row)


def purge_deleted(*, now: dt.datetime) -> int:
    """Threads whose day to be brought back is over; gives how many are gone for good."""
    return Conversation.objects.filter(deleted_at__lt=now - KEPT_DELETED).delete()[1].get(Conversation._meta.label, 0)


def ask(*, user: User, conversation_id: UUID, content: str) -> Turn:
    """Store a question and answer it: at once by the built-in coach, else in the queue llm. Gives the coach's turn.

    Raises ``Http404``, ``QuestionError``, ``TurnRunningError``.
    """
    turn = _store_question(user=user, conversation_id=conversation_id, content=content.strip())
    if answers_at_once():
        answering.answer_turn(turn_id=turn.pk, attempt=turn.attempt)
        turn.refresh_from_db()
    return turn


@transaction.atomic
def _store_question(*, user: User, conversation_id: UUID, content: str) -> Turn:
    conversation_for(user, conversation_id)
    if not content:
        raise QuestionError(_("Ask something first."), errors={"content": [_("Ask something first.")]})
    if len(content) > CONTENT_LENGTH:
        told = _("At most %(limit)d characters.") % {"limit": CONTENT_LENGTH}
        raise QuestionError(told, errors={"content": [told]})
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    newest = conversation.turns.order_by("-number").first()
    if newest is not None and newest.is_open:
        raise TurnRunningError(_("The coach is still answering your last question."))
    now, number = timezone.now(), (newest.number if newest else 0) + 1
    Turn.objects.create(
        conversation=conversation, number=number, role=TurnRole.ATHLETE.value, content=content, touched_at=now
    )
    turn: Turn = Turn.objects.create(
        conversation=conversation,
        number=number + 1,
        role=TurnRole.COACH.value,
        status=TurnStatus.PENDING.value,
        touched_at=now,
    )
    conversation.title = conversation.title or title_from(content)
    conversation.last_turn_at = now
    conversation.save(update_fields=["title", "last_turn_at", "updated_at"])
    _send(turn)
    return turn


@transaction.atomic
def retry_turn(*, user: User, conversation_id: UUID, turn_id: UUID) -> Turn:
    """Ask the same question again where nobody answered. Raises ``TurnNotFailedError``, ``TurnRunningError``."""
    turn = turn_for(user, conversation_id, turn_id)
    conversation = Conversation.objects.select_for_update().get(pk=turn.conversation_id)
    turn.refresh_from_db()
    if turn.status != TurnStatus.FAILED:
        raise TurnNotFailedError(_("This question has its answer."))
    if conversation.turns.filter(status__in=OPEN).exists():
        raise TurnRunningError(_("The coach is still answering your last question."))
    turn.status, turn.failure, turn.touched_at = TurnStatus.PENDING.value, "", timezone.now()
    turn.attempt += 1
    turn.save(update_fields=["status", "failure", "touched_at", "attempt", "updated_at"])
    _send(turn)
    return turn


def pick_up_stuck(*, now: dt.datetime) -> PickedUp:
    """Turns that wait too long are sent again; those that nobody can be working on have failed, with a retry.

    Sending twice is safe: a turn is claimed once.
    """
    dead = Turn.objects.filter(status=TurnStatus.RUNNING, touched_at__lt=now - answering.silence() - MARGIN)
    lost = Turn.objects.filter(
        status=TurnStatus.PENDING, created_at__lt=now - LOST_AFTER, touched_at__lt=now - LOST_AFTER
    )
    failed = dead.update(status=TurnStatus.FAILED.value, failure="worker_lost", updated_at=now)
    failed += lost.update(status=TurnStatus.FAILED.value, failure="nobody_answered", updated_at=now)
    waiting = list(Turn.objects.filter(status=TurnStatus.PENDING, touched_at__lt=now - UNCLAIMED_AFTER)[:100])
    for turn in waiting:
        enqueue(ANSWER_TASK, turn_id=turn.pk, attempt=turn.attempt)
    return PickedUp(sent_again=len(waiting), failed=failed)


def title_from(content: str) -> str:
    """The first words of a question without its greeting, cut between two of them."""
    line = " ".join(content.split())
    line = GREETING.sub("", line) or line
    line = line[:1].upper() + line[1:]
    if len(line) <= MADE_TITLE_LENGTH:
        return line
    return line[:MADE_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


def _title(title: str) -> str:
    return " ".join(title.split())[:TITLE_LENGTH]


def _send(turn: Turn) -> None:
    if settings.LLM_PROVIDER != "builtin":
        enqueue(ANSWER_TASK, turn_id=turn.pk, attempt=turn.attempt)
