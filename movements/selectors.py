"""Reads of the movement library: the whole catalogue for the engine, pages of it for people, and an athlete's kit.

The library is the same for everyone and changes rarely, so each process keeps it as plain records until
``LibraryVersion`` moves. What belongs to an athlete (own movements, rules, favourites, gym) is always read fresh.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Max, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.selectors import disciplines_of, profile_of
from gainsly.lib.vocabulary import (
    CnsLoad,
    Discipline,
    InjuryArea,
    JointStress,
    MetricType,
    MovementPattern,
    Muscle,
    MuscleRole,
    Region,
    RelationshipType,
    Section,
    SkillLevel,
)
from movements.catalogue.kits import EQUIPMENT_NAMES, KitFacts, can_do
from movements.catalogue.records import MovementRecord, RatioPrior
from movements.models import (
    Circuit,
    CircuitExercise,
    CoachingCue,
    Equipment,
    FavoriteMovement,
    Gym,
    GymEquipment,
    LibraryVersion,
    Movement,
    MovementDiscipline,
    MovementEquipment,
    MovementJoint,
    MovementMuscle,
    MovementRelationship,
    MovementRule,
    MovementTag,
)

SEARCH_CONFIG = "english"


@dataclass(frozen=True, slots=True)
class ListedMovement:
    """A movement's record together with what only the database knows of it."""

    id: UUID
    record: MovementRecord
    owner_id: UUID | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The library of one version, as this process keeps it."""

    key: tuple[Any, ...]
    version: str
    by_id: Mapping[UUID, ListedMovement]
    active: Mapping[str, MovementRecord]  # by slug


_shelf: _Shelf | None = None
_shelf_lock = threading.Lock()


# -- the catalogue


def catalogue(user: Any = None) -> tuple[dict[str, MovementRecord], str]:
    """Every movement the athlete may be given, by slug, and the version under which that may be cached.

    One query when the process already holds the library, two with an athlete.
    """
    shelf = _library()
    if user is None:
        return dict(shelf.active), shelf.version
    own = Movement.objects.filter(owner=user, is_active=True)
    latest = own.aggregate(latest=Max("updated_at"))["latest"]
    if latest is None:
        return dict(shelf.active), shelf.version
    records = {listed.record.slug: listed.record for listed in listed_movements(own).values()}
    return {**records, **shelf.active}, f"{shelf.version}+{user.pk}.{latest.isoformat()}"


def movements_by_id(ids: Iterable[UUID]) -> dict[UUID, ListedMovement]:
    """Movements with their records, whoever owns them and also where they have left the library.

    For rendering rows that already belong to the athlete (a session, a log). Library movements come from memory.
    """
    wanted = set(ids)
    known = _library().by_id
    missing = wanted - known.keys()
    others = listed_movements(Movement.objects.filter(pk__in=missing)) if missing else {}
    return {pk: known[pk] if pk in known else others[pk] for pk in wanted if pk in known or pk in others}


def movements_by_slug(slugs: Iterable[str], user: Any = None) -> dict[str, ListedMovement]:
    """Active movements by slug: the library's, and the athlete's own when an athlete is given."""
    wanted = set(slugs)
    shelf = _library()
    found = {
        listed.record.slug: listed
        for listed in shelf.by_id.values()
        if listed.is_active and listed.record.slug in wanted
    }
    missing = wanted - found.keys()
    if user is not None and missing:
        own = listed_movements(Movement.objects.filter(owner=user, is_active=True, slug__in=missing))
        found |= {listed.record.slug: listed for listed in own.values()}
    return found


def library_version() -> str:
    """The version of the loaded library, without an athlete's own movements."""
    return _library().version


def _library() -> _Shelf:
    global _shelf  # noqa: PLW0603 - one library per process, replaced as a whole
    row = LibraryVersion.objects.filter(pk=1).values_list("content_hash", "revision", "loaded_at").first()
    key = row or ()
    shelf = _shelf
    if shelf is None or shelf.key != key:
        with _shelf_lock:
            shelf = _shelf = _read_shelf(key)
    return shelf


