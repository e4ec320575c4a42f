"""Movements, rules, gyms and circuits for tests; and fixture texts for the loader."""

from __future__ import annotations

import json
from typing import Any

import factory

from gainsly.lib.vocabulary import EQUIPMENT
from movements.catalogue.fixture import parse_library
from movements.catalogue.kits import EQUIPMENT_NAMES
from movements.catalogue.records import LibraryRecord
from movements.models import Circuit, CircuitExercise, Equipment, Gym, Movement, MovementMuscle
from movements.services import library


class EquipmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Equipment
        django_get_or_create = ("slug",)

    slug = "barbell"
    name = factory.LazyAttribute(lambda row: EQUIPMENT_NAMES.get(row.slug, row.slug))


class MovementFactory(factory.django.DjangoModelFactory):
    """A row without children; ``load_sample`` makes whole ones."""

    class Meta:
        model = Movement

    name = factory.Sequence(lambda n: f"Movement {n}")
    slug = factory.LazyAttribute(lambda row: row.name.lower().replace(" ", "-"))
    pattern = "squat"
    region = "anterior_lower"
    discipline = "general"
    cns_load = "moderate"
    skill_level = "beginner"
    sections = ["main", "accessory"]


class MovementMuscleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MovementMuscle

    movement = factory.SubFactory(MovementFactory)
    muscle = "quadriceps"
    role = "primary"
    share = 1


class CircuitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Circuit

    name = factory.Sequence(lambda n: f"Circuit {n}")
    slug = factory.LazyAttribute(lambda row: row.name.lower().replace(" ", "-"))
    type = "amrap"
    estimated_minutes = 12


class CircuitExerciseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CircuitExercise

    circuit = factory.SubFactory(CircuitFactory)
    movement = factory.SubFactory(MovementFactory)
    order = factory.Sequence(lambda n: n + 1)
    reps = 10


class GymFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gym

    name = factory.Sequence(lambda n: f"Gym {n}")
    is_default = False


def load_equipment() -> None:
    """The equipment rows that every real installation has."""
    Equipment.objects.bulk_create(
        [Equipment(slug=slug, name=EQUIPMENT_NAMES[slug], sort_order=at) for at, slug in enumerate(EQUIPMENT)],
        ignore_conflicts=True,
    )


def movement_entry(name: str = "Barbell Back Squat", **changes: Any) -> dict[str, Any]:
    """A fixture entry that has everything; ``changes`` replace keys, None takes one away."""
    entry = {
        "name": name,
        "aliases": [f"{name} alias"],
        "pattern": "squat",
        "region": "anterior_lower",
        "discipline": "powerlifting",
        "disciplines": ["general"],
        "tags": ["heavy", "classic"],
        "muscles": {
            "primary": {"quadriceps": 1.0, "glutes": 1.0},
            "secondary": {"lower_back": 0.5, "adductors": 0.35},
            "stabilizer": ["core"],
        },
        "equipment": ["rack", "barbell"],
        "alternatives": [["safety_bar", "rack"]],
        "joints": {"knee": "heavy", "hip": "light"},
        "sections": ["accessory", "main"],
        "cns": "high",
        "skill": "intermediate",
        "compound": True,
        "metric": "reps",
        "load_step_kg": 2.5,
        "cues": ["Brace first", "Drive the floor away"],
        "description": "A squat with the bar on the upper back.",
        "group": "squat",
        **changes,
    }
    return {key: value for key, value in entry.items() if value is not None}


def fixture_text(key: str, *rows: dict[str, Any]) -> str:
    return json.dumps({key: list(rows)})


def library_of(
    *movements: dict[str, Any], relations: tuple[Any, ...] = (), circuits: tuple[Any, ...] = ()
) -> LibraryRecord:
    """A parsed library of these entries; relations are (source, type, target)."""
    edges = [{"source": source, "type": kind, "target": target} for source, kind, target in relations]
    return parse_library(
        movements={"movements/sample.json": fixture_text("movements", *movements)},
        relations={"movements/relations.json": fixture_text("relations", *edges)},
        circuits={"circuits/sample.json": fixture_text("circuits", *circuits)},
    )


SAMPLE = (
    movement_entry(),
    movement_entry("Goblet Squat", equipment=["kettlebell"], alternatives=[["dumbbell"]], skill="beginner", cns="low"),
    movement_entry(
        "Push-Up",
        pattern="horizontal_push",
        region="anterior_upper",
        discipline="calisthenics",
        muscles={"primary": {"chest": 1.0}, "secondary": {"triceps": 0.5, "front_delts": 0.5}},
        equipment=[],
        alternatives=[],
        skill="beginner",
        bodyweight_share=0.64,
        load_step_kg=None,
        aliases=["Press-Up"],
    ),
)


def load_sample(*more: dict[str, Any]) -> None:
    """Three whole movements (and more) in the database, as the loader writes them."""
    found = library_of(*SAMPLE, *more, relations=(("goblet-squat", "progression", "barbell-back-squat"),))
    library.store_library(library=found, content_hash=f"sample-{len(more)}")
