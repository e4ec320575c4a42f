"""The coach in a real browser: words as they come, a broken line, a closed tab, a retry; a day adapted on a phone."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from coaching.models import Adaptation, Turn
from coaching.services import adaptation, conversations, providers, streams
from coaching.services.check_in import Told
from coaching.streaming import Event, EventName, frame, opening
from logging_app.models import WorkoutLog
from programs.models import Session
from programs.services.stored_rows import snapshot
from tests.factories.accounts import UserFactory
from tests.factories.programs import make_program
from tests.functional.test_entrance import pytestmark
from tests.functional.test_journey import fits

__all__ = ["pytestmark"]  # the marks of every journey


@pytest.fixture
def athlete(transactional_db):
    return UserFactory()


@pytest.fixture
def enter(open_page, live_address, athlete):
    def entered(size: str = "phone") -> Page:
        client = Client()
        client.force_login(athlete)
        page: Page = open_page(size)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_address}])
        return page

    return entered


@pytest.fixture
def turn(athlete, settings) -> Turn:
    """A question that a model is answering: the test is the worker."""
    settings.LLM_PROVIDER = "ollama"
    providers._breakers.clear()
    row = conversations.open_conversation(user=athlete)
    turn = conversations.ask(user=athlete, conversation_id=row.pk, content="How is my squat?")
    Turn.objects.filter(pk=turn.pk).update(status="running")
    turn.refresh_from_db()
    return turn


def thread(turn: Turn) -> str:
    return reverse("coaching:thread", args=[turn.conversation_id])


def say(turn: Turn, text: str) -> None:
    streams.publish(turn, Event(EventName.TOKEN, {"text": text}))


def finish(turn: Turn, **facts) -> None:
    Turn.objects.filter(pk=turn.pk).update(**{"status": "done", "source": "model", **facts})
    turn.refresh_from_db()
    streams.publish(turn, streams.last_event(turn))


def words(page: Page):
    return page.locator("article.turn").last.locator(".words")


def test_words_come_as_they_are_said_and_the_whole_answer_stays(enter, turn):
    page = enter()
    page.goto(thread(turn))
    say(turn, "Your squat ")
    expect(words(page)).to_have_text("Your squat")
    say(turn, "goes up.")
    expect(words(page)).to_have_text("Your squat goes up.")
    finish(turn, content="Your squat goes up.")
    expect(page.locator("[data-stream]")).to_have_count(0)
    expect(words(page)).to_have_text("Your squat goes up.")
    fits(page)


def test_enter_asks_and_shift_enter_makes_a_line(enter, athlete, settings):
    settings.LLM_PROVIDER = "builtin"
    page = enter()
    page.goto(reverse("coaching:threads"))
    page.locator("textarea[name=content]").press_sequentially("How is")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("my squat?")
    page.keyboard.press("Enter")
    expect(page.locator("article.turn.athlete")).to_contain_text("my squat?")
    assert Turn.objects.get(role="athlete").content.splitlines() == ["How is", "my squat?"]


def test_a_broken_line_is_taken_up_where_it_broke(enter, turn):
    """The first connection ends after one event; the browser comes back with its id: nothing is said twice."""
    page, connections = enter(), []
    say(turn, "Your squat ")
    server = streams._server()
    [(first, _stored)] = server.xrange(streams.key_of(turn))
    broken = opening() + frame(Event(EventName.TOKEN, {"text": "Your squat "}), first.decode())

    def line(route: Route) -> None:
        connections.append(route.request.url)
        if len(connections) == 1:
            route.fulfill(status=200, content_type="text/event-stream", body=broken)
        else:
            route.continue_()

    page.route("**/stream/", line)
    page.goto(thread(turn))
    expect(words(page)).to_have_text("Your squat")
    say(turn, "goes up.")
    expect(words(page)).to_have_text("Your squat goes up.")
    assert len(connections) == 2
    finish(turn, content="Your squat goes up.")
    expect(page.locator("[data-stream]")).to_have_count(0)


def test_a_closed_tab_stops_nothing_and_finds_everything_again(enter, turn):
    page = enter()
    page.goto(thread(turn))
    say(turn, "Your squat ")
    expect(words(page)).to_have_text("Your squat")
    context = page.context
    page.close()
    say(turn, "goes up")
    again = context.new_page()
    again.goto(thread(turn))
    expect(words(again)).to_have_text("Your squat goes up")
    again.close()
    finish(turn, content="Your squat goes up again.")
    later = context.new_page()
    later.goto(thread(turn))
    expect(words(later)).to_have_text("Your squat goes up again.")


def test_a_lost_answer_offers_to_ask_again_and_the_second_try_streams(enter, turn):
    page = enter()
    page.goto(thread(turn))
    say(turn, "Your squ")
    expect(words(page)).to_have_text("Your squ")
    finish(turn, status="failed", failure="worker_lost", source="")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("[data-stream]")).to_have_count(1)
    turn.refresh_from_db()
    assert (turn.status, turn.attempt) == ("pending", 2)
    say(turn, "Your squat goes up.")
    expect(words(page)).to_have_text("Your squat goes up.")
    finish(turn, content="Your squat goes up.")
    expect(page.get_by_role("button", name="Ask again")).to_have_count(0)


def test_a_model_that_fails_midway_is_replaced_before_the_readers_eyes(enter, turn):
    page = enter()
    page.goto(thread(turn))
    say(turn, "Nonsense ")
    expect(words(page)).to_have_text("Nonsense")
    told = {"code": "model_interrupted", "detail": "The model broke off. The built-in coach answers instead."}
    streams.publish(turn, Event(EventName.ERROR, {**told, "restart": True}))
    expect(words(page)).to_have_text(told["detail"])
    say(turn, "Your squat goes up.")
    expect(words(page)).to_have_text("Your squat goes up.")
    finish(turn, content="Your squat goes up.", source="builtin", failure="model_interrupted")
    expect(page.get_by_text("The language model could not answer")).to_be_visible()


# -- a day adapted


@pytest.fixture
def session(athlete, settings) -> Session:
    settings.LLM_PROVIDER = "builtin"
    program = make_program(athlete, start_date=timezone.now().date())
    return program.microcycles.order_by("sequence").first().sessions.order_by("date").first()


def sore(page: Page, muscle: str, level: int) -> None:
    """Tap the muscle on the map, move its slider."""
    page.locator(f"[data-sore-map] [data-muscle={muscle}]").first.dispatch_event("click")
    slider = page.locator(f"#sore-{muscle} input")
    expect(slider).to_be_visible()
    slider.fill(str(level))


def test_check_in_adapt_accept_some_undo_and_train_on_a_phone(enter, session):
    page, before = enter(), snapshot(session)
    page.goto(reverse("coaching:adapt"))
    fits(page)
    sore(page, "quadriceps", 8)
    expect(page.locator("[data-sore-map] [data-muscle=quadriceps]").first).to_have_attribute("data-level", "3")
    page.locator("[name=sleep_quality]").fill("2")
    page.get_by_role("button", name="See what would change").click()
    page.wait_for_url(re.compile(r"/coach/adapt/[0-9a-f-]{36}/$"))
    fits(page)
    assert snapshot(session) == before
    row = Adaptation.objects.get()
    assert row.inputs["soreness"] == {"quadriceps": 8}
    assert row.inputs["readiness"] == {"sleep_quality": 2}  # a slider that rests says nothing
    for box in page.locator("#decide [name=change]").all()[1:]:
        box.uncheck(force=True)
    page.get_by_role("button", name="Accept what is ticked").click()
    page.wait_for_url(re.compile(r"/$"))
    row.refresh_from_db()
    assert row.accepted == [row.changes[0]["id"]]
    adapted = snapshot(session)
    assert [one["id"] for one in adapted if one not in before] == [row.changes[0]["exercise_id"]]
    expect(page.get_by_text("Today's session was adapted: 1 change.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The session is as it was planned.")).to_be_visible()
    assert snapshot(session) == before
    session.refresh_from_db()
    assert session.source == "engine"


def test_the_words_stream_beside_the_changes_and_a_suggestion_can_be_ticked(enter, session, athlete, settings):
    settings.LLM_PROVIDER = "ollama"
    row = adaptation.preview(user=athlete, date=session.date, signals=Told(soreness={"quadriceps": 8}))
    Turn.objects.filter(pk=row.turn_id).update(status="running")
    page = enter()
    page.goto(reverse("coaching:adaptation", args=[row.pk]))
    say(row.turn, "Easy on the squat.")
    expect(words(page)).to_have_text("Easy on the squat.")
    before = {one["id"]: one for one in snapshot(session)}
    pull = next(one for one in before.values() if one["section"] == "accessory")
    easier = {
        "kind": "sets",
        "exercise_id": pull["id"],
        "movement": "Dumbbell Row",
        "rule": "suggestion",
        "by": "model",
    }
    easier |= {"reason": "Save your back.", "before": {"sets": 3}, "after": {"sets": 2}, "to_session": None}
    refused = {**easier, "id": "b", "reason": "Skip it all.", "rule": "main_stays", "before": {}, "after": None}
    said = [{**easier, "id": "a", "refused": None}, {**refused, "refused": "A main lift is never left out."}]
    Adaptation.objects.filter(pk=row.pk).update(suggestions=said)
    finish(row.turn, content="Easy on the squat.")
    expect(page.get_by_text("A main lift is never left out.")).to_be_visible()
    expect(page.locator("[name=change][value=b]")).to_have_count(0)
    page.locator("[name=change][value=a]").check(force=True)
    page.get_by_role("button", name="Accept what is ticked").click()
    page.wait_for_url(re.compile(r"/$"))
    row.refresh_from_db()
    assert "a" in row.accepted
    assert {one["id"]: one["sets"] for one in snapshot(session)}[pull["id"]] == 2


def test_a_second_tab_is_told_that_the_session_has_begun(enter, session, athlete):
    """Two tabs hold a proposal; the session is started in one; the other says so and changes nothing."""
    page = enter()
    page.goto(reverse("coaching:adapt"))
    sore(page, "quadriceps", 8)
    page.get_by_role("button", name="See what would change").click()
    page.wait_for_url(re.compile(r"/coach/adapt/[0-9a-f-]{36}/$"))
    before = snapshot(session)
    WorkoutLog.objects.create(
        user=athlete, session=session, date=session.date, started_at=timezone.now() - dt.timedelta(minutes=5)
    )
    page.get_by_role("button", name="Accept what is ticked").click()
    expect(page.get_by_text("This session has begun. Change its exercises in the workout instead.")).to_be_visible()
    assert snapshot(session) == before


def test_without_scripts_the_same_form_adapts_the_day(open_page, live_address, athlete, session):
    client = Client()
    client.force_login(athlete)
    page = open_page("phone", java_script_enabled=False)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_address}])
    page.goto(reverse("coaching:adapt"))
    page.locator("summary", has_text="All muscles as a list").click()
    page.locator("#sore-quadriceps input").fill("8")
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("button", name="Accept what is ticked").click()
    assert Adaptation.objects.get().status == "accepted"
