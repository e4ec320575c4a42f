"""Every provider keeps the contract, against a server that speaks its real protocol and fails in every way."""

from __future__ import annotations

import random
import time

import pytest
from pydantic import BaseModel, Field

from coaching.llm import base
from coaching.llm.base import ChatRequest, Connection, Limits, Message, Role, ToolCall, ToolSpec
from coaching.llm.registry import PROVIDERS
from coaching.llm.resilience import Breaker, ResilientProvider
from tests.model_server import MODEL

REMOTE = ("ollama", "openai")
TOOLS = (
    ToolSpec("session_on", "A day's session.", {"type": "object", "properties": {"day": {"type": "string"}}}),
    ToolSpec("recovery", "Recovery now.", {"type": "object", "properties": {}}),
)


@pytest.fixture(params=REMOTE)
def provider(request, model_server):
    """Patient enough for a busy machine: what answers at once is never cut off."""
    limits = Limits(whole=20, connect=5)
    return PROVIDERS[request.param](Connection(model_server.address, MODEL, time.monotonic, limits=limits))


@pytest.fixture(params=REMOTE)
def hurried(request, model_server):
    limits = Limits(whole=0.6, connect=5)
    return PROVIDERS[request.param](Connection(model_server.address, MODEL, time.monotonic, limits=limits))


def ask(text="How is my squat?", **changes):
    return ChatRequest(messages=(Message(Role.SYSTEM, "Rules."), Message(Role.USER, text)), tools=TOOLS, **changes)


def text_of(chunks):
    return "".join(chunk.text for chunk in chunks)


def test_the_registry_holds_the_three_kinds():
    assert set(PROVIDERS) == {"ollama", "openai", "builtin"}


@pytest.mark.parametrize("kind", PROVIDERS)
def test_every_provider_streams_and_says_how_it_is(kind, model_server):
    provider = PROVIDERS[kind](Connection(model_server.address, MODEL, time.monotonic))
    assert provider.kind == kind
    assert provider.health().well
    assert provider.model in provider.list_models()
    chunks = list(provider.stream_chat(ask("xyzzy")))
    assert len(chunks) > 1
    assert text_of(chunks).strip()


def test_words_arrive_one_by_one_and_tokens_are_counted(provider, model_server):
    model_server.script = ["Up by five kilos."]
    chunks = list(provider.stream_chat(ask()))
    assert [chunk.text for chunk in chunks if chunk.text] == ["Up ", "by ", "five ", "kilos."]
    assert [chunk.usage for chunk in chunks if chunk.usage] == [base.Usage(11, 7)]


def test_tool_calls_come_with_their_arguments(provider, model_server):
    model_server.script = [
        [{"name": "session_on", "arguments": {"day": "tomorrow"}}, {"name": "recovery", "arguments": {}}]
    ]
    calls = [call for chunk in provider.stream_chat(ask()) for call in chunk.tool_calls]
    assert [(call.name, call.arguments) for call in calls] == [("session_on", {"day": "tomorrow"}), ("recovery", {})]
    assert len({call.id for call in calls}) == 2


def test_a_tools_answer_goes_back_with_the_call_it_answers(provider, model_server):
    call = ToolCall("call-1", "recovery", {})
    history = (*ask().messages, Message(Role.ASSISTANT, "", (call,)), Message(Role.TOOL, '{"score": 70}', tool=call))
    list(provider.stream_chat(ChatRequest(messages=history, tools=TOOLS)))
    sent = model_server.requests[-1]
    assert [message["role"] for message in sent["messages"]] == ["system", "user", "assistant", "tool"]
    assert "recovery" in str(sent["messages"][3]) or "call-1" in str(sent["messages"][3])
    assert [tool["function"]["name"] for tool in sent["tools"]] == ["session_on", "recovery"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("drop_before", base.UnreachableError),
        ("drop_middle", base.BrokenOffError),
        ("no_end", base.BrokenOffError),
        ("error_line", base.BrokenOffError),
        ("model_missing", base.ModelMissingError),
        ("server_error", base.ServerFaultError),
        ("unauthorised", base.RefusedError),
        ("invalid_json", base.GarbledError),
        ("wrong_types", base.GarbledError),
    ],
)
def test_each_fault_has_its_name(provider, model_server, fault, error):
    model_server.fault = fault
    with pytest.raises(error):
        list(provider.stream_chat(ask()))


@pytest.mark.parametrize("fault", ["slow_start", "slow_end"])
def test_what_is_too_slow_is_given_up_at_the_limit(hurried, model_server, fault):
    model_server.fault = fault
    started = time.monotonic()
    with pytest.raises(base.TooSlowError):
        list(hurried.stream_chat(ask()))
    assert time.monotonic() - started < 10


def test_a_slow_trickle_ends_at_the_limit_of_the_whole_answer(hurried, model_server):
    model_server.script, model_server.pause = [" ".join(["word"] * 40)], 0.05
    with pytest.raises(base.TooSlowError):
        list(hurried.stream_chat(ask()))