def _read_shelf(key: tuple[Any, ...]) -> _Shelf:
    by_id = listed_movements(Movement.objects.filter(owner__isnull=True))
    active = {one.record.slug: one.record for one in by_id.values() if one.is_active}
    version = f"{key[0][:12]}.{key[1]}" if key else "empty"
    return _Shelf(key=key, version=version, by_id=by_id, active=active)


def listed_movements(rows: QuerySet[Movement]) -> dict[UUID, ListedMovement]:
    """Rows of a queryset as records, by id: one query and one for each kind of child row."""
    found = rows.order_by("name", "id").prefetch_related(
        Prefetch("muscles", MovementMuscle.objects.order_by("role", "-share", "muscle")),
        Prefetch("joints", MovementJoint.objects.order_by("area")),
        Prefetch("cues", CoachingCue.objects.order_by("order")),
        Prefetch("equipment_rows", MovementEquipment.objects.order_by("equipment_id")),
        Prefetch("discipline_rows", MovementDiscipline.objects.order_by("discipline")),
        Prefetch("tag_rows", MovementTag.objects.order_by("tag_id")),
    )
    return {
        row.pk: ListedMovement(id=row.pk, record=record_of(row), owner_id=row.owner_id, is_active=row.is_active)
        for row in found
    }


def record_of(row: Movement) -> MovementRecord:
    """A row with its children prefetched, as the plain record that it was loaded from."""
    muscles = list(row.muscles.all())
    return MovementRecord(
        slug=row.slug,
        name=row.name,
        pattern=MovementPattern(row.pattern),
        region=Region(row.region),
        discipline=Discipline(row.discipline),
        cns=CnsLoad(row.cns_load),
        skill=SkillLevel(row.skill_level),
        metric=MetricType(row.metric_type),
        primary=_shares(muscles, MuscleRole.PRIMARY),
        secondary=_shares(muscles, MuscleRole.SECONDARY),
        stabilizers=tuple(sorted(_shares(muscles, MuscleRole.STABILIZER))),
        equipment=tuple(one.equipment_id for one in row.equipment_rows.all()),
        alternatives=tuple(tuple(pieces) for pieces in row.alternatives),
        joints={InjuryArea(one.area): JointStress(one.stress) for one in row.joints.all()},
        sections=tuple(Section(section) for section in row.sections),
        disciplines=tuple(Discipline(one.discipline) for one in row.discipline_rows.all()),
        tags=tuple(one.tag_id for one in row.tag_rows.all()),
        aliases=tuple(row.aliases),
        cues=tuple(cue.text for cue in row.cues.all()),
        description=row.description,
        compound=row.compound,
        complex_lift=row.complex_lift,
        unilateral=row.unilateral,
        implements=row.implements,
        bodyweight_share=float(row.bodyweight_share),
        load_step_kg=None if row.load_step_kg is None else float(row.load_step_kg),
        ratio=_ratio(row),
        group=row.substitution_group,
    )


def _shares(muscles: list[MovementMuscle], role: MuscleRole) -> dict[Muscle, float]:
    return {Muscle(row.muscle): float(row.share) for row in muscles if row.role == role}


def _ratio(row: Movement) -> RatioPrior | None:
    if row.ratio_value is None:
        return None
    return RatioPrior(row.ratio_reference, float(row.ratio_value), row.ratio_grade, row.ratio_source)


# -- movements for people


def movement_for(user: Any, slug_or_id: str | UUID) -> Movement:
    """A movement that the athlete may see, by slug or id; 404 for anything else."""
    rows = Movement.objects.visible_to(user)
    as_id = _uuid(slug_or_id)
    row: Movement | None = rows.filter(Q(pk=as_id) if as_id else Q(slug=str(slug_or_id))).first()
    if row is None:
        raise Http404
    return row


