"""The database has the last word: what the rules let through by mistake is refused there."""

import pytest
from django.db import IntegrityError, connection, transaction

from programs.models import Choice, Microcycle, Program, ProgramEquipment, Session, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db

REFUSED = [
    (Program, {"duration_weeks": 9}, "programs_weeks_8_10_12"),
    (Program, {"weight_1": 9}, "programs_weights_sum_to_ten"),
    (Program, {"weight_1": 11}, "programs_weight"),
    (Program, {"goal_2": "speed"}, "programs_goal_2_with_weight"),
    (Program, {"weight_1": 5, "weight_2": 5}, "programs_goal_2_with_weight"),
    (Program, {"weight_1": 5, "weight_3": 5}, "programs_goal_3_with_weight"),
    (Program, {"goal_2": "strength", "weight_1": 5, "weight_2": 5}, "programs_goals_differ"),
    (Program, {"goal_1": "size"}, "programs_goal_1_known"),
    (Program, {"days_per_week": 8}, "programs_days_range"),
    (Program, {"days_per_week": 1}, "programs_days_range"),
    (Program, {"session_minutes": 19}, "programs_minutes_range"),
    (Program, {"deload_every": 2}, "programs_deload_range"),
    (Program, {"microcycle_days": 9}, "programs_microcycle_days"),
    (Program, {"persona_aggression": 6}, "programs_aggression_range"),
    (Program, {"split_template": "bro"}, "programs_split_known"),
    (Program, {"progression_style": "magic"}, "programs_progression_known"),
    (Program, {"dose": "huge"}, "programs_dose_known"),
    (Program, {"weekdays": [7]}, "programs_weekdays_known"),
    (Program, {"weekdays": []}, "programs_weekdays_known"),
    (Program, {"priority_muscles": ["shoulders"]}, "programs_priority_known"),
    (Program, {"generation_status": "done"}, "programs_generation_known"),
    (Microcycle, {"sequence": 13}, "programs_microcycle_sequence_range"),
    (Microcycle, {"length_days": 15}, "programs_microcycle_length_range"),
    (Microcycle, {"status": "late"}, "programs_microcycle_status_known"),
    (Microcycle, {"phase": "peak"}, "programs_microcycle_phase_known"),
    (Session, {"session_type": "arms"}, "programs_session_type_known"),
    (Session, {"status": "late"}, "programs_session_status_known"),
    (Session, {"estimated_minutes": 0}, "programs_session_minutes_range"),
    (Session, {"day_number": 15}, "programs_session_day_range"),
    (SessionExercise, {"sets": 0}, "programs_exercise_sets_range"),
    (SessionExercise, {"sets": 13}, "programs_exercise_sets_range"),
    (SessionExercise, {"reps_max": 61}, "programs_exercise_reps_max_range"),
    (SessionExercise, {"reps_min": 9, "reps_max": 8}, "programs_exercise_reps_ordered"),
    (SessionExercise, {"target_rpe": 11}, "programs_exercise_rpe_range"),
    (SessionExercise, {"target_rir": -1}, "programs_exercise_rir_range"),
    (SessionExercise, {"target_percent_1rm": 1.3}, "programs_exercise_percent_range"),
    (SessionExercise, {"target_load_kg": -1}, "programs_exercise_load_range"),
    (SessionExercise, {"rest_seconds": 901}, "programs_exercise_rest_range"),
    (SessionExercise, {"reps_min": None, "reps_max": None, "seconds": None}, "programs_exercise_has_work"),
    (SessionExercise, {"section": "middle"}, "programs_exercise_section_known"),
    (Choice, {"relaxation_step": 7}, "programs_choice_relaxation_range"),
]


@pytest.mark.parametrize(("model", "values", "constraint"), REFUSED)
def test_bad_data_is_refused_by_name(model, values, constraint):
    make_program()
    row = model.objects.first()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**values)


def test_one_active_program_per_athlete():
    user = UserFactory()
    make_program(user)
    second = make_program(user)
    with pytest.raises(IntegrityError, match="programs_one_active"), transaction.atomic():
        Program.objects.filter(pk=second.pk).update(is_active=True)


def test_a_piece_of_equipment_stands_once_in_a_program():
    row = ProgramEquipment.objects.filter(program=make_program()).first()
    with pytest.raises(IntegrityError, match="programs_equipment_once"), transaction.atomic():
        ProgramEquipment.objects.create(program=row.program, equipment=row.equipment)


def test_a_place_in_a_section_is_taken_once():
    make_program()
    one = SessionExercise.objects.filter(section="warmup").first()
    SessionExercise.objects.filter(session=one.session, section="cooldown").update(section="warmup")
    with pytest.raises(IntegrityError, match="programs_exercise_order_once"):
        connection.check_constraints()  # deferred, so that two places can be exchanged
