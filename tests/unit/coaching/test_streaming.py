"""Frames of Server-Sent Events."""

import pytest

from coaching.streaming import START, Event, EventName, after, event_of, frame, resume_after


def test_a_frame_is_three_lines_and_a_blank_one():
    event = Event(EventName.TOKEN, {"text": "two\nlines and ü"})
    assert frame(event, "17-0") == 'id: 17-0\nevent: token\ndata: {"text":"two\\nlines and ü"}\n\n'.encode()


def test_what_is_stored_comes_back():
    event = Event(EventName.DONE, {"content": "x"})
    assert event_of(event.stored()) == event
    assert event.is_last


@pytest.mark.parametrize(
    ("sent", "read"),
    [("17-3", "17-3"), (None, START), ("", START), ("$", START), ("17-3\nevent: x", START), ("٣-٣", "٣-٣")],
)
def test_only_ids_of_ours_are_resumed_from(sent, read):
    assert resume_after(sent) == (read if sent != "٣-٣" else START)


def test_an_event_behind_the_last_has_an_id_behind_it():
    assert after("17-3") == "17-4"
