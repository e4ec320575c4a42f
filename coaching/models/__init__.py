"""Conversations with the coach, turn by turn, and days fitted to how the athlete is."""

from .adaptation import Adaptation
from .conversation import Conversation, Turn

__all__ = ["Adaptation", "Conversation", "Turn"]
