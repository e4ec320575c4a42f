"""Nobody reaches what is another's: every URL and API route of the resolver, walked as anonymous and as a stranger.

A new route is walked the day it is added. Where it takes an id, ``OBJECTS`` must say which of Alice's rows answers to
it, else ``test_every_route_with_ids_is_covered`` fails and tells what to add.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from coaching.models import Adaptation, StandingNote
from logging_app.models import (
    ActivityDefinition,
    ActivityInstance,
    BiometricEntry,
    RecoverySignal,
    SetLog,
    SorenessLog,
    WorkoutLog,
)
from movements.models import FavoriteMovement, MovementRule
from tests.factories.accounts import (
    EnjoyableActivityFactory,
    InjuryFactory,
    RefreshSessionFactory,
    UserFactory,
)
from tests.factories.coaching import ConversationFactory, TurnFactory
from tests.factories.movements import CircuitFactory, GymFactory, MovementFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
API = "api/v1/"

# Not ours to walk: the admin has its own sign-in, allauth its own tests, static files and the schema are open.
EXCLUDED = ("admin/", "static/", "accounts/", f"{API}schema/", f"{API}docs/")

# What a visitor may reach without signing in. Keep it short.
OPEN = {
    "",
    "health",
    "health/database",
    "health/llm",
    "health/queue",
    "metrics",
    "sw.js",
    "offline/",
    "log/outbox/",  # tells the page's script 401 itself: it keeps what waits (views/test_outbox.py)
    f"{API}auth/register",
    f"{API}auth/login",
    f"{API}auth/refresh",
    f"{API}auth/logout",
    "coach/unsubscribe/<str:token>/",  # from a letter; its signed token is the permission
}

Ids = Callable[[SimpleNamespace], dict[str, Any]]

# Beginning of a route -> the ids of Alice's row that it is called with. The longest beginning wins.
OBJECTS: dict[str, Ids] = {
    f"{API}auth/sessions/": lambda alice: {"pk": alice.device.pk},
    f"{API}settings/injuries/": lambda alice: {"pk": alice.injury.pk},
    f"{API}settings/activities/": lambda alice: {"pk": alice.activity.pk},
    f"{API}movements/": lambda alice: {"key": alice.movement.slug, "pk": alice.movement.pk},
    f"{API}movements/preferences/": lambda alice: {"pk": alice.rule.pk},
    f"{API}favorites/movements/": lambda alice: {"key": alice.movement.slug},
    f"{API}hidden/movements/": lambda alice: {"key": alice.movement.slug},
    f"{API}favorites/programs/": lambda alice: {"pk": alice.program.pk},
    f"{API}programs/": lambda alice: {"pk": alice.program.pk},
    f"{API}sessions/": lambda alice: {"pk": alice.session.pk},
    f"{API}logs/workouts/": lambda alice: {"pk": alice.workout.pk, "set_pk": alice.set.pk},
    f"{API}coach/conversations/": lambda alice: {"pk": alice.conversation.pk, "turn_pk": alice.turn.pk, "number": 0},
    f"{API}coach/standing-notes/": lambda alice: {"note_pk": alice.standing_note.pk},
    f"{API}logs/sets/": lambda alice: {"pk": alice.set.pk},
    "settings/injuries/": lambda alice: {"pk": alice.injury.pk},
    "settings/activities/": lambda alice: {"pk": alice.activity.pk},
    "movements/": lambda alice: {"key": alice.movement.slug, "pk": alice.movement.pk},
    "programs/": lambda alice: {"pk": alice.program.pk},
    "programs/substitutes/": lambda alice: {"key": alice.movement.slug},
    "programs/sessions/": lambda alice: {"pk": alice.session.pk},
    "log/": lambda alice: {"pk": alice.workout.pk, "set_pk": alice.set.pk, "session_pk": alice.session.pk},
    "log/<uuid:pk>/swap/": lambda alice: {"pk": alice.workout.pk, "key": alice.session.exercises.first().pk},
    "log/<uuid:pk>/circuits/": lambda alice: {"pk": alice.workout.pk, "key": CircuitFactory().slug},
    "history/movements/": lambda alice: {"key": alice.movement.slug},
    "body/": lambda alice: {"pk": alice.measure.pk},
    "activities/": lambda alice: {"pk": alice.outing.pk},
    "coach/adapt/": lambda alice: {"adaptation_pk": alice.adaptation.pk},
    "coach/seen/": lambda alice: {"note_pk": alice.standing_note.pk},
    "coach/": lambda alice: {"pk": alice.conversation.pk, "turn_pk": alice.turn.pk, "kind": "md", "number": 0},
    "history/": lambda alice: {"pk": alice.workout.pk},
}

# A change that the coach proposed and Alice made.
PROPOSAL = {
    "name": "swap",
    "card": {"proposal": {"kind": "swap"}, "done": {"words": "Alice's own swap", "about": "swap"}},
}

# Routes whose arguments name no row of anybody: called with these; they must show a stranger nothing of Alice's.
VALUES: dict[str, dict[str, Any]] = {
    f"{API}configs/": {"name": "engine"},
    f"{API}scoring/metrics/": {"user_id": "01890000-0000-7000-8000-000000000000"},
    f"{API}circuits/": {"key": "no-circuit"},
    "movements/circuits/": {"key": "no-circuit"},
    f"{API}days/": {"date": MONDAY},
    f"{API}programs/templates/": {"slug": "no-template"},
    "programs/templates/": {"slug": "no-template"},
    "coach/unsubscribe/": {"token": "forged"},
}


# -- the routes


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        else:
            yield route, entry


ROUTES = {route: pattern for route, pattern in walk(get_resolver()) if not route.startswith(EXCLUDED)}
WITH_IDS = sorted(route for route, pattern in ROUTES.items() if pattern.pattern.converters)
WITHOUT_IDS = sorted(set(ROUTES) - set(WITH_IDS))
CLOSED = sorted(set(ROUTES) - OPEN)


def covering(route: str, table: dict[str, Any]) -> Any:
    """The entry of the longest beginning of this route, or None."""
    beginnings = [beginning for beginning in table if route.startswith(beginning)]
    return table[max(beginnings, key=len)] if beginnings else None


def owned(route: str) -> bool:
    return covering(route, VALUES) is None


def path_of(route: str, alice: SimpleNamespace) -> str:
    """The route's path with Alice's ids in it."""
    converters = ROUTES[route].pattern.converters
    known = covering(route, VALUES) or (covering(route, OBJECTS) or (lambda _alice: {}))(alice)
    path = route
    for name, converter in converters.items():
        if name not in known:
            pytest.fail(f"{route}: say in OBJECTS which of Alice's rows <{name}> is")
        bracketed = next(part for part in path.split("/") if part.strip("<>").split(":")[-1] == name)
        path = path.replace(bracketed, str(converter.to_url(known[name])))
    return f"/{path}"


# -- the cast


@pytest.fixture
def alice() -> SimpleNamespace:
    """Alice, with one of everything that an athlete can own."""
    user = UserFactory(email="alice@example.com", name="Alice Alone")
    now = timezone.now()
    program = make_program(user, start_date=MONDAY)
    session = program.microcycles.first().sessions.first()
    movement = MovementFactory(owner=user, name="Alice's own squat", slug="alices-own-squat")
    workout = WorkoutLog.objects.create(user=user, session=session, date=MONDAY, started_at=now, title="Alice's own")
    SorenessLog.objects.create(user=user, muscle="quadriceps", level=3, at=now)
    RecoverySignal.objects.create(user=user, date=now.date(), sleep_hours=7)
    measure = BiometricEntry.objects.create(user=user, kind="weight", value=80, unit="kg", taken_at=now)
    climbing = ActivityDefinition.objects.create(slug="climb", name="Climb", activity="other", met=8, source="test")
    outing = ActivityInstance.objects.create(
        user=user, definition=climbing, date=MONDAY, started_at=now, finished_at=now, notes="Alice's own wall"
    )
    FavoriteMovement.objects.create(user=user, movement=movement)
    GymFactory(user=user)
    conversation = ConversationFactory(user=user, title="Alice's own question")
    return SimpleNamespace(
        user=user,
        program=program,
        measure=measure,
        outing=outing,
        session=session,
        movement=movement,
        rule=MovementRule.objects.create(user=user, movement=movement, type="hard_no"),
        workout=workout,
        set=SetLog.objects.create(
            user=user, workout=workout, movement=movement, order=1, reps=5, weight_kg=100, performed_at=now
        ),
        injury=InjuryFactory(user=user, since=dt.date(2026, 1, 10), notes="Alice's own knee"),
        activity=EnjoyableActivityFactory(user=user),
        conversation=conversation,
        adaptation=Adaptation.objects.create(
            session=session, session_version=session.updated_at, notes=["Alice's own day"]
        ),
        standing_note=StandingNote.objects.create(
            user=user,
            kind="other",
            text="Alice's own week",
            starts_on=now.date(),
            ends_on=now.date() + dt.timedelta(days=7),
            minutes=30,
        ),
        turn=TurnFactory(conversation=conversation, content="Alice's own question", tool_calls=[PROPOSAL]),
        device=RefreshSessionFactory(user=user, device="Alice's own phone"),
    )


@pytest.fixture
def stranger() -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(UserFactory(email="bob@example.com", name="Bob"))
    return client


def send(client: Client, method: str, path: str, body: str = "{}") -> Any:
    """JSON to the API; a form post to the pages."""
    if path.startswith(f"/{API}"):
        return client.generic(method, path, body, content_type="application/json")
    return client.generic(method, path, "", content_type="application/x-www-form-urlencoded")


def everything() -> dict[str, str]:
    """Every table's rows as text, but for the sessions of browsers."""
    models = [model for model in apps.get_models() if model._meta.app_label not in {"sessions", "admin"}]
    return {model._meta.label: serializers.serialize("json", model._default_manager.order_by("pk")) for model in models}


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


