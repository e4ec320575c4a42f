"""Conversations with the coach, turn by turn, days fitted to how the athlete is, and what the coach says unasked."""

from .adaptation import Adaptation
from .conversation import Conversation, Turn
from .notice import Notice
from .standing import StandingNote

__all__ = ["Adaptation", "Conversation", "Notice", "StandingNote", "Turn"]
