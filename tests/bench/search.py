"""How well and how fast movements are found: `python tests/bench/search.py --help`.

Works on the database of the environment with the library loaded. The names of another collection are given as a CSV
file; it is not part of the product.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gainsly.settings")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
DATA = ROOT / "tests" / "data"
REAL = {"strength", "powerlifting", "olympic weightlifting", "strongman", "plyometrics", "cardio", "stretching"}


def found_by(text: str, limit: int = 5) -> list[Any]:
    from accounts.models import User  # noqa: PLC0415
    from movements import selectors  # noqa: PLC0415

    return [hit.movement.record for hit in selectors.search(User(), text, limit=limit)]


@contextmanager
def without_embedder() -> Any:
    with mock.patch("movements.selectors.embedders.query_vectors", return_value=()):
        yield


# -- everyday queries


def answered(entry: dict[str, Any], records: Sequence[Any]) -> bool:
    """One of the named slugs among the first five, or at least four of five that have all the properties."""
    if "any" in entry:
        return any(record.slug in entry["any"] for record in records)
    return sum(fits(record, entry["fits"]) for record in records) >= 4


def fits(record: Any, wanted: dict[str, Any]) -> bool:
    return all(
        (
            "muscle" not in wanted or {*record.primary} & {*wanted["muscle"]},
            "pattern" not in wanted or record.pattern in wanted["pattern"],
            "equipment" not in wanted or {*record.equipment} & {*wanted["equipment"]},
            "no_equipment" not in wanted or not record.equipment,
            all(record.joints.get(area) != "heavy" for area in wanted.get("no_heavy_joint", ())),
        )
    )


def everyday(name: str) -> dict[str, Any]:
    """Hit rates of a file of queries, with the embedder and without, and what missed."""
    entries = json.loads((DATA / name).read_text())["queries"]
    missed = [
        (entry["query"], [record.name for record in records])
        for entry in entries
        if not answered(entry, records := found_by(entry["query"]))
    ]
    with without_embedder():
        bare = sum(answered(entry, found_by(entry["query"])) for entry in entries)
    return {"queries": len(entries), "with": len(entries) - len(missed), "without": bare, "missed": missed}


# -- names of another collection

EQUIPMENT_WORDS = {
    "barbell": {"barbell"}, "dumbbell": {"dumbbell"}, "body only": {"bodyweight"}, "cable": {"cable"},
    "kettlebells": {"kettlebell"}, "machine": {"machine"}, "bands": {"band"}, "medicine ball": {"medicine", "ball"},
    "exercise ball": {"stability", "ball"}, "e-z curl bar": {"ez", "bar"}, "foam roll": {"foam", "roll"},
}  # fmt: skip
SILENT = frozenset(
    {"with", "the", "a", "an", "and", "on", "to", "of", "in", "from", "version", "style", "for", "using", "over"}
    | {"medium", "standing", "normal", "regular", "standard", "full", "both", "exercise", "two", "attachment"}
)


def judged(row: dict[str, str], record: Any, lexicon: Any) -> bool:
    """Whether a record is the named movement by its words: an equal bag of words, but for kit and words that say
    nothing. Whatever else is equivalent is in the hand-checked table."""
    from movements.catalogue.names import sequence_of  # noqa: PLC0415

    kit = EQUIPMENT_WORDS.get(row["equipment"], set())
    wanted = set(lexicon.read(sequence_of(row["name"]))) - SILENT
    for label in (record.name, *record.aliases):
        words = set(lexicon.read(sequence_of(label))) - SILENT
        if words == wanted or (words ^ wanted) <= kit:
            return True
    return False


def names(path: Path) -> dict[str, Any]:
    """How many names of the file find their movement first and among the first three."""
    from movements.selectors.search import asked  # noqa: PLC0415

    table = DATA / "search_equivalents.json"
    by_hand: dict[str, Any] = json.loads(table.read_text())["names"] if table.exists() else {}
    lexicon = asked("").lexicon
    result: dict[str, Any] = {
        "names": 0,
        "set aside": 0,
        "first": 0,
        "three": 0,
        "absent": [],
        "missed": [],
        "later": [],
    }
    for row in csv.DictReader(path.open()):
        honest = by_hand.get(row["name"])
        if isinstance(honest, str):  # the reason why it is no exercise of its own
            result["set aside"] += 1
            continue
        result["names"] += 1
        records = found_by(row["name"], 3)
        right = [judged(row, record, lexicon) or record.slug in (honest or ()) for record in records]
        result["first"] += bool(right[:1] and right[0])
        result["three"] += any(right)
        seen = [record.slug for record in records]
        if any(right) and not right[0]:
            result["later"].append((row["name"], row["category"], row["equipment"], seen))
        if not any(right):
            result["absent" if honest == [] else "missed"].append(
                (row["name"], row["category"], row["equipment"], seen)
            )
    return result


# -- time


def timed(texts: Iterable[str], rounds: int = 3) -> tuple[float, float]:
    """p50 and p95 in milliseconds, one search after the other."""
    texts = list(texts)
    found_by(texts[0], 20)
    times = []
    for _ in range(rounds):
        for text in texts:
            started = time.perf_counter()
            found_by(text, 20)
            times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=Path, default=os.environ.get("EXERCISE_NAMES"), help="CSV with a name column")
    options = parser.parse_args()
    import django  # noqa: PLC0415

    django.setup()
    for name in ("search_queries_before.json", "search_queries_fresh.json", "search_queries_third.json"):
        if (DATA / name).exists():
            result = everyday(name)
            missed = result.pop("missed")
            print(name, result)  # noqa: T201
            for query, seen in missed:
                print("   missed:", query, "->", "; ".join(seen))  # noqa: T201
    if options.names:
        result = names(options.names)
        print(result["names"], result["set aside"], result["first"], result["three"])  # noqa: T201
        for kind in ("absent", "missed", "later"):
            for miss in result[kind]:
                print("  ", kind, *miss, sep=" | ")  # noqa: T201
    texts = [entry["query"] for entry in json.loads((DATA / "search_queries_before.json").read_text())["queries"]]
    print("p50 %.1f ms, p95 %.1f ms" % timed(texts))  # noqa: T201, UP031


if __name__ == "__main__":
    main()
