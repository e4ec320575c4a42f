"""A program for other programs: a calendar (RFC 5545) and a spreadsheet (RFC 4180)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from programs.models import Program

from .documents import exercise_json
from .trees import ProgramTree, SessionTree

LINE_OCTETS = 75  # RFC 5545, 3.1: a content line holds at most 75 octets
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run instead of show
CONTROL = "Cc"  # Unicode category of control characters
CSV_COLUMNS = (
    "week",
    "date",
    "session",
    "session_type",
    "section",
    "order",
    "movement",
    "superset_group",
    "sets",
    "reps_min",
    "reps_max",
    "seconds",
    "metres",
    "target_rpe",
    "target_rir",
    "target_percent_1rm",
    "target_load_kg",
    "rest_seconds",
    "tempo",
    "notes",
)


def calendar_text(tree: ProgramTree) -> str:
    """One all-day event per session, so that no time zone moves it to another day."""
    program = tree.row
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gainsly//Program//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(program.name)}",
    ]
    for session in tree.sessions():
        lines += _event(program, session, tree)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(program: Program, session: SessionTree, tree: ProgramTree) -> list[str]:
    row = session.row
    listed = [
        f"{exercise.sets} x {tree.movements[exercise.movement_id]['name']}"
        for exercise in session.exercises
        if exercise.section not in ("warmup", "cooldown")
    ]
    minutes = _("%d minutes") % row.estimated_minutes
    return [
        "BEGIN:VEVENT",
        f"UID:{row.id}@gainsly",
        f"DTSTAMP:{program.updated_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{row.date:%Y%m%d}",
        f"DTEND;VALUE=DATE:{row.date + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{program.name}: {row.title}')}",
        f"DESCRIPTION:{_escaped(chr(10).join([minutes, *listed]))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11; other control characters have no place in a calendar."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, escaped)
    return "".join(character for character in text if unicodedata.category(character) != CONTROL)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, later ones indented by a blank; no character is cut in two."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LINE_OCTETS:
            yield piece
            piece = " "
        piece += character
    yield piece


def spreadsheet_text(tree: ProgramTree) -> str:
    """One row per planned exercise."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for microcycle in tree.microcycles:
        for session in microcycle.sessions:
            for exercise in session.exercises:
                values = {
                    **exercise_json(exercise, tree.movements),
                    "week": microcycle.row.sequence,
                    "date": session.row.date.isoformat(),
                    "session": session.row.title,
                    "session_type": session.row.session_type,
                    "section": exercise.section,
                    "movement": tree.movements[exercise.movement_id]["name"],
                }
                writer.writerow([_cell(values[column]) for column in CSV_COLUMNS])
    return out.getvalue()


def _cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