# -- the walk


@pytest.mark.parametrize("route", WITH_IDS)
def test_every_route_with_ids_is_covered(route):
    if covering(route, VALUES) is None and covering(route, OBJECTS) is None:
        pytest.fail(
            f"{route} takes ids and nobody said whose. Add its beginning to OBJECTS in {__file__} (a row of Alice's), "
            "or to VALUES where the argument is no row of anybody."
        )


@pytest.mark.parametrize("route", [route for route in WITH_IDS if owned(route)])
def test_the_ids_of_the_walk_are_real(route, alice):
    """Alice herself does not get a 404: a stranger's 404 means something."""
    client = Client()
    client.force_login(alice.user)
    path = path_of(route, alice)
    answers = (send(client, method, path) for method in METHODS)
    assert next(answer.status_code for answer in answers if answer.status_code != 405) != 404


@pytest.mark.parametrize("route", [route for route in WITH_IDS if owned(route)])
def test_a_stranger_finds_nothing_at_anothers_ids_and_changes_nothing(route, alice, stranger):
    path = path_of(route, alice)
    before = everything()
    for method in METHODS:
        for body in ("{}", '{"nonsense": 1}', "[1, "):
            answer = send(stranger, method, path, body)
            assert answer.status_code in {404, 405}, f"{method} {path} with {body} answers {answer.status_code}"
    assert everything() == before


