"""Conversations deleted and brought back, searched, carried away; standing notes and the context, over the API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from coaching.models import Conversation
from coaching.services.conversations import purge_deleted
from tests.factories.coaching import ConversationFactory, TurnFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/coach"


@pytest.fixture
def thread(alice):
    row = ConversationFactory(user=alice, title="Squats")
    TurnFactory(conversation=row, number=1, content="How is my squat?")
    TurnFactory(
        conversation=row, number=2, role="coach", source="model", content="Up.", prompt_tokens=900, completion_tokens=30
    )
    return row


def test_a_deleted_conversation_is_out_of_sight_and_comes_back(client, thread):
    one = f"{API}/conversations/{thread.pk}"
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404
    assert client.get(f"{API}/conversations").json()["results"] == []
    assert client.post(f"{one}/turns", {"content": "Hello?"}).status_code == 404
    assert client.post(f"{one}/restore").json()["turns"][0]["content"] == "How is my squat?"
    assert client.get(one).status_code == 200
    assert client.post(f"{one}/restore").status_code == 200


def test_after_a_day_it_is_gone_for_good(client, thread):
    one, now = f"{API}/conversations/{thread.pk}", timezone.now()
    client.delete(one)
    assert purge_deleted(now=now + dt.timedelta(hours=23)) == 0
    assert purge_deleted(now=now + dt.timedelta(hours=25)) == 1
    assert client.post(f"{one}/restore").status_code == 404
    assert not Conversation.objects.exists()


def test_a_conversation_is_exported_whole_or_to_read(client, thread):
    whole = client.get(f"{API}/conversations/{thread.pk}/export").json()
    assert whole["turns"][1]["prompt_tokens"] == 900
    told = client.get(f"{API}/conversations/{thread.pk}/export?style=markdown")
    assert told["Content-Type"].startswith("text/markdown")
    assert "> How is my squat?" in told.content.decode()


def test_everything_is_exported_in_few_queries(client, thread, django_assert_max_num_queries):
    for number in range(3):
        TurnFactory(conversation=ConversationFactory(user=thread.user), number=number + 1)
    client.post(f"{API}/standing-notes", {"kind": "ill", "ends_on": timezone.now().date().isoformat()}, format="json")
    with django_assert_max_num_queries(6):
        found = client.get(f"{API}/export").json()
    assert found["schema"] == "gainsly.coach/1"
    assert len(found["conversations"]) == 4
    assert found["standing_notes"][0]["kind"] == "ill"


def test_a_note_is_written_read_confirmed_ended_and_deleted(client):
    until = (timezone.now().date() + dt.timedelta(days=3)).isoformat()
    body = {"kind": "travelling", "ends_on": until, "minutes": 30, "equipment": ["band"], "text": "Lisbon"}
    made = client.post(f"{API}/standing-notes", body, format="json")
    assert made.status_code == 201
    note = made.json()
    assert note["effects"] == ["at most 30 minutes a session", "only with: Resistance bands"]
    assert note["confirmed"] is False
    one = f"{API}/standing-notes/{note['id']}"
    assert client.post(f"{one}/confirm").json()["confirmed"] is True
    assert client.get(one).json()["confirmed"] is True
    assert [row["id"] for row in client.get(f"{API}/standing-notes").json()["results"]] == [note["id"]]
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


@pytest.mark.parametrize(
    "body", [{}, {"kind": "ill"}, {"kind": "moon", "ends_on": "2099-01-01"}, {"kind": "ill", "ends_on": "2020-01-01"}]
)
def test_a_note_that_cannot_be_is_refused(client, body):
    answer = client.post(f"{API}/standing-notes", body, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_the_context_names_rules_tools_and_what_is_left_out(client, thread, settings):
    seen = client.get(f"{API}/context").json()
    assert [one["role"] for one in seen["messages"]] == ["system", "user"]
    assert {"current_workout", "standing_notes"} <= {one["name"] for one in seen["tools"]}
    assert seen["left_out"] == []
    assert seen["used_tokens"] <= seen["window_tokens"] - seen["answer_tokens"]
    settings.LLM_CONTEXT_TOKENS, settings.LLM_ANSWER_TOKENS = 4200, 100
    for number in range(3, 43, 2):
        TurnFactory(conversation=thread, number=number, content="Why is that so? " * 12)
        TurnFactory(conversation=thread, number=number + 1, role="coach", source="model", content="Because. " * 20)
    told = client.get(f"{API}/conversations/{thread.pk}/context").json()
    assert any("told in a summary" in one["what"] for one in told["left_out"])
    assert "Earlier in this conversation, in short:" in told["messages"][1]["content"]
    assert told["used_tokens"] <= 4100
