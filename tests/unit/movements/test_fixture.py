import pytest

from gainsly.lib.vocabulary import Discipline, Muscle, Section
from movements.catalogue.fixture import FixtureError, parse_library
from movements.catalogue.names import slug_of
from tests.factories.movements import fixture_text, library_of, movement_entry


def problems_of(*movements, relations=(), circuits=()):
    with pytest.raises(FixtureError) as caught:
        library_of(*movements, relations=relations, circuits=circuits)
    return caught.value.problems


def test_reads_every_attribute_in_canonical_order():
    record = library_of(
        movement_entry(
            ratio={"reference": "barbell-back-squat", "value": 1.0, "grade": "C", "source": "itself"},
            complex=True,
            unilateral=True,
            implements=2,
            bodyweight_share=0.64,
        )
    ).movements["barbell-back-squat"]
    assert record.equipment == ("barbell", "rack")
    assert record.alternatives == (("rack", "safety_bar"),)
    assert record.sections == (Section.MAIN, Section.ACCESSORY)
    assert record.disciplines == (Discipline.GENERAL, Discipline.POWERLIFTING)
    assert record.tags == ("classic", "heavy")
    assert record.muscle_shares()[Muscle.ADDUCTORS] == 0.35
    assert record.ratio is not None
    assert record.ratio.reference == record.slug
    assert (record.complex_lift, record.unilateral, record.implements, record.bodyweight_share) == (True, True, 2, 0.64)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pattern": "squatting"}, "pattern"),
        ({"region": None}, "region: Field required"),
        ({"cns": "huge"}, "cns"),
        ({"surprise": 1}, "surprise"),
        ({"equipment": ["spaceship"]}, "unknown equipment 'spaceship'"),
        ({"equipment": ["rack", "rack"]}, "stands twice"),
        ({"alternatives": [["spaceship"]]}, "unknown equipment"),
        ({"muscles": {"primary": {"wings": 1}}}, "muscles.primary"),
        ({"muscles": {"primary": {"chest": 1.2}}}, "less than or equal to 1"),
        ({"muscles": {"primary": {"chest": 0.333}}}, "two decimals"),
        ({"muscles": {"primary": {"chest": 1}, "stabilizer": ["chest"]}}, "stands twice"),
        ({"joints": {"knee": "awful"}}, "joints"),
        ({"sections": ["dessert"]}, "sections"),
        ({"cues": ["x" * 121]}, "120"),
        ({"implements": 3}, "implements"),
        ({"bodyweight_share": -0.1}, "bodyweight_share"),
        ({"slug": "Not A Slug"}, "slug"),
        ({"slug": "my-squat"}, "belong to athletes"),
        ({"ratio": {"reference": "nothing", "value": 1, "grade": "C", "source": "x"}}, "no movement 'nothing'"),
        ({"ratio": {"reference": "barbell-back-squat", "value": 1, "grade": "D", "source": "x"}}, "grade"),
    ],
)
def test_names_the_mistake_with_its_movement(changes, words):
    problems = problems_of(movement_entry(**changes))
    assert any(words in problem for problem in problems)
    assert all(problem.startswith("movements/sample.json: ") for problem in problems)


def test_gathers_the_mistakes_of_all_files():
    with pytest.raises(FixtureError) as caught:
        parse_library(
            movements={
                "movements/a.json": fixture_text("movements", movement_entry(pattern="odd")),
                "movements/b.json": "{not json",
                "movements/c.json": '{"moves": []}',
            },
            relations={},
            circuits={},
        )
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "movements/a.json",
        "movements/b.json",
        "movements/c.json",
    ]


def test_refuses_a_slug_or_a_name_that_stands_twice():
    problems = problems_of(movement_entry(), movement_entry(slug="another"), movement_entry("Other", slug="another"))
    assert any("the name 'Barbell Back Squat' stands twice" in problem for problem in problems)
    assert any("another: this slug stands twice" in problem for problem in problems)


@pytest.mark.parametrize(
    ("relations", "words"),
    [
        ([("push-up", "progression", "ghost")], "no movement 'ghost'"),
        ([("push-up", "progression", "push-up")], "related to itself"),
        ([("push-up", "friend", "dip")], "type"),
        ([("push-up", "variation", "dip")] * 2, "stands twice"),
    ],
)
def test_refuses_bad_relations(relations, words):
    problems = problems_of(movement_entry("Push-Up"), movement_entry("Dip"), relations=tuple(relations))
    assert any(words in problem for problem in problems)


CIRCUIT = {
    "name": "Twelve Minutes",
    "type": "amrap",
    "estimated_minutes": 12,
    "stress": {"conditioning": 7},
    "exercises": [{"movement": "push-up", "reps": 10}],
}


def test_reads_a_circuit():
    circuit = library_of(movement_entry("Push-Up"), circuits=(CIRCUIT,)).circuits["twelve-minutes"]
    assert circuit.exercises[0].movement == "push-up"
    assert circuit.stress["conditioning"] == 7


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"exercises": [{"movement": "push-up"}]}, "needs reps, seconds, metres or calories"),
        ({"exercises": [{"movement": "ghost", "reps": 5}]}, "no movement 'ghost'"),
        ({"exercises": []}, "exercises"),
        ({"type": "party"}, "type"),
        ({"difficulty": 6}, "difficulty"),
        ({"stress": {"conditioning": 11}}, "stress"),
    ],
)
def test_refuses_a_bad_circuit(changes, words):
    problems = problems_of(movement_entry("Push-Up"), circuits=({**CIRCUIT, **changes},))
    assert any(words in problem for problem in problems)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Farmer's Carry (Heavy)", "farmers-carry-heavy"), ("Écarté  Row", "ecarte-row"), ("90/90 Flow", "90-90-flow")],
)
def test_slugs(name, slug):
    assert slug_of(name) == slug
