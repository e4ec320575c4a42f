"""Reads a loose body (JSON or a form) into typed values and gathers one clear message per field."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from gainsly.lib.vocabulary import values_of

Word = TypeVar("Word", bound=StrEnum)
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BodyReader:
    """Every method answers the default where the key is absent or null, and also where it noted an error."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.body = body
        self.errors: dict[str, list[str]] = {}

    def fail(self, field: str, message: str) -> None:
        self.errors.setdefault(field, []).append(message)

    def given(self, field: str) -> bool:
        return self.body.get(field) is not None

    def refuse_unknown(self, known: Collection[str]) -> None:
        for key in self.body:
            if key not in known:
                self.fail(str(key), _("Unknown field. Known fields: %s.") % ", ".join(known))

    def whole(self, field: str, default: int, *, low: int, high: int) -> int:
        value = self.body.get(field)
        if value is None:
            return default
        if not _is_whole(value) or not low <= value <= high:
            self.fail(field, _("Give a whole number from %(low)d to %(high)d.") % {"low": low, "high": high})
            return default
        return int(value)

    def one_of_numbers(self, field: str, default: int, choices: Sequence[int]) -> int:
        value = self.body.get(field)
        if value is None:
            return default
        if not _is_whole(value) or value not in choices:
            self.fail(field, _("Choose one of %s.") % ", ".join(map(str, choices)))
            return default
        return int(value)

    def word(self, field: str, kind: type[Word], default: Word) -> Word:
        value = self.body.get(field)
        if value is None:
            return default
        if not isinstance(value, str) or value not in values_of(kind):
            self.fail(field, _("Choose one of %s.") % ", ".join(values_of(kind)))
            return default
        return kind(value)

    def text(self, field: str, default: str, *, longest: int) -> str:
        value = self.body.get(field)
        if value is None:
            return default
        if not isinstance(value, str) or not 1 <= len(value.strip()) <= longest or "\x00" in value:
            self.fail(field, _("Give a text of 1 to %d characters.") % longest)
            return default
        return value.strip()

    def date(self, field: str, default: dt.date) -> dt.date:
        value = self.body.get(field)
        if value is None:
            return default
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        if isinstance(value, str) and ISO_DATE.fullmatch(value):
            with contextlib.suppress(ValueError):
                return dt.date.fromisoformat(value)
        self.fail(field, _("Give a date of the calendar as YYYY-MM-DD, such as 2026-11-23."))
        return default

    def items(self, field: str) -> list[Any] | None:
        """The list under a key; None where it is absent or no list (then the error is noted)."""
        value = self.body.get(field)
        if value is None:
            return None
        if not isinstance(value, (list, tuple)):
            self.fail(field, _("Give a list."))
            return None
        return list(value)

    def words(self, field: str, known: Collection[str], default: Sequence[str]) -> tuple[str, ...]:
        """Distinct words of a closed set, in the order given."""
        values = self.items(field)
        if values is None:
            return tuple(default)
        unknown = [str(value) for value in values if not isinstance(value, str) or value not in known]
        if unknown:
            self.fail(
                field,
                _("Unknown: %(unknown)s. Known are %(known)s.")
                % {"unknown": ", ".join(unknown[:5]), "known": ", ".join(known)},
            )
            return tuple(default)
        if len(set(values)) < len(values):
            self.fail(field, _("Name each one only once."))
        return tuple(dict.fromkeys(values))

    def weekdays(self, field: str, default: Sequence[int]) -> tuple[int, ...]:
        values = self.items(field)
        if values is None:
            return tuple(sorted(default))
        good = all(_is_whole(value) and 0 <= value <= 6 for value in values)  # noqa: PLR2004 - Sunday
        if not values or not good or len(set(values)) < len(values):
            self.fail(field, _("Give at least one weekday from 0 (Monday) to 6 (Sunday), each once."))
            return tuple(sorted(default))
        return tuple(sorted(values))

    def weights(self, field: str, key: str, kind: type[Word], *, highest: int) -> list[tuple[Word, int]]:
        """``[{key: word, "weight": 1..highest}]`` as pairs; wrong, repeated or odd members are noted."""
        pairs: list[tuple[Word, int]] = []
        for item in self.items(field) or []:
            if not isinstance(item, Mapping) or set(item) != {key, "weight"}:
                self.fail(field, _('Each item looks like {"%(key)s": ..., "weight": ...}.') % {"key": key})
                return []
            if not isinstance(item[key], str) or item[key] not in values_of(kind):
                self.fail(
                    field,
                    _("Unknown: %(unknown)s. Known are %(known)s.")
                    % {"unknown": item[key], "known": ", ".join(values_of(kind))},
                )
            elif not _is_whole(item["weight"]) or not 1 <= item["weight"] <= highest:
                self.fail(field, _("Each weight is a whole number from 1 to %d.") % highest)
            else:
                pairs.append((kind(item[key]), item["weight"]))
        if len({word for word, _weight in pairs}) < len(pairs):
            self.fail(field, _("Name each one only once."))
        return pairs


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
