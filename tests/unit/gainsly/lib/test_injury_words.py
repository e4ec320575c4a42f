import pytest

from gainsly.lib.injury_words import read_injury

ROWS = [
    ("rotator cuff", "shoulder", 2),
    ("my left shoulder hurts", "shoulder", 2),
    ("both shoulders", "shoulder", 2),
    ("sholder pain", "shoulder", 2),
    ("shoudler clicks", "shoulder", 2),
    ("AC joint", "shoulder", 2),
    ("frozen shoulder", "shoulder", 2),
    ("torn rotator cuff", "shoulder", 3),
    ("my shoulder blade is stiff", "shoulder", 1),
    ("collarbone fracture", "shoulder", 3),
    ("tennis elbow", "elbow", 2),
    ("golfer's elbow", "elbow", 2),
    ("golfer’s elbow", "elbow", 2),
    ("elbo pain", "elbow", 2),
    ("a bit of elbow pain", "elbow", 1),
    ("carpal tunnel", "wrist", 2),
    ("broken wrist", "wrist", 3),
    ("my wrsit aches", "wrist", 2),
    ("jammed thumb", "wrist", 2),
    ("lumbar", "lower_back", 2),
    ("lower back pain", "lower_back", 2),
    ("low-back", "lower_back", 2),
    ("my back is tight", "lower_back", 1),
    ("sciatica", "lower_back", 2),
    ("siatica", "lower_back", 2),
    ("slipped disc", "lower_back", 3),
    ("herniated disk at L5", "lower_back", 3),
    ("lumbago", "lower_back", 2),
    ("SI joint", "lower_back", 2),
    ("hip flexor strain", "hip", 2),
    ("groin strain", "hip", 2),
    ("piriformis", "hip", 2),
    ("hip impingement", "hip", 2),
    ("labrum of the hip", "hip", 2),
    ("both hips are tight", "hip", 1),
    ("wonky knee", "knee", 1),
    ("knees", "knee", 2),
    ("kneee pain", "knee", 2),
    ("ACL surgery", "knee", 3),
    ("torn meniscus", "knee", 3),
    ("meniscis", "knee", 2),
    ("runner's knee", "knee", 2),
    ("IT band", "knee", 2),
    ("patellar tendon", "knee", 2),
    ("rolled my ankle", "ankle", 2),
    ("achilles niggle", "ankle", 1),
    ("achiles tendon", "ankle", 2),
    ("plantar fasciitis", "ankle", 2),
    ("shin splints", "ankle", 2),
    ("stiff neck", "neck", 1),
    ("whiplash", "neck", 2),
    ("cervical spine", "neck", 2),
    ("knee and shoulder", "knee shoulder", 2),
    ("sore lower back, also my left wrist", "lower_back wrist", 2),
    ("no knee pain but my shoulder hurts", "shoulder", 2),
    ("knee is fine, hip hurts", "hip", 2),
    ("no knee pain", "", 2),
    ("I don't have any back pain", "", 2),
    ("my knee has healed", "", 2),
    ("without shoulder trouble. elbow hurts", "elbow", 2),
    ("I hurt everywhere", "", 2),
    ("bad day at work", "", 2),
    ("upper back", "", 2),
    ("you should help me", "", 2),
    ("", "", 2),
]


@pytest.mark.parametrize(("text", "areas", "severity"), ROWS, ids=[row[0] or "empty" for row in ROWS])
def test_words_are_read_as_areas_and_a_severity_to_confirm(text, areas, severity):
    guess = read_injury(text)
    assert [str(area) for area in guess.areas] == areas.split()
    assert guess.severity == severity


@pytest.mark.parametrize("text", ["I hurt everywhere", "upper back", "bad day", ""])
def test_what_names_no_area_is_not_understood(text):
    assert not read_injury(text).understood


def test_an_area_that_is_said_to_be_fine_is_told_apart():
    assert [str(one) for one in read_injury("no knee pain").negated] == ["knee"]
