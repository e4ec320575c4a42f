"""Reads a hybrid definition: the athlete's own days, or blocks laid out in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from gainsly.lib.vocabulary import MovementPattern, SessionType, values_of
from programs.engine.types import HybridDay, HybridDefinition

from .reading import BodyReader

FIELD = "hybrid_definition"
BLOCK_SESSIONS = {"ppl": 3, "upper_lower": 2, "full_body": 1, "cardio": 1, "mobility": 1, "rest": 0}


def read_hybrid(reader: BodyReader, *, wanted: tuple[int, ...], length: int) -> HybridDefinition | None:
    """``{"days": [...]}`` or ``{"blocks": [...]}``; ``wanted`` are the numbers of training days that may come out:
    those of a week, or of a whole microcycle of ``length`` days.
    """
    value = reader.body[FIELD]
    if not isinstance(value, Mapping) or set(value) not in ({"days"}, {"blocks"}):
        reader.fail(FIELD, _('Give either {"days": [...]} or {"blocks": [...]}.'))
        return None
    inner = BodyReader(value)
    days = _days(inner, wanted=wanted, length=length) if "days" in value else ()
    blocks = _blocks(inner, wanted=wanted, length=length) if "blocks" in value else ()
    for messages in inner.errors.values():
        for message in messages:
            reader.fail(FIELD, message)
    return HybridDefinition(days=days, blocks=blocks)


def hybrid_json(hybrid: HybridDefinition | None) -> dict[str, Any] | None:
    """The definition as the create body spells it."""
    if hybrid is None:
        return None
    if hybrid.blocks:
        return {"blocks": list(hybrid.blocks)}
    return {
        "days": [
            {"day": day.day, "session_type": str(day.session_type), "focus": [str(pattern) for pattern in day.focus]}
            for day in hybrid.days
        ]
    }


def _blocks(inner: BodyReader, *, wanted: tuple[int, ...], length: int) -> tuple[str, ...]:
    blocks = inner.items("blocks") or []
    unknown = [str(block) for block in blocks if not isinstance(block, str) or block not in BLOCK_SESSIONS]
    if unknown:
        inner.fail("blocks", _("Unknown block %(block)s. Known are %(known)s.") % _known(unknown[0], BLOCK_SESSIONS))
        return ()
    trained = sum(BLOCK_SESSIONS[block] for block in blocks)
    resting = sum(block == "rest" for block in blocks)
    if trained not in wanted or trained + resting > length:
        inner.fail(
            "blocks",
            _("These blocks make %(made)d training days and %(rest)d rest days; %(wanted)d training days are wanted.")
            % {"made": trained, "rest": resting, "wanted": wanted[0]},
        )
    return tuple(blocks)


def _known(block: str, known: Mapping[str, int]) -> dict[str, str]:
    return {"block": block, "known": ", ".join(known)}


def _days(inner: BodyReader, *, wanted: tuple[int, ...], length: int) -> tuple[HybridDay, ...]:
    read = [_day(inner, item, length=length) for item in inner.items("days") or []]
    days = [day for day in read if day is not None]
    if not inner.errors and len(days) not in wanted:
        inner.fail("days", _("You describe %(made)d training days; %(wanted)d are wanted.") % _counts(days, wanted))
    if len({day.day for day in days}) < len(days):
        inner.fail("days", _("Describe each day only once."))
    return tuple(sorted(days, key=lambda day: day.day))


def _counts(days: list[HybridDay], wanted: tuple[int, ...]) -> dict[str, int]:
    return {"made": len(days), "wanted": wanted[0]}


def _day(inner: BodyReader, item: Any, *, length: int) -> HybridDay | None:
    if not isinstance(item, Mapping) or not {"day", "session_type"} <= set(item) <= {"day", "session_type", "focus"}:
        inner.fail("days", _('Each day looks like {"day": 1, "session_type": "upper", "focus": [...]}.'))
        return None
    reader = BodyReader(item)
    day = reader.whole("day", 1, low=1, high=length)
    kind = reader.word("session_type", SessionType, SessionType.FULL_BODY)
    focus = reader.words("focus", values_of(MovementPattern), ())
    for field, messages in reader.errors.items():
        inner.fail("days", f"{field}: {' '.join(messages)}")
    if reader.errors or item["day"] is None or item["session_type"] is None:
        return None
    return HybridDay(day, kind, tuple(MovementPattern(pattern) for pattern in focus))
