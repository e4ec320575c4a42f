"""What each kit can train: `python -m tests.bench.library` prints kits by patterns, and the counts of the library."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from gainsly.lib.vocabulary import MovementPattern, Section, SkillLevel
from movements.catalogue.fixture import parse_library
from movements.catalogue.kits import KIT_PRESETS, can_do
from movements.catalogue.records import LibraryRecord, MovementRecord

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
WORK = frozenset({Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER})
ENOUGH = 3  # movements that make a pattern trainable with some choice


def library() -> LibraryRecord:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (FIXTURES / "movements").glob("*.json")}
    relations = {"relations.json": texts.pop("relations.json")}
    circuits = {path.name: path.read_text(encoding="utf-8") for path in (FIXTURES / "circuits").glob("*.json")}
    return parse_library(movements=texts, relations=relations, circuits=circuits)


def kits_by_patterns(movements: Iterable[MovementRecord]) -> dict[str, dict[MovementPattern, tuple[int, int]]]:
    """For each kit and pattern: movements that can be the work of a session, and those of them for beginners."""
    rows = list(movements)
    table: dict[str, dict[MovementPattern, tuple[int, int]]] = {}
    for kit, pieces in KIT_PRESETS.items():
        doable = [one for one in rows if can_do(one, pieces) and _counts(one)]
        every = Counter(one.pattern for one in doable)
        easy = Counter(one.pattern for one in doable if one.skill is SkillLevel.BEGINNER)
        table[kit] = {pattern: (every[pattern], easy[pattern]) for pattern in MovementPattern}
    return table


def _counts(record: MovementRecord) -> bool:
    return record.pattern is MovementPattern.MOBILITY or bool(WORK & set(record.sections))


def lines_of(table: Mapping[str, Mapping[MovementPattern, tuple[int, int]]]) -> Iterable[str]:
    """The table in Markdown: all movements (of them for beginners); below ENOUGH in bold."""
    yield "| pattern | " + " | ".join(kit.replace("_", " ") for kit in table) + " |"
    yield "|---" * (len(table) + 1) + "|"
    for pattern in MovementPattern:
        cells = (_cell(*table[kit][pattern]) for kit in table)
        yield f"| {pattern.value.replace('_', ' ')} | " + " | ".join(cells) + " |"


def _cell(every: int, easy: int) -> str:
    return f"{every} ({easy})" if every >= ENOUGH else f"**{every} ({easy})**"


def counts_of(movements: Iterable[MovementRecord]) -> dict[str, Counter[str]]:
    rows = list(movements)
    return {
        "pattern": Counter(one.pattern.value for one in rows),
        "equipment": Counter(piece for one in rows for piece in one.equipment or ("bodyweight",)),
        "discipline": Counter(one.discipline.value for one in rows),
        "skill": Counter(one.skill.value for one in rows),
    }


def main() -> None:
    found = library()
    out = [*lines_of(kits_by_patterns(found.movements.values())), ""]
    for facet, counts in counts_of(found.movements.values()).items():
        out.append(f"{facet}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common()))
    out.append(f"{len(found.movements)} movements, {len(found.relations)} relations, {len(found.circuits)} circuits")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
