"""Sentences about sets: what was taken back, what is wrong with a typed line."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logging_app.metrics.set_text import MOST_SETS, Fault, SetTextError

UNDONE = {
    "set": gettext_lazy("The last set is taken back."),
    "add": gettext_lazy("The added movement is taken back."),
    "swap": gettext_lazy("The swap is taken back."),
    "remove": gettext_lazy("The exercise is back."),
    "move": gettext_lazy("The order is as it was."),
    "pair": gettext_lazy("The superset is taken back."),
    "unpair": gettext_lazy("The superset is back."),
    "note": gettext_lazy("The note is as it was."),
    "rest": gettext_lazy("The rest is as it was."),
    "sets": gettext_lazy("The number of sets is as it was."),
    "circuit": gettext_lazy("The circuit is taken back."),
    "correct": gettext_lazy("The set has its old numbers again."),
    "remove_set": gettext_lazy("The set is back."),
    "result": gettext_lazy("The circuit's result is taken back."),
}
FAULTS = {
    Fault.EMPTY: gettext_lazy("Type a set, such as 100x8@9."),
    Fault.UNREADABLE: gettext_lazy("“%(part)s” is not a set. Write weight x reps, such as 100x8@9."),
    Fault.EFFORT: gettext_lazy(
        "The effort in “%(part)s” is not one: after @ comes an RPE from 1 to 10, or write 2rir."
    ),
    Fault.TOO_MANY: gettext_lazy("“%(part)s” is more than %(limit)d sets."),
    Fault.REPS: gettext_lazy("How many? “%(part)s” names no repetitions, seconds or metres."),
}


def undo_words(kind: str | None) -> str:
    """What was taken back; ``None`` is nothing."""
    return _("There is nothing to undo.") if kind is None else str(UNDONE[kind])


def fault_words(error: SetTextError) -> str:
    """Why a typed line could not be read, with the piece of it."""
    return str(FAULTS[error.fault]) % {"part": error.part, "limit": MOST_SETS}
