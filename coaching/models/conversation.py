"""A thread and its turns: everything that was asked, answered, looked up, left out and held back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gainsly.core.models import OwnedQuerySet, TimestampedModel, one_of
from gainsly.lib.vocabulary import (
    ConversationKind,
    ConversationStatus,
    TurnRole,
    TurnSource,
    TurnStatus,
    choices_of,
    values_of,
)
from programs.models import Session

TITLE_LENGTH = 80
CONTENT_LENGTH = 4000
OPEN = (TurnStatus.PENDING.value, TurnStatus.RUNNING.value)


class Conversation(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversations")
    kind = models.CharField(max_length=16, choices=choices_of(ConversationKind), default=ConversationKind.COACH_CHAT)
    status = models.CharField(
        max_length=12, choices=choices_of(ConversationStatus), default=ConversationStatus.IN_PROGRESS
    )
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    date = models.DateField(null=True, blank=True)  # the athlete's own, for what is about one day
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)  # empty: made from the first question
    last_turn_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)  # out of sight at once, gone for good a day later

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-last_turn_at", "-id"]
        constraints = [
            one_of("kind", values_of(ConversationKind), "coaching_conversation_kind_known"),
            one_of("status", values_of(ConversationStatus), "coaching_conversation_status_known"),
        ]
        indexes = [models.Index(fields=["user", "-last_turn_at", "-id"], name="coaching_conversations_of_user")]

    def __str__(self) -> str:
        return self.title or str(self.pk)


class TurnQuerySet(OwnedQuerySet):
    owner_field = "conversation__user"


class Turn(TimestampedModel):
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField()
    role = models.CharField(max_length=8, choices=choices_of(TurnRole))
    status = models.CharField(max_length=8, choices=choices_of(TurnStatus), default=TurnStatus.DONE)
    content = models.TextField(blank=True)
    source = models.CharField(max_length=8, choices=choices_of(TurnSource), blank=True)  # who worded a coach's turn
    failure = models.CharField(max_length=40, blank=True)  # why the model did not answer, or why nobody did
    tool_calls = models.JSONField(default=list, blank=True)  # [{"name", "arguments", "card" or "error"}]
    trimmed = models.JSONField(default=list, blank=True)  # [{"what", "tokens"}] left out of the prompt
    refused = models.JSONField(default=list, blank=True)  # [{"why", "text"}] held back from the answer
    provider = models.CharField(max_length=20, blank=True)
    model = models.CharField(max_length=120, blank=True)
    prompt_version = models.CharField(max_length=20, blank=True)
    prompt_tokens = models.PositiveIntegerField(null=True, blank=True)
    completion_tokens = models.PositiveIntegerField(null=True, blank=True)
    first_token_ms = models.PositiveIntegerField(null=True, blank=True)
    latency_ms = models.PositiveIntegerField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)  # a retry is a new attempt with a stream of its own
    touched_at = models.DateTimeField()  # when a worker last showed that it is alive

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="coaching_turn_number_once"),
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(status__in=OPEN), name="coaching_turn_one_at_a_time"
            ),
            one_of("role", values_of(TurnRole), "coaching_turn_role_known"),
            one_of("status", values_of(TurnStatus), "coaching_turn_status_known"),
            one_of("source", ["", *values_of(TurnSource)], "coaching_turn_source_known"),
            models.CheckConstraint(
                condition=~Q(status=TurnStatus.DONE) | ~Q(content=""), name="coaching_turn_done_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(role=TurnRole.ATHLETE) | Q(status=TurnStatus.DONE, source=""),
                name="coaching_turn_of_athlete_is_plain",
            ),
        ]
        indexes = [models.Index(fields=["touched_at"], condition=Q(status__in=OPEN), name="coaching_turns_open")]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN
