"""Versions of the named configurations, what differs between them, and the evidence page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from gainsly.lib.vocabulary import label_of
from programs.engine.configuration import (
    ENGINE,
    NAMES,
    PACKAGED,
    SCORING,
    Body,
    Difference,
    Entry,
    differences,
    entries,
    merged,
    packaged_body,
)
from programs.models import HeuristicConfig


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a configuration; version 1 is the file that Gainsly ships and has no row."""

    name: str
    version: int
    active: bool
    body: Body
    created_by: str | None = None
    created_at: dt.datetime | None = None

    @property
    def full(self) -> Body:
        """The body with what this release ships where the version is silent."""
        whole: Body = merged(packaged_body(self.name), self.body)
        return whole


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one chapter of the evidence page."""

    slug: str
    title: str
    entries: list[Entry] = field(default_factory=list)


def versions_of(names: tuple[str, ...] = NAMES) -> list[Version]:
    """Every version of these configurations, the newest of each first; one query."""
    rows = list(HeuristicConfig.objects.filter(name__in=names).select_related("created_by"))
    found = []
    for name in names:
        own = sorted(
            (row for row in rows if row.name == name and row.version != PACKAGED), key=lambda row: -row.version
        )
        found += [_version(row) for row in own]
        found.append(Version(name, PACKAGED, not any(row.active for row in own), packaged_body(name)))
    return found


def _version(row: HeuristicConfig) -> Version:
    author = str(row.created_by) if row.created_by else None
    return Version(row.name, row.version, row.active, row.body, author, row.created_at)


def require_version(name: str, version: int) -> Version:
    """One version; 404 for a name or a version that is not there."""
    if name in NAMES:
        for one in versions_of((name,)):
            if one.version == version:
                return one
    raise Http404


def active_version(name: str) -> Version:
    """The version in force; 404 for an unknown name."""
    if name not in NAMES:
        raise Http404
    return next(one for one in versions_of((name,)) if one.active)


def version_differences(old: Version, new: Version) -> tuple[Difference, ...]:
    return differences(old.full, new.full)


def entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "path": entry.path,
        "value": entry.value,
        "grade": entry.grade,
        "source": entry.source,
        "because": entry.because,
    }


def evidence_groups() -> list[Group]:
    """The active configuration's values by chapter; scoring is the last chapter. One query."""
    groups: dict[str, Group] = {}
    for one in versions_of():
        if not one.active:
            continue
        for entry in entries(one.full):
            path = entry.path if one.name == ENGINE else f"{SCORING}.{entry.path}"
            head = path.partition(".")[0]
            group = groups.setdefault(head, Group(head, label_of(head)))
            group.entries.append(Entry(path, entry.value, entry.grade, entry.source, entry.because))
    return list(groups.values())
