"""Reads of the movement library and of what an athlete wants and has."""

from .kit import default_gym, kit_for, kit_of, profile_and_kit
from .library import (
    ListedMovement,
    catalogue,
    library_version,
    listed_movements,
    movements_by_id,
    movements_by_slug,
    record_of,
)
from .pages import (
    SEARCH_CONFIG,
    SearchHit,
    browse,
    doable_ids,
    equipment_list,
    equipment_names,
    listed,
    matching,
    movement_for,
    relations_of,
    search,
)
from .wishes import circuit_by, circuits, favorites_of, is_favorite, rule_about, rule_for, rules_of

__all__ = [
    "SEARCH_CONFIG",
    "ListedMovement",
    "SearchHit",
    "browse",
    "catalogue",
    "circuit_by",
    "circuits",
    "default_gym",
    "doable_ids",
    "equipment_list",
    "equipment_names",
    "favorites_of",
    "is_favorite",
    "kit_for",
    "kit_of",
    "library_version",
    "listed",
    "listed_movements",
    "matching",
    "movement_for",
    "movements_by_id",
    "movements_by_slug",
    "profile_and_kit",
    "record_of",
    "relations_of",
    "rule_about",
    "rule_for",
    "rules_of",
    "search",
]
