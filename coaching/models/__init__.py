"""Conversations with the coach, turn by turn."""

from .conversation import Conversation, Turn

__all__ = ["Conversation", "Turn"]
