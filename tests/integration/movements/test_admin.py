import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from movements import selectors
from movements.models import Movement
from movements.services import own
from movements.services.library import touch_library
from tests.factories.accounts import UserFactory
from tests.factories.movements import CircuitExerciseFactory, GymFactory, load_sample, movement_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    load_sample()
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def form_of(answer):
    """What the admin's form would send back unchanged."""
    data = {}
    forms = [answer.context["adminform"].form]
    for inline in answer.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = ",".join(value) if isinstance(value, list) else value
    return data


def test_every_list_and_form_opens(curator, client):
    station = CircuitExerciseFactory()
    gym = GymFactory(user=curator)
    for model, pk in (("movement", Movement.objects.first().pk), ("circuit", station.circuit_id), ("gym", gym.pk)):
        assert client.get(f"/admin/movements/{model}/").status_code == 200
        assert client.get(f"/admin/movements/{model}/{pk}/change/").status_code == 200
        assert client.get(f"/admin/movements/{model}/add/").status_code == 200
    for model in ("equipment", "tag", "movementrule", "favoritemovement"):
        assert client.get(f"/admin/movements/{model}/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"type": "amrap", "time_cap_seconds": ""}, "as many rounds as possible needs its length"),
        ({"exercises-0-reps": ""}, "every exercise needs reps, seconds, metres or calories"),
        ({"exercises-0-DELETE": "on"}, "a circuit needs at least one exercise"),
    ],
)
def test_a_circuit_that_no_clock_could_run_is_not_saved(curator, client, wrong, sentence):
    station = CircuitExerciseFactory(reps=10, seconds=None, metres=None, calories=None)
    path = f"/admin/movements/circuit/{station.circuit_id}/change/"
    data = {**form_of(client.get(path)), "time_cap_seconds": "600"}
    del data["tags"]  # none are chosen
    right = client.post(path, data)
    assert right.status_code == 302, right.context["errors"]
    answer = client.post(path, {**data, **wrong})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    station.refresh_from_db()
    assert station.reps == 10


def test_an_edit_reaches_the_catalogue_and_the_search(curator, client):
    selectors.catalogue()
    row = Movement.objects.get(slug="push-up")
    path = f"/admin/movements/movement/{row.pk}/change/"
    data = {**form_of(client.get(path)), "name": "Floor Press-Up"}
    answer = client.post(path, data)
    assert answer.status_code == 302, answer.context["errors"]
    assert selectors.catalogue()[0]["push-up"].name == "Floor Press-Up"
    assert [hit.movement.id for hit in selectors.search(curator, "floor", limit=5)] == [row.pk]


def test_movements_are_retired_and_brought_back_in_bulk(curator, client):
    ids = [str(pk) for pk in Movement.objects.values_list("pk", flat=True)[:2]]
    client.post("/admin/movements/movement/", {"action": "retire", "_selected_action": ids})
    assert len(selectors.catalogue()[0]) == 1
    client.post("/admin/movements/movement/", {"action": "bring_back", "_selected_action": ids})
    assert len(selectors.catalogue()[0]) == 3


MOVEMENTS = "/admin/movements/movement/"


def ids_of(*slugs):
    return [str(pk) for pk in Movement.objects.filter(slug__in=slugs).values_list("pk", flat=True)]


def test_a_tag_is_given_in_bulk_and_found(curator, client):
    data = {"action": "give_tag", "tag": "hotel", "_selected_action": ids_of("push-up", "goblet-squat")}
    client.post(MOVEMENTS, data)
    assert [slug for slug, record in selectors.catalogue()[0].items() if "hotel" in record.tags] == [
        "goblet-squat",
        "push-up",
    ]
    assert "0 movements" in client.post(MOVEMENTS, data, follow=True).content.decode()
    bad = client.post(MOVEMENTS, {**data, "tag": "no tag!"}, follow=True).content.decode()
    assert "Write the tag" in bad


def test_the_quality_column_says_what_the_linter_says(curator, client):
    text = client.get(MOVEMENTS).content.decode()
    assert text.count("good") >= 3
    Movement.objects.filter(slug="push-up").update(description="")
    touch_library()
    assert "1 to mend" in client.get(MOVEMENTS).content.decode()
    page = client.get(f"{MOVEMENTS}{ids_of('push-up')[0]}/change/").content.decode()
    assert "has no description" in page