def _uuid(value: str | UUID) -> UUID | None:
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None


def browse(user: Any) -> QuerySet[Movement]:
    """Movements that the athlete may see, by name; filters (movements/forms.py) narrow it."""
    return Movement.objects.visible_to(user).order_by("name", "id")


def matching(rows: QuerySet[Movement], text: str) -> QuerySet[Movement]:
    """Rows whose name, aliases, muscles, equipment or pattern hold every word of the text, begun words included.

    Adds ``rank``; the best match comes first.
    """
    words = [word for word in "".join(c if c.isalnum() else " " for c in text).split() if word]
    if not words:
        return rows.none()
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words[:MAX_SEARCH_WORDS]), config=SEARCH_CONFIG, search_type="raw"
    )
    rank = SearchRank(F("search"), query, normalization=RANK_BY_LENGTH)
    return rows.filter(search=query).annotate(rank=rank).order_by(rank.desc(), "name", "id")


MAX_SEARCH_WORDS = 12
RANK_BY_LENGTH = 2  # PostgreSQL's flag: divide the rank by the document's length, so that short names lead


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A movement that answers a search: score 0-1 within this answer, and why it is here."""

    movement: ListedMovement
    score: float
    reason: str


def search(user: Any, text: str, *, limit: int) -> list[SearchHit]:
    """The movements that answer some words, best first; a name or alias that says exactly them leads."""
    wanted = " ".join(text.lower().split())
    rows = matching(Movement.objects.visible_to(user), text).values_list("pk", "rank")[: limit * RERANK_DEPTH]
    ranks = dict(rows)
    best = max(ranks.values(), default=1.0) or 1.0
    found = movements_by_id(ranks)
    hits = [_hit(found[pk], rank / best, wanted) for pk, rank in ranks.items()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.movement.record.name))[:limit]


RERANK_DEPTH = 5  # how many times the answer is fetched, so that an exact name cannot be ranked out
NAME_SCORE, ALIAS_SCORE, WORDS_SCORE = 1.0, 0.95, 0.9


def _hit(movement: ListedMovement, share: float, wanted: str) -> SearchHit:
    """``share`` is the rank beside the best one's, 0-1."""
    if movement.record.name.lower() == wanted:
        return SearchHit(movement, NAME_SCORE, _("The name you searched for"))
    if wanted in (alias.lower() for alias in movement.record.aliases):
        return SearchHit(movement, ALIAS_SCORE, _("Also called “%(alias)s”") % {"alias": wanted})
    return SearchHit(movement, round(WORDS_SCORE * share, 4), _("Matches your words"))


def listed(row: Movement) -> ListedMovement:
    """The record of one row."""
    return movements_by_id([row.pk])[row.pk]


def doable_ids(user: Any) -> list[UUID]:
    """Ids of the movements for which the athlete's kit holds everything."""
    kit = kit_for(user).equipment
    own = listed_movements(Movement.objects.filter(owner=user, is_active=True))
    everything = [*_library().by_id.values(), *own.values()]
    return [one.id for one in everything if can_do(one.record, kit)]


def relations_of(movement: Movement) -> dict[str, list[Movement]]:
    """Related movements in the reader's words: easier, harder, variation, antagonist, prep, equivalent."""
    edges = (
        MovementRelationship.objects.filter(Q(source=movement) | Q(target=movement))
        .filter(source__is_active=True, target__is_active=True)
        .select_related("source", "target")
    )
    related: dict[str, dict[UUID, Movement]] = {}
    for edge in edges:
        forward = edge.source_id == movement.pk
        other = edge.target if forward else edge.source
        kind = _seen_from_here(RelationshipType(edge.type), forward=forward)
        if kind:
            related.setdefault(kind, {})[other.pk] = other
    return {
        kind: sorted(related[kind].values(), key=lambda row: row.name) for kind in RELATION_KINDS if kind in related
    }


RELATION_KINDS = ("easier", "harder", "variation", "equivalent", "antagonist", "prep")


