"""Conversations over the API, with the stream."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from rest_framework.test import APIClient

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/coach/conversations"


def frames_of(response):
    async def collect():
        return [frame.decode() async for frame in response.streaming_content]

    return async_to_sync(collect)()


def test_a_conversation_is_opened_listed_renamed_and_deleted(client):
    made = client.post(URL, {})
    assert made.status_code == 201
    assert made.json()["turns"] == []
    one = f"{URL}/{made.json()['id']}"
    assert [row["id"] for row in client.get(URL).json()["results"]] == [made.json()["id"]]
    assert client.patch(one, {"title": "Squats"}).json()["title"] == "Squats"
    assert client.patch(one, {"title": ""}).status_code == 400
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


def test_asking_streams_the_answer_and_keeps_it(client):
    one = f"{URL}/{client.post(URL, {}).json()['id']}"
    response = client.post(f"{one}/turns", {"content": "What should I do today?"}, HTTP_ACCEPT="text/event-stream")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/event-stream")
    assert response["X-Accel-Buffering"] == "no"
    frames = frames_of(response)
    assert frames[0].startswith("retry:")
    assert frames[1].splitlines()[1] == "event: tool"
    assert "event: done" in frames[-1]
    thread = client.get(one).json()
    assert [turn["role"] for turn in thread["turns"]] == ["athlete", "coach"]
    assert thread["turns"][1]["content"] in frames[-1].encode().decode()
    assert thread["title"] == "What should I do today?"


def test_the_same_post_with_the_last_id_goes_on_with_the_same_turn(client):
    one = f"{URL}/{client.post(URL, {}).json()['id']}"
    question = {"content": "What should I do today?"}
    frames = frames_of(client.post(f"{one}/turns", question))
    seen = frames[2].splitlines()[0].removeprefix("id: ")
    again = frames_of(client.post(f"{one}/turns", question, HTTP_LAST_EVENT_ID=seen))
    assert again[1:] == frames[3:]
    assert len(client.get(one).json()["turns"]) == 2
    other = client.post(f"{one}/turns", {"content": "Another?"}, HTTP_LAST_EVENT_ID=seen)
    assert other.status_code == 404


def test_who_wants_json_gets_the_turn(client):
    one = f"{URL}/{client.post(URL, {}).json()['id']}"
    response = client.post(f"{one}/turns", {"content": "Any records?"}, HTTP_ACCEPT="application/json")
    assert response.status_code == 202
    assert response.json()["source"] == "builtin"


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": "x" * 4001}, {"content": "a", "user": "bob"}])
def test_a_bad_question_is_a_problem_and_stores_nothing(client, body):
    one = f"{URL}/{client.post(URL, {}).json()['id']}"
    response = client.post(f"{one}/turns", body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert client.get(one).json()["turns"] == []


def test_a_second_question_waits_for_the_first(client, settings):
    one = f"{URL}/{client.post(URL, {}).json()['id']}"
    settings.LLM_PROVIDER = "ollama"
    json = {"HTTP_ACCEPT": "application/json"}
    assert client.post(f"{one}/turns", {"content": "What today?"}, **json).status_code == 202
    answer = client.post(f"{one}/turns", {"content": "And now?"}, **json)
    assert (answer.status_code, answer.json()["code"]) == (409, "turn_running")


def test_a_stranger_finds_no_conversation(client):
    one = f"{URL}/{client.post(URL, {}).json()['id']}"
    bob = APIClient()
    bob.force_authenticate(UserFactory())
    assert bob.get(one).status_code == 404
    assert bob.post(f"{one}/turns", {"content": "Hello"}).status_code == 404
    assert bob.get(URL).json()["results"] == []


def test_a_list_takes_as_many_queries_for_twenty_as_for_one(client, django_assert_num_queries):
    client.post(URL, {})
    with django_assert_num_queries(1):
        client.get(URL)
    for _ in range(19):
        client.post(URL, {})
    with django_assert_num_queries(1):
        client.get(URL)
