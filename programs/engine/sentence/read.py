"""The reading as a whole: what is taken in which order, and what is left. See docs/algorithms/sentence.md."""

from __future__ import annotations

import datetime as dt
import re

from .aims import read_aims
from .reading import Field, Reading, Scanner
from .surroundings import Lookup, read_injuries, read_kit, read_movements, read_recreation
from .week import read_week

LONGEST = 600  # characters
FEWEST_LETTERS = 3
RUN = re.compile(r"[^\0]+")
WORD = re.compile(r"[^\W_][\w'-]*")
SMALL_WORDS = """
a about actually aim all also am an and any are around as at away be because been being best better bit build
but by can come could day days do doing each enough every feel feels few fine first fit for from get gets
getting give go goal goals going good got had happy has have having help her here hi hello how i i'd i'm i've if
in into is it it's its just keep kind last least like lot lots made main mainly make makes maximum maybe me
might more most mostly much must my myself need needs new next nice no not of off ok okay on once one only or
other our out over please plan plans prefer priority probably program programme programs rather ready really
right routine see session sessions should since so some something sort start still stuff sure take than thank
thanks that that's the them then there these they thing things think this those time times to too train training
trainings try trying up use using usually very want wanted wants was way we week weeks well what when where
which while who will with without work working workout workouts would write wish yes you your zu und ich mit
möchte ein eine einen einer bitte habe hab mein meine meinen meiner für auf im der die das den dem ist bin mir
mich woche pro zum zur auch gern gerne nur noch aber oder etwas wieder trainieren werden haben zuhause hause
daheim garage basement home house room living equipment access space available currently focus set per max less
except second side little mehr ohne never looking short stay plus
"""
SMALL = frozenset(SMALL_WORDS.split())


def read_sentence(text: str, *, lookup: Lookup, today: dt.date) -> Reading:
    """What ``text`` says of a program. Nothing is guessed: what no rule reads stands in ``unread``.

    ``lookup`` gives the slug of the movement that is called just so; ``today`` is the athlete's date.
    """
    scan = Scanner(text[:LONGEST])
    _take(scan, lookup, today)
    order = list(Field)
    heard = sorted(scan.heard, key=lambda one: order.index(one.field))
    return Reading(tuple(heard), _unread(scan))


def _take(scan: Scanner, lookup: Lookup, today: dt.date) -> None:
    """The order matters: days of a sport are no training days, and a bigger bench is no piece of kit."""
    read_recreation(scan)
    read_week(scan, today)
    read_movements(scan, lookup)
    read_injuries(scan)
    read_aims(scan)
    read_kit(scan)


def _unread(scan: Scanner) -> tuple[str, ...]:
    """Stretches that nobody took, from their first to their last word that carries meaning."""
    found = []
    for begin, stop in scan.clauses():
        for run in RUN.finditer(scan.marked(begin, stop)):
            words = [word for word in WORD.finditer(run[0]) if _carries(word[0])]
            if words:
                start = begin + run.start()
                found.append(scan.text[start + words[0].start() : start + words[-1].end()].strip())
    return tuple(found)


def _carries(word: str) -> bool:
    return word.isdigit() or (len(word) >= FEWEST_LETTERS and word not in SMALL)
