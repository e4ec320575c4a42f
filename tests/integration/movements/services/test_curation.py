"""What a curator decided outlives new fixtures."""

import pytest

from movements.models import Circuit, Movement, MovementRelationship
from movements.services import circuits, library, sheets
from movements.services.circuits import circuit_record_from
from tests.factories.movements import SAMPLE, library_of, movement_entry

pytestmark = pytest.mark.django_db
EDGE = ("goblet-squat", "progression", "barbell-back-squat")
CIRCUIT = {"name": "Ten", "type": "amrap", "time_cap_seconds": 600, "estimated_minutes": 10,
           "exercises": [{"movement": "push-up", "reps": 10}]}  # fmt: skip


def store(*movements, key, force=False, **more):
    return library.store_library(library=library_of(*movements, **more), content_hash=key, force=force)


def curate(slug, **facts):
    Movement.objects.filter(slug=slug).update(**facts)
    row = Movement.objects.get(slug=slug)
    library.mark_curated(ids=[row.pk])
    return row


def test_an_edited_movement_keeps_its_facts_while_the_others_follow():
    store(*SAMPLE, key="one")
    curate("barbell-back-squat", cns_load="low")
    report = store(movement_entry(cns="very_high"), *SAMPLE[1:], movement_entry("New Squat", aliases=[]), key="two")
    assert (report.kept, report.created, report.updated) == (1, 1, 0)
    assert Movement.objects.get(slug="barbell-back-squat").cns_load == "low"


def test_a_retired_movement_stays_retired_and_an_added_one_stays():
    store(*SAMPLE, key="one")
    gone = Movement.objects.get(slug="push-up")
    library.set_active(ids=[gone.pk], active=False)
    store(*SAMPLE, movement_entry("Curators Squat", aliases=[]), key="two")
    curate("curators-squat")
    store(*SAMPLE, key="three")
    assert not Movement.objects.get(slug="push-up").is_active
    assert Movement.objects.get(slug="curators-squat").is_active


def test_edges_that_begin_at_an_edited_movement_are_left_alone():
    store(*SAMPLE, key="one", relations=(EDGE,))
    row = curate("goblet-squat")
    MovementRelationship.objects.filter(source=row).delete()
    store(*SAMPLE, key="two", relations=(EDGE, ("push-up", "variation", "goblet-squat")))
    assert list(MovementRelationship.objects.values_list("source__slug", flat=True)) == ["push-up"]


def test_a_curators_movement_stands_for_a_published_one_of_its_name():
    store(*SAMPLE, key="one")
    curate("push-up", name="Floor Press-Up")
    report = store(*SAMPLE, movement_entry("Floor Press-Up", aliases=[]), key="two", relations=(
        ("goblet-squat", "variation", "floor-press-up"),
    ))  # fmt: skip
    assert report.created == 0
    assert MovementRelationship.objects.get().target.slug == "push-up"


def test_handed_back_a_movement_follows_the_fixtures_again():
    store(*SAMPLE, key="one")
    row = curate("barbell-back-squat", cns_load="low")
    assert library.hand_back(ids=[row.pk]) == 1
    store(*SAMPLE, key="one")
    assert Movement.objects.get(slug="barbell-back-squat").cns_load == "high"


def test_force_writes_everything_anew():
    store(*SAMPLE, key="one")
    curate("barbell-back-squat", cns_load="low")
    store(*SAMPLE, key="one", force=True)
    row = Movement.objects.get(slug="barbell-back-squat")
    assert (row.cns_load, row.curated_at) == ("high", None)


def test_a_sheet_is_a_curators_decision():
    store(*SAMPLE, key="one")
    text = "slug,cns\nbarbell-back-squat,low\n"
    assert not sheets.import_sheet(text=text).problems
    store(*SAMPLE, movement_entry("New Squat", aliases=[]), key="two")
    assert Movement.objects.get(slug="barbell-back-squat").cns_load == "low"


def test_circuits_follow_the_same_rule():
    store(*SAMPLE, key="one", circuits=(CIRCUIT,))
    ten = Circuit.objects.get()
    circuits.save_circuit(record=circuit_record_from({**CIRCUIT, "estimated_minutes": 11}), circuit=ten)
    circuits.save_circuit(record=circuit_record_from({**CIRCUIT, "name": "Mine"}))
    store(*SAMPLE, key="two", circuits=(CIRCUIT, {**CIRCUIT, "name": "Third"}))
    assert dict(Circuit.objects.filter(is_active=True).values_list("name", "estimated_minutes")) == {
        "Ten": 11, "Mine": 10, "Third": 10,
    }  # fmt: skip
    store(*SAMPLE, key="two", circuits=(CIRCUIT,), force=True)
    assert Circuit.objects.get(name="Ten").estimated_minutes == 10
    circuits.retire_circuit(circuit=Circuit.objects.get(name="Ten"))
    store(*SAMPLE, key="four", circuits=(CIRCUIT,))
    assert not Circuit.objects.get(name="Ten").is_active
