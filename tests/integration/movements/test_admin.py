import pytest

from movements import selectors
from movements.models import Movement
from tests.factories.accounts import UserFactory
from tests.factories.movements import CircuitExerciseFactory, GymFactory, load_sample

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
