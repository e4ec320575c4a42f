import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from movements import selectors
from movements.models import (
    Circuit,
    CoachingCue,
    Equipment,
    LibraryVersion,
    Movement,
    MovementMuscle,
    MovementRelationship,
)
from movements.services import library, own
from tests.factories.accounts import UserFactory
from tests.factories.movements import SAMPLE, fixture_text, library_of, load_sample, movement_entry

pytestmark = pytest.mark.django_db

CIRCUIT = {
    "name": "Twelve Minutes",
    "type": "amrap",
    "estimated_minutes": 12,
    "stress": {"conditioning": 7},
    "tags": ["hotel"],
    "exercises": [{"movement": "push-up", "reps": 10}, {"movement": "goblet-squat", "reps": 15, "load_kg": 16}],
}


def store(*movements, key="one", relations=(), circuits=(), force=False):
    found = library_of(*movements, relations=relations, circuits=circuits)
    return library.store_library(library=found, content_hash=key, force=force)


def test_what_comes_out_is_what_went_in():
    published = library_of(*SAMPLE, movement_entry("Ratio Squat", aliases=[], ratio={
        "reference": "barbell-back-squat", "value": 0.82, "grade": "C", "source": "coaching convention",
    }))  # fmt: skip
    library.store_library(library=published, content_hash="x")
    records, _version = selectors.catalogue()
    assert records == published.movements


def test_loading_again_changes_nothing():
    first = store(*SAMPLE)
    stamp = LibraryVersion.objects.get().loaded_at
    second = store(*SAMPLE)
    assert (first.created, first.skipped) == (3, False)
    assert second.skipped
    assert LibraryVersion.objects.get().loaded_at == stamp


def test_a_forced_load_keeps_ids_and_child_rows():
    store(*SAMPLE, relations=(("goblet-squat", "progression", "barbell-back-squat"),))
    before = {
        "movements": dict(Movement.objects.values_list("slug", "pk")),
        "muscles": MovementMuscle.objects.count(),
        "cues": CoachingCue.objects.count(),
    }
    report = store(*SAMPLE, relations=(("goblet-squat", "progression", "barbell-back-squat"),), force=True)
    assert report.updated == 3
    assert before == {
        "movements": dict(Movement.objects.values_list("slug", "pk")),
        "muscles": MovementMuscle.objects.count(),
        "cues": CoachingCue.objects.count(),
    }
    assert MovementRelationship.objects.count() == 1


def test_only_what_changed_is_written():
    store(*SAMPLE)
    report = store(movement_entry(cns="low"), *SAMPLE[1:], key="two")
    assert (report.created, report.updated, report.unchanged) == (0, 1, 2)
    assert selectors.catalogue()[0]["barbell-back-squat"].cns == "low"


def test_a_movement_that_left_the_fixtures_is_retired_and_may_come_back():
    store(*SAMPLE)
    pk = Movement.objects.get(slug="push-up").pk
    assert store(*SAMPLE[:2], key="two").deactivated == 1
    assert "push-up" not in selectors.catalogue()[0]
    assert selectors.movements_by_id([pk])[pk].record.name == "Push-Up"  # logs still show it
    assert store(*SAMPLE, key="three").updated == 1
    assert Movement.objects.get(slug="push-up", is_active=True).pk == pk


def test_a_new_movement_may_take_over_the_name_of_a_retired_one():
    store(movement_entry("Old Name", slug="first"))
    report = store(movement_entry("Old Name", slug="second"), key="two")
    assert (report.created, report.deactivated) == (1, 1)


def test_own_movements_are_left_alone():
    load_sample()
    user = UserFactory()
    mine = own.create_own_movement(user=user, name="Yoke Walk", pattern="carry", primary_muscles=["core"])
    store(*SAMPLE[:1], key="other")
    mine.refresh_from_db()
    assert mine.is_active


def test_relations_that_left_the_fixtures_are_gone():
    edges = (("goblet-squat", "progression", "barbell-back-squat"), ("push-up", "antagonist", "goblet-squat"))
    store(*SAMPLE, relations=edges)
    store(*SAMPLE, relations=edges[:1], key="two")
    assert [edge.type for edge in MovementRelationship.objects.all()] == ["progression"]


def test_circuits_are_loaded_replaced_and_retired():
    store(*SAMPLE, circuits=(CIRCUIT,))
    store(*SAMPLE, circuits=({**CIRCUIT, "exercises": CIRCUIT["exercises"][:1]},), key="two")
    circuit = selectors.circuit_by("twelve-minutes")
    assert [exercise.reps for exercise in circuit.exercises.all()] == [10]
    assert [tag.slug for tag in circuit.tags.all()] == ["hotel"]
    store(*SAMPLE, key="three")
    assert Circuit.objects.get().is_active is False


def test_the_number_of_statements_does_not_grow_with_the_library():
    def statements(count, key):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            store(*(movement_entry(f"Lift {key} {n}", aliases=[]) for n in range(count)), key=key)
        return len(queries)

    statements(2, "warm")
    assert statements(60, "many") <= statements(3, "few") + 2


def test_equipment_is_named_for_people():
    load_sample()
    assert Equipment.objects.get(slug="ez_bar").name == "EZ curl bar"


def test_a_new_version_is_seen_by_a_process_that_holds_the_old_one():
    store(*SAMPLE)
    _records, before = selectors.catalogue()
    store(*SAMPLE[:2], key="two")
    records, after = selectors.catalogue()
    assert len(records) == 2
    assert before != after


def test_a_curators_edit_turns_the_cache():
    store(*SAMPLE)
    selectors.catalogue()
    Movement.objects.filter(slug="push-up").update(name="Press-Up Deluxe")
    library.touch_library()
    assert selectors.catalogue()[0]["push-up"].name == "Press-Up Deluxe"


def test_the_command_says_what_it_did_and_does_nothing_the_second_time(tmp_path, capsys):
    (tmp_path / "movements").mkdir()
    (tmp_path / "movements" / "squat.json").write_text(fixture_text("movements", *SAMPLE))
    call_command("load_movements", root=tmp_path)
    assert "3 new" in capsys.readouterr().out
    call_command("load_movements", root=tmp_path)
    assert "up to date (3 movements)" in capsys.readouterr().out


def test_the_command_loads_nothing_when_one_entry_is_wrong(tmp_path):
    (tmp_path / "movements").mkdir()
    rows = (*SAMPLE, movement_entry("Odd One", pattern="odd"))
    (tmp_path / "movements" / "squat.json").write_text(fixture_text("movements", *rows))
    with pytest.raises(CommandError, match=r"movements/squat\.json: odd-one: pattern"):
        call_command("load_movements", root=tmp_path)
    assert not Movement.objects.exists()


def test_the_lint_command_lists_its_findings(tmp_path, capsys):
    (tmp_path / "movements").mkdir()
    path = tmp_path / "movements" / "squat.json"
    path.write_text(fixture_text("movements", movement_entry(description="")))
    with pytest.raises(CommandError, match="has no description"):
        call_command("lint_movements", root=tmp_path)
    path.write_text(fixture_text("movements", movement_entry()))
    call_command("lint_movements", root=tmp_path)
    assert "1 movements" in capsys.readouterr().out
    path.write_text("[")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("lint_movements", root=tmp_path)