@pytest.mark.parametrize("route", WITHOUT_IDS + [route for route in WITH_IDS if not owned(route)])
def test_a_strangers_lists_show_nothing_of_anothers(route, alice, stranger):
    answer = stranger.get(path_of(route, alice))
    text = text_of(answer)
    ids = [str(row.pk) for row in vars(alice).values() if hasattr(row, "pk")]
    shown = [mark for mark in [*ids, "alice@example.com", "Alice&#x27;s own", "Alice's own"] if mark in text]
    assert not shown, f"GET {route} shows a stranger {shown}"


@pytest.mark.parametrize("route", CLOSED)
def test_the_anonymous_are_asked_to_sign_in_and_change_nothing(route, alice):
    path, client = path_of(route, alice), Client()
    before = everything()
    answers = {method: send(client, method, path) for method in METHODS}
    if route.startswith(API):
        assert {answer.status_code for answer in answers.values()} == {401}
    else:
        allowed = {method: answer for method, answer in answers.items() if answer.status_code != 405}
        assert allowed, f"{route} answers no method at all"
        for method, answer in allowed.items():
            target = answer.headers.get("Location", "")
            assert target.startswith(reverse("account_login")), f"{method} {path} answers {answer.status_code} {target}"
    assert everything() == before


def test_the_open_list_names_only_routes_that_exist():
    assert set(ROUTES) >= OPEN - {"", "metrics"}
