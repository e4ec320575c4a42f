"""Bodies and answers of the coach's API."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework import serializers

from coaching.models import Conversation, StandingNote
from coaching.models.conversation import CONTENT_LENGTH, TITLE_LENGTH
from coaching.models.standing import KINDS, TEXT_LENGTH
from coaching.selectors import conversation_json, standing_note_json
from gainsly.core.api import StrictSerializer
from gainsly.lib.vocabulary import (
    ConversationKind,
    ConversationStatus,
    Muscle,
    TurnRole,
    TurnSource,
    TurnStatus,
    choices_of,
    values_of,
)
from logging_app.services.readiness import SIGNAL_LIMITS
from movements.selectors import equipment_list
from programs.engine.sentence.read import LONGEST


class ConversationBody(StrictSerializer):
    title = serializers.CharField(max_length=TITLE_LENGTH, required=False, allow_blank=True)


class TitleBody(StrictSerializer):
    title = serializers.CharField(max_length=TITLE_LENGTH)


class QuestionBody(StrictSerializer):
    content = serializers.CharField(max_length=CONTENT_LENGTH)


class SentenceBody(StrictSerializer):
    text = serializers.CharField(max_length=LONGEST)


class HeardAnswer(serializers.Serializer):
    field = serializers.CharField()
    value = serializers.JSONField()
    words = serializers.CharField(help_text="the athlete's own, that the value stands on")
    asked = serializers.CharField(help_text="what was said where the value had to differ; else empty")
    by = serializers.ChoiceField(choices=["rules", "model"])


class SettingAnswer(serializers.Serializer):
    id = serializers.CharField()
    field = serializers.CharField()
    value = serializers.JSONField()
    words = serializers.CharField()


class SentenceAnswer(serializers.Serializer):
    """``body`` holds keys of the create body; ``settings`` what belongs into the athlete's settings."""

    text = serializers.CharField()
    heard = HeardAnswer(many=True)
    unread = serializers.ListField(child=serializers.CharField())
    body = serializers.DictField()
    settings = SettingAnswer(many=True)
    model = serializers.DictField()


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


class ConfirmedAnswer(serializers.Serializer):
    """What is stored now, in words."""

    done = serializers.CharField()


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


class StandingNoteBody(StrictSerializer):
    kind = serializers.ChoiceField(choices=list(KINDS))
    ends_on = serializers.DateField(help_text="the last day that counts, by the athlete's own calendar")
    starts_on = serializers.DateField(required=False)
    text = serializers.CharField(required=False, allow_blank=True, max_length=TEXT_LENGTH)
    minutes = serializers.IntegerField(required=False, allow_null=True)
    equipment = serializers.ListField(child=serializers.SlugField(), required=False, allow_null=True)
    area = serializers.CharField(required=False, allow_blank=True, max_length=16)
    severity = serializers.IntegerField(required=False, allow_null=True)


class StandingNoteAnswer(serializers.Serializer):
    """``effects`` in words; they follow once ``confirmed``."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    text = serializers.CharField()
    minutes = serializers.IntegerField(allow_null=True)
    equipment = serializers.ListField(child=serializers.CharField(), allow_null=True)
    area = serializers.CharField()
    severity = serializers.IntegerField(allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    effects = serializers.ListField(child=serializers.CharField())
    confirmed = serializers.BooleanField()

    def to_representation(self, instance: StandingNote) -> dict[str, object]:
        return standing_note_json(instance)


class SeenMessage(serializers.Serializer):
    role = serializers.CharField()
    content = serializers.CharField()
    tokens = serializers.IntegerField()


class LeftOut(serializers.Serializer):
    what = serializers.CharField()
    tokens = serializers.IntegerField()


class SeenTool(serializers.Serializer):
    name = serializers.CharField()
    description = serializers.CharField()
    tokens = serializers.IntegerField()


class SeenAnswer(serializers.Serializer):
    """The context of the next question as it would be sent, what is left out of it, and the tools."""

    prompt_version = serializers.CharField()
    provider = serializers.CharField()
    model = serializers.CharField()
    model_reads_it = serializers.BooleanField()
    window_tokens = serializers.IntegerField()
    answer_tokens = serializers.IntegerField()
    room_tokens = serializers.IntegerField()
    used_tokens = serializers.IntegerField()
    messages = SeenMessage(many=True)
    left_out = LeftOut(many=True)
    tools = SeenTool(many=True)


class ReadinessBody(StrictSerializer):
    sleep_hours, sleep_quality, stress, motivation, mood, fatigue, hrv, readiness = (
        serializers.FloatField(
            required=False, allow_null=True, min_value=SIGNAL_LIMITS[name][0], max_value=SIGNAL_LIMITS[name][1]
        )
        for name in ("sleep_hours", "sleep_quality", "stress", "motivation", "mood", "fatigue", "hrv", "readiness")
    )


class AdaptBody(StrictSerializer):
    soreness = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=10), required=False)
    readiness = ReadinessBody(required=False)
    minutes = serializers.IntegerField(required=False, allow_null=True, min_value=10, max_value=240)
    equipment = serializers.ListField(child=serializers.SlugField(), required=False, allow_null=True)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=1000)

    def validate_soreness(self, value: dict[str, int]) -> dict[str, int]:
        if set(value) - set(values_of(Muscle)):
            raise serializers.ValidationError(_("There is no such muscle."))
        return value

    def validate_equipment(self, value: list[str] | None) -> list[str] | None:
        if value and set(value) - {one.slug for one in equipment_list()}:
            raise serializers.ValidationError(_("There is no such equipment."))
        return value


class RejectBody(StrictSerializer):
    adaptation_id = serializers.UUIDField()


class AcceptBody(RejectBody):
    change_ids = serializers.ListField(child=serializers.UUIDField(), required=False, allow_null=True)


class ChangeAnswer(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    exercise_id = serializers.UUIDField()
    movement = serializers.CharField()
    reason = serializers.CharField()
    rule = serializers.CharField()
    before = serializers.DictField()
    after = serializers.DictField(allow_null=True)
    to_session = serializers.UUIDField(allow_null=True)


class SuggestionAnswer(ChangeAnswer):
    """A change that the model suggests; with ``refused`` (why, by which ``rule``) it cannot be accepted."""

    by = serializers.CharField()
    refused = serializers.CharField(allow_null=True)


class AdaptationAnswer(serializers.Serializer):
    id = serializers.UUIDField()
    status = serializers.CharField()
    changes = ChangeAnswer(many=True)
    session = serializers.DictField()
    recovery_score = serializers.FloatField(allow_null=True)
    notes = serializers.ListField(child=serializers.CharField())
    stop = serializers.CharField(allow_null=True)
    suggestions = SuggestionAnswer(many=True)
    words = TurnAnswer(allow_null=True)
