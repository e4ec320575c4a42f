"""Why a movement answers a search, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gainsly.lib.vocabulary import JointStress, label_of
from movements.catalogue.kits import EQUIPMENT_NAMES
from movements.catalogue.records import MovementRecord
from movements.embeddings.speech import Wishes


def reason_for(record: MovementRecord, wishes: Wishes) -> str:
    """The wishes that this movement fulfils ("Trains hamstrings, easy on the knee"); empty when there are none."""
    parts = [_muscles(record, wishes), _kit(record, wishes), _pattern(record, wishes), _peace(record, wishes)]
    parts += [_without(record, wishes), _other(record, wishes)]
    said = [part for part in parts if part]
    return ", ".join([said[0], *(part[0].lower() + part[1:] for part in said[1:])]) if said else ""


def _muscles(record: MovementRecord, wishes: Wishes) -> str:
    trained = [muscle for muscle in record.muscle_shares() if muscle in wishes.muscle]
    return _("Trains %(muscles)s") % {"muscles": _listed(trained)} if trained else ""


def _kit(record: MovementRecord, wishes: Wishes) -> str:
    if "none" in wishes.equipment and not record.equipment:
        return _("Needs no equipment")
    held = [piece for piece in record.equipment if piece in wishes.equipment]
    names = ", ".join(EQUIPMENT_NAMES.get(piece, label_of(piece)).lower() for piece in held)
    return _("Done with %(equipment)s") % {"equipment": names} if held else ""


def _pattern(record: MovementRecord, wishes: Wishes) -> str:
    return label_of(record.pattern) if record.pattern in wishes.pattern else ""


def _peace(record: MovementRecord, wishes: Wishes) -> str:
    easy = [area for area in wishes.spared if record.joints.get(area) is not JointStress.HEAVY]  # type: ignore[call-overload]
    return _("Easy on the %(joints)s") % {"joints": _listed(easy)} if easy else ""


def _without(record: MovementRecord, wishes: Wishes) -> str:
    trained = {*record.primary, *record.secondary}
    left = [value for kind, value in wishes.refused if kind == "muscle" and value not in trained]
    left = [value for value in left if value not in wishes.spared]
    return _("Without the %(muscles)s") % {"muscles": _listed(left)} if left else ""


def _other(record: MovementRecord, wishes: Wishes) -> str:
    if record.skill in wishes.skill:
        return label_of(record.skill)
    if {record.discipline, *record.disciplines} & set(wishes.discipline):
        return label_of(next(one for one in (record.discipline, *record.disciplines) if one in wishes.discipline))
    return _("One side at a time") if wishes.side and record.unilateral else ""


def _listed(values: Iterable[object]) -> str:
    return ", ".join(label_of(str(value)).lower() for value in values)
