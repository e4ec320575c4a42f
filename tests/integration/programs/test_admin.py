import pytest

from programs.models import HeuristicConfig, Microcycle, Program, Session
from tests.factories.accounts import UserFactory
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", ["program", "microcycle", "session", "macrocycle", "heuristicconfig"])
def test_every_list_opens(staff, model):
    make_program()
    HeuristicConfig.objects.create(name="engine", version=1, body={})
    assert staff.get(f"/admin/programs/{model}/").status_code == 200


@pytest.mark.parametrize("model", [Program, Microcycle, Session])
def test_every_row_opens_to_look_at_but_not_to_write(staff, model):
    make_program()
    row = model.objects.first()
    path = f"/admin/programs/{model._meta.model_name}/{row.pk}/change/"
    assert staff.get(path).status_code == 200
    assert staff.post(path, {"name": "x"}).status_code == 403


def test_the_list_of_programs_takes_as_many_queries_with_more_rows(staff, django_assert_num_queries):
    make_program()
    path = "/admin/programs/program/"
    staff.get(path)
    with django_assert_num_queries(8):
        staff.get(path)
    for _ in range(3):
        make_program()
    with django_assert_num_queries(8):
        staff.get(path)