def csv_of(client, **query):
    return client.get(f"{MOVEMENTS}csv/", query).content.decode()


def upload(client, text, **more):
    file = SimpleUploadedFile("movements.csv", text.encode() if isinstance(text, str) else text)
    return client.post(f"{MOVEMENTS}csv/import/", {"file": file, **more})


def test_the_library_goes_out_as_csv_without_athletes_own(curator, client):
    own.create_own_movement(user=curator, name="Secret", pattern="carry", primary_muscles=["core"])
    text = csv_of(client)
    assert "goblet-squat" in text
    assert "Secret" not in text
    picked = client.post(MOVEMENTS, {"action": "export_csv", "_selected_action": ids_of("push-up")}).content.decode()
    assert "push-up" in picked
    assert "goblet-squat" not in picked


def test_a_preview_tells_and_saves_nothing_until_it_is_confirmed(curator, client):
    row = csv_of(client).replace("push-up,Push-Up,", "diamond-push-up,Diamond Push-Up,").splitlines()
    sheet = "\n".join([row[0], *(line for line in row if line.startswith("diamond"))]).replace("Press-Up", "Close one")
    told = upload(client, sheet).content.decode()
    assert "1 new movement" in told
    assert "Diamond Push-Up" in told
    assert not Movement.objects.filter(slug="diamond-push-up").exists()
    version = selectors.library_version()
    answer = client.post(f"{MOVEMENTS}csv/import/", {"text": sheet, "confirm": "1"})
    assert answer.status_code == 302
    assert selectors.library_version() != version
    assert selectors.catalogue()[0]["diamond-push-up"].aliases == ("Close one",)
    assert selectors.search(curator, "diamond", limit=1)[0].movement.record.name == "Diamond Push-Up"
    assert "1 row as it is" in upload(client, sheet).content.decode()


def test_a_changed_row_keeps_its_id_and_what_it_does_not_name(curator, client):
    before = Movement.objects.get(slug="push-up")
    sheet = "slug,name\npush-up,Floor Press-Up\n"
    assert "Floor Press-Up: name" in upload(client, sheet).content.decode()
    client.post(f"{MOVEMENTS}csv/import/", {"text": sheet, "confirm": "1"})
    record = selectors.catalogue()[0]["push-up"]
    assert (record.name, record.bodyweight_share) == ("Floor Press-Up", 0.64)
    assert Movement.objects.get(slug="push-up").pk == before.pk


def test_one_bad_row_and_nothing_is_saved(curator, client):
    sheet = "slug,name,skill\npush-up,Floor Press-Up,beginner\ngoblet-squat,Goblet,wizard\n"
    told = upload(client, sheet).content.decode()
    assert '<th scope="row">3</th>' in told
    assert "skill" in told
    answer = client.post(f"{MOVEMENTS}csv/import/", {"text": sheet, "confirm": "1"})
    assert answer.status_code == 200
    assert Movement.objects.get(slug="push-up").name == "Push-Up"


@pytest.mark.parametrize(("content", "words"), [(b"\xff\xfe\x00", "not UTF-8"), (b"x" * 2_000_001, "larger than 2 MB")])
def test_a_file_that_is_no_text_or_too_large_is_refused(curator, client, content, words):
    assert words in upload(client, content).content.decode()


def test_no_file_says_so_and_an_athlete_gets_nowhere(curator, client):
    assert "Choose a file" in client.post(f"{MOVEMENTS}csv/import/", {}).content.decode()
    client.force_login(UserFactory())
    assert client.get(f"{MOVEMENTS}csv/").status_code == 302
    assert client.get(f"{MOVEMENTS}csv/import/").status_code == 302


def test_staff_without_the_right_neither_read_nor_write(curator, client):
    client.force_login(UserFactory(is_staff=True))
    assert client.get(f"{MOVEMENTS}csv/").status_code == 403
    assert client.get(f"{MOVEMENTS}csv/import/").status_code == 403


def test_the_list_costs_the_same_for_three_and_for_thirty(curator, client, django_assert_max_num_queries):
    def queries():
        client.get(MOVEMENTS)
        with django_assert_max_num_queries(20) as captured:
            client.get(MOVEMENTS)
        return len(captured)

    few = queries()
    load_sample(*(movement_entry(f"Lift {n}", aliases=[]) for n in range(27)))
    assert queries() == few
