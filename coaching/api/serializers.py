"""Bodies and answers of the coach's API."""

from __future__ import annotations

from rest_framework import serializers

from coaching.models import Conversation
from coaching.models.conversation import CONTENT_LENGTH, TITLE_LENGTH
from coaching.selectors import conversation_json
from gainsly.core.api import StrictSerializer
from gainsly.lib.vocabulary import ConversationKind, ConversationStatus, TurnRole, TurnSource, TurnStatus, choices_of


class ConversationBody(StrictSerializer):
    title = serializers.CharField(max_length=TITLE_LENGTH, required=False, allow_blank=True)


class TitleBody(StrictSerializer):
    title = serializers.CharField(max_length=TITLE_LENGTH)


class QuestionBody(StrictSerializer):
    content = serializers.CharField(max_length=CONTENT_LENGTH)


class ConversationAnswer(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=choices_of(ConversationKind))
    status = serializers.ChoiceField(choices=choices_of(ConversationStatus))
    title = serializers.CharField()
    session_id = serializers.UUIDField(allow_null=True)
    date = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    last_turn_at = serializers.DateTimeField()

    def to_representation(self, instance: Conversation) -> dict[str, object]:
        return conversation_json(instance)


class TurnAnswer(serializers.Serializer):
    """Everything about a turn; ``tool_calls`` are ``{"name", "arguments", "card" | "error"}``."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    role = serializers.ChoiceField(choices=choices_of(TurnRole))
    status = serializers.ChoiceField(choices=choices_of(TurnStatus))
    content = serializers.CharField()
    source = serializers.ChoiceField(choices=choices_of(TurnSource), allow_blank=True)
    failure = serializers.CharField()
    tool_calls = serializers.ListField(child=serializers.DictField())
    trimmed = serializers.ListField(child=serializers.DictField())
    refused = serializers.ListField(child=serializers.DictField())
    provider = serializers.CharField()
    model = serializers.CharField()
    prompt_version = serializers.CharField()
    prompt_tokens = serializers.IntegerField(allow_null=True)
    completion_tokens = serializers.IntegerField(allow_null=True)
    first_token_ms = serializers.IntegerField(allow_null=True)
    latency_ms = serializers.IntegerField(allow_null=True)
    attempt = serializers.IntegerField()
    at = serializers.DateTimeField()


class ThreadAnswer(ConversationAnswer):
    turns = TurnAnswer(many=True)
