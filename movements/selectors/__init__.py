"""Reads of the movement library and of what an athlete wants and has."""

from .alternatives import alternatives_for, origins_of_alternatives, similar
from .circuits import CircuitPage, circuit_page, doable_circuits, timer_json
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
    browse,
    doable_ids,
    equipment_list,
    equipment_names,
    listed,
    movement_for,
    relations_of,
)
from .quality import library_findings
from .search import SEARCH_CONFIG, SearchHit, matching, search
from .wishes import (
    circuit_by,
    circuits,
    favorites_of,
    hidden_of,
    is_favorite,
    is_hidden,
    own_movement_for,
    own_of,
    rule_about,
    rule_for,
    rules_of,
)

__all__ = [
    "SEARCH_CONFIG",
    "CircuitPage",
    "ListedMovement",
    "SearchHit",
    "alternatives_for",
    "browse",
    "catalogue",
    "circuit_by",
    "circuit_page",
    "circuits",
    "default_gym",
    "doable_circuits",
    "doable_ids",
    "equipment_list",
    "equipment_names",
    "favorites_of",
    "hidden_of",
    "is_favorite",
    "is_hidden",
    "kit_for",
    "kit_of",
    "library_findings",
    "library_version",
    "listed",
    "listed_movements",
    "matching",
    "movement_for",
    "movements_by_id",
    "movements_by_slug",
    "origins_of_alternatives",
    "own_movement_for",
    "own_of",
    "profile_and_kit",
    "record_of",
    "relations_of",
    "rule_about",
    "rule_for",
    "rules_of",
    "search",
    "similar",
    "timer_json",
]
