"""The library as a table for curators: movements to CSV and back, every row judged like a fixture entry.

In a cell ``|`` parts a list, ``muscle:share`` and ``joint:stress`` are pairs, and ``+`` joins the pieces of an
alternative kit. A cell that a spreadsheet would take for a formula is written with an apostrophe before it, and read
without it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from pydantic import ValidationError

from movements.catalogue.entries import MovementEntry
from movements.catalogue.fixture import OWN_SLUG_PREFIX
from movements.catalogue.records import MovementRecord

COLUMNS = (
    "slug", "name", "aliases", "pattern", "region", "discipline", "disciplines", "tags", "primary", "secondary",
    "stabilizers", "equipment", "alternatives", "joints", "sections", "cns", "skill", "metric", "compound",
    "complex_lift", "unilateral", "implements", "bodyweight_share", "load_step_kg", "ratio_reference", "ratio_value",
    "ratio_grade", "ratio_source", "group", "cues", "description",
)  # fmt: skip
MAX_ROWS = 10_000
PART, PAIR, JOIN = "|", ":", "+"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet begins to calculate with
TRUE, FALSE = "yes", "no"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a line of the file cannot be taken; line 1 is the heading."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """Records by line, and what is wrong; where anything is wrong nothing may be written."""

    records: Mapping[int, MovementRecord]
    problems: tuple[RowProblem, ...]


# -- out


def sheet_text(records: Iterable[MovementRecord]) -> str:
    """The CSV of these movements, sorted by slug."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in sorted(records, key=lambda one: one.slug):
        cells = _cells(record)
        writer.writerow([_escaped(cells[column]) for column in COLUMNS])
    return out.getvalue()


