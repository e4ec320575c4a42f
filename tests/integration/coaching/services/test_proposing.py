"""What the coach proposes in a chat: worked out, shown on a card, made by the athlete's tap, once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import Http404
from django.urls import reverse
from rest_framework.test import APIClient

from coaching.models import Adaptation
from coaching.services import conversations, proposing
from coaching.services.answering import answer_turn
from coaching.services.proposing import ProposalStaleError
from gainsly.lib.errors import DomainError
from logging_app.services.workouts import start_workout
from programs.models import Session, SessionExercise
from programs.services.stored_rows import snapshot
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import SQUAT
from tests.factories.programs import MONDAY
from tests.integration.coaching.services.test_answering import (
    _monday,
    alice,
    ask,
    built_in,
    model,
    rows_of_everything,
)
from tests.integration.programs.services.test_replanning import add_movement

__all__ = ["_monday", "alice", "built_in", "model"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def session(alice):
    add_movement("goblet-squat", like=SQUAT)
    add_movement("belt-squat", like=SQUAT)
    return Session.objects.select_related("microcycle__program__user").get(microcycle__program__user=alice, date=MONDAY)


def confirm(user, turn, number=0):
    return proposing.confirm(user=user, conversation_id=turn.conversation_id, turn_id=turn.pk, number=number)


def test_sore_legs_are_spared_by_a_proposal_that_a_tap_makes_once(built_in, alice, session):
    before = snapshot(session)
    turn = ask(alice, "My quads are very sore")
    card = turn.tool_calls[0]["card"]
    assert card["proposal"]["kind"] == "adaptation"
    assert card["rows"]
    assert "until you confirm" in turn.content
    assert snapshot(session) == before
    assert not Adaptation.objects.exists()
    words = confirm(alice, turn)
    minutes = Session.objects.values_list("estimated_minutes", flat=True).get(pk=session.pk)
    assert f"{minutes} minutes" in words
    after = snapshot(Session.objects.get(pk=session.pk))
    assert confirm(alice, turn) == words
    assert Adaptation.objects.count() == 1
    assert snapshot(Session.objects.get(pk=session.pk)) == after != before


def test_a_swap_is_proposed_and_made_once_and_told_as_stored(built_in, alice, session):
    row = session.exercises.get(movement__slug=SQUAT)
    turn = ask(alice, "Swap the back squat for something else")
    card = turn.tool_calls[0]["card"]
    assert card["proposal"]["from"] == SQUAT
    row.refresh_from_db()
    assert row.movement.slug == SQUAT
    words = confirm(alice, turn)
    stored = SessionExercise.objects.select_related("movement").get(pk=row.pk)
    assert stored.movement.slug == card["proposal"]["to"] != SQUAT
    assert stored.movement.name in words
    assert stored.dose in words
    assert confirm(alice, turn) == words


def test_what_has_moved_on_is_not_made(built_in, alice, session):
    swap, shorter = ask(alice, "replace the back squat"), ask(alice, "my quads are sore")
    other = swap.tool_calls[0]["card"]["proposal"]["to"]
    confirm(alice, swap)
    again = ask(alice, f"swap the {other.replace('-', ' ')}")
    SessionExercise.objects.filter(pk=again.tool_calls[0]["card"]["proposal"]["exercise"]).delete()
    for turn in (shorter, again):
        with pytest.raises(ProposalStaleError):
            confirm(alice, turn)
    assert not Adaptation.objects.exists()


@pytest.mark.parametrize(
    ("question", "spoil"),
    [
        (question, spoil)
        for question in ("replace the back squat", "my quads are sore")
        for spoil in ("locked", "done", "begun", "past")
    ],
)
@pytest.mark.usefixtures("built_in")
def test_a_proposal_expires_when_its_session_is_locked_over_begun_or_past(
    alice, session, time_machine, question, spoil
):
    turn = ask(alice, question)
    if spoil == "locked":
        Session.objects.filter(pk=session.pk).update(locked=True)
    elif spoil == "done":
        Session.objects.filter(pk=session.pk).update(status="done")
    elif spoil == "begun":
        start_workout(user=alice, session=session)
    else:
        time_machine.move_to(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=True)
    before = rows_of_everything()
    with pytest.raises(DomainError) as refused:
        confirm(alice, turn)
    assert refused.value.code in {"not_adaptable", "proposal_stale"}
    assert rows_of_everything() == before
    turn.refresh_from_db()
    assert "done" not in turn.tool_calls[0]["card"]
    if spoil != "past":
        again = ask(alice, question)
        assert again.tool_calls[0]["card"] is None or again.tool_calls[0]["card"]["proposal"]["session"] != str(
            session.pk
        )


def test_a_day_without_session_a_done_one_and_an_unplanned_exercise_propose_nothing(
    built_in, alice, session, time_machine
):
    assert ask(alice, "swap the leg press for a hack squat").tool_calls[0]["card"] is None
    Session.objects.filter(pk=session.pk).update(status="done")
    turn = ask(alice, "I only have 30 minutes")
    assert turn.tool_calls[0]["card"] is None
    assert "over" in turn.content
    Session.objects.filter(pk=session.pk).delete()
    assert "no session today" in ask(alice, "I slept 4 hours").content.lower()


@pytest.mark.parametrize(
    ("zone", "at", "today"),
    [
        ("Pacific/Auckland", dt.datetime(2026, 11, 22, 12, 30, tzinfo=dt.UTC), "2026-11-23"),
        ("America/Los_Angeles", dt.datetime(2026, 11, 24, 5, 30, tzinfo=dt.UTC), "2026-11-23"),
        ("America/Los_Angeles", dt.datetime(2026, 11, 24, 8, 30, tzinfo=dt.UTC), "2026-11-24"),
    ],
)
@pytest.mark.usefixtures("built_in")
def test_today_and_tomorrow_are_the_athletes_own(alice, time_machine, zone, at, today):
    alice.profile.time_zone = zone
    alice.profile.save()
    time_machine.move_to(at, tick=False)
    day = dt.date.fromisoformat(today)
    said = {word: ask(alice, f"What is on {word}?").tool_calls[0]["card"] for word in ("today", "tomorrow")}
    planned = dict(Session.objects.filter(microcycle__program__user=alice).values_list("date", "title"))
    for word, card in said.items():
        date = day + dt.timedelta(days=word == "tomorrow")
        assert (card["title"].split(",")[0] if card else None) == planned.get(date)


def test_a_model_proposes_by_tool_and_its_claim_to_have_done_it_is_held_back(model, alice, session):
    model.script = [
        [{"name": "swap_exercise", "arguments": {"exercise": "back squat", "instead": ""}}],
        "I have swapped the squat for you. Tap the card if you want it.",
    ]
    before = rows_of_everything()
    turn = ask(alice, "My knees do not like the squat")
    assert rows_of_everything() == before
    assert turn.tool_calls[0]["card"]["proposal"]["kind"] == "swap"
    assert turn.content == (
        "Tap the card if you want it.\n\nNothing has been changed yet: the button on the card does it."
    )
    assert turn.refused[0]["why"] == "claimed a change"


def test_after_a_confirmation_a_model_may_say_so_with_the_stored_numbers_only(model, alice, session):
    model.script = [[{"name": "swap_exercise", "arguments": {"exercise": "back squat"}}], "A card is ready."]
    turn = ask(alice, "Swap the squat")
    stored = confirm(alice, turn)
    name = (
        SessionExercise.objects.select_related("movement")
        .get(pk=turn.tool_calls[0]["card"]["proposal"]["exercise"])
        .movement.name
    )
    true, false, other = (
        f"I have swapped it for the {name}.",
        f"I have swapped it for the {name} with 731 kg.",
        "I have moved your Friday.",
    )
    model.script = [f"{true} {false} {other}"]
    later = conversations.ask(user=alice, conversation_id=turn.conversation_id, content="Is it swapped?")
    answer_turn(turn_id=later.pk, attempt=later.attempt)
    later.refresh_from_db()
    assert true in later.content
    assert [one["text"] for one in later.refused] == [false, other]
    assert stored in str(model.requests[-1])


@pytest.mark.parametrize(
    ("place", "date"),
    [
        (("Pacific/Auckland", dt.datetime(2026, 11, 22, 10, 59, tzinfo=dt.UTC)), "2026-11-23"),
        (("Pacific/Auckland", dt.datetime(2026, 11, 22, 11, 1, tzinfo=dt.UTC)), "2026-11-24"),
        (("America/Los_Angeles", dt.datetime(2026, 11, 23, 7, 59, tzinfo=dt.UTC)), "2026-11-23"),
        (("America/Los_Angeles", dt.datetime(2026, 11, 23, 8, 1, tzinfo=dt.UTC)), "2026-11-24"),
    ],
)
def test_a_models_tomorrow_is_the_athletes_around_midnight(model, alice, time_machine, place, date):
    zone, at = place
    alice.profile.time_zone = zone
    alice.profile.save()
    time_machine.move_to(at, tick=False)
    model.script = [[{"name": "session_on", "arguments": {"day": "tomorrow"}}], "There you are."]
    ask(alice, "And tomorrow?")
    assert f'"date":"{date}","when":"tomorrow"' in str(model.requests[-1]).replace("\\", "")


def test_a_strangers_proposal_does_not_exist(built_in, alice, session):
    turn = ask(alice, "replace the back squat")
    before = rows_of_everything()
    with pytest.raises(Http404):
        confirm(UserFactory(), turn)
    for number in (1, 99):
        with pytest.raises(Http404):
            confirm(alice, turn, number)
    assert rows_of_everything() == before


def test_by_page_and_by_api(built_in, alice, session, client):
    turn = ask(alice, "replace the back squat")
    client.force_login(alice)
    thread = client.get(reverse("coaching:thread", args=[turn.conversation_id])).content.decode()
    url = reverse("coaching:confirm", args=[turn.conversation_id, turn.pk, 0])
    assert url in thread
    page = client.post(url, follow=True).content.decode()
    turn.refresh_from_db()
    done = turn.tool_calls[0]["card"]["done"]["words"]
    assert done in page
    assert url not in page
    api = APIClient()
    api.force_authenticate(alice)
    path = f"/api/v1/coach/conversations/{turn.conversation_id}/turns/{turn.pk}/confirm/0"
    assert api.post(path).json() == {"done": done}
    assert APIClient().post(path).status_code == 401