def _seen_from_here(kind: RelationshipType, *, forward: bool) -> str | None:
    """What an edge means for the movement whose page is open; preparation counts only for what it prepares."""
    if kind in (RelationshipType.PROGRESSION, RelationshipType.REGRESSION):
        return "harder" if forward == (kind is RelationshipType.PROGRESSION) else "easier"
    if kind is RelationshipType.PREP:
        return None if forward else "prep"
    return kind.value


def equipment_names(slugs: Iterable[str]) -> list[str]:
    """What people call these pieces; a piece that an admin added after the start goes by its slug."""
    return [EQUIPMENT_NAMES.get(slug, slug.replace("_", " ").capitalize()) for slug in slugs]


def equipment_list() -> list[Equipment]:
    return list(Equipment.objects.order_by("sort_order", "slug"))


# -- rules, favourites


def rules_of(user: Any) -> QuerySet[MovementRule]:
    return MovementRule.objects.of(user).select_related("movement").order_by("type", "movement__name", "id")


def rule_about(user: Any, movement: Movement) -> MovementRule | None:
    return rules_of(user).filter(movement=movement).first()


def is_favorite(user: Any, movement: Movement) -> bool:
    return FavoriteMovement.objects.of(user).filter(movement=movement).exists()


def rule_for(user: Any, pk: UUID) -> MovementRule:
    rule = rules_of(user).filter(pk=pk).first()
    if rule is None:
        raise Http404
    return rule


def favorites_of(user: Any) -> QuerySet[FavoriteMovement]:
    return FavoriteMovement.objects.of(user).select_related("movement").order_by("movement__name", "id")


# -- circuits


def circuits() -> QuerySet[Circuit]:
    return (
        Circuit.objects.filter(is_active=True)
        .order_by("name", "id")
        .prefetch_related("stress", "tags", Prefetch("exercises", CircuitExercise.objects.order_by("order")))
    )


def circuit_by(slug_or_id: str) -> Circuit:
    """A circuit by slug or id; 404 when there is none."""
    as_id = _uuid(slug_or_id)
    row = circuits().filter(Q(pk=as_id) if as_id else Q(slug=slug_or_id)).first()
    if row is None:
        raise Http404
    return row


# -- the athlete's kit


def default_gym(user: Any) -> Gym | None:
    """The athlete's default gym, or none while they have never said what they train with."""
    return (
        Gym.objects.of(user)
        .filter(is_default=True)
        .prefetch_related(Prefetch("equipment_rows", GymEquipment.objects.order_by("equipment__sort_order")))
        .first()
    )


def kit_of(gym: Gym | None) -> KitFacts:
    """What the gym offers; a full gym where there is none."""
    if gym is None:
        return KitFacts()
    return KitFacts(
        equipment=tuple(row.equipment_id for row in gym.equipment_rows.all()),
        bar_kg=float(gym.bar_kg),
        plates_kg=tuple(float(plate) for plate in gym.plates_kg),
        dumbbells_kg=tuple(float(weight) for weight in gym.dumbbells_kg),
        load_step_kg=float(gym.load_step_kg),
    )


def kit_for(user: Any) -> KitFacts:
    """What the athlete can train with: their default gym, or a full gym until they say otherwise."""
    return kit_of(default_gym(user))


PROFILE_KEYS = (
    "experience_level", "time_zone", "available_weekdays", "first_weekday", "session_minutes", "date_of_birth", "sex",
    "height_cm", "mix_disciplines", "cardio_own_day", "long_term_goals", "onboarding_completed_at",
)  # fmt: skip


def profile_and_kit(user: Any) -> dict[str, Any]:
    """The keys of GET /settings/profile, values as the models hold them. Four queries."""
    profile = profile_of(user)
    own = {name: getattr(profile, name) for name in PROFILE_KEYS}
    return {**own, "disciplines": disciplines_of(user), **asdict(kit_for(user))}