def _escaped(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def _cells(record: MovementRecord) -> dict[str, str]:
    ratio = record.ratio
    lists = ("aliases", "disciplines", "tags", "stabilizers", "equipment", "sections", "cues")
    plain = ("slug", "name", "pattern", "region", "discipline", "cns", "skill", "metric", "group", "description")
    return {
        **{name: str(getattr(record, name)) for name in plain},
        **{name: PART.join(getattr(record, name)) for name in lists},
        **{name: TRUE if getattr(record, name) else FALSE for name in ("compound", "complex_lift", "unilateral")},
        "primary": _pairs(record.primary),
        "secondary": _pairs(record.secondary),
        "joints": _pairs(record.joints),
        "alternatives": PART.join(JOIN.join(pieces) for pieces in record.alternatives),
        "implements": str(record.implements),
        "bodyweight_share": f"{record.bodyweight_share:g}",
        "load_step_kg": "" if record.load_step_kg is None else f"{record.load_step_kg:g}",
        "ratio_reference": ratio.reference if ratio else "",
        "ratio_value": f"{ratio.value:g}" if ratio else "",
        "ratio_grade": ratio.grade if ratio else "",
        "ratio_source": ratio.source if ratio else "",
    }


def _pairs(values: Mapping[Any, Any]) -> str:
    return PART.join(f"{key}{PAIR}{value:g}" if isinstance(value, float) else f"{key}{PAIR}{value}"
                     for key, value in values.items())  # fmt: skip


# -- in


def read_sheet(text: str, held: Mapping[str, MovementRecord]) -> SheetReading:
    """Every row of a CSV as a record. ``held``: the library by slug; rows may add to it or change it.

    A column that is absent leaves what is held, or the default of a new movement.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, restkey="", restval="")
    records: dict[int, MovementRecord] = {}
    problems: list[RowProblem] = []
    try:
        heading = [str(name).strip() for name in reader.fieldnames or []]
        wrong = _heading_problem(heading)
        if wrong:
            return SheetReading({}, (RowProblem(1, wrong),))
        reader.fieldnames = heading
        for row in reader:
            if len(records) + len(problems) >= MAX_ROWS:
                return SheetReading({}, (RowProblem(reader.line_num, f"more than {MAX_ROWS} rows"),))
            found = _record_of(row, held)
            if isinstance(found, str):
                problems.append(RowProblem(reader.line_num, found))
            else:
                records[reader.line_num] = found
    except csv.Error as error:
        problems.append(RowProblem(reader.line_num + 1, f"not readable as CSV: {error}"))
    problems += _clashes(records, held)
    return SheetReading(records, tuple(sorted(problems, key=lambda one: one.line)))


def _heading_problem(heading: list[str]) -> str:
    unknown = sorted(set(heading) - set(COLUMNS))
    if not heading or "slug" not in heading:
        return "the first line must name the columns, slug among them"
    if unknown:
        return f"unknown columns: {', '.join(unknown)}"
    return "a column stands twice" if len(set(heading)) < len(heading) else ""


def _record_of(row: dict[str, Any], held: Mapping[str, MovementRecord]) -> MovementRecord | str:
    """The record of a row, or why there is none."""
    if "" in row:
        return "has more cells than the heading"
    cells = {name: _plain(str(cell)) for name, cell in row.items()}
    before = held.get(cells["slug"])
    known = _cells(before) if before else dict.fromkeys(COLUMNS, "")
    try:
        return MovementEntry.model_validate(_entry({**known, **cells})).record()
    except ValidationError as error:
        first = error.errors(include_url=False)
        return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'row'}: {one['msg']}" for one in first)
    except ValueError as error:
        return str(error)


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:2] in (*FORMULA, "'") else cell


def _entry(cells: Mapping[str, str]) -> dict[str, Any]:
    """Cells as a fixture entry (``fixtures/SCHEMA.md``); empty ones are left out and take their default."""
    entry: dict[str, Any] = {
        name: cells[name]
        for name in ("slug", "name", "pattern", "region", "discipline", "cns", "skill", "metric", "group",
                     "description", "implements", "bodyweight_share", "load_step_kg")
        if cells[name]
    }  # fmt: skip
    entry |= {name: _parts(cells[name]) for name in ("aliases", "disciplines", "tags", "equipment", "sections", "cues")}
    entry |= {
        "alternatives": [_split(pieces, JOIN) for pieces in cells["alternatives"].split(PART)]
        if cells["alternatives"]
        else [],
        "muscles": {
            "primary": _pairs_in("primary", cells["primary"]),
            "secondary": _pairs_in("secondary", cells["secondary"]),
            "stabilizer": _parts(cells["stabilizers"]),
        },
        "joints": _pairs_in("joints", cells["joints"]),
        "compound": _yes("compound", cells["compound"]),
        "complex": _yes("complex_lift", cells["complex_lift"]),
        "unilateral": _yes("unilateral", cells["unilateral"]),
    }
    ratio = {name: cells[f"ratio_{name}"] for name in ("reference", "value", "grade", "source")}
    return {**entry, "ratio": ratio} if any(ratio.values()) else entry


def _split(text: str, by: str) -> list[str]:
    return [part.strip() for part in text.split(by) if part.strip()]


def _parts(text: str) -> list[str]:
    return _split(text, PART)


def _pairs_in(column: str, text: str) -> dict[str, str]:
    pairs = [part.partition(PAIR) for part in _parts(text)]
    if any(not middle or not value.strip() for _key, middle, value in pairs):
        raise ValueError(f"{column}: write name{PAIR}value, and {PART} between two of them")
    if len({key.strip() for key, _middle, _value in pairs}) < len(pairs):
        raise ValueError(f"{column}: a name stands twice")
    return {key.strip(): value.strip() for key, _middle, value in pairs}


def _yes(column: str, text: str) -> bool:
    if text.lower() not in {TRUE, FALSE, ""}:
        raise ValueError(f"{column}: write {TRUE} or {FALSE}")
    return text.lower() == TRUE


def _clashes(records: Mapping[int, MovementRecord], held: Mapping[str, MovementRecord]) -> list[RowProblem]:
    """Slugs and names that come twice, and reference lifts that are nowhere."""
    slugs: dict[str, int] = {}
    for line, record in records.items():
        slugs.setdefault(record.slug, line)
    names = {one.name.lower(): slug for slug, one in held.items() if slug not in slugs}
    problems = []
    for line, record in records.items():
        if slugs[record.slug] != line:
            problems.append(RowProblem(line, f"{record.slug}: this slug stands on line {slugs[record.slug]} already"))
        if names.setdefault(record.name.lower(), record.slug) != record.slug:
            problems.append(RowProblem(line, f"{record.slug}: the name {record.name!r} is taken"))
        if record.slug.startswith(OWN_SLUG_PREFIX):
            problems.append(RowProblem(line, f"{record.slug}: slugs with {OWN_SLUG_PREFIX!r} belong to athletes"))
        if record.ratio and record.ratio.reference not in held and record.ratio.reference not in slugs:
            problems.append(RowProblem(line, f"{record.slug}: there is no lift {record.ratio.reference!r}"))
    return problems


def changed_fields(before: MovementRecord, after: MovementRecord) -> tuple[str, ...]:
    """Names of the attributes in which two records differ."""
    return tuple(
        field.name for field in fields(MovementRecord) if getattr(before, field.name) != getattr(after, field.name)
    )
