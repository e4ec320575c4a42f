import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import (
    DisciplineProfileFactory,
    EnjoyableActivityFactory,
    InjuryFactory,
    RefreshSessionFactory,
)

pytestmark = pytest.mark.django_db
MODELS = [model for model in admin.site._registry if model._meta.app_label == "accounts"]


@pytest.fixture
def rows():
    row = InjuryFactory()
    EnjoyableActivityFactory(user=row.user)
    RefreshSessionFactory(user=row.user)
    DisciplineProfileFactory(profile=row.user.profile)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_search_and_form_opens(admin_client, rows, model):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert admin_client.get(reverse(f"{name}_changelist"), {"q": "a"}).status_code == 200
    assert admin_client.get(reverse(f"{name}_change", args=[model.objects.first().pk])).status_code == 200


def test_an_admin_can_make_a_user_without_a_username(admin_client):
    body = {"email": "bob@example.com", "name": "Bob", "usable_password": "true"}
    password = {"password1": "treadle-Marmot-41", "password2": "treadle-Marmot-41"}
    assert admin_client.post(reverse("admin:accounts_user_add"), {**body, **password}).status_code == 302
    assert User.objects.get(email="bob@example.com").check_password("treadle-Marmot-41")
