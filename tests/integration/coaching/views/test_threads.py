"""The coach's pages, with and without scripts."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client
from django.urls import reverse

from coaching.models import Conversation, Turn
from tests.factories.accounts import UserFactory
from tests.factories.coaching import ConversationFactory, TurnFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "talk"}


@pytest.fixture
def alice():
    return UserFactory(email="alice@example.com")


@pytest.fixture
def client(settings, alice):
    settings.LLM_PROVIDER = "builtin"
    client = Client()
    client.force_login(alice)
    return client


def text(response):
    return response.content.decode()


def test_a_first_question_opens_a_thread_with_its_answer(client):
    answer = client.post(reverse("coaching:ask-new"), {"content": "What should I do today?"}, follow=True)
    row = Conversation.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("coaching:thread", args=[row.pk])
    assert "Built-in coach" in text(answer)
    assert "no active programme" in text(answer)
    assert "What should I do today?" in text(client.get(reverse("coaching:threads")))


def test_an_empty_question_is_told_at_its_field(client):
    answer = client.post(reverse("coaching:ask-new"), {"content": " "})
    assert answer.status_code == 422
    assert "id_content_error" in text(answer)
    assert not Conversation.objects.exists()


def test_htmx_gets_the_talk_alone(client, alice):
    row = ConversationFactory(user=alice)
    answer = client.post(reverse("coaching:ask", args=[row.pk]), {"content": "Any records?"}, **HTMX)
    assert text(answer).strip().startswith('<div class="stack" id="talk">')
    assert Turn.objects.count() == 2


def test_an_open_turn_names_its_stream_and_a_second_question_is_refused(client, alice, settings):
    settings.LLM_PROVIDER = "ollama"
    row = ConversationFactory(user=alice)
    answer = client.post(reverse("coaching:ask", args=[row.pk]), {"content": "What today?"}, **HTMX)
    turn = row.turns.get(role="coach")
    assert f'data-stream="{reverse("coaching:stream", args=[row.pk, turn.pk])}"' in text(answer)
    second = client.post(reverse("coaching:ask", args=[row.pk]), {"content": "And now?"}, **HTMX)
    assert second.status_code == 422
    assert "still answering" in text(second)


def test_a_failed_turn_offers_to_ask_again(client, alice):
    row = ConversationFactory(user=alice)
    TurnFactory(conversation=row, number=1)
    turn = TurnFactory(conversation=row, number=2, role="coach", status="failed", content="", failure="worker_lost")
    page = text(client.get(reverse("coaching:thread", args=[row.pk])))
    assert "Ask again" in page
    assert reverse("coaching:retry", args=[row.pk, turn.pk]) in page


def test_a_model_that_failed_and_words_held_back_are_told(client, alice):
    row = ConversationFactory(user=alice)
    refused = [{"why": "claimed a change", "text": "I moved it."}]
    TurnFactory(conversation=row, number=1, role="coach", source="builtin", failure="model_missing", content="Rest.")
    TurnFactory(conversation=row, number=2, role="coach", source="model", refused=refused, content="Fine.")
    page = text(client.get(reverse("coaching:thread", args=[row.pk])))
    assert "so the built-in coach did" in page
    assert "was left out" in page
    assert "I moved it." not in page


def test_what_a_model_writes_is_text_not_markup(client, alice):
    row = ConversationFactory(user=alice)
    TurnFactory(conversation=row, number=1, role="coach", source="model", content="<script>alert(1)</script>")
    assert "<script>alert" not in text(client.get(reverse("coaching:thread", args=[row.pk])))


def test_threads_are_renamed_and_deleted(client, alice):
    row = ConversationFactory(user=alice)
    client.post(reverse("coaching:rename", args=[row.pk]), {"title": "Squats"})
    row.refresh_from_db()
    assert row.title == "Squats"
    client.post(reverse("coaching:delete", args=[row.pk]))
    assert client.get(reverse("coaching:thread", args=[row.pk])).status_code == 404
    page = text(client.get(reverse("coaching:threads")))
    assert "“Squats” is deleted" in page
    client.post(reverse("coaching:restore", args=[row.pk]))
    assert client.get(reverse("coaching:thread", args=[row.pk])).status_code == 200
    assert "is deleted" not in text(client.get(reverse("coaching:threads")))


def test_the_stream_of_a_finished_turn_ends_with_the_answer(alice):
    row = ConversationFactory(user=alice)
    turn = TurnFactory(conversation=row, number=1, role="coach", source="model", content="The answer.")

    async def collect():
        client = AsyncClient()
        await client.aforce_login(alice)
        response = await client.get(reverse("coaching:stream", args=[row.pk, turn.pk]))
        assert response["Content-Type"].startswith("text/event-stream")
        return b"".join([frame async for frame in response.streaming_content]).decode()

    assert '"content":"The answer."' in async_to_sync(collect)()


@pytest.mark.parametrize("page", ["logging:train", "logging:today"])
def test_on_a_phone_train_and_today_lead_to_the_history(client, page):
    main = text(client.get(reverse(page))).split("<main")[1]
    assert f'href="{reverse("logging:history")}"' in main


def test_the_bar_holds_five_links_on_a_phone(client):
    page = text(client.get(reverse("coaching:threads")))
    bar = page.split('<nav class="nav"')[1].split("</nav>")[0]
    assert bar.count("<li>") == 5
    assert bar.count('<li class="only-wide">') == 2  # progress and history: a wide rail has room for them
