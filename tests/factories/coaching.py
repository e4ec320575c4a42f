"""Threads and turns, made by hand."""

from __future__ import annotations

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from coaching.models import Conversation, Turn
from tests.factories.accounts import UserFactory


class ConversationFactory(DjangoModelFactory):
    class Meta:
        model = Conversation

    user = factory.SubFactory(UserFactory)
    last_turn_at = factory.LazyFunction(timezone.now)


class TurnFactory(DjangoModelFactory):
    """A question, done."""

    class Meta:
        model = Turn

    conversation = factory.SubFactory(ConversationFactory)
    number = factory.Sequence(lambda number: number + 1)
    role = "athlete"
    content = "How is my squat?"
    touched_at = factory.LazyFunction(timezone.now)
