"""The page of what the coach sees, and keeping conversations, without scripts."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Injury
from coaching.models import StandingNote
from tests.factories.accounts import UserFactory
from tests.factories.coaching import ConversationFactory, TurnFactory

pytestmark = pytest.mark.django_db
SEEN, THREADS = reverse("coaching:seen"), reverse("coaching:threads")


@pytest.fixture
def alice(client, settings):
    settings.LLM_PROVIDER = "builtin"
    user = UserFactory(email="alice@example.com")
    client.force_login(user)
    return user


def text(answer):
    return answer.content.decode()


def posted(**changes):
    until = (timezone.now().date() + dt.timedelta(days=3)).isoformat()
    return {"kind": "travelling", "ends_on": until, **changes}


def test_the_page_shows_the_context_word_for_word(client, alice):
    page = text(client.get(SEEN))
    assert "You are the coach in Gainsly" in page
    assert "session_on" in page
    assert "No language model is set up" in page
    assert "Nothing is left out." in page


def test_a_note_is_written_confirmed_and_ended_by_buttons(client, alice):
    page = text(client.post(SEEN, posted(kind="sore", area="knee", text="after the <hike>"), follow=True))
    assert "Sore: knee" in page
    assert "Until then nothing changes." in page
    assert "after the &lt;hike&gt;" in page
    assert not Injury.objects.exists()
    note = StandingNote.objects.get()
    client.post(reverse("coaching:note-confirm", args=[note.pk]))
    assert Injury.objects.filter(user=alice, area="knee", until=note.ends_on).exists()
    assert "Counts:" in text(client.get(SEEN))
    client.post(reverse("coaching:note-end", args=[note.pk]))
    assert not StandingNote.objects.exists()


def test_a_room_is_its_kit_and_a_note_without_effects_has_nothing_to_confirm(client, alice):
    client.post(SEEN, posted(room="hotel", minutes="25"))
    assert "treadmill" in StandingNote.objects.get().equipment
    StandingNote.objects.all().delete()
    page = text(client.post(SEEN, posted(kind="other", text="Exams"), follow=True))
    assert "Exams" in page
    assert "note-confirm" not in page
    assert ">Confirm<" not in page


def test_a_refused_note_says_why_at_its_field(client, alice):
    answer = client.post(SEEN, posted(kind="sore"))
    assert answer.status_code == 422
    assert "Say where it is sore." in text(answer)


def test_threads_are_found_by_words_of_title_or_turns(client, alice):
    squat = ConversationFactory(user=alice, title="Heavy things")
    TurnFactory(conversation=squat, number=1, content="How is my squat?")
    ConversationFactory(user=alice, title="Bench")
    other = ConversationFactory(user=UserFactory(email="bob@example.com"), title="squat of bob")
    page = text(client.get(THREADS, {"q": "heavy SQUAT"}))
    assert "Heavy things" in page
    assert "Bench" not in page
    assert other.title not in page
    assert "No conversation holds" in text(client.get(THREADS, {"q": "<unicorn>"}))


def test_the_list_counts_questions_and_tokens_in_a_fixed_number_of_queries(
    client, alice, django_assert_max_num_queries
):
    for _number in range(5):
        row = ConversationFactory(user=alice, title="Squats")
        TurnFactory(conversation=row, number=1)
        TurnFactory(
            conversation=row, number=2, role="coach", source="model", content="Up.", prompt_tokens=900,
            completion_tokens=30,
        )  # fmt: skip
    with django_assert_max_num_queries(12):
        page = text(client.get(THREADS))
    assert page.count("1 question, 930 tokens") == 5


@pytest.mark.parametrize(("kind", "media"), [("json", "application/json"), ("md", "text/markdown")])
def test_a_conversation_is_carried_away_as_a_file(client, alice, kind, media):
    row = ConversationFactory(user=alice, title="Squats")
    TurnFactory(conversation=row, number=1, content="How is my squat?")
    answer = client.get(reverse("coaching:export", args=[row.pk, kind]))
    assert answer["Content-Type"].startswith(media)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "How is my squat?" in text(answer)
    assert client.get(reverse("coaching:export", args=[row.pk, "exe"])).status_code == 404


def test_all_is_carried_away_at_once(client, alice):
    ConversationFactory(user=alice, title="Squats")
    found = json.loads(text(client.get(reverse("coaching:export-all"))))
    assert [one["title"] for one in found["conversations"]] == ["Squats"]


def test_a_thread_shows_what_its_next_question_would_carry(client, alice):
    row = ConversationFactory(user=alice, title="Squats")
    TurnFactory(conversation=row, number=1, content="How is my squat?")
    assert "How is my squat?" in text(client.get(reverse("coaching:thread-seen", args=[row.pk])))
