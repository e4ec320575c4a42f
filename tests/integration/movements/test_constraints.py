"""Every named constraint of the app is refused by the database itself."""

import pytest
from django.apps import apps
from django.db import IntegrityError

from movements.models import (
    CircuitStress,
    CoachingCue,
    FavoriteMovement,
    GymEquipment,
    HiddenMovement,
    LibraryVersion,
    MovementDiscipline,
    MovementEmbedding,
    MovementEquipment,
    MovementJoint,
    MovementMuscle,
    MovementRelationship,
    MovementRule,
    MovementTag,
    Tag,
)
from tests.factories.accounts import UserFactory
from tests.factories.movements import (
    CircuitExerciseFactory,
    CircuitFactory,
    EquipmentFactory,
    GymFactory,
    MovementFactory,
    MovementMuscleFactory,
)

pytestmark = pytest.mark.django_db


def twice(make):
    make()
    make()


def movement(**fields):
    return lambda: MovementFactory(**fields)


def children(model, **fields):
    """Two equal child rows of one movement; a callable makes its field's value."""

    def make():
        row = {name: value() if callable(value) else value for name, value in fields.items()}
        parent = MovementFactory()
        twice(lambda: model.objects.create(movement=parent, **row))

    return make


def child(model, **fields):
    return lambda: model.objects.create(movement=MovementFactory(), **fields)


def same_owner(**fields):
    user = UserFactory()
    MovementFactory(owner=user, name="One Lift", slug="one-lift")
    MovementFactory(owner=user, **fields)


def edge(kind="variation", *, times=1, to_itself=False):
    source = MovementFactory()
    target = source if to_itself else MovementFactory()
    for _ in range(times):
        MovementRelationship.objects.create(source=source, target=target, type=kind)


def rules(times=1, **fields):
    user, about = UserFactory(), MovementFactory()
    for _ in range(times):
        MovementRule.objects.create(user=user, movement=about, **{"type": "hard_no", **fields})


def favorites():
    user, about = UserFactory(), MovementFactory()
    twice(lambda: FavoriteMovement.objects.create(user=user, movement=about))


def hidings():
    user, about = UserFactory(), MovementFactory()
    twice(lambda: HiddenMovement.objects.create(user=user, movement=about))


def gyms(*gyms_fields):
    user = UserFactory()
    for fields in gyms_fields:
        GymFactory(user=user, **fields)


def gym_equipment():
    gym, piece = GymFactory(user=UserFactory()), EquipmentFactory()
    twice(lambda: GymEquipment.objects.create(gym=gym, equipment=piece))


def station(**fields):
    CircuitExerciseFactory(**fields)


def stations():
    circuit = CircuitFactory()
    twice(lambda: CircuitExerciseFactory(circuit=circuit, order=1))


def stress(times=1, **fields):
    circuit = CircuitFactory()
    for _ in range(times):
        CircuitStress.objects.create(circuit=circuit, **{"bucket": "cns", "level": 3, **fields})


REFUSED = {
    "movements_library_name_once": lambda: [
        MovementFactory(name="Lift", slug="a"),
        MovementFactory(name="LIFT", slug="b"),
    ],
    "movements_library_slug_once": lambda: [
        MovementFactory(name="A", slug="same"),
        MovementFactory(name="B", slug="same"),
    ],
    "movements_own_name_once": lambda: same_owner(name="ONE lift", slug="other"),
    "movements_own_slug_once": lambda: same_owner(name="Other", slug="one-lift"),
    "movements_pattern_known": movement(pattern="odd"),
    "movements_region_known": movement(region="odd"),
    "movements_discipline_known": movement(discipline="odd"),
    "movements_cns_known": movement(cns_load="odd"),
    "movements_skill_known": movement(skill_level="odd"),
    "movements_metric_known": movement(metric_type="odd"),
    "movements_ratio_grade_known": movement(ratio_grade="D"),
    "movements_implements_range": movement(implements=3),
    "movements_bodyweight_share_range": movement(bodyweight_share=1.01),
    "movements_ratio_range": movement(ratio_value=5.01),
    "movements_sections_known": movement(sections=["dessert"]),
    "movements_muscle_once": children(MovementMuscle, muscle="core", role="primary", share=1),
    "movements_muscle_known": lambda: MovementMuscleFactory(muscle="wings"),
    "movements_muscle_role_known": lambda: MovementMuscleFactory(role="odd"),
    "movements_muscle_share_range": lambda: MovementMuscleFactory(share=1.01),
    "movements_joint_once": children(MovementJoint, area="knee", stress="light"),
    "movements_joint_area_known": child(MovementJoint, area="soul", stress="light"),
    "movements_joint_stress_known": child(MovementJoint, area="knee", stress="odd"),
    "movements_equipment_once": children(MovementEquipment, equipment=EquipmentFactory.create),
    "movements_discipline_once": children(MovementDiscipline, discipline="cardio"),
    "movements_discipline_row_known": child(MovementDiscipline, discipline="odd"),
    "movements_tag_once": children(MovementTag, tag=lambda: Tag.objects.create(slug="tag")),
    "movements_cue_order_once": children(CoachingCue, order=1, text="Brace"),
    "movements_embedding_once": children(MovementEmbedding, model_name="m", content_hash="h", vector=[0.0] * 768),
    "movements_edge_once": lambda: edge(times=2),
    "movements_edge_not_to_itself": lambda: edge(to_itself=True),
    "movements_edge_type_known": lambda: edge("friend"),
    "movements_rule_once": lambda: rules(2),
    "movements_rule_type_known": lambda: rules(type="maybe"),
    "movements_rule_cadence_known": lambda: rules(cadence="yearly"),
    "movements_favorite_once": favorites,
    "movements_hidden_once": hidings,
    "movements_gym_name_once": lambda: gyms({"name": "Home"}, {"name": "HOME"}),
    "movements_gym_one_default": lambda: gyms({"is_default": True}, {"is_default": True}),
    "movements_gym_bar_range": lambda: gyms({"bar_kg": 51}),
    "movements_gym_step_range": lambda: gyms({"load_step_kg": 0.2}),
    "movements_gym_equipment_once": gym_equipment,
    "movements_circuit_type_known": lambda: CircuitFactory(type="party"),
    "movements_circuit_difficulty_range": lambda: CircuitFactory(difficulty=6),
    "movements_circuit_minutes_range": lambda: CircuitFactory(estimated_minutes=181),
    "movements_circuit_rounds_range": lambda: CircuitFactory(rounds=201),
    "movements_circuit_order_once": stations,
    "movements_circuit_exercise_has_work": lambda: station(reps=None),
    "movements_circuit_stress_once": lambda: stress(2),
    "movements_circuit_stress_known": lambda: stress(bucket="odd"),
    "movements_circuit_stress_range": lambda: stress(level=11),
    "movements_library_version_one_row": lambda: LibraryVersion.objects.create(pk=2),
}


def test_every_constraint_of_the_app_has_its_case():
    named = {
        constraint.name
        for model in apps.get_app_config("movements").get_models()
        for constraint in model._meta.constraints
    }
    assert named == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError, match=name):
        REFUSED[name]()
