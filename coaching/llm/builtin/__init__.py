"""The coach that needs no model: rules choose a tool, templates in five tones say what it found (docs/coach.md)."""

from .provider import BuiltInProvider

__all__ = ["BuiltInProvider"]
