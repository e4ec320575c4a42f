"""The athlete's own rules that cannot hold together, each in words with the place where it is mended."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import label_of

Row = dict[str, Any]


def collisions_of(error: DomainError) -> list[Row]:
    """Per collision its sentence and its rules; empty for any other refusal."""
    found = error.extra.get("collisions")
    rows = found if isinstance(found, list) else []
    return [{"message": row["message"], "rules": [rule_row(one) for one in row["rules"]]} for row in rows]


def rule_row(rule: str) -> Row:
    """``hard_no:back-squat`` -> what the rule says, where it is changed, and what the link says."""
    kind, _colon, what = rule.partition(":")
    if kind in ("hard_yes", "hard_no"):
        words = _("Always in the plan: %(name)s") if kind == "hard_yes" else _("Never in the plan: %(name)s")
        link = reverse("movements:detail", args=[what])
        return _row(words % {"name": label_of(what.replace("-", "_"))}, link, _("Change this wish"))
    if kind == "injury":
        area = label_of(what).lower()
        return _row(_("Your injury: %(area)s") % {"area": area}, reverse("accounts:injuries"), _("Change or end it"))
    if kind == "experience":
        words = _("Your experience: %(level)s") % {"level": label_of(what).lower()}
        return _row(words, reverse("accounts:settings-person"), _("Change your experience"))
    if kind == "equipment":
        return _row(_("The equipment you have"), reverse("movements:kit"), _("Change your kit"))
    fields = {
        "days_per_week": _("Training days a week"),
        "available_weekdays": _("Your weekdays"),
        "session_minutes": _("Minutes for a session"),
    }
    return _row(fields.get(kind, label_of(kind)), "#week-title", _("Change it on this page"))


def _row(words: str, link: str, action: str) -> Row:
    return {"words": words, "link": link, "action": action}
