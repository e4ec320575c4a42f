"""What is left out when a prompt would not fit: older turns, then long tool answers, then the question's end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coaching.llm.base import Message, Role, ToolCall
from coaching.llm.budget import MESSAGE_TOKENS, fit, message_tokens

RULES = Message(Role.SYSTEM, "The rules. " * 10)


def turns(count, text="An earlier turn with some words in it."):
    return [Message((Role.USER, Role.ASSISTANT)[n % 2], f"{n} {text}") for n in range(count)]


def total(messages):
    return sum(message_tokens(message) for message in messages)


def test_what_fits_stays_whole():
    messages = (RULES, *turns(5))
    assert fit(messages, room=1000) == (messages, [])


def test_the_oldest_turns_go_first_and_are_counted():
    messages = [RULES, *turns(5)]
    room = total(messages) - 5
    kept, trimmed = fit(messages, room=room)
    assert kept == (RULES, *messages[2:])
    assert [(one.what, one.tokens) for one in trimmed] == [("an earlier turn", message_tokens(messages[1]))]


def test_a_long_tool_answer_is_cut_before_the_question():
    call = ToolCall("1", "records", {})
    messages = [RULES, Message(Role.USER, "My records?"), Message(Role.ASSISTANT, "", (call,)),
                Message(Role.TOOL, "x" * 3000, tool=call)]  # fmt: skip
    kept, trimmed = fit(messages, room=300)
    assert [one.what for one in trimmed] == ["part of a tool's answer"]
    assert kept[:3] == tuple(messages[:3])
    assert kept[3].content.endswith("[…]")
    assert total(kept) <= 300


@given(st.lists(st.text(max_size=400), min_size=1, max_size=12), st.integers(150, 600))
def test_rules_and_question_remain_and_the_rest_fits(texts, room):
    messages = [RULES, *turns(len(texts) - 1), Message(Role.USER, texts[-1])]
    kept, trimmed = fit(messages, room=room)
    assert kept[0] == RULES
    assert kept[-1].role is Role.USER
    assert total(kept) <= max(room, message_tokens(RULES) + MESSAGE_TOKENS + 4)
    assert bool(trimmed) == (total(messages) > room)
