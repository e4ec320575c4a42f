"""Reads of programs: scoped fetch, whole documents, pages, exports."""

from accounts.selectors import local_today

from .documents import microcycle_status, plan_json, program_json, session_json, without_ids
from .explanations import evidence_url, explanation_json, generation_json
from .exports import calendar_text, spreadsheet_text
from .favorites import favorite_program_ids, favorite_programs_of
from .fetch import active_program, program_for, session_for, session_on, sessions_from
from .pages import (
    CalendarDay,
    CalendarWeek,
    SessionPage,
    SessionSection,
    calendar,
    current_week,
    end_of,
    program_row_json,
    programs_of,
    progress_of,
    session_page,
    week,
    week_number,
    week_on,
)
from .reasons import program_explanation
from .refinements import RefinementProgress, SessionRefinement, refinement_of, refinement_progress
from .trees import ProgramTree, SessionTree, movement_json, program_tree, session_tree

__all__ = [
    "CalendarDay",
    "CalendarWeek",
    "ProgramTree",
    "RefinementProgress",
    "SessionPage",
    "SessionRefinement",
    "SessionSection",
    "SessionTree",
    "active_program",
    "calendar",
    "calendar_text",
    "current_week",
    "end_of",
    "evidence_url",
    "explanation_json",
    "favorite_program_ids",
    "favorite_programs_of",
    "generation_json",
    "local_today",
    "microcycle_status",
    "movement_json",
    "plan_json",
    "program_explanation",
    "program_for",
    "program_json",
    "program_row_json",
    "program_tree",
    "programs_of",
    "progress_of",
    "refinement_of",
    "refinement_progress",
    "session_for",
    "session_json",
    "session_on",
    "session_page",
    "session_tree",
    "sessions_from",
    "spreadsheet_text",
    "week",
    "week_number",
    "week_on",
    "without_ids",
]
