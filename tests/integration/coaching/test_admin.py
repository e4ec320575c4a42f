"""The coach's records in the admin: found by what happened, and never written."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.coaching import ConversationFactory, TurnFactory

pytestmark = pytest.mark.django_db
TURNS = reverse("admin:coaching_turn_changelist")
THREADS = reverse("admin:coaching_conversation_changelist")


@pytest.fixture
def admin(client):
    client.force_login(User.objects.create_superuser("root@example.com", "a-long-password-2026"))
    return client


@pytest.fixture
def turns():
    row = ConversationFactory(user=UserFactory(email="alice@example.com"), title="Squats")
    told = {
        "role": "coach",
        "source": "model",
        "model": "test-model:1b",
        "prompt_version": "chat-2",
        "conversation": row,
    }
    return (
        TurnFactory(conversation=row, number=1),
        TurnFactory(
            **told, number=2, content="Up.", prompt_tokens=900, completion_tokens=30, latency_ms=1234,
            tool_calls=[{"name": "lift_strength", "arguments": {}}], refused=[{"why": "claimed a change", "text": "x"}],
        ),
        TurnFactory(**told, number=4, content="Fine.", trimmed=[{"what": "an earlier turn", "tokens": 3}]),
    )  # fmt: skip


def shown(answer):
    return [row.number for row in answer.context["cl"].result_list]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [4, 2, 1]),
        ({"held_back": "yes"}, [2]),
        ({"held_back": "no", "role": "coach"}, [4]),
        ({"left_out": "yes"}, [4]),
        ({"tools": "yes"}, [2]),
        ({"prompt_version": "chat-2"}, [4, 2]),
        ({"conversation__kind__exact": "program_setup"}, []),
        ({"q": "alice@"}, [4, 2, 1]),
        ({"q": "bob@"}, []),
    ],
)
def test_turns_are_found_by_what_happened(admin, turns, wanted, numbers):
    answer = admin.get(TURNS, wanted)
    assert answer.status_code == 200
    assert sorted(shown(answer), reverse=True) == numbers


def test_a_turn_shows_what_it_cost_and_what_was_validated_away(admin, turns):
    page = admin.get(TURNS).content.decode()
    for words in ("alice@example.com", "test-model:1b", "chat-2", "900", "1234", "lift_strength"):
        assert words in page
    one = admin.get(reverse("admin:coaching_turn_change", args=[turns[1].pk])).content.decode()
    assert "claimed a change" in one


def test_conversations_are_counted_in_a_fixed_number_of_queries(admin, turns, django_assert_max_num_queries):
    for number in range(4):
        TurnFactory(conversation=ConversationFactory(), number=number + 1)
    with django_assert_max_num_queries(14):
        page = admin.get(THREADS).content.decode()
    assert "930" in page


@pytest.mark.parametrize("path", [TURNS, THREADS])
def test_nothing_is_added_or_deleted_here(admin, turns, path):
    assert admin.get(f"{path}add/").status_code == 403
    assert "delete_selected" not in admin.get(path).content.decode()