def test_nobody_there_is_unreachable_and_health_does_not_raise():
    for kind in REMOTE:
        provider = PROVIDERS[kind](Connection("http://127.0.0.1:9", MODEL, time.monotonic))
        with pytest.raises(base.UnreachableError):
            list(provider.stream_chat(ask()))
        assert not provider.health().well


def test_a_missing_model_is_told_with_the_command_that_fetches_it(model_server):
    model_server.models, model_server.fault = ["another:7b"], "model_missing"
    provider = PROVIDERS["ollama"](Connection(model_server.address, MODEL, time.monotonic))
    assert provider.health().command == f"ollama pull {MODEL}"
    with pytest.raises(base.ModelMissingError) as caught:
        list(provider.stream_chat(ask()))
    assert caught.value.command == f"ollama pull {MODEL}"


def test_the_key_travels_in_the_header_and_shows_in_no_representation(model_server):
    connection = Connection(model_server.address, MODEL, time.monotonic, api_key="sk-of-alice")
    model_server.fault = "unauthorised"
    with pytest.raises(base.RefusedError, match="Bearer sk-of-alice"):
        list(PROVIDERS["openai"](connection).stream_chat(ask()))
    assert "sk-of-alice" not in repr(connection)


# -- structured answers


class Pick(BaseModel):
    movement: str
    sets: int = Field(ge=1, le=8)
    note: str = Field(default="", max_length=200)


GOOD = '{"movement": "back-squat", "sets": 3}'


def known_only(pick):
    return [] if pick.movement == "back-squat" else [f"{pick.movement} is not one of the choices"]


@pytest.mark.parametrize(
    "bad",
    [
        "no json at all",
        '{"movement": "back-squat", "sets": "many"}',
        '{"movement": "back-squat", "sets": 40}',
        '{"movement": "flying-press", "sets": 3}',
        '{"movement": "back-squat", "sets": 3, "note": "' + "x" * 201 + '"}',
        "{}",
    ],
    ids=["not json", "wrong type", "forty sets", "unknown movement", "text past the limit", "empty"],
)
def test_an_invalid_answer_is_asked_for_again_with_what_was_wrong(provider, model_server, bad):
    model_server.script = [bad, GOOD]
    assert provider.complete_structured(ask(), Pick, known_only) == Pick(movement="back-squat", sets=3)
    first, second = model_server.requests
    assert "Pick" in str(first.get("format") or first["response_format"])
    assert "tools" not in first
    assert "not valid" in second["messages"][-1]["content"]


def test_three_invalid_answers_are_enough(provider, model_server):
    model_server.script = ['{"movement": "flying-press", "sets": 3}']
    with pytest.raises(base.InvalidAnswerError, match="not one of the choices"):
        provider.complete_structured(ask(), Pick, known_only)
    assert len(model_server.requests) == 3


def test_the_built_in_coach_writes_no_structured_answers():
    with pytest.raises(base.RefusedError):
        PROVIDERS["builtin"](Connection("", "", time.monotonic)).complete_structured(ask(), Pick)


# -- patience


class Clock:
    def __init__(self):
        self.now, self.slept = 100.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def patient(provider, clock):
    return ResilientProvider(provider, breaker=Breaker(clock), sleep=clock.sleep, rng=random.Random(1))


@pytest.mark.parametrize("fault", ["server_error", "drop_before"])
def test_a_passing_fault_is_asked_again_with_growing_pauses(patient, model_server, clock, fault):
    model_server.fault, model_server.fault_times = fault, 2
    assert text_of(patient.stream_chat(ask())) == "Hello there."
    assert len(model_server.requests) == 3
    assert 0.25 <= clock.slept[0] <= 0.75 <= 0.5 + clock.slept[1] <= 2


@pytest.mark.parametrize(("fault", "times"), [("server_error", 3), ("drop_middle", 1), ("model_missing", 1)])
def test_what_lasts_is_given_up(patient, model_server, fault, times):
    model_server.fault = fault
    with pytest.raises(base.ProviderError):
        list(patient.stream_chat(ask()))
    assert len(model_server.requests) == times


def test_a_dead_server_is_left_alone_for_a_minute(patient, model_server, clock):
    model_server.fault = "server_error"
    with pytest.raises(base.ServerFaultError):
        list(patient.stream_chat(ask()))
    model_server.fault = None
    for later in (0, 59):
        clock.now = 100 + later
        with pytest.raises(base.RestingError):
            list(patient.stream_chat(ask()))
    assert len(model_server.requests) == 3
    clock.now = 160
    assert text_of(patient.stream_chat(ask())) == "Hello there."


def test_a_missing_model_does_not_open_the_breaker(patient, model_server):
    model_server.fault, model_server.fault_times = "model_missing", 1
    with pytest.raises(base.ModelMissingError):
        list(patient.stream_chat(ask()))
    assert text_of(patient.stream_chat(ask())) == "Hello there."
